"""One question to one name server and its reply, over UDP and, where that was cut short, TCP."""

import asyncio
import socket
import struct
import time

import dns.asyncbackend
import dns.asyncquery
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype

from bounce_tui.checks.dns.nameserver import Nameserver

# A payload that no path has to fragment (DNS flag day 2020); EDNS also brings extended errors.
_UDP_PAYLOAD = 1232


class NoReplyError(Exception):
    """The server did not answer in time, or what came was no answer to the question."""


class CutShortError(NoReplyError):
    """The server lives, but its answer is too long for UDP and did not come over TCP."""


class UnreachableError(Exception):
    """The network or the host refused the packet: no route, or nothing listens there."""


async def exchange(
    name: dns.name.Name, rdtype: dns.rdatatype.RdataType, server: Nameserver, seconds: float
) -> dns.message.QueryMessage:
    """Ask `server` and return its reply, whatever its rcode, within so many `seconds`.

    Raises:
        NoReplyError: Nothing usable came in time.
        CutShortError: The answer needs TCP, which the server does not offer or did not finish.
        UnreachableError: The question could not be delivered.
    """
    deadline = time.monotonic() + seconds
    try:
        reply = await _ask(name, rdtype, server, deadline, edns=True)
        if reply.rcode() in (dns.rcode.FORMERR, dns.rcode.NOTIMP):
            # A server from before EDNS (RFC 6891 section 7).
            reply = await _ask(name, rdtype, server, deadline, edns=False)
    except (TimeoutError, EOFError) as error:
        raise NoReplyError(str(error)) from None
    except dns.exception.DNSException as error:
        raise NoReplyError(f"{type(error).__name__}: {error}") from None
    except OSError as error:
        raise UnreachableError(error.strerror or str(error)) from None
    return reply


async def _ask(
    name: dns.name.Name,
    rdtype: dns.rdatatype.RdataType,
    server: Nameserver,
    deadline: float,
    *,
    edns: bool,
) -> dns.message.QueryMessage:
    question = dns.message.make_query(name, rdtype, use_edns=0 if edns else -1, payload=_UDP_PAYLOAD)
    # Without it a validating resolver keeps to itself what it knows (RFC 6840 section 5.7).
    question.flags |= dns.flags.AD
    try:
        return await _over_udp(question, server, deadline)
    except dns.message.Truncated:
        return await _over_tcp(question, server, max(deadline - time.monotonic(), 0.1))


async def _over_tcp(
    question: dns.message.QueryMessage, server: Nameserver, seconds: float
) -> dns.message.QueryMessage:
    try:
        # wait_for, since dnspython does not bound the TCP handshake itself.
        reply = await asyncio.wait_for(
            dns.asyncquery.tcp(question, server.ip, timeout=seconds, port=server.port), seconds
        )
    # ValueError and struct.error reach us from names and options of hostile replies.
    except (dns.exception.DNSException, EOFError, OSError, ValueError, struct.error) as error:
        raise CutShortError(str(error)) from None
    return _as_reply(reply)


async def _over_udp(
    question: dns.message.QueryMessage, server: Nameserver, deadline: float
) -> dns.message.QueryMessage:
    family = socket.AF_INET6 if ":" in server.ip else socket.AF_INET
    backend = dns.asyncbackend.get_backend("asyncio")
    # A connected socket learns of a closed port at once (ICMP), and takes no stranger's packets.
    async with await backend.make_socket(
        family,
        socket.SOCK_DGRAM,
        0,
        None,
        (server.ip, server.port),  # type: ignore[no-untyped-call]
    ) as sock:
        reply = await dns.asyncquery.udp(
            question,
            server.ip,
            timeout=max(deadline - time.monotonic(), 0.01),
            port=server.port,
            ignore_unexpected=True,
            raise_on_truncation=True,
            ignore_errors=True,
            sock=sock,
        )
    return _as_reply(reply)


def _as_reply(reply: dns.message.Message) -> dns.message.QueryMessage:
    if not isinstance(reply, dns.message.QueryMessage):
        raise NoReplyError("the reply has another opcode")
    return reply
