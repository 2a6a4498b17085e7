"""Whether a report in words says that the mail waits or that it failed for good."""

from bounce_tui.model import Action
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.vocabulary import DELAYED, FINAL


def action_of(report: Report) -> Action:
    """`"delayed"` for a report that says delivery goes on; `"failed"` for all others."""
    lead = report.lead
    if DELAYED.search(lead) is None:
        return "failed"
    subject = report.subject.lower()
    if DELAYED.search(subject) or subject.startswith("warning"):
        return "delayed"
    return "failed" if FINAL.search(lead) else "delayed"
