"""A small DNS server on loopback for the SPF tests: zones as plain data, TIMEOUT as silence.

The data's form is that of the RFC 7208 suite: a name, and a list of one-entry mappings from record
type to value, or the word TIMEOUT for every type not named.
"""

import socket
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rdtypes.ANY.TXT
import dns.rrset
from known_silence import known

from bounce_tui.checks.dns.answer import Answer, RecordType

MemoryZone = dict[tuple[str, str], list[Any]]


class ZoneInMemory:
    """A `Lookup` on a zone in memory, for tests of thousands of policies: by lower-case name and type."""

    address = "127.0.0.1:53"

    def __init__(self, zone: MemoryZone) -> None:
        self._zone = zone
        self._names = {name for name, _ in zone}

    async def query(self, name: str, rdtype: RecordType) -> Answer:
        key = name.lower().rstrip(".")
        records = self._zone.get((key, rdtype), [])
        if records == ["TIMEOUT"]:
            return Answer(name, rdtype, "timeout")
        if records:
            texts = (f"{r[0]} {r[1]}" if isinstance(r, tuple) else str(r) for r in records)
            return Answer(name, rdtype, "answer", tuple(texts))
        return Answer(name, rdtype, "no_data" if key in self._names else "nxdomain")


Records = Sequence[Mapping[str, Any] | str]


class SpfZone:
    """Answers UDP queries from `data` until the context is left."""

    def __init__(self, data: Mapping[str, Records]) -> None:
        self._nodes = {_name(name): _node(name, records) for name, records in data.items()}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.asked: list[tuple[str, str]] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._known = known(self.address, self.is_silent)

    def __enter__(self) -> "SpfZone":
        self._known.__enter__()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # An empty packet from ourselves ends the loop.
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as closing:
            closing.sendto(b"", self._socket.getsockname())
        self._thread.join()
        self._socket.close()
        self._known.__exit__(None, None, None)

    def is_silent(self, name: dns.name.Name, rdtype: dns.rdatatype.RdataType) -> bool:
        """Whether a question stays unanswered."""
        return self._reply(dns.message.make_query(name, rdtype)) is None

    def _serve(self) -> None:
        while True:
            packet, client = self._socket.recvfrom(65535)
            if not packet:
                return
            query = dns.message.from_wire(packet)
            (asked,) = query.question
            self.asked.append((asked.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(asked.rdtype)))
            reply = self._reply(query)
            if reply is not None:
                with suppress(OSError):
                    self._socket.sendto(reply.to_wire(max_size=65000), client)

    def _reply(self, query: dns.message.Message) -> dns.message.Message | None:
        name, rdtype = query.question[0].name, query.question[0].rdtype
        if rdtype == 99:
            raise AssertionError("type SPF is withdrawn (RFC 7208 section 3.1)")
        response = dns.message.make_response(query)
        seen = set()
        while name not in seen:
            seen.add(name)
            node = self._nodes.get(name)
            if node is None:
                if name.labels[0].lower() == b"error":
                    return None
                response.set_rcode(dns.rcode.NXDOMAIN)
                return response
            if rdtype in node["silent"] or (rdtype not in node["sets"] and node["silent_else"]):
                return None
            if dns.rdatatype.CNAME in node["sets"] and rdtype not in node["sets"]:
                alias = node["sets"][dns.rdatatype.CNAME]
                response.answer.append(dns.rrset.from_rdata_list(name, 60, alias))
                name = alias[0].target
                continue
            if rdtype in node["sets"]:
                response.answer.append(dns.rrset.from_rdata_list(name, 60, node["sets"][rdtype]))
            return response
        # A loop is "no data": none of the aliases is told.
        response.answer.clear()
        return response


def _name(text: str) -> dns.name.Name:
    # from_text would read "%" and spaces as they are, but not every character the suite uses.
    labels = [label.encode("latin-1") for label in text.rstrip(".").split(".")] if text else []
    return dns.name.Name([*labels, b""])


def _node(name: str, records: Records) -> dict[str, Any]:
    node: dict[str, Any] = {"sets": {}, "silent": set(), "silent_else": False}
    wants_copy = not any("TXT" in record for record in records if isinstance(record, Mapping))
    for record in records:
        if record == "TIMEOUT":
            node["silent_else"] = True
            continue
        assert isinstance(record, Mapping)
        for kind, value in record.items():
            if kind == "SPF":
                if not wants_copy:
                    continue
                kind = "TXT"
            rdtype = dns.rdatatype.from_text(kind)
            if value == "TIMEOUT":
                node["silent"].add(rdtype)
            elif value != "NONE":
                node["sets"].setdefault(rdtype, []).append(_rdata(rdtype, value))
    return node


def _rdata(rdtype: dns.rdatatype.RdataType, value: Any) -> dns.rdata.Rdata:
    wire = dns.rdataclass.IN
    if rdtype == dns.rdatatype.TXT:
        strings = [value] if isinstance(value, str) else value
        chunks = [part for text in strings for part in _chunks(text.encode("latin-1"))]
        return dns.rdtypes.ANY.TXT.TXT(wire, rdtype, chunks or [b""])
    if rdtype == dns.rdatatype.MX:
        from dns.rdtypes.ANY.MX import MX

        return MX(wire, rdtype, value[0], _name(value[1]))
    if rdtype == dns.rdatatype.PTR:
        from dns.rdtypes.ANY.PTR import PTR

        return PTR(wire, rdtype, _name(value))
    if rdtype == dns.rdatatype.CNAME:
        from dns.rdtypes.ANY.CNAME import CNAME

        return CNAME(wire, rdtype, _name(value))
    return dns.rdata.from_text(wire, rdtype, value)


def _chunks(octets: bytes) -> list[bytes]:
    return [octets[start : start + 255] for start in range(0, len(octets), 255)] or [b""]
