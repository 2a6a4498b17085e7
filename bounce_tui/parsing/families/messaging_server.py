"""Sun, iPlanet and Oracle Messaging Server (PMDF's descendants, Apple's iCloud among them)."""

from bounce_tui.model import Failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.labelled import read_labelled
from bounce_tui.parsing.shapes.report_action import action_of

NAME = "Messaging Server"
MARKS = ("recipient address:",)


def read(report: Report) -> list[Failure]:
    """The entries "Recipient address: ... Reason: ...  Diagnostic code: ..."."""
    return read_labelled(
        report.text,
        action_of(report),
        recipient=("recipient address",),
        reason=("diagnostic code", "reason"),
        host=("remote system",),
        original=("original address",),
    )
