"""Ipswitch IMail (X-Mailer: SMTP32): the reason first, the address behind it, a line for each recipient."""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import ADDRESS, clean
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import stretches
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "IMail"
MARKS = (
    "unknown user:",
    "unknown host:",
    "user mailbox exceeds allowed size:",
    "invalid final delivery userid:",
    "undeliverable to ",
    "attempts:",
)

_LINE = regex(
    r"^[ \t]*((?:unknown (?:user|host)|user mailbox exceeds allowed size|invalid final delivery userid"
    r"|undeliverable to|delivery failed \d{1,6} attempts|[45]\d\d[ -][^\n@]{3,300}(?=:)):?[ \t]+"
    rf"<?({ADDRESS.pattern})>?[^\n]{{0,1000}})",
    re.M | re.I,
)
_SESSION = "generated following response"
_LONGEST = 2000


def read(report: Report) -> list[Failure]:
    """Each line "reason: address"; the words below it, up to the next or a blank line, belong to it."""
    text = report.text
    lines = list(_LINE.finditer(text))
    if _SESSION in text:
        lines = [line for line in lines if not line[1][0].isdigit()]  # a reply there is part of a session
    found: dict[str, Failure] = {}
    for line, stop in stretches(lines, len(text)):
        address = clean(line[2])
        below = text[line.end() : min(stop, line.end() + _LONGEST)]
        if _SESSION not in below:
            below = below.partition("\n\n")[0]
        if address:
            found.setdefault(address.lower(), failure(address, f"{line[1]} {below}", action_of(report)))
    return list(found.values())
