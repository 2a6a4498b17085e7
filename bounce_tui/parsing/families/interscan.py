"""Trend Micro InterScan: a session with "Sent" and "Received", or one sentence."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.replies import command_of, failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "InterScan"
MARKS = ("interscan", "unable to deliver message to <")

_UNABLE = regex(r"[Uu]nable to deliver message to <([^>\n]{3,320})>([^\n]{0,500})")
_SENT = regex(r"^[ \t]*Sent[ \t]*(?:<<<|>>>)[ \t]*([^\n]{0,500})", re.M)
_RECEIVED = regex(r"^[ \t]*Received[ \t]*(?:<<<|>>>)[ \t]*([^\n]{0,1000})", re.M)


def read(report: Report) -> list[Failure]:
    """The recipients of "Unable to deliver message to", with what was received."""
    text = report.text
    found = []
    received, sent = _RECEIVED.search(text), _SENT.search(text)
    begin = 0
    for unable in _UNABLE.finditer(text):
        # Each recipient's session stands above it; one that several share, above the first.
        received = _last(_RECEIVED, text, begin, unable.start()) or received
        sent = _last(_SENT, text, begin, unable.start()) or sent
        begin = unable.end()
        words = received[1] if received is not None else f"Unable to deliver message{unable[2]}"
        one = failure(clean(unable[1]), words, action_of(report))
        if received is not None and sent is not None and one.command is None:
            one = replace(one, command=command_of(f">>> {sent[1]}"))
        found.append(one)
    return found


def _last(line: re.Pattern[str], text: str, begin: int, end: int) -> re.Match[str] | None:
    return next(reversed([*line.finditer(text, begin, end)]), None)
