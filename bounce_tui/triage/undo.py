"""What can be taken back, the last change first."""

from typing import Generic, TypeVar

Back = TypeVar("Back")
"""What takes a change back."""
MOST_STEPS = 200


class UndoStack(Generic[Back]):
    """The changes of a session, each in words and with its way back; of very many only the last."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, Back]] = []

    def add(self, words: str, back: Back) -> None:
        """Note that `words` was done, and that `back` undoes it."""
        self._steps = [*self._steps[-MOST_STEPS + 1 :], (words, back)]

    def take(self) -> tuple[str, Back] | None:
        """The last change, which is for the caller to take back; None when there is none left."""
        return self._steps.pop() if self._steps else None
