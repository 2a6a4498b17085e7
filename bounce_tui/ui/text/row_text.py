"""A row of the list in words: aligned columns that leave out what does not fit."""

from typing import NamedTuple

from bounce_tui.check_results import VerdictState
from bounce_tui.triage.causes import operator_of
from bounce_tui.triage.reason_words import reason_words
from bounce_tui.triage.row import RecipientOutcome, Row, further_reasons
from bounce_tui.triage.store.records import KnownVerdict, TriageState
from bounce_tui.ui.text.address_text import address_text
from bounce_tui.ui.text.cells import cut, fit, shown
from bounce_tui.ui.text.page import Line, Role, Span


class Columns(NamedTuple):
    """Cells of each column, 0 for one that is left out.  Column gaps are one cell."""

    mark: int
    date: int
    recipient: int
    reason: int
    code: int
    host: int
    sender: int = 0


MARK = 5
_MINUTE, _MINUTE_OF_YEAR, _DAY, _MONTH, _DAY_OF_YEAR = 16, 11, 10, 7, 5
"""Cells of a date, by what it tells."""
_SENDER, _LEAST_SENDER, _ROOMY_RECIPIENT = 45, 24, 40
SET_OFF = 2
"""Spans of the cursor's row that are set off: its mark and date."""


_FROM = "from "


