"""One DNS answer as the checks see it, with every kind of "no" told apart."""

from typing import Literal, Protocol

from msgspec import Struct

from bounce_tui.check_outcome import QueryOutcome

RecordType = Literal["A", "AAAA", "MX", "TXT", "PTR", "CNAME", "NS", "SOA", "TLSA"]


class Soa(Struct, frozen=True):
    """What the SOA record of `zone` says that the checks look at; `ttl` and `minimum` in seconds."""

    zone: str
    serial: int
    minimum: int
    ttl: int


class Answer(Struct, frozen=True):
    """What the resolver learned of one name and type.

    `records` is empty unless `outcome` is "answer": addresses as text, "10 mx.example.org" for MX,
    host names without the last dot.  A TXT record's strings are joined with nothing (RFC 7208
    section 3.3) and stand for bytes as Latin-1, one character a byte.  `canonical` is the name at
    the end of the CNAME chain, `ttl` seconds, `extended` the extended DNS errors (RFC 8914) as text,
    "22 No Reachable Authority".  `authentic` says that the resolver vouches for it by DNSSEC (AD, RFC 4035).
    `soa` is that of the zone, where the reply brings it: to a question for it, and with every "no".
    """

    name: str
    rdtype: RecordType
    outcome: QueryOutcome
    records: tuple[str, ...] = ()
    canonical: str | None = None
    ttl: int | None = None
    extended: tuple[str, ...] = ()
    elapsed_ms: int = 0
    authentic: bool = False
    soa: Soa | None = None

    @property
    def exists(self) -> bool:
        """True when DNS said something definite that is not NXDOMAIN."""
        return self.outcome in ("answer", "no_data")


class Lookup(Protocol):
    """The one door to DNS.  Never raises: a name that cannot be asked is outcome "bad_name"."""

    async def query(self, name: str, rdtype: RecordType) -> Answer:
        """Ask for `name` (absolute, with or without the last dot) and `rdtype`."""
        ...

    @property
    def address(self) -> str:
        """The server that sees the queries, "127.0.0.1:53"."""
        ...
