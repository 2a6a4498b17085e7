"""LSMTP and LISTSERV: "Error-for:" lines that programs may read."""

from bounce_tui.model import Failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.labelled import read_labelled
from bounce_tui.parsing.shapes.report_action import action_of

NAME = "LSMTP"
MARKS = ("error-for:",)


def read(report: Report) -> list[Failure]:
    """The Error-for and Error-Text lines."""
    return read_labelled(report.text, action_of(report), recipient=("error-for",), reason=("error-text",))
