"""What the readers of this room hand each other.

They stand by themselves, away from the code that fills them: msgspec makes their classes, which a
compiler of that code could not.
"""

from msgspec import Struct

from bounce_tui.model import Candidate, Failure


class Senders(Struct, frozen=True, gc=False):
    """The candidates that one report gives, each kind likeliest first."""

    sending_ips: tuple[Candidate, ...] = ()
    envelope_senders: tuple[Candidate, ...] = ()
    helos: tuple[Candidate, ...] = ()


class DeliveryStatus(Struct):
    """What a delivery-status part says: of the message, and of each recipient."""

    reporting_mta: str | None = None
    received_from_mta: str | None = None
    sender: str | None = None
    envelope_id: str | None = None
    arrived: str | None = None
    failures: list[Failure] = []


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
