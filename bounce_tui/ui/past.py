"""What can be taken back, the last change first."""

from collections.abc import Awaitable, Callable

Return = Callable[[], Awaitable[None]]
MOST_STEPS = 200


class Past:
    """The changes of a session, each in words and with its way back; of very many only the last."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, Return]] = []

    def add(self, words: str, back: Return) -> None:
        """`words` was done; `back` takes it back."""
        self._steps = [*self._steps[-MOST_STEPS + 1 :], (words, back)]

    async def take_back(self) -> str:
        """Take the last change back; what it was, "" when there is none left."""
        if not self._steps:
            return ""
        words, back = self._steps.pop()
        await back()
        return words
