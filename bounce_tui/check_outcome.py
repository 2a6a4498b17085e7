"""What a check found: one word, and beside it a small struct for its kind of check.

Judges ask for both.  A summary says the same to people, and no verdict may be read out of it.  `text` is the
one form in which JSON and the database tell the two: "listed:SBL,PBL", "ok:elsewhere".
"""

from typing import Final, Literal

from msgspec import Struct

RunOutcome = Literal["no_such_check", "no_input", "invented", "all_denied", "timeout", "cancelled", "error"]
QueryOutcome = Literal[
    "answer", "nxdomain", "no_data", "servfail", "refused", "timeout", "bad_name", "unreachable"
]
RouteOutcome = Literal["mx", "null_mx", "address", "no_mail_host", "invented", QueryOutcome]
MailHostsOutcome = Literal[
    "ok", "address_fallback", "degraded", "ipv6_only", "none_too", "mx_broken", "mx_unknown", "exists"
]
ReverseNameOutcome = Literal["confirmed", "generic", "no_ptr", "unconfirmed", "unconfirmable"]
SpfOutcome = Literal["pass", "fail", "softfail", "neutral", "none", "temperror", "permerror"]
DkimOutcome = Literal[
    "unsigned", "unreadable", "verified", "expired", "run_out", "headers_only", "unasked", "too_odd",
    "body_altered", "mismatch", "bad_key", "no_key", "malformed",
]  # fmt: skip
READ_IN_MAIL: Final[frozenset[str]] = frozenset[DkimOutcome]({"unsigned", "unreadable", "malformed"})
"""What a check finds in the returned message itself, whether or not DNS answers."""
DmarcPolicy = Literal["reject", "quarantine", "none"]
ListOutcome = Literal[
    "listed",
    "range",
    "neutral",
    "good",
    "not_listed",
    "refused",
    "unusable",
    "gone",
    "not_asked",
    "open_page",
]
EncryptionOutcome = Literal["none", "dane", "sts", "dane+sts", "broken", "unclear"]
MailHostOutcome = Literal[
    "accepted", "refused", "deferred", "refused_us", "broke_off", "no_smtputf8", "unreachable", "no_host"
]
RegistryOutcome = Literal[
    "registered", "new", "expired", "on_hold", "not_registered", "no_service", "unreachable"
]
BimiOutcome = Literal["ok", "no_evidence", "declined", "no_record", "bad_record", "weak_dmarc"]
NetworkOutcome = Literal["announced", "not_announced", "unreadable"]
Outcome = Literal[
    RunOutcome, RouteOutcome, MailHostsOutcome, ReverseNameOutcome, SpfOutcome, DkimOutcome, DmarcPolicy,
    ListOutcome, EncryptionOutcome, MailHostOutcome, RegistryOutcome, BimiOutcome, NetworkOutcome,
]  # fmt: skip

Alignment = Literal["aligned", "unaligned", "unknown"]
RouteEnd = Literal["home", "away", "same", "renumbered", "elsewhere", "kept"]
TlsaMatch = Literal["matches", "differs", "unknown"]
Dane = Literal["absent", "demanded", "unvouched", "flawed", "unknown"]
Security = Literal["none_offered", "encrypted", "bad_certificate", "failed", "unknown"]


class Spf(Struct, frozen=True, tag="spf"):
    """`allows_all` is True where the record, or one that it includes, lets every address pass, `servers_fail`
    where name servers failed, and did not merely stay silent, `forwarded` where the mail surely was, so that
    whoever did that must rewrite the envelope sender.  `silent_name` is the name in a term of the record that
    gave no answer, where the resolver answers others."""

    allows_all: bool = False
    servers_fail: bool = False
    forwarded: bool = False
    silent_name: str | None = None

    def text(self, outcome: str) -> str:
        """`outcome` with these particulars, as JSON and the database tell it."""
        return f"{outcome}:servfail" if self.servers_fail else outcome


