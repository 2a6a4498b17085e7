"""The rules by which a message is a report in words, and why one that meets none of them is no report."""

from typing import Final

from bounce_tui.parsing.cleaning.plain_words import hides_address
from bounce_tui.parsing.recognition.addressing import came_to_bounces, is_daemon, is_for_many, is_of_list
from bounce_tui.parsing.recognition.failure_words import (
    failing_subject,
    is_hint,
    needs_recipient,
    needs_reply,
    quotes_reply,
    speaks_of_failure,
)
from bounce_tui.parsing.recognition.printed_error import printed_error
from bounce_tui.parsing.recognition.returned_post import list_refusing
from bounce_tui.parsing.replies import Reply
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.lexicon import lexicon

_SENT: Final = lexicon("mail", "sent")
_OUTLOOK_TYPES: Final = ("application/vnd.ms-outlook", "application/ms-tnef")
_MOST_ATTACHED: Final = 32
_LONGEST_NAME: Final = 80


def why_report(report: Report) -> str | None:
    """Why the message may be a report in words, or None: then only a forward can make it one."""
    if not report.head:
        return _why_pasted(report)
    if report.failed_recipients:
        return "its header has X-Failed-Recipients"
    if report.rejects:
        return "Auto-Submitted says that it rejects a mail"
    why = _why_by_daemon(report) if is_daemon(report) else _why_by_its_words(report)
    if why is None and list_refusing(report) is not None:
        return "a list manager gives a post back to its author"
    return why


def _why_pasted(report: Report) -> str | None:
    if not is_hint(report):
        return "pasted text that speaks of a failed delivery"
    hints = speaks_of_failure(report) or says_failing(report.lead) or quotes_reply(report)
    return "pasted text that says something failed" if hints else None


def _why_by_daemon(report: Report) -> str | None:
    """Why the mail of a mail system is a report: it sends digests and answers as well."""
    subject = failing_subject(report)
    if "digest" in report.subject_words and subject is None and report.returned is None:
        return None
    for group in ("failed_subject_of_daemon", "delayed"):
        subject = subject or report.subject_words.get(group)
    if subject is not None:
        return f"a mail system sent it, and its subject says {subject.strip()!r}"
    words = report.text_words.get("failed_words") or report.text_words.get("delayed")
    if words is not None:
        return f"a mail system sent it, and its text says {words.strip()!r}"
    return "a mail system sent it, and its text speaks of a failure" if needs_recipient(report) else None


def _why_by_its_words(report: Report) -> str | None:
    """Why a mail that anybody may have sent is a report."""
    words = report.text_words.get("failed_words")
    if words is None or ("digest" in report.subject_words and report.returned is None):
        return None
    if came_to_bounces(report):
        return f"it came to an address for bounces, and its text says {words.strip()!r}"
    if is_for_many(report) or not _is_about_mail(report):
        return None  # a parcel may be undeliverable as well
    subject = failing_subject(report)
    if subject is not None:
        return f"its subject says {subject.strip()!r}, and its text {words.strip()!r}"
    printed = printed_error(report)
    if printed is not None:
        return f"a program that hands mail in printed {printed!r}"
    if report.inside or needs_reply(report):
        return f"its text says {words.strip()!r}"
    return None


def _is_about_mail(report: Report) -> bool:
    """True for words of mail, or an address with a reply or that something was sent to: that tells mail from
    parcels, which fail as well."""
    if "of_mail" in report.subject_words or "of_mail" in report.text_words:
        return True
    if needs_reply(report):
        return "bounce" in report.subject.lower() or quotes_reply(report)
    if "@" not in report.text and not hides_address(report.text):
        return False
    lead = report.lead
    return any(word in lead for word in _SENT) or Reply(report.text).code is not None


def may_be_report(report: Report) -> bool:
    """False where it is plain without a further look that nothing here is a report."""
    if not report.head or is_of_list(report):
        return False
    if report.head.has("x-list-administrivia"):
        return False  # Mailman asks the owner, too, what is to become of a post
    if report.inside and not (report.sender and report.subject):
        return False  # what somebody quotes of it does not say whose words they are
    if report.subject_words.keys() & {"absence", "digest"}:
        return False
    if "challenge" in report.text_words:
        return False
    return "@" in report.text or report.answers or hides_address(report.text)


def why_no_report(report: Report) -> str:
    """Why a message of which no rule here says that it is a report is none."""
    words = report.text_words.get("failed_words") if report.head else None
    if words is None:
        brought = _of_outlook(report)
        unread = f"; {brought!r} is in Outlook's own form: saved as .eml, it can be read" if brought else ""
        return f"nothing in it reports a delivery{unread}"
    if is_for_many(report):
        return f"its text says {words.strip()!r}, but it is a list's mail or a newsletter"
    if failing_subject(report) is None:
        return f"its text says {words.strip()!r}, but neither its sender nor its subject is a report's"
    return "it says that something failed, but not that it was mail"


def _of_outlook(report: Report) -> str | None:
    """The name of an attachment that may be a mail and that only Outlook reads; None where there is none."""
    entities = report.mail.entities
    if len(entities) == 1:
        return None
    for one in entities[:_MOST_ATTACHED]:
        if one.content_type in _OUTLOOK_TYPES or one.content_type == "application/octet-stream":
            name = (one.filename or "")[:_LONGEST_NAME]
            if one.content_type in _OUTLOOK_TYPES or name.lower().endswith((".msg", "winmail.dat")):
                return name or one.content_type
    return None
