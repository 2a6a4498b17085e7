"""How an exam went, counted in the same way whatever it asks in."""

from collections.abc import Iterable, Sequence
from typing import Protocol


class Question(Protocol):
    """A reply, the reason that its writer meant, and those that are accepted beside it."""

    @property
    def reason(self) -> str: ...
    @property
    def accepted(self) -> frozenset[str]: ...
    @property
    def text(self) -> str: ...
    def answer(self) -> str: ...


def accepted_of(column: str) -> frozenset[str]:
    """The slugs of a table's column, by commas."""
    return frozenset(filter(None, column.split(",")))


def wrong_of(asked: Iterable[Question], first: float, accepted: float) -> Sequence[tuple[str, str]]:
    """What to look at where the share of questions whose reason is the `first` choice, or is at least
    `accepted`, has fallen below these: answer and text; nothing where neither has."""
    answers = [(question, question.answer()) for question in asked]
    other = [(question, answer) for question, answer in answers if answer != question.reason]
    wrong = [(question, answer) for question, answer in other if answer not in question.accepted]
    if 1 - len(wrong) / len(answers) < accepted:
        return [(answer, question.text) for question, answer in wrong]
    if 1 - len(other) / len(answers) < first:
        return [(answer, question.text) for question, answer in other]
    return []
