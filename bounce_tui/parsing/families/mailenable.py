"""MailEnable and hMailServer: "The following recipient(s) could not be reached"."""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, failures
from bounce_tui.parsing.shapes.labelled import read_labelled
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "MailEnable"
MARKS = (
    "the following recipient(s) could not be reached",
    "the following recipients could not be reached",
    "hmailserver",
)

_LISTED = regex(r"the following recipient(?:s|\(s\)) could not be reached:?[ \t]*\n", re.I)
_REPLIED = regex(r"Remote server (?:replied|said):\s*", re.I)


def read(report: Report) -> list[Failure]:
    """ "Recipient: [SMTP:...]" lines, or hMailServer's blocks with "Remote server replied:"."""
    action = action_of(report)
    words = between(report.text, _LISTED)
    if words is None:
        return []
    found = read_labelled(words, action, recipient=("recipient",), reason=("reason",))
    if found:
        return found
    return [_replied(one) for one in failures(words, action, paragraphs=2)]


def _replied(one: Failure) -> Failure:
    replied = _REPLIED.search(one.diagnostic)
    return failure(one.recipient, one.diagnostic[replied.end() :], one.action) if replied is not None else one
