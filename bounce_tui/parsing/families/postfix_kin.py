"""Postfix below an introduction that its administrator wrote (bounce_template_file), in any language.

Only the introduction is translated: "<address>: words" and the words themselves stay as bounce(8) writes
them.
"""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import failures
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "Postfix, own introduction"
MARKS = (
    "] said: ",
    "(in reply to ",
    "name service error for",
    "host or domain name not found",
    "unknown user: ",
    "delivery temporarily suspended",
    "mail forwarding loop for",
    "refused to talk to me",
    "lost connection with ",
    ">: connect to ",
    ">: user unknown in ",
    ">: mail for ",
)

_FIRST = regex(r"^<[^<>\s]{1,320}@[^<>\s]{1,255}>(?: \(expanded from <[^<>\s]{1,320}>\))?: \S", re.M)


def read(report: Report) -> list[Failure]:
    """The paragraphs that begin with an address in angle brackets and a colon."""
    text = report.text
    first = _FIRST.search(text)
    if first is None:
        return []
    return [one for one in failures(text[first.start() :], action_of(report)) if one.diagnostic]
