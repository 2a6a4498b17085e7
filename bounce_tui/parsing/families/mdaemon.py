"""Alt-N MDaemon: who did not get a copy, then the transcript of the session without marks of who spoke."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, blocks
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "MDaemon"
MARKS = (
    "did not receive a copy of your message",
    "mdaemon@",
    "mdaemon",
    "the following addresses did not receive",
)

_LISTED = regex(r"did not receive (?:a copy of )?(?:your|this) message:?[ \t]*\n", re.I)
_SESSION = regex(r"\n[ \t]*-{2,} ?Session Transcript ?-{2,}[ \t]*\n", re.I)
_REFUSAL = regex(
    r"^(?:.{0,60}?<-- )?[ \t]*([45]\d\d[ -][^\n]{0,1000}(?:\n[ \t]*[45]\d\d[ -][^\n]{0,1000}){0,20})", re.M
)
_SENT = regex(r"^(?:.{0,60}?--> )?[ \t]*(EHLO|HELO|MAIL|RCPT|DATA)\b", re.M | re.I)


def read(report: Report) -> list[Failure]:
    """The listed addresses with the last refusal of the transcript."""
    text = "\n" + report.text
    listed = between(text, _LISTED, _SESSION)
    if listed is None:
        return []
    session = between(text, _SESSION) or ""
    refusals = list(_REFUSAL.finditer(session))
    words = refusals[-1][1] if refusals else session.strip()[-500:]
    command = None
    if refusals:
        for sent in _SENT.finditer(session, 0, refusals[-1].start()):
            command = sent[1].upper()
    found = [failure(block.address, words or block.words, action_of(report)) for block in blocks(listed)]
    return [replace(one, command=one.command or command) for one in found]
