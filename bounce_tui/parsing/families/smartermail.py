"""SmarterMail: "Failed Recipient: address" and "Reason: Remote host said: ..." for each."""

from bounce_tui.model import Failure
from bounce_tui.parsing.families.labelled import read_labelled
from bounce_tui.parsing.families.wording import action_of
from bounce_tui.parsing.report import Report

NAME = "SmarterMail"
MARKS = ("failed recipient:",)


def read(report: Report) -> list[Failure]:
    """The failures that the labelled lines of a SmarterMail report name."""
    return read_labelled(report.text, action_of(report), recipient=("failed recipient",), reason=("reason",))
