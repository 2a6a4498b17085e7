"""The machine-readable part of a complaint: message/feedback-report (ARF, RFC 5965)."""

from msgspec import Struct

from bounce_tui.model import Candidate
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.parsing.public_address import public

LIMIT = 1 << 16


class Feedback(Struct, frozen=True):
    """What a mailbox provider says about mail that somebody reported: the address and the envelope sender it
    came from, the server that reports."""

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
        source_ip=public(head.raw("source-ip")),
        mail_from=clean(head.raw("original-mail-from")),
        reporting_mta=mta[0].strip("[]") if mta else None,
    )
