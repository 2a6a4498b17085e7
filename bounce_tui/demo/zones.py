"""The zones that the demo serves, and the answer they give to one question."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import dns.exception
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdataset
import dns.rdatatype
import dns.rrset
import dns.zone
from msgspec import Struct

Misbehaviour = Literal["timeout", "servfail", "refused", "bogus"]
_MISBEHAVIOURS: dict[bytes, Misbehaviour] = {
    b"timeout": "timeout",
    b"servfail": "servfail",
    b"refused": "refused",
    b"bogus": "bogus",
}
# Counted from the end, the root left out: `timeout.example` and `mx.timeout.school.example` misbehave,
# `timeout.example.dbl.spamhaus.org`, a blocklist's entry for that domain, does not.
_LABELS_THAT_COUNT = 3
_LONGEST_CNAME_CHAIN = 12

Data = dict[dns.name.Name, dict[dns.rdatatype.RdataType, dns.rdataset.Rdataset]]


class ZoneError(Exception):
    """A zone that cannot be served: `file` names it, `reason` says why in one line."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


class Reply(Struct, frozen=True):
    """What the zones say to one question.  `misbehaviour` replaces any other content.  `secure` says that
    a validating resolver would vouch for it: every zone on the way has a DNSKEY."""

    rcode: dns.rcode.Rcode = dns.rcode.NOERROR
    answer: tuple[dns.rrset.RRset, ...] = ()
    authority: tuple[dns.rrset.RRset, ...] = ()
    misbehaviour: Misbehaviour | None = None
    secure: bool = False


class Zone:
    """One zone in memory, answering as RFC 1034 section 4.3.2 and RFC 4592 (wildcards) say.

    Delegations and DNAME are not followed: a sample's child zone is a file of its own, and the
    longest origin wins."""

    def __init__(self, origin: dns.name.Name, data: Data) -> None:
        self.origin = origin
        self._data = data
        self._existing = {
            ancestor for name in data for ancestor in _ancestors(name) if ancestor.is_subdomain(origin)
        }

    @classmethod
    def from_text(cls, text: str, file: str = "text") -> "Zone":
        """Read standard zone text (RFC 1035 section 5) that opens with $ORIGIN and has SOA and NS.

        Raises ZoneError."""
        try:
            read = dns.zone.from_text(text, relativize=False, allow_include=False, check_origin=False)
        except (dns.exception.DNSException, ValueError) as error:
            raise ZoneError(file, str(error) or type(error).__name__) from error
        if read.origin is None:
            raise ZoneError(file, "no $ORIGIN names the zone")
        data: Data = {
            name: {rdataset.rdtype: rdataset for rdataset in node} for name, node in read.nodes.items()
        }
        apex = data.get(read.origin, {})
        if dns.rdatatype.SOA not in apex or dns.rdatatype.NS not in apex:
            raise ZoneError(file, f"{read.origin} has no SOA or no NS")
        return cls(read.origin, data)

    @property
    def soa(self) -> dns.rrset.RRset:
        """The SOA as a negative answer carries it: with the negative TTL of RFC 2308 section 3."""
        rdataset = self._data[self.origin][dns.rdatatype.SOA]
        return dns.rrset.from_rdata(self.origin, min(rdataset.ttl, rdataset[0].minimum), rdataset[0])

    @property
    def is_signed(self) -> bool:
        """Whether the zone stands for one with DNSSEC: nothing is really signed here."""
        return dns.rdatatype.DNSKEY in self._data[self.origin]

    def find(
        self, name: dns.name.Name, rdtype: dns.rdatatype.RdataType
    ) -> dns.rrset.RRset | Literal["nxdomain", "no_data"]:
        """The records of `name` (a CNAME in place of other types), or which kind of "no" it is."""
        node = self._data.get(name)
        if node is None:
            if name in self._existing:
                return "no_data"
            node = self._data.get(self._wildcard(name))
            if node is None:
                return "nxdomain"
        rdataset = node.get(rdtype) or node.get(dns.rdatatype.CNAME)
        if rdataset is None:
            return "no_data"
        return dns.rrset.from_rdata_list(name, rdataset.ttl, list(rdataset))

    def _wildcard(self, name: dns.name.Name) -> dns.name.Name:
        encloser = name
        while encloser not in self._existing:
            encloser = encloser.parent()
        # The query's labels are shorter than the wildcard's only by a name that cannot be asked.
        return dns.name.Name((b"*", *encloser.labels))


