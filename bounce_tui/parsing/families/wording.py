"""Whether a report in words says that the mail waits or that it failed for good."""

from bounce_tui.model import Action
from bounce_tui.parsing.report import Report


def action_of(report: Report) -> Action:
    """`"delayed"` for a report that says delivery goes on; `"failed"` for all others."""
    if "delayed" in report.subject_words or report.subject.lower().startswith("warning"):
        return (
            "delayed" if "delayed" in report.text_words or "failed_words" in report.text_words else "failed"
        )
    if "delayed" not in report.text_words:
        return "failed"
    return "failed" if "final" in report.text_words or "final" in report.subject_words else "delayed"
