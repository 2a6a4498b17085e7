"""Trend Micro InterScan: a session with "Sent" and "Received", or one sentence."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.families.wording import action_of
from bounce_tui.parsing.replies import command_of, failure
from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

NAME = "InterScan"
MARKS = ("interscan", "unable to deliver message to <")

_UNABLE = regex(r"[Uu]nable to deliver message to <([^>\n]{3,320})>([^\n]{0,500})")
_SENT = regex(r"^[ \t]*Sent[ \t]*(?:<<<|>>>)[ \t]*([^\n]{0,500})", re.M)
_RECEIVED = regex(r"^[ \t]*Received[ \t]*(?:<<<|>>>)[ \t]*([^\n]{0,1000})", re.M)


def read(report: Report) -> list[Failure]:
    """The recipients of "Unable to deliver message to", with what was received."""
    text = report.text
    received, sent = _RECEIVED.search(text), _SENT.search(text)
    found = []
    for unable in _UNABLE.finditer(text):
        words = received[1] if received is not None else f"Unable to deliver message{unable[2]}"
        one = failure(clean(unable[1]), words, action_of(report))
        if received is not None and sent is not None and one.command is None:
            one = replace(one, command=command_of(f">>> {sent[1]}"))
        found.append(one)
    return found
