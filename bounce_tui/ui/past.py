"""What can be taken back, the last change first."""

from collections.abc import Awaitable, Callable

Return = Callable[[], Awaitable[str | None]]
"""Takes a change back; what it returns is why that is not kept."""
MOST_STEPS = 200


class Past:
    """The changes of a session, each in words and with its way back; of very many only the last."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, Return]] = []

    def add(self, words: str, back: Return) -> None:
        """`words` was done; `back` takes it back."""
        self._steps = [*self._steps[-MOST_STEPS + 1 :], (words, back)]

    async def take_back(self) -> tuple[str, str | None]:
        """Take the last change back; what it was, "" when there is none left, and why that is not kept."""
        if not self._steps:
            return "", None
        words, back = self._steps.pop()
        return words, await back()
