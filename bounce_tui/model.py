"""The values that every package hands on: frozen structs, from a message to its diagnosis.

Dates are RFC 3339 text in UTC ("2026-11-20T09:14:02Z"): they sort as text, cost nothing to carry
between processes, and are what every output form prints.  A field is None when the mail does not
say; nothing is invented.  All text is as decoded from the mail, hostile until a package that writes
to a terminal or a file has made it visible (`reporting.visible`).
"""

from typing import Literal

from msgspec import Struct

from bounce_tui.reason import ReasonSlug, Topic, WhoActs

Kind = Literal["failed", "delayed", "delivered", "feedback", "auto_reply", "other"]
Action = Literal["failed", "delayed", "delivered", "relayed", "expanded"]
Confidence = Literal["high", "medium", "low"]


class Message(Struct, frozen=True, gc=False):
    """Where one message lies.  `file` is the path as the user gave it (or below the folder given),
    "-" for standard input; `index` counts messages in that file from 0; `offset` and `length` are
    bytes in the file.  Of followed mail `edition` says how often its place held other mail before, and
    `away` that it lies there no longer."""

    file: str
    index: int = 0
    offset: int = 0
    length: int = 0
    edition: int = 0
    away: bool = False


_WRAPPED = ("batv", "caf", "srs", "verp")


class Candidate(Struct, frozen=True, gc=False):
    """A value that the bounce suggests for something it does not state plainly (the sending IP, the
    envelope sender).  `source` names where it was found: "diagnostic", "received", "reporting_mta",
    "return_path", "x_postfix_sender", "outer_to", "log", "config", "user" ...  `sure` is False for a
    guess."""

    value: str
    source: str
    sure: bool


class Hop(Struct, frozen=True, gc=False):
    """One Received header (RFC 5321 section 4.4), newest first where they come as a list.

    `helo` is what the client called itself, `from_host` the name that the server looked up."""

    helo: str | None = None
    from_host: str | None = None
    from_ip: str | None = None
    by: str | None = None
    protocol: str | None = None
    date: str | None = None


class AuthResult(Struct, frozen=True, gc=False):
    """What a server wrote into a header field about one method ("spf", "dkim", "dmarc", "arc" ...): `by` is
    the name that it gives itself, None where it gives none, `about` properties ("header.d=example.org")."""

    field: str
    by: str | None
    method: str
    result: str
    about: str = ""
    comment: str = ""


class Original(Struct, frozen=True):
    """The returned message, as far as the bounce brings it.  `whole` tells message/rfc822 from
    headers only (text/rfc822-headers, or a quoted beginning).  `content` is what came back of it, byte
    for byte but for its newlines, which are LF.  `day` is the day of its Date by the sender's own clock,
    which may differ from that in UTC ("2026-11-18")."""

    whole: bool = False
    message_id: str | None = None
    date: str | None = None
    day: str | None = None
    subject: str | None = None
    from_: str | None = None
    to: str | None = None
    return_path: str | None = None
    mailer: str | None = None
    hops: tuple[Hop, ...] = ()
    content: bytes = b""
    auth_results: tuple[AuthResult, ...] = ()


class Origin(Struct, frozen=True, gc=False):
    """Where the mail of one failure came from, told where a text is about many mails (the lines of a log,
    the list of a queue): candidates as in `Bounce`.  `refused_by` is set where the admin's own server
    refused the client that brought the mail: what its log calls that server, "" where it does not.
    `arrived` is when the mail came into the queue that is listed."""

    sending_ips: tuple[Candidate, ...] = ()
    envelope_senders: tuple[Candidate, ...] = ()
    helos: tuple[Candidate, ...] = ()
    refused_by: str | None = None
    arrived: str | None = None


