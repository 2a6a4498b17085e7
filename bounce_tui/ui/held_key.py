"""Telling a key that is held down from one that is pressed."""

import time

HELD_S = 0.08
"""Moves closer than this are a key held down, not presses: keyboards repeat every 25 to 40 ms."""


class HeldKey:
    """Asked once for each move."""

    def __init__(self) -> None:
        self._moved_at = 0.0

    def moves(self) -> bool:
        """Whether the key that moves is held down: what passes by is then not worth its bytes."""
        before, self._moved_at = self._moved_at, time.monotonic()
        return self._moved_at - before < HELD_S
