"""A piece of work: one file, or a range of an mbox."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Form = Literal["message", "mbox"]

MESSAGE_LIMIT = 64 << 20
"""Bytes of one message that are read; what a bounce says stands at its beginning, and each process
has to live in 1 GiB.  `Message.length` still tells the true length."""


class Span(Struct, frozen=True):
    """Messages that lie together in `file`: bytes `offset` to `offset + length`.

    `form` "message" is a file with one message.  In an mbox `starts` holds the offset in the file of
    every message, the first of them number `index` of the file; a message ends where the next starts;
    `quoted` holds the starts of those in which a line may be quoted as ">From ".
    `data` carries the bytes of standard input, which nobody can read twice; for a message longer than
    MESSAGE_LIMIT it ends early.  Spans are plain values: any process can read one.
    """

    file: str
    form: Form
    offset: int = 0
    length: int = 0
    index: int = 0
    starts: tuple[int, ...] = ()
    quoted: tuple[int, ...] = ()
    data: bytes | None = None

    def halves(self) -> "tuple[Span, ...]":
        """This span in two, or alone when it holds one message."""
        middle = len(self.starts) // 2
        if not middle:
            return (self,)
        return self.part(0, middle), self.part(middle, len(self.starts))

    def part(self, first: int, last: int) -> "Span":
        """The messages `first` to `last` (not included) of this span of an mbox, counted in it from 0."""
        start = self.starts[first]
        end = self.starts[last] if last < len(self.starts) else self.offset + self.length
        return replace(
            self,
            offset=start,
            length=end - start,
            index=self.index + first,
            starts=self.starts[first:last],
            quoted=tuple([one for one in self.quoted if start <= one < end]),
            data=None if self.data is None else self.data[start - self.offset : end - self.offset],
        )