class Failure(Struct, frozen=True, gc=False):
    """One recipient of a report (RFC 3464 section 2.3, RFC 6533, or read from free text).

    `recipient` is an address, or what the report has in its place: an X.400 name, a user of the machine,
    a path of machines ("host!user").  `status` is the enhanced status code (RFC 3463) that says most:
    the reply's where the Status field is generic.  `status_field` is that field as written.
    `diagnostic` is the reply with its lines joined and the repeated codes dropped, `quoted` the same
    with them where there are any.  `command` is the SMTP command that was refused.  `x500` is the
    Exchange address that an IMCEAEX recipient hides.  `origin` is set where the bounce is about several
    mails.  `local_program` tells that a delivery program
    spoke and no SMTP server (Diagnostic-Code of type x-unix)."""

    recipient: str | None = None
    original_recipient: str | None = None
    action: Action = "failed"
    reply_code: str | None = None
    status: str | None = None
    status_field: str | None = None
    diagnostic: str = ""
    command: str | None = None
    remote_mta: str | None = None
    remote_ip: str | None = None
    date: str | None = None
    will_retry_until: str | None = None
    x500: str | None = None
    local_program: bool = False
    quoted: str = ""
    origin: Origin | None = None

    @property
    def exact(self) -> str:
        """The reply as the report quotes it, on one line."""
        return self.quoted or self.diagnostic

    @property
    def queued(self) -> str | None:
        """When the mail came into the queue whose list this is from."""
        return self.origin.arrived if self.origin is not None else None

    @property
    def is_refused_here(self) -> bool:
        """True for mail that the admin's own server refused to take from a client."""
        return self.origin is not None and self.origin.refused_by is not None


class FeedbackReport(Struct, frozen=True, gc=False):
    """What a feedback report (ARF, RFC 5965 section 3) says of the mail that it is about.

    `type` is what was reported: "abuse", "fraud", "virus", "not-spam", "auth-failure" ...  `recipients` are
    those who had the mail (many providers leave them out), `domains` and `links` what is reported of its
    contents, `arrived` is when it came, `incidents` how many mails the report stands for.  `auth_failure` is
    which check failed (RFC 6591: "dmarc", "spf" ...), `delivery_result` what was done with the mail."""

    type: str | None = None
    recipients: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    arrived: str | None = None
    incidents: int | None = None
    auth_failure: str | None = None
    delivery_result: str | None = None
    user_agent: str | None = None


class Bounce(Struct, frozen=True, gc=False):
    """One message, read.  `kind` says what it is and `because` why it was judged so.  `forwarded`
    is True for a bounce that a person or a list manager passed on (attached, inline or quoted); the
    fields are then those of the bounce itself.

    `sending_ips`, `envelope_senders` and `helos` hold all candidates, likeliest first.  `auth_results`
    are about this message, those of `original` about the one that failed.  `envelope_id` is the mark that
    the sender's own system gave the mail on its way (ENVID, RFC 3461 section 4.4).  `list_says` is set
    where a list manager passed the bounce on: what it did to the member, "" where it does not say so.
    `arrived` is when the mail came to the system that reports (Arrival-Date, RFC 3464 section 2.2.5).
    `is_partial` is True for a log of which only the beginning was read.  `feedback` is set where a feedback
    report has its machine-readable part."""

    kind: Kind = "other"
    because: str = ""
    forwarded: bool = False
    message_id: str | None = None
    date: str | None = None
    subject: str | None = None
    from_: str | None = None
    to: str | None = None
    reporting_mta: str | None = None
    mailer: str | None = None
    from_domain: str | None = None
    sending_ips: tuple[Candidate, ...] = ()
    envelope_senders: tuple[Candidate, ...] = ()
    helos: tuple[Candidate, ...] = ()
    original: Original | None = None
    failures: tuple[Failure, ...] = ()
    auth_results: tuple[AuthResult, ...] = ()
    envelope_id: str | None = None
    list_says: str | None = None
    arrived: str | None = None
    is_partial: bool = False
    feedback: FeedbackReport | None = None

    @property
    def is_bounce(self) -> bool:
        """True for a report of a failed or delayed delivery."""
        return self.kind in ("failed", "delayed")

    @property
    def is_refused_here(self) -> bool:
        """True where all of it is mail that the admin's own server refused to take."""
        return bool(self.failures) and all(one.is_refused_here for one in self.failures)

    def sending_ips_of(self, failure: Failure) -> tuple[Candidate, ...]:
        """Candidates for the address that the mail of `failure` was sent from."""
        return self.sending_ips if failure.origin is None else failure.origin.sending_ips

    def envelope_senders_of(self, failure: Failure) -> tuple[Candidate, ...]:
        """Candidates for the envelope sender of the mail of `failure`."""
        return self.envelope_senders if failure.origin is None else failure.origin.envelope_senders

    def envelope_sender_of(self, failure: Failure) -> tuple[str | None, Candidate | None]:
        """The likeliest envelope sender of the mail of `failure`, and the one inside it where a scheme
        wrapped that (its `source`: "batv", "caf", "srs", "verp"): a wrapped one may be another for each
        mail."""
        senders = self.envelope_senders_of(failure)
        for at, sender in enumerate(senders):
            if "@" in sender.value:
                inner = senders[at + 1] if at + 1 < len(senders) else None
                return sender.value, inner if inner and inner.source in _WRAPPED else None
        return None, None

    def helos_of(self, failure: Failure) -> tuple[Candidate, ...]:
        """Candidates for the HELO name with which the mail of `failure` was sent."""
        return self.helos if failure.origin is None else failure.origin.helos

    @property
    def leading(self) -> int:
        """The index of the failure that stands for the whole message: the first that failed, for good or for
        now, else 0 (a report may open with recipients that were delivered)."""
        return next((at for at, failure in enumerate(self.failures) if failure.action == "failed"), 0)


