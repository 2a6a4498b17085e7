"""Tells a key that is held down from one that is pressed."""

import time

HELD_S = 0.08
"""Moves closer than this are a key held down, not presses: keyboards repeat every 25 to 40 ms."""


class HeldKey:
    """Judges by the time between moves; ask it once for each of them."""

    def __init__(self) -> None:
        self.moved_at = 0.0
        """The time of the last move, on the monotonic clock, in seconds."""

    def moves(self) -> bool:
        """Whether the key that moves is held down: what passes by is then not worth its bytes."""
        before, self.moved_at = self.moved_at, time.monotonic()
        return self.moved_at - before < HELD_S