class Dkim(Struct, frozen=True, tag="dkim"):
    """Whether the domain of the signature goes with the From domain; `unsure` where that could not be
    learned.  `signer` is that domain, `key_name` the name of its key where DNS has one there."""

    aligned: bool = False
    unsure: bool = False
    signer: str | None = None
    key_name: str | None = None

    def text(self, outcome: str) -> str:
        """`outcome` with these particulars, as JSON and the database tell it."""
        return f"{outcome}:{'aligned' if self.aligned else 'unknown' if self.unsure else 'unaligned'}"


class Dmarc(Struct, frozen=True, tag="dmarc"):
    """`broken` is True where there is a record that cannot be used; `spf` tells whether a pass of SPF would
    count ("unknown" where that could not be learned), None where SPF has nothing to go by.  `older` is the
    policy that receivers of RFC 7489 find, where it is another."""

    broken: bool = False
    spf: Alignment | None = None
    older: DmarcPolicy | None = None

    def text(self, outcome: str) -> str:
        """`outcome` with these particulars, as JSON and the database tell it."""
        return f"{outcome}:broken" if self.broken else f"{outcome}:{self.spf}" if self.spf else outcome


class Listing(Struct, frozen=True, tag="listing"):
    """The parts of the list that hold what was asked for."""

    parts: tuple[str, ...] = ()

    def text(self, outcome: str) -> str:
        """`outcome` with these particulars, as JSON and the database tell it."""
        return f"{outcome}:{','.join(self.parts)}" if self.parts else outcome


class Page(Struct, frozen=True, tag="page"):
    """The page to open in place of a query."""

    url: str = ""

    def text(self, outcome: str) -> str:
        """`outcome` with these particulars, as JSON and the database tell it."""
        return outcome


class Ptr(Struct, frozen=True, tag="ptr"):
    """`other_helo` is True where the HELO name differs from the reverse name."""

    other_helo: bool = False

    def text(self, outcome: str) -> str:
        """`outcome` with these particulars, as JSON and the database tell it."""
        return f"{outcome}:other_helo" if self.other_helo else outcome


class Smtp(Struct, frozen=True, tag="smtp"):
    """What the rules read out of the host's reply, where it refused, and what was found of its TLS: `tlsa`
    tells whether its certificate is the one that its TLSA record calls for (None where senders look at none).
    `smtputf8` is whether it offers that, None where it did not come to it."""

    reason: str | None = None
    security: Security | None = None
    tlsa: TlsaMatch | None = None
    smtputf8: bool | None = None

    def text(self, outcome: str) -> str:
        """`outcome` with these particulars, as JSON and the database tell it."""
        word = f"{outcome}:{self.reason}" if self.reason else outcome
        return f"{word}/{self.security}" if self.security else word


class Tls(Struct, frozen=True, tag="tls"):
    """What DNS demands of a sender's TLS: whether there is an MTA-STS policy, and what there is of TLSA
    records ("unvouched": the resolver does not vouch for them, "flawed": senders pass over them, "unknown":
    it could not be learned; `tlsa_fails` where that is because the name servers fail)."""

    sts: bool = False
    dane: Dane = "absent"
    tlsa_fails: bool = False

    def text(self, outcome: str) -> str:
        """`outcome` with these particulars, as JSON and the database tell it."""
        return f"{outcome}:servfail" if outcome == "unclear" and self.tlsa_fails else outcome


class Route(Struct, frozen=True, tag="way"):
    """`end` compares the mail route of today with the hosts that the bounce names
    (`checks.route.route_ends`); None where it names none."""

    end: RouteEnd | None = None

    def text(self, outcome: str) -> str:
        """`outcome` with these particulars, as JSON and the database tell it."""
        return f"{outcome}:{self.end}" if self.end else outcome


Particulars = Spf | Dkim | Dmarc | Listing | Page | Ptr | Smtp | Tls | Route
