"""How an exam went, counted in the same way whatever it asks in."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec.structs import replace

from bounce_tui.diagnosis import diagnose, reasons
from bounce_tui.diagnosis.diagnostician import diagnostician
from bounce_tui.diagnosis.pasted import diagnose_pasted
from bounce_tui.model import Bounce
from bounce_tui.parsing import read_pasted
from bounce_tui.parsing.single_reply import read_reply


class Question(Protocol):
    """A reply, the reason that its writer meant, and those that are accepted beside it."""

    @property
    def reason(self) -> str: ...
    @property
    def accepted(self) -> frozenset[str]: ...
    @property
    def text(self) -> str: ...
    def answer(self) -> str: ...


def answer_to(text: str, reason: str, host: str = "") -> str:
    """The reason that is read in `text`.  Where its writer means none of a failure, somebody pasted it,
    and it is read as `explain` reads that."""
    if reasons()[reason].failure:
        return diagnose(replace(read_reply(text), remote_mta=host or None), Bounce()).reason
    bounce = read_pasted(text)
    return diagnose_pasted(diagnostician(), bounce.failures[0], bounce).reason


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
