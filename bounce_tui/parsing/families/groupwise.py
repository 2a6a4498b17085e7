"""Novell GroupWise: "address (reason)" below one sentence; its Internet Agent (GWIA) may add the commands and
responses of the session instead.
"""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, blocks
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.parsing.shapes.unqualified import with_whole_names
from bounce_tui.regex import regex

NAME = "GroupWise"
MARKS = (
    "the message that you sent was undeliverable to the following",
    "the attached file had the following undeliverable recipient",
    "groupwise",
)

_LISTED = regex(r"undeliverable to the following:[ \t]*\n")

_NAMED = regex(r"^[ \t]{1,8}([\w.+-]{1,64})[ \t]+\(([^\n]{1,500})\)[ \t]*$", re.M)

_AGENT = regex(r"^The attached file had the following undeliverable recipient\(s\):[ \t]*\n", re.M)
_SESSION = regex(r"^Transcript of session follows:[ \t]*\n", re.M)
_ANSWERED = regex(
    r"^[ \t]*Command:[ \t]*([^\n]{0,500})\n[ \t]*Response:[ \t]*([^\n]{1,1000}"
    r"(?:\n[ \t]+(?!Command:|Response:)\S[^\n]{0,500}){0,8})",
    re.M,
)


def read(report: Report) -> list[Failure]:
    """One line a recipient, its reason in brackets; a name without a domain is completed from the To
    of the returned mail, among whole addresses also from the domain that reports."""
    words = between(report.text, _LISTED)
    if words is None:
        return _of_agent(report)
    action = action_of(report)
    listed = with_whole_names(words, report, _own_domain(report))
    found = [failure(block.address, block.words.strip("()"), action) for block in blocks(listed)]
    if found:
        return found
    full = {one.partition("@")[0].lower(): one for one in report.original_recipients}
    named = [(full.get(line[1].lower()), line[2]) for line in _NAMED.finditer(words)]
    if named and all(recipient for recipient, _ in named):
        return [failure(recipient, said, action) for recipient, said in named]
    if len(report.original_recipients) != 1:
        return []
    return [failure(report.original_recipients[0], words.strip(), action)]


def _own_domain(report: Report) -> str:
    sender = find_all(report.head.raw("from"))
    return sender[0].rpartition("@")[2] if sender else ""


def _of_agent(report: Report) -> list[Failure]:
    """Below GWIA's list of recipients, the answer to the command that names each; the last answer of all to
    who stands in none."""
    listed, session = between(report.text, _AGENT, _SESSION), between(report.text, _SESSION)
    if listed is None or session is None:
        return []
    answers = [(find_all(answered[1].lower()), answered[2]) for answered in _ANSWERED.finditer(session)]
    if not answers:
        return []
    action = action_of(report)
    return [failure(one, _answer_to(one.lower(), answers), action) for one in find_all(listed)]


def _answer_to(recipient: str, answers: list[tuple[list[str], str]]) -> str:
    named = (said for asked, said in answers if recipient in asked)
    return next(named, answers[-1][1])
