"""Novell GroupWise: "address (reason)" below one sentence."""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, blocks
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "GroupWise"
MARKS = ("the message that you sent was undeliverable to the following", "groupwise")

_LISTED = regex(r"undeliverable to the following:[ \t]*\n")

_NAMED = regex(r"^[ \t]{1,8}([\w.+-]{1,64})[ \t]+\(([^\n]{1,500})\)[ \t]*$", re.M)


def read(report: Report) -> list[Failure]:
    """One line a recipient, its reason in brackets; a name without a domain is completed from the To
    of the returned mail."""
    words = between(report.text, _LISTED)
    if words is None:
        return []
    action = action_of(report)
    found = [failure(block.address, block.words.strip("()"), action) for block in blocks(words)]
    if found:
        return found
    full = {one.partition("@")[0].lower(): one for one in report.original_recipients}
    named = [(full.get(line[1].lower()), line[2]) for line in _NAMED.finditer(words)]
    if named and all(recipient for recipient, _ in named):
        return [failure(recipient, said, action) for recipient, said in named]
    if len(report.original_recipients) != 1:
        return []
    return [failure(report.original_recipients[0], words.strip(), action)]
