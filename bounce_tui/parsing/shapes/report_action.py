"""Whether a report in words says that the mail waits or that it failed for good."""

from bounce_tui.model import Action
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.given_up import has_given_up


def action_of(report: Report) -> Action:
    """`"delayed"` for a report that says delivery goes on; `"failed"` for all others."""
    action = _by_its_words(report)
    return "failed" if action == "delayed" and has_given_up(report.text) else action


def _by_its_words(report: Report) -> Action:
    text, subject = report.text_words, report.subject_words
    if "goes_on" in text:
        return "delayed"
    if "delayed" in subject:
        return "failed" if "final" in text and "delayed" not in text else "delayed"
    if "delayed" not in text:
        return "failed"
    if report.subject.lower().startswith("warning"):
        return "delayed"
    return "failed" if "final" in text or "final" in subject else "delayed"