class Evidence(Struct, frozen=True, gc=False):
    """The very words that decided, and where they stand: `where` is a field of Failure
    ("diagnostic", "status", "reply_code", "recipient"), `start` the offset in that field, or -1."""

    text: str
    where: str
    start: int = -1


class OtherReading(Struct, frozen=True, gc=False, omit_defaults=True):
    """Another reason that the reply allows: `rule` is the rule that says so, `evidence` the words or the code
    that it goes by, which may be those of the first reading, understood otherwise."""

    reason: ReasonSlug
    rule: str
    evidence: str = ""


class Backscatter(Struct, frozen=True, gc=False):
    """The returned mail was not sent by the admin's own servers: the reporting server `by` had it from `ip`,
    under the forged `sender`.  `headline` and `statement` say so in words; with `low` confidence they only
    ask."""

    ip: str
    by: str
    sender: str
    confidence: Confidence
    headline: str
    statement: str


class Diagnosis(Struct, frozen=True, gc=False):
    """Why one recipient failed.  `temporary` says whether the same mail could pass later with time alone,
    `hard` whether the address or its domain is dead.  `checks` are the live checks that would settle it,
    `url` the page that explains it or lifts the block, `blocklist` the list that the reply names, and
    `usual_checks` are those of its reason, whichever rule found it.  `lists` are the zones of the lists that
    the reply names, or that its rule knows it to mean, `speaks_of` what the rule knows it to speak of;
    `retries_first` is True where the first step says no more than that the message is still being tried.
    `backscatter` is set where the mail, whoever failed to get it, may not be the admin's at all."""

    reason: ReasonSlug
    temporary: bool
    hard: bool
    provider: str | None
    rule: str
    confidence: Confidence
    evidence: Evidence
    cause: str
    resolution: tuple[str, ...]
    who_acts: WhoActs
    checks: tuple[str, ...] = ()
    url: str | None = None
    also: tuple[OtherReading, ...] = ()
    blocklist: str | None = None
    usual_checks: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    speaks_of: tuple[Topic, ...] = ()
    retries_first: bool = False
    backscatter: Backscatter | None = None

    @property
    def is_backscatter(self) -> bool:
        """Whether the mail is called backscatter, and not only suspected to be."""
        return self.backscatter is not None and self.backscatter.confidence != "low"


class Case(Struct, frozen=True, gc=False):
    """One message with what was read and found: `diagnoses` runs parallel to `bounce.failures`.
    `error` says why a message could not be read; its bounce is then empty."""

    message: Message
    bounce: Bounce
    diagnoses: tuple[Diagnosis, ...] = ()
    error: str | None = None

    @property
    def backscatter(self) -> Backscatter | None:
        """The finding that the mail is backscatter; None where that is only suspected."""
        for one in self.diagnoses:
            return one.backscatter if one.is_backscatter else None
        return None
