"""Postfix's bounce(8) and its kin: "<address>: words", continued lines indented (bounce_notify_util.c)."""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, failures
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "Postfix"
MARKS = (
    "this is the postfix",
    "this is the mail system at host",
    "the postfix program",
    "the mail system <",
    "das ist das mailsystem",
    "the postfix on",
    "postcow program",
    "undelivered mail returned to sender",
)

_INTRODUCED = regex(
    r"\n[ \t]+(?:The|Le|Das|El|Il)\b[^\n]{0,80}(?:program|system|mailsystem|Postfix[^\n]{0,40})[ \t]*\n", re.I
)


def read(report: Report) -> list[Failure]:
    """The paragraphs below the signature."""
    words = between(report.text, _INTRODUCED) or report.text
    return [found for found in failures(words, action_of(report)) if found.diagnostic]
