"""The Courier mail server: "<address>:", the host below it, then the lines of the session."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.replies import command_of, failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, blocks
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "Courier"
MARKS = ("running the courier mail server", "courier mail server at")

_LISTED = regex(
    r"(?:cannot be delivered|could not be delivered|not been delivered|delayed)[^\n]{0,60}:[ \t]*\n"
)
_RULE = regex(r"\n-{20,}")
_HOST = regex(r"^[ \t]*([A-Za-z0-9_.-]{1,255}) \[(?:::ffff:)?([0-9A-Fa-f.:]{3,45})\]:?[ \t]*$", re.M)
_ANSWER = regex(r"^[ \t]*<<< ?([^\n]{0,2000}(?:\n[ \t]*<<< ?[^\n]{0,2000}){0,20})", re.M)


def read(report: Report) -> list[Failure]:
    """One block a recipient."""
    words = between(report.text, _LISTED, _RULE)
    if words is None:
        return []
    found = []
    for block in blocks(words, paragraphs=2):
        host, answer = _HOST.search(block.words), _ANSWER.search(block.words)
        said = answer[1].replace("<<<", "") if answer is not None else block.words
        one = failure(block.address, said, action_of(report))
        if host is not None:
            one = replace(one, remote_mta=host[1], remote_ip=host[2])
        found.append(replace(one, command=one.command or command_of(block.words)))
    return found
