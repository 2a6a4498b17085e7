"""What one line of a mail log tells of a message."""

from collections.abc import Callable, Iterable
from typing import Protocol

from msgspec import Struct

from bounce_tui.model import Failure


class Entry(Struct, frozen=True, gc=False):
    """`queue` is the message's number in the queue, "" where the line has none.  `failure` is what became of
    one recipient, also where that is "delivered"; `sender` the envelope sender.  `client` is the address of
    who handed the mail in: told where the log is the receiver's, who refused it, with the `helo` that it said
    and the `server` that refused, as the log calls itself; None where the client is a user of its own.
    `given_up` tells that the queue sends the whole message back.  `line` is where an outcome or an end
    stands, with the stamp that tells when; a listing has none, but may tell by the stamp `arrived` when the
    message came into the queue."""

    queue: str = ""
    failure: Failure | None = None
    sender: str | None = None
    client: str | None = None
    helo: str | None = None
    server: str | None = None
    given_up: bool = False
    line: str = ""
    arrived: str = ""

    @property
    def mail(self) -> str:
        """What tells the mail from others: its number, or, where it was refused, who tried to send it.  A
        client whom some recipients were refused may have got a number for the others."""
        return self.queue if self.client is None else f"{self.queue} {self.client} {self.sender or ''}"


class Log(Protocol):
    """One mail system's way of writing a log; the modules beside this one each are one."""

    @property
    def NAME(self) -> str:  # noqa: N802  # a constant of the module
        """The system's name, as people say it."""
        ...

    @property
    def MARKS(self) -> tuple[str, ...]:  # noqa: N802
        """What stands in each line that tells an outcome, as it is written; one of them is enough."""
        ...

    def read(self, lines: list[str]) -> list[Entry]:
        """What `lines` tell, in their order; lines of others tell nothing."""
        ...


def line_by_line(read: Callable[[str], Entry | None], lines: Iterable[str]) -> list[Entry]:
    """What `read` makes of each of `lines` by itself, for a log whose lines need no other."""
    return [entry for line in lines for entry in (read(line),) if entry is not None]
