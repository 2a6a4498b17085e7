"""Values through a pipe between a process and its own child: eight bytes of length, then a pickle."""

import os
import pickle
import struct
from typing import Any

_LENGTH = struct.Struct(">Q")


def send(descriptor: int, value: object) -> None:
    """Write `value`.  Raises OSError when nobody reads any more."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    for piece in (_LENGTH.pack(len(data)), data):
        left = memoryview(piece)
        while left:
            left = left[os.write(descriptor, left) :]


def receive(descriptor: int) -> Any:
    """The next value.  Raises EOFError when the other end is gone."""
    (length,) = _LENGTH.unpack(_exactly(descriptor, _LENGTH.size))
    return pickle.loads(_exactly(descriptor, length))


def _exactly(descriptor: int, length: int) -> bytes:
    pieces = []
    while length:
        piece = os.read(descriptor, min(length, 1 << 20))
        if not piece:
            raise EOFError
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
