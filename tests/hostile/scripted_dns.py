"""A name server on loopback that answers what a script says, over UDP and TCP, well-formed or not."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

A, CNAME, PTR, MX, TXT = 1, 5, 12, 15, 16

Answers = Callable[[bytes, int], list[bytes]]


@contextmanager
def scripted_dns(answers: Answers) -> Iterator[str]:
    """A server of raw bytes over UDP and TCP, for answers that no library would write."""
    datagrams, streams = socket.socket(type=socket.SOCK_DGRAM), socket.socket()
    streams.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    streams.bind(("127.0.0.1", 0))
    datagrams.bind(streams.getsockname())
    streams.listen(64)

    def over_udp() -> None:
        while True:
            try:
                query, client = datagrams.recvfrom(4096)
            except OSError:
                return
            reply = answer(query, answers)
            if len(reply) > 1232:  # too long for a datagram: come again over TCP
                reply = query[:2] + b"\x83\x80\0\1\0\0\0\0\0\0" + question(query)
            datagrams.sendto(reply, client)

    def over_tcp() -> None:
        while True:
            try:
                stream, _ = streams.accept()
            except OSError:
                return
            with stream:
                query = stream.recv(4096)
                if len(query) > 14:
                    reply = answer(query[2:], answers)
                    stream.sendall(len(reply).to_bytes(2, "big") + reply)

    threads = [threading.Thread(target=work, daemon=True) for work in (over_udp, over_tcp)]
    for thread in threads:
        thread.start()
    try:
        yield f"127.0.0.1:{streams.getsockname()[1]}"
    finally:
        for one in (datagrams, streams):
            one.shutdown(socket.SHUT_RDWR) if one is streams else None
            one.close()


def question(query: bytes) -> bytes:
    at = 12
    while query[at]:
        at += query[at] + 1
    return query[12 : at + 5]


def answer(query: bytes, answers: Answers) -> bytes:
    asked = question(query)
    name = asked[1:-5].lower()
    rdtype = int.from_bytes(asked[-4:-2], "big")
    found = answers(name, rdtype)
    if not found and rdtype != CNAME and (alias := answers(name, CNAME)):
        rdtype, found = CNAME, alias
    body = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", rdtype, 1, 60, len(one)) + one for one in found)
    return query[:2] + struct.pack(">HHHHH", 0x8180, 1, len(found), 0, 0) + asked + body
