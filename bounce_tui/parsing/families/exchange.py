"""Microsoft Exchange from 5.5 to 365 and Outlook.com, where the words say more than the status part."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import ADDRESS, clean
from bounce_tui.parsing.families.blocks import between, failures, stretches
from bounce_tui.parsing.families.wording import action_of
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report

NAME = "Exchange"
MARKS = (
    "did not reach the following recipient",
    "diagnostic information for administrators",
    "delivery has failed to these recipients",
    "generating server:",
    "the following recipient(s) could not be reached",
    "the following recipients could not be reached",
    "microsoft exchange",
    "internet mail service",
    "mseXch:".lower(),
    "couldn't be delivered to",
    "informations de diagnostic",
    "diagnoseinformationen für administratoren",
    "información de diagnóstico para los administradores",
    "informazioni di diagnostica per gli amministratori",
    "diagnostische gegevens voor beheerders",
    "informações de diagnóstico para administradores",
    "диагностические сведения для администраторов",
    "管理者向けの診断情報",
)

_LISTED = re.compile(
    r"(?:did not reach the following recipient(?:s|\(s\))"
    r"|following recipient(?:s|\(s\)) could not be reached):?[ \t]*\n",
    re.I,
)
_ON_DATE = re.compile(
    rf"^[ \t]*(?:'([^'\n]{{1,320}})'|({ADDRESS.pattern})"
    rf"|([^\n]{{1,200}}?)) on (?=[A-Z]?[a-z]{{0,9}},? ?\d|\w{{3}}, ?\d|\d)[^\n]*\n",
    re.M,
)
_DIAGNOSTICS = re.compile(
    r"(?:Diagnostic information for administrators|Informations de diagnostic[^\n:]{0,60}"
    r"|Diagnoseinformationen für Administratoren|Información de diagnóstico para los administradores"
    r"|Informazioni di diagnostica per gli amministratori|Diagnostische gegevens voor beheerders"
    r"|Informações de diagnóstico para administradores|Диагностические сведения для администраторов"
    r"|管理者向けの診断情報)\s{0,3}[:：]",
    re.I,
)
_HEADERS = re.compile(
    r"\n(?:Original message headers|En-têtes de message|Ursprüngliche Nachrichtenkopf)[^\n]*", re.I
)
_ENCLOSED = re.compile(r"<\s?([^\s<>]{1,255}) #(\d\.\d{1,3}\.\d{1,3})(?: smtp;([^>\n]{0,1000}))?", re.I)
_HASHED = re.compile(r"#\s?(?:<([^\s<>#]{1,255}) )?#?\s?(?:SMTP#\s*$|#\s*$)", re.I)
_RETURNED = re.compile(
    r"(?:Remote Server|The (?:remote )?server)?\s?(?:at\s+(\S{1,255})\s\(([0-9a-fA-F.:]{3,45})\)\s)?"
    r"returned\s'([^'\n]{1,2000}(?:'[^\n']{1,300})?)'",
    re.I,
)


def read(report: Report) -> list[Failure]:
    """The administrators' section where there is one, else the list of recipients."""
    text = report.text
    return _diagnosed(text) or _listed(text, report)


def _diagnosed(text: str) -> list[Failure]:
    words = between(text, _DIAGNOSTICS, _HEADERS)
    if words is None:
        return []
    found = []
    for one in failures(words, paragraphs=2):
        if not one.diagnostic or one.recipient is None:
            continue
        found.append(_quoted(one))
    return found


def _quoted(one: Failure) -> Failure:
    """The remote server's own words out of what Exchange wraps round them."""
    returned = _RETURNED.search(one.diagnostic)
    if returned is not None:
        again = failure(one.recipient, returned[3].strip("<>"), one.action)
        return replace(
            again, remote_mta=returned[1] or again.remote_mta, remote_ip=returned[2] or again.remote_ip
        )
    enclosed = _ENCLOSED.search(one.diagnostic)
    if enclosed is not None:
        again = failure(one.recipient, enclosed[3] or one.diagnostic, one.action)
        return replace(
            again, remote_mta=enclosed[1] if "." in enclosed[1] else None, status=again.status or enclosed[2]
        )
    diagnostic = _HASHED.sub("", one.diagnostic.lstrip("#<> ")).strip("#<> ")
    return failure(one.recipient, diagnostic, one.action)


def _listed(text: str, report: Report) -> list[Failure]:
    words = between("\n" + text, _LISTED)
    if words is None:
        return []
    found = []
    for entry, stop in stretches(list(_ON_DATE.finditer(words)), len(words)):
        named = entry[1] or entry[2] or entry[3]
        recipient = clean(named) if "@" in named else None
        if recipient is None and len(report.original_recipients) == 1:
            recipient = report.original_recipients[0]
        one = failure(recipient, words[entry.end() : stop].strip(), action_of(report))
        found.append(_quoted(one) if "<" in one.diagnostic else one)
    return found
