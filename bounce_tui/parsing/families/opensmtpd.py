"""OpenSMTPD: a list of "address: words" below its greeting."""

from bounce_tui.model import Failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, failures
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "OpenSMTPD"
MARKS = ("this is the mailer-daemon, please do not reply", "list of recipients:")

_LISTED = regex(r"list of recipients:[ \t]*\n")


def read(report: Report) -> list[Failure]:
    """One line a recipient."""
    words = between(report.text, _LISTED)
    return failures(words, action_of(report)) if words is not None else []