class Zones:
    """All zones of one server."""

    def __init__(self, zones: Iterable[Zone]) -> None:
        self._zones: dict[dns.name.Name, Zone] = {}
        for zone in zones:
            if zone.origin in self._zones:
                raise ZoneError(str(zone.origin), "two zones have this origin")
            self._zones[zone.origin] = zone

    @classmethod
    def from_folder(cls, folder: Path) -> "Zones":
        """Read every *.zone file of `folder`.  Raises ZoneError, which names the file."""
        zones = []
        try:
            for path in sorted(folder.glob("*.zone")):
                zones.append(Zone.from_text(path.read_text("utf-8"), str(path)))
        except (OSError, UnicodeDecodeError) as error:
            raise ZoneError(str(folder), str(error)) from error
        if not zones:
            raise ZoneError(str(folder), "no *.zone file is in this folder")
        return cls(zones)

    @property
    def origins(self) -> tuple[dns.name.Name, ...]:
        """The names of all zones, sorted."""
        return tuple(sorted(self._zones))

    def reply(self, name: dns.name.Name, rdtype: dns.rdatatype.RdataType) -> Reply:
        """Answer as a resolver would that knows these zones and nothing else.

        CNAMEs are followed from zone to zone.  A name in no zone is refused, at the end of a CNAME
        chain too.  A chain that runs into a misbehaving name misbehaves as a whole."""
        answer: list[dns.rrset.RRset] = []
        seen: set[dns.name.Name] = set()
        secure = True
        while True:
            misbehaviour = misbehaviour_of(name)
            if misbehaviour is not None:
                return Reply(misbehaviour=misbehaviour)
            zone = self._zone_of(name)
            if zone is None:
                return Reply(rcode=dns.rcode.REFUSED)
            secure = secure and zone.is_signed
            found = zone.find(name, rdtype)
            if found == "nxdomain":
                return Reply(dns.rcode.NXDOMAIN, tuple(answer), (zone.soa,), secure=secure)
            if found == "no_data":
                return Reply(dns.rcode.NOERROR, tuple(answer), (zone.soa,), secure=secure)
            answer.append(found)
            if found.rdtype == rdtype:
                return Reply(dns.rcode.NOERROR, tuple(answer), secure=secure)
            seen.add(name)
            name = found[0].target
            if name in seen or len(seen) > _LONGEST_CNAME_CHAIN:
                return Reply(rcode=dns.rcode.SERVFAIL)

    def _zone_of(self, name: dns.name.Name) -> Zone | None:
        for ancestor in _ancestors(name):
            zone = self._zones.get(ancestor)
            if zone is not None:
                return zone
        return None


def misbehaviour_of(name: dns.name.Name) -> Misbehaviour | None:
    """What a name does wrong on purpose: one of its last three labels is `timeout` (never answered),
    `servfail` (with extended error 22, RFC 8914), `refused` (with 18) or `bogus` (SERVFAIL with 6)."""
    for label in name.labels[:-1][-_LABELS_THAT_COUNT:]:
        misbehaviour = _MISBEHAVIOURS.get(label.lower())
        if misbehaviour is not None:
            return misbehaviour
    return None


def _ancestors(name: dns.name.Name) -> Iterable[dns.name.Name]:
    yield name
    while name.labels and name != dns.name.root:
        name = name.parent()
        yield name
