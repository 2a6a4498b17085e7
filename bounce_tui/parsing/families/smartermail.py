"""SmarterMail: "Failed Recipient: address" and "Reason: Remote host said: ..." for each."""

from bounce_tui.model import Failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.labelled import read_labelled
from bounce_tui.parsing.shapes.report_action import action_of

NAME = "SmarterMail"
MARKS = ("failed recipient:",)


def read(report: Report) -> list[Failure]:
    """The failures that the labelled lines of a SmarterMail report name."""
    return read_labelled(report.text, action_of(report), recipient=("failed recipient",), reason=("reason",))
