"""Cases as CSV, for spreadsheets."""

import csv as csv_module
import io
import re
from collections.abc import Sequence

from bounce_tui.model import Candidate, Case, Diagnosis, Failure
from bounce_tui.regex import regex
from bounce_tui.reporting.visible import visible, visible_path

CSV_FIELDS = (
    "file",
    "index",
    "date",
    "kind",
    "forwarded",
    "subject",
    "recipient",
    "action",
    "reply_code",
    "status",
    "reason",
    "temporary",
    "hard",
    "who_acts",
    "provider",
    "remote_mta",
    "reporting_mta",
    "sending_ip",
    "envelope_sender",
    "rule",
    "confidence",
    "diagnostic",
    "cause",
    "error",
    "original_recipient",
)

# What Excel, LibreOffice and Google Sheets take for the start of a formula, full-width forms too.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# Where the comma is a decimal point, a double click splits a file of commas at semicolons.
_BEHIND_A_SPLIT = regex(rf"([;\t][\s\"]*)(?=[{re.escape(''.join(_FORMULA))}])")


def csv_header() -> bytes:
    """The first line of the CSV form."""
    return _csv_lines([CSV_FIELDS])


def csv(cases: Sequence[Case]) -> bytes:
    """One line a failure (a message without failures has one line too), UTF-8, CR LF (RFC 4180).
    No cell, and no part of one behind a semicolon, can start a formula that a spreadsheet would compute."""
    return _csv_lines([_csv_row(case, one) for case in cases for one in _failures(case)])


Pair = tuple[Failure, Diagnosis] | None


def _failures(case: Case) -> list[Pair]:
    return [*zip(case.bounce.failures, case.diagnoses, strict=True)] or [None]


def _csv_lines(rows: Sequence[Sequence[str]]) -> bytes:
    sink = io.StringIO(newline="")
    csv_module.writer(sink).writerows(rows)
    return sink.getvalue().encode()


def _cell(value: str | None) -> str:
    text = _BEHIND_A_SPLIT.sub(r"\1'", visible(value or ""))
    return "'" + text if text.lstrip().startswith(_FORMULA) else text


def _value(candidates: Sequence[Candidate]) -> str:
    """The likeliest of `candidates`."""
    return candidates[0].value if candidates else ""


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _csv_row(case: Case, pair: Pair) -> list[str]:
    message, bounce = case.message, case.bounce
    cells = dict.fromkeys(CSV_FIELDS, "")
    cells |= {
        "file": _cell(visible_path(message.file)),
        "index": str(message.index),
        "date": bounce.date or "",
        "kind": bounce.kind,
        "forwarded": _yes(bounce.forwarded),
        "subject": _cell(bounce.subject),
        "reporting_mta": _cell(bounce.reporting_mta),
        "sending_ip": _value(bounce.sending_ips),
        "envelope_sender": _cell(_value(bounce.envelope_senders)),
        "error": _cell(case.error),
    }
    if pair:
        failure, diagnosis = pair
        cells |= {
            "sending_ip": _value(bounce.sending_ips_of(failure)),
            "envelope_sender": _cell(_value(bounce.envelope_senders_of(failure))),
            "date": bounce.date or failure.date or "",
            "recipient": _cell(failure.recipient),
            "action": failure.action,
            "reply_code": _cell(failure.reply_code),
            "status": _cell(failure.status),
            "reason": diagnosis.reason,
            "temporary": _yes(diagnosis.temporary),
            "hard": _yes(diagnosis.hard),
            "who_acts": diagnosis.who_acts,
            "provider": _cell(diagnosis.provider),
            "remote_mta": _cell(failure.remote_mta),
            "rule": _cell(diagnosis.rule),
            "confidence": diagnosis.confidence,
            "diagnostic": _cell(failure.diagnostic),
            "cause": _cell(diagnosis.cause),
            "original_recipient": _cell(failure.original_recipient),
        }
    return [cells[name] for name in CSV_FIELDS]
