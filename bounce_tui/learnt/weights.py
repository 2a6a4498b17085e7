"""Learnt weights of pieces, as they lie in their file and as they are added up.

A row of weights is one long number with 16 bits for each reading: rows are added up for all readings at once.
In the file each weight is one byte.
"""

import math
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from operator import add, mul
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from bounce_tui.learnt.places import Places
from bounce_tui.learnt.words import Words

LANE: Final = 16
"""Bits of a reading's weight in a row."""
ZERO: Final = 128
"""What stands for a weight of zero."""
MOST_ROWS: Final = 256
"""Rows that are added up before a reading's bits can run over."""
LARGEST: Final = 127
"""How many steps a weight has at most, up and down."""
_MAGIC: Final = b"bounce-tui pieces 1\n"


class DamagedWeightsError(Exception):
    """A file of weights that is gone or is none; the message says what is wrong."""


class Head(Struct, frozen=True):
    """What stands before the pieces: a line of JSON.  `unit` is what one step of a weight is worth in
    logarithms of odds; `bias` is what each reading has before any piece is added, in the same measure;
    `lessons` names what was learnt from (tests/learning.py)."""

    readings: tuple[str, ...]
    bias: tuple[float, ...]
    unit: float
    lessons: str


class Weights:
    """How far each piece speaks for each of `readings`."""

    def __init__(self, data: bytes) -> None:
        """Of the bytes of the file.  Raises DamagedWeightsError where they are no such file."""
        if not data.startswith(_MAGIC):
            raise DamagedWeightsError("no file of weights")
        end_of_head = data.find(b"\n", len(_MAGIC))
        end_of_names = data.find(b"\n", end_of_head + 1)
        if end_of_head < 0 or end_of_names < 0:
            raise DamagedWeightsError("a file of weights that ends early")
        try:
            self.head = msgspec.json.decode(data[len(_MAGIC) : end_of_head], type=Head)
        except (ValueError, msgspec.DecodeError) as error:
            raise DamagedWeightsError(f"no file of weights: {error}") from error
        self.readings = self.head.readings
        readings = len(self.readings)
        places = Places(data[end_of_head + 1 : end_of_names], readings)
        rows = memoryview(data)[end_of_names + 1 :]
        if len(rows) != len(places) * readings:
            raise DamagedWeightsError("a file of weights that ends early")
        self.find: Callable[[str], int | None] = places.find
        """The place of a piece's row, None where nothing was learnt of it."""
        self.words: Final = Words(places)
        """The places of the pieces of words."""
        self.row: Callable[[int], int] = _Rows(rows, readings).__getitem__
        """The row at a place that `find` gave."""
        self._lanes = struct.Struct(f"<{readings}H")

    def scores(self, places: Sequence[int], words: float) -> list[float]:
        """What the rows at `places`, at most MOST_ROWS of a text with so many `words`, say together for each
        reading: logarithms of odds, all of them moved by the same."""
        total = self._lanes.unpack(sum(map(self.row, places)).to_bytes(self._lanes.size, "little"))
        # By functions of C: in a loop of our own this costs as much as all else.
        said = map(mul, total, repeat(self.head.unit / math.sqrt(max(words, 1.0))))
        return list(map(add, self.head.bias, said))


class _Rows(dict[int, int]):
    """Rows by their places, those asked for so far: to make each anew from its bytes costs more than to add
    it.  Most are asked for by nobody."""

    def __init__(self, data: memoryview, readings: int) -> None:
        super().__init__()
        self._data = data
        self._readings = readings

    def __missing__(self, place: int) -> int:
        # The upper half of each lane is empty: rows are added up without a carry into the next.
        lanes = bytearray(self._readings * LANE // 8)
        lanes[::2] = self._data[place : place + self._readings]
        row = self[place] = int.from_bytes(lanes, "little")
        return row


def load(file: Path) -> Weights:
    """The weights in `file`.  Raises DamagedWeightsError where it cannot be read or is none."""
    try:
        return Weights(file.read_bytes())
    except OSError as error:
        raise DamagedWeightsError(str(error)) from error


def pack(head: Head, rows: Mapping[str, Iterable[int]]) -> bytes:
    """The bytes of a file: `rows` are the steps from zero by piece, LARGEST at most."""
    names = sorted(rows)
    steps = bytearray()
    for name in names:
        steps += bytes([ZERO + step for step in rows[name]])
    return b"\n".join([_MAGIC + msgspec.json.encode(head), "\t".join(names).encode(), bytes(steps)])
