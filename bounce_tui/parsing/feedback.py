"""The machine-readable part of a complaint: message/feedback-report (ARF, RFC 5965)."""

from typing import Final

from msgspec import Struct

from bounce_tui.model import Candidate, FeedbackReport
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.dates import to_utc
from bounce_tui.parsing.mime.headers import Head, decode_words, unfolded
from bounce_tui.parsing.public_address import public

LIMIT = 1 << 16
_MOST: Final = 100
_LONGEST: Final = 2000
_LONGEST_NUMBER: Final = 9


class Feedback(Struct, frozen=True):
    """What a mailbox provider says about mail that somebody reported: the `report` as it is handed on, the
    address and the envelope sender that the mail came from, the server that reports."""

    report: FeedbackReport
    source_ip: str | None = None
    mail_from: str | None = None
    reporting_mta: str | None = None

    @property
    def sending_ips(self) -> tuple[Candidate, ...]:
        """The reported sending IP."""
        return (Candidate(self.source_ip, "feedback", True),) if self.source_ip else ()

    @property
    def envelope_senders(self) -> tuple[Candidate, ...]:
        """The reported envelope sender."""
        return (Candidate(self.mail_from, "feedback", True),) if self.mail_from else ()


def read(body: str) -> Feedback:
    """`body`, the part with its transfer encoding undone, Latin-1."""
    head = Head(body[:LIMIT].strip())
    mta = head.raw("reporting-mta").rpartition(";")[2].split()
    return Feedback(
        report=_report(head),
        source_ip=public(head.raw("source-ip")),
        mail_from=clean(head.raw("original-mail-from")),
        reporting_mta=mta[0].strip("[]") if mta else None,
    )


def _report(head: Head) -> FeedbackReport:
    incidents = head.raw("incidents")
    is_number = incidents.isascii() and incidents.isdecimal() and len(incidents) <= _LONGEST_NUMBER
    recipients = (clean(value) for value in _each(head, "original-rcpt-to"))
    return FeedbackReport(
        type=_word(head, "feedback-type"),
        recipients=tuple(dict.fromkeys(address for address in recipients if address)),
        domains=tuple(dict.fromkeys(value.lower() for value in _each(head, "reported-domain"))),
        links=tuple(dict.fromkeys(_each(head, "reported-uri"))),
        # Before RFC 5965 had a name for it, some called it Received-Date, as RFC 5965 still allows.
        arrived=to_utc(head.get("arrival-date") or head.get("received-date")),
        incidents=int(incidents) if is_number else None,
        auth_failure=_word(head, "auth-failure"),
        delivery_result=_word(head, "delivery-result"),
        user_agent=head.get("user-agent"),
    )


def _each(head: Head, name: str) -> list[str]:
    """The values of a field that may be repeated, as text, without those that are empty."""
    found = [decode_words(unfolded(value[:_LONGEST])) for value in head.each(name, _MOST)]
    return [value for value in found if value]


def _word(head: Head, name: str) -> str | None:
    """The value of a field that holds one word of a registry."""
    words = head.raw(name)[:_LONGEST].lower().split(";")[0].split()
    return words[0] if words else None
