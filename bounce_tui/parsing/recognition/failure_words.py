"""The words of failure that a message has, and what they lack to make a report of it."""

from typing import Final

from bounce_tui.parsing.recognition.addressing import came_to_bounces, is_daemon
from bounce_tui.parsing.recognition.subject_marks import is_passed_on
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.regex import regex

_REPLY: Final = regex(r"[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3} [a-z<]")


def speaks_of_failure(report: Report) -> bool:
    """True when subject or words say that a delivery failed or waits."""
    return "failed_subject" in report.subject_words or "failed_words" in report.text_words


def failing_subject(report: Report) -> str | None:
    """What of the subject only a report says."""
    words = report.subject_words
    if "failed_subject" in words or "@" not in report.subject or is_passed_on(report.subject):
        return words.get("failed_subject")
    # Who puts the failed address itself into a subject is a program.
    return words.get("failed_subject_of_daemon")


def quotes_reply(report: Report) -> bool:
    """True where the beginning holds an SMTP reply with its status code."""
    return _REPLY.search(report.lead) is not None


def needs_recipient(report: Report) -> bool:
    """True where a mail system speaks of a failure in words that mean one only beside an address."""
    if not report.head or not is_daemon(report) or speaks_of_failure(report) or report.inside:
        return False
    if (
        report.subject_words.keys() & {"failed_subject_of_daemon", "delayed"}
        or "delayed" in report.text_words
    ):
        return False
    return "@" in report.text and says_failing(report.lead)


def needs_reply(report: Report) -> bool:
    """True for a subject that people write too."""
    if report.failed_recipients or came_to_bounces(report) or is_passed_on(report.subject):
        return False
    return "failed_subject_of_reply" in report.subject_words


def is_hint(report: Report) -> bool:
    """True where words of failure alone make no report: nobody knows who wrote them, or what about."""
    if not report.head:
        return report.inside or not (speaks_of_failure(report) or "delayed" in report.text_words)
    if report.rejects or is_daemon(report) or (not report.inside and not needs_reply(report)):
        return False
    return failing_subject(report) is None
