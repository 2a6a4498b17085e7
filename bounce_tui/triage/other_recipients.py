"""The outcomes of a mail for its other recipients, beside the leading one: as little as the list needs."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.domain_name import written_domain
from bounce_tui.forwarding import forwarded_to, written_to
from bounce_tui.model import Action, Case, Diagnosis, Failure, Kind
from bounce_tui.regex import regex

_TOKEN = regex(r"[A-Za-z]{1,8}[-_]?\d{1,6}[A-Za-z]?")
_DOMAINS = "rhsbl:"
_KINDS: dict[Action, Kind] = {"failed": "failed", "delayed": "delayed"}


class OtherRecipients(Struct, frozen=True, gc=False, array_like=True):
    """One outcome of a mail for recipients beside the leading one: those of one domain that fared alike.

    `recipient` is their addresses, a line each, so that a list of five hundred costs little more than its
    text; `kind` is what became of them, whatever became of the mail for others.  `written_to` is the address
    that the sender wrote to, where somebody forwards it to them; `judged_domain` is the domain in From, where
    the receiver judged that by DMARC.  The rest is as in `Row`.
    """

    recipient: str | None = None
    kind: Kind = "failed"
    temporary: bool = False
    hard: bool = False
    reason: str | None = None
    reply_code: str | None = None
    status: str | None = None
    provider: str | None = None
    host: str | None = None
    rule: str | None = None
    token: str | None = None
    blocklist: str | None = None
    lists_domain: bool = False
    written_to: str | None = None
    judged_domain: str | None = None

    @property
    def domain(self) -> str:
        """The domain of the recipients in lower case, "" when there is none."""
        return written_domain(self.recipient) or ""

    @property
    def addresses(self) -> list[str]:
        """The recipients, as far as they are named."""
        return self.recipient.split("\n") if self.recipient else []

    def singly(self) -> Iterator["OtherRecipients"]:
        """Each of the recipients by itself."""
        addresses = self.addresses
        if len(addresses) < 2:
            yield self
            return
        for address in addresses:
            yield replace(self, recipient=address)


_Alike = tuple[bool, str | None, OtherRecipients]


def outcome_of(case: Case, index: int, leading: int) -> OtherRecipients:
    """The outcome of failure `index` of `case`, whose failure `leading` stands for the mail in the list."""
    return replace(_met(case, index, leading), recipient=_recipient(case, index))


def others_of(case: Case, leading: int) -> tuple[OtherRecipients, ...]:
    """The outcomes of all failures but the leading one; those that differ in the local part alone are one."""
    together: dict[_Alike, list[str]] = {}
    for index in range(len(case.bounce.failures)):
        if index != leading:
            recipient = _recipient(case, index)
            alike = recipient is None, written_domain(recipient), _met(case, index, leading)
            addresses = together.setdefault(alike, [])
            if recipient is not None:
                # A line is an address; the few that hold a line break come from hostile mail.
                addresses.append(recipient.replace("\n", " "))
    return tuple(
        [replace(met, recipient="\n".join(found) or None) for (_, _, met), found in together.items()]
    )


def _recipient(case: Case, index: int) -> str | None:
    failure = case.bounce.failures[index]
    return failure.recipient or failure.original_recipient


def _met(case: Case, index: int, leading: int) -> OtherRecipients:
    """The outcome of failure `index`, without its recipient."""
    bounce = case.bounce
    failure = bounce.failures[index]
    kind: Kind = bounce.kind
    if index != leading and bounce.is_bounce:
        kind = _KINDS.get(failure.action, "delivered")
    host = failure.remote_mta or bounce.reporting_mta
    is_forwarded = forwarded_to(bounce, failure) is not None
    written = written_to(bounce, failure) if is_forwarded else None
    if index >= len(case.diagnoses):
        return OtherRecipients(
            kind=kind,
            reply_code=failure.reply_code,
            status=failure.status,
            host=host,
            written_to=written,
        )
    diagnosis = case.diagnoses[index]
    return OtherRecipients(
        kind=kind,
        temporary=diagnosis.temporary,
        hard=diagnosis.hard,
        reason=diagnosis.reason,
        reply_code=failure.reply_code,
        status=failure.status,
        provider=diagnosis.provider,
        host=host,
        rule=diagnosis.rule,
        token=_token(diagnosis),
        blocklist=diagnosis.blocklist,
        lists_domain=any(one.startswith(_DOMAINS) for one in diagnosis.checks[:1]),
        written_to=written,
        judged_domain=bounce.from_domain if _is_by_dmarc(failure, diagnosis) else None,
    )


def _is_by_dmarc(failure: Failure, diagnosis: Diagnosis) -> bool:
    return diagnosis.reason == "auth_failure" and "dmarc" in failure.diagnostic.lower()


def _token(diagnosis: Diagnosis) -> str | None:
    """The code of the receiver's that decided, where one did: words are no code, nor is a status."""
    text = diagnosis.evidence.text
    return text if _TOKEN.fullmatch(text) else None
