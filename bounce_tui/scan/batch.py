"""What comes off the conveyor."""

from msgspec import Struct

from bounce_tui.mailbox import Refusal


class Batch(Struct, frozen=True):
    """Some messages, finished: `output` is what `form` made of their cases, in order.

    `done_bytes` of `total_bytes` are read by now; the total grows while folders are entered and while
    standard input comes in.
    """

    output: bytes
    messages: int
    refusals: tuple[Refusal, ...]
    done_bytes: int
    total_bytes: int
