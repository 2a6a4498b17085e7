"""Outputs of the scan's workers that can be joined and taken apart: each with its length before it."""

import struct
from collections.abc import Iterator

_LENGTH = struct.Struct(">I")


def framed(packed: bytes) -> bytes:
    """`packed` with its length in four bytes before it."""
    return _LENGTH.pack(len(packed)) + packed


def frames(joined: bytes) -> Iterator[memoryview]:
    """What was `framed`, one after the other.  Raises struct.error on anything else."""
    view = memoryview(joined)
    start = 0
    while start < len(joined):
        (length,) = _LENGTH.unpack_from(joined, start)
        start += _LENGTH.size
        yield view[start : start + length]
        start += length
