"""Whether words that no known system wrote are about mail at all: backups, parcels and payments fail, too,
and their notices come from "System Administrator" or speak of a delivery."""

from collections.abc import Sequence
from typing import Final

from bounce_tui.model import Failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.whom_to_ask import CONTACT
from bounce_tui.regex import regex

_SERVERS: Final = lexicon("senders", "mail_server", "delivery")
_SENTENCE_ENDS = regex(r"[.!?;:]\s|[。！？；，]")
_FIRST_PERSON: Final = lexicon("other_mail", "first_person")


def why_not_mail(report: Report, failures: Sequence[Failure]) -> str | None:
    """Why the failure that the words of `report` speak of is none of a mail, or None.  For reports that no
    family knew."""
    if report.returned is not None or any(one.reply_code or one.status for one in failures):
        return None
    if report.failed_recipients or report.head.raw("return-path") == "<>" or is_mail_server(report):
        return None
    if not failures and "failed_subject" not in report.subject_words:
        return "it names no recipient and no reply, and no mail server's name stands in From"
    if not _fails_as_mail(report.subject.lower()) and not fails_as_mail(report.opening):
        return "it says that something failed, but not that it was mail"
    if "daemon" not in report.sender_words and is_personal(report):
        return "a person tells of it, and quotes no reply"
    return None


def is_personal(report: Report) -> bool:
    """True where somebody speaks of himself, as no program does."""
    return speaks_of_himself(report.opening)


def speaks_of_himself(said: str) -> bool:
    """True where who wrote `said`, in lower case and on one line, speaks of himself."""
    spoken = f" {said} "
    return any(word in spoken for word in _FIRST_PERSON)


def is_mail_server(report: Report) -> bool:
    """True where From is empty or has a name that nobody but a mail server bears."""
    sender = report.sender.lower()
    return sender.strip() in ("", "<>") or any(name in sender for name in _SERVERS)


def fails_as_mail(said: str) -> bool:
    """True where a sentence of `said`, in lower case and on one line, says that it was mail that failed."""
    return any(map(_fails_as_mail, _SENTENCE_ENDS.split(said)))


def _fails_as_mail(sentence: str) -> bool:
    if not says_failing(sentence):
        return False
    at = sentence.find("@")
    if at >= 0:
        start = max(sentence.rfind(" ", 0, at) + 1, 0)
        return CONTACT.search(sentence, max(0, start - 60), start) is None
    return any(word in sentence for word in lexicon("mail", "mail"))
