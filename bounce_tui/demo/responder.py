"""One DNS message in, one out: the wire's side of the zones."""

import struct
from typing import Literal

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.opcode
import dns.rcode
import dns.rdataclass
import dns.rdatatype
from dns.name import Name
from dns.rdatatype import RdataType
from msgspec import Struct

from bounce_tui.demo.zones import Misbehaviour, Reply, Zones

Transport = Literal["udp", "tcp"]

_HEADER = 12
# Looked at before anything is parsed: thousands of names, each a long chain of compression pointers,
# would cost minutes.
_COUNTS_OF_A_QUERY = [1, 0, 0]
_MOST_ADDITIONAL = 2  # EDNS and a signature
_LARGEST_UDP = 1232  # DNS flag day 2020: what passes every path without fragments
_SMALLEST_UDP = 512
_LARGEST_TCP = 65535
# RFC 8914: what a resolver in the field adds to such an answer.
_EXTENDED: dict[Misbehaviour, tuple[dns.rcode.Rcode, dns.edns.EDECode, str]] = {
    "servfail": (dns.rcode.SERVFAIL, dns.edns.EDECode.NO_REACHABLE_AUTHORITY, "no name server answered"),
    "refused": (dns.rcode.REFUSED, dns.edns.EDECode.PROHIBITED, "this resolver is not allowed to ask"),
    "bogus": (dns.rcode.SERVFAIL, dns.edns.EDECode.DNSSEC_BOGUS, "signature expired"),
}


class Question(Struct, frozen=True):
    """What a well-formed query asked for, for the server's count."""

    name: Name
    rdtype: RdataType


class Response(Struct, frozen=True):
    """The bytes to send back (None: say nothing), and what was asked where that was readable."""

    wire: bytes | None = None
    question: Question | None = None


def respond(zones: Zones, wire: bytes, transport: Transport) -> Response:
    """Answer one message.  Never raises: what is no query (a response, a fragment, noise shorter than
    a header) gets no answer, since answering it could start two servers talking for ever; what has a
    header but cannot be read gets FORMERR."""
    if len(wire) < _HEADER:
        return Response()
    identity, flags, *counts = struct.unpack_from("!6H", wire)
    if flags & dns.flags.QR:
        return Response()
    if dns.opcode.from_flags(flags) != dns.opcode.QUERY:
        return Response(_error(identity, flags, dns.rcode.NOTIMP))
    if counts[:3] != _COUNTS_OF_A_QUERY or counts[3] > _MOST_ADDITIONAL:
        return Response(_error(identity, flags, dns.rcode.FORMERR))
    try:
        query = dns.message.from_wire(wire)
    # UnicodeError and its kin reach us from names and options of hostile packets.
    except (dns.exception.DNSException, ValueError, struct.error):
        return Response(_error(identity, flags, dns.rcode.FORMERR))
    asked = query.question[0]
    question = Question(asked.name, asked.rdtype)
    if query.edns > 0:
        return Response(_finish(query, Reply(rcode=dns.rcode.BADVERS), transport), question)
    if asked.rdclass != dns.rdataclass.IN:
        return Response(_finish(query, Reply(rcode=dns.rcode.REFUSED), transport), question)
    if dns.rdatatype.is_metatype(asked.rdtype):  # ANY, AXFR, IXFR and the like
        return Response(_finish(query, Reply(rcode=dns.rcode.NOTIMP), transport), question)
    reply = zones.reply(asked.name, asked.rdtype)
    if reply.misbehaviour == "timeout":
        return Response(None, question)
    return Response(_finish(query, reply, transport), question)


def _finish(query: dns.message.Message, reply: Reply, transport: Transport) -> bytes:
    response = dns.message.make_response(query, recursion_available=True, our_payload=_LARGEST_UDP)
    response.flags |= dns.flags.AA
    if reply.misbehaviour is None:
        response.set_rcode(reply.rcode)
        response.answer.extend(reply.answer)
        response.authority.extend(reply.authority)
        if reply.secure and query.flags & dns.flags.AD:
            response.flags |= dns.flags.AD  # asked for as RFC 6840 section 5.7 has it
    else:
        rcode, code, text = _EXTENDED[reply.misbehaviour]
        response.flags &= ~dns.flags.AA
        if query.edns >= 0:
            response.use_edns(0, payload=_LARGEST_UDP, options=[dns.edns.EDEOption(code, text)])
        response.set_rcode(rcode)
    if transport == "tcp":
        # Without max_size, to_wire keeps to the size that the client announced for UDP.
        return response.to_wire(max_size=_LARGEST_TCP, prefer_truncation=True)
    announced = query.payload if query.edns >= 0 else _SMALLEST_UDP
    largest = min(max(announced, _SMALLEST_UDP), _LARGEST_UDP)
    try:
        return response.to_wire(max_size=largest)
    except dns.exception.TooBig:
        # Whole record sets only: half of a set under TC is believed by careless clients.
        response.answer.clear()
        response.authority.clear()
        response.flags |= dns.flags.TC
        return response.to_wire(max_size=largest)


def _error(identity: int, flags: int, rcode: dns.rcode.Rcode) -> bytes:
    kept = flags & (0x7800 | dns.flags.RD)  # the opcode and RD come back, RFC 1035 section 4.1.1
    return struct.pack("!6H", identity, dns.flags.QR | kept | rcode, 0, 0, 0, 0)