def columns(width: int, *, with_year: bool = False) -> Columns:
    """The columns of a list `width` cells wide, two of them for the cursor; `with_year` where a day alone
    could be of several years."""
    room = width - 2 - MARK
    if width >= 110:
        date, code = _MINUTE, 11
    elif width >= 96:
        date, code = _MINUTE if with_year else _MINUTE_OF_YEAR, 11
    else:
        date = (_DAY if width >= 72 else _MONTH) if with_year else _DAY_OF_YEAR
        code = 10 if width >= 56 else 0
    room -= date + 1 + (code + 1 if code else 0)
    host = min(28, (room * 22) // 100) if width >= 72 else 0
    # The address is what a sysadmin looks for, so it gets what the longest reasons can do without.
    reason = min(21, (room * 31) // 100 if width >= 72 else (room * 35) // 100)
    recipient = room - (host + 1 if host else 0) - (reason + 1) - 1
    # What no address fills tells whose mail it was.
    sender = min(_SENDER, recipient - 1 - _ROOMY_RECIPIENT)
    if sender < _LEAST_SENDER:
        return Columns(MARK, date, recipient, reason, code, host)
    return Columns(MARK, date, recipient - 1 - sender, reason, code, host, sender)


def mark_of(
    row: Row,
    verdict: KnownVerdict | None = None,
    state: TriageState = "todo",
    outcome: RecipientOutcome | None = None,
) -> tuple[str, Role]:
    """The word that says what kind of mail this is (for `outcome`, where that is not the leading failure),
    or, once that is known, whether its cause still holds or what the user has made of it; at most five
    letters, and its role."""
    outcome = outcome or row
    if state != "todo":
        return _STATES[state]
    if row.away:
        return "away", "label"
    if verdict is not None:
        return (
            _dead_mark(verdict)
            if outcome.hard and verdict.state != "no_longer_holds"
            else verdict_mark(verdict)
        )
    if row.error:
        return "error", "bad"
    if outcome.kind == "failed":
        if outcome.hard:
            return "dead", "bad"
        return ("again", "warn") if outcome.temporary else ("fail", "plain")
    words: dict[str, tuple[str, Role]] = {
        "delayed": ("delay", "warn"), "delivered": ("ok", "good"), "feedback": ("abuse", "plain"),
        "auto_reply": ("auto", "label"),
    }  # fmt: skip
    return words.get(outcome.kind, ("mail", "label"))


def _dead_mark(verdict: KnownVerdict) -> tuple[str, Role]:
    """The word for a dead address that was checked: that it is dead must not get lost over the verdict."""
    if verdict.state == "cannot_be_known":
        return "dead", "bad"
    return ("dead?", "label") if verdict.earlier else ("DEAD", "bad")


def verdict_mark(verdict: KnownVerdict) -> tuple[str, Role]:
    """The word for what checks came to, and its role."""
    return (_EARLIER[verdict.state], "label") if verdict.earlier else _VERDICTS[verdict.state]


_VERDICTS: dict[VerdictState, tuple[str, Role]] = {
    "still_holds": ("HOLDS", "bad"),
    "no_longer_holds": ("gone", "good"),
    "cannot_be_known": ("unkn", "warn"),
}

_EARLIER: dict[VerdictState, str] = {
    "still_holds": "held?", "no_longer_holds": "gone?", "cannot_be_known": "unkn?",
}  # fmt: skip
"""Of an earlier session: what may have changed since is a question."""

_STATES: dict[TriageState, tuple[str, Role]] = {
    "working": ("work", "strong"),
    "done": ("done", "label"),
    "ignored": ("skip", "label"),
}

MARKS = (
    ("dead", "the address or its domain is dead: stop sending"),
    ("fail", "failed for good, though the address may be right"),
    ("again", "failed, but may pass if it is sent again"),
    ("delay", "still being tried by the server"),
    ("ok", "delivered or passed on"),
    ("abuse", "a feedback report: a complaint about your mail, or a check that it failed"),
    ("auto", "an automatic reply"),
    ("mail", "no bounce at all"),
    ("error", "could not be read"),
    ("away", "its file was moved or deleted meanwhile (--follow)"),
    ("work", "you are at it (w)"),
    ("done", "you are done with it (d)"),
    ("skip", "you ignore it (K)"),
    ("HOLDS", "checked: the cause still holds"),
    ("DEAD", "checked: the address or its domain is still dead"),
    ("gone", "checked: the cause no longer holds"),
    ("unkn", "checked: whether it holds cannot be known from here"),
    ("held?", "and gone?, unkn?, dead?: an earlier session's check said so; c asks again"),
)


def row_line(
    row: Row,
    cols: Columns,
    verdict: KnownVerdict | None = None,
    state: TriageState = "todo",
    outcome: RecipientOutcome | None = None,
) -> Line:
    """`row` as a line without its cursor; `verdict` is what its checks came to, `state` how it stands,
    `outcome` what it is shown for, the leading failure with None."""
    outcome = outcome or row
    word, role = mark_of(row, verdict, state, outcome)
    is_bounce = outcome.kind in ("failed", "delayed")
    if outcome.recipient:
        who = address_text(outcome.recipient, cols.recipient, row.recipients - 1)
    else:
        who = shown(row.sender or ("no address named" if is_bounce else ""))
    why = reason_words(outcome.reason) if outcome.reason and is_bounce else outcome.kind.replace("_", " ")
    code = " ".join(part for part in (outcome.reply_code, outcome.status) if part)
    if row.error:
        who, why = shown(row.file), row.error
    where = operator_of(outcome) or outcome.host or outcome.provider or ""
    cells = [
        Span(fit(word, cols.mark), role),
        Span(fit(_date(row.date, cols.date), cols.date), "label"),
        Span(fit(who, cols.recipient)),
        *([Span(fit(_from(row, cols.sender), cols.sender), "label")] if cols.sender else []),
        Span(fit(_with_more(shown(why), cols.reason, len(further_reasons(row, outcome))), cols.reason)),
    ]
    if not outcome.recipient and not code and cols.host:
        # No failure, no code, no server: the subject says more.
        cells.append(Span(fit(shown(row.subject or ""), cols.code + 1 + cols.host), "label"))
    else:
        cells += [Span(fit(shown(code), cols.code))] if cols.code else []
        cells += [Span(fit(shown(where), cols.host), "label")] if cols.host else []
    return (*(Span(f"{text} ", role) for text, role in cells[:-1]), cells[-1])


def _from(row: Row, width: int) -> str:
    """Who sent the mail that failed, called so: an address beside the recipient's could be anybody's."""
    return f"{_FROM}{address_text(row.author, width - len(_FROM), 0)}" if row.author else ""


def _with_more(why: str, width: int, more: int) -> str:
    """A reason, with the number of further ones behind it, which always stays."""
    behind = f" +{more}" if more else ""
    return cut(why, width - len(behind)) + behind


def _date(date: str | None, width: int) -> str:
    if not date:
        return "-"
    text = shown(date)[:_MINUTE].replace("T", " ")
    return text[5:][:width] if width in (_MINUTE_OF_YEAR, _DAY_OF_YEAR) else text[:width]


def tells_year(cols: Columns) -> bool:
    """Whether the dates in the column tell their year."""
    return cols.date not in (_MINUTE_OF_YEAR, _DAY_OF_YEAR)
