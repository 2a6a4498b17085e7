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
        cut = self.starts[middle]
        at = cut - self.offset
        first = replace(
            self,
            length=at,
            starts=self.starts[:middle],
            quoted=tuple([start for start in self.quoted if start < cut]),
            data=None if self.data is None else self.data[:at],
        )
        second = replace(
            self,
            offset=cut,
            length=self.length - at,
            index=self.index + middle,
            starts=self.starts[middle:],
            quoted=tuple([start for start in self.quoted if start >= cut]),
            data=None if self.data is None else self.data[at:],
        )
        return first, second
