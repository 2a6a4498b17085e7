"""Stalwart: "<address> (what happened to 'host')", a line for each recipient."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import blocks
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "Stalwart"
MARKS = ("> (host '", "> (delivery to '", "> (connection to '", "> (tls error from '", "> (delivered to '")

_HOST = regex(
    r"\((?:host|delivery to|delivered to|connection to|tls error from) "
    r"'([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})'",
    re.I,
)
_NOT_FOUND = regex(r"' (?:not found|does not|could not be resolved|has no )")


def read(report: Report) -> list[Failure]:
    """The lines with a host in quotes, and those between them."""
    found = []
    for block in blocks(report.text):
        if not block.words.startswith("("):
            continue
        one = failure(block.address, block.words, action_of(report))
        host = _HOST.match(block.words)
        if host is not None and not _NOT_FOUND.match(block.words, host.end() - 1):
            one = replace(one, remote_mta=host[1])
        found.append(one)
    return found
