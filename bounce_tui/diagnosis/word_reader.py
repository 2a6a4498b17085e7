"""The words of a reply against its hits: where no sure wording is found, they may know better."""

from collections.abc import Sequence
from typing import Final

from bounce_tui.diagnosis.hit import CATCH_WORD, MEANING, STATUS, TEXT, VAGUE, Hit, Reply
from bounce_tui.diagnosis.meaning import said_from
from bounce_tui.diagnosis.precedence import TELLING
from bounce_tui.diagnosis.rule import Rule
from bounce_tui.diagnosis.rulebook import Rulebook, unpack_words
from bounce_tui.diagnosis.word_votes import WordVotes, code_words

_TRUST: Final = {TEXT: 1.3, MEANING: 1.0, STATUS: 0.6, CATCH_WORD: 0.7, VAGUE: 0.2}
"""How much the best hit says, by its rank, in the logarithms of odds in which single words speak.  A status
code is a word among them, too.  Fitted by cross-validation over lessons.tsv, which the rules did not see."""
_TELLING_CODES: Final = frozenset(f"5.{detail}" for detail in TELLING)
_TELLING_STATUS: Final = 1.3
"""How much it says that a status code which servers use with care names a reason.  They give temporary
ones more freely: 4.2.1 is that of a mailbox which gets too much at once, too."""
_BESIDE: Final = {TEXT: 0.5, MEANING: 0.4}
"""How much a hit says that stands behind the best."""
_ALSO: Final = 0.4
"""How much it says that the best hit names a reason as its second reading."""
_LONG: Final = 18
_FOR_LENGTH: Final = 1.0
"""Characters of wording from which it says more, and how much."""
_SURE_TEXT: Final = 22
"""Characters of wording from which single words are not asked."""
_LEAST_SHARE: Final = 0.12
_LEAST_ALONE: Final = 0.33
"""Chances of a reason from which single words are believed, beside a hit and without any."""

_ACCUSES: Final = "sending_limit"
"""The reason that sends a user to look for a break-in: single words need more for it."""


class WordReader:
    """Asks the words of replies.  They are unpacked on first use; threads may share it."""

    def __init__(self, rulebook: Rulebook, rules: Sequence[Rule]) -> None:
        self._book = rulebook
        self._rules = rules
        self._votes: WordVotes | None = None

    def reorder(self, reply: Reply, hits: list[Hit]) -> list[Hit]:
        """`hits`, behind what the single words of the reply speak for where no sure wording is found."""
        best = hits[0] if hits else None
        if best is not None and (best.at_home or best.rule.own or _sure(best)):
            return hits
        votes = self._votes or self._learn()
        codes = code_words(reply.reply, reply.status)
        rival = best.rule.reason if best is not None else None
        vote = votes.vote(reply.text, said_from(reply), codes, _held(hits), rival)
        if vote is None or vote.reason not in self._book.plain:
            return hits
        if vote.share < (_LEAST_ALONE if best is None or vote.reason == _ACCUSES else _LEAST_SHARE):
            return hits
        for place, hit in enumerate(hits):
            if hit.rule.reason == vote.reason and hit.start >= 0:
                return [hit, *hits[:place], *hits[place + 1 :]]
        return [Hit(self._rules[self._book.plain[vote.reason]], CATCH_WORD, 0, vote.start, vote.end), *hits]

    def _learn(self) -> WordVotes:
        self._votes = WordVotes(unpack_words(self._book.words))
        return self._votes


def _sure(hit: Hit) -> bool:
    """True for a hit that single words are not asked about: a code, much wording, or wording in the answer to
    the command that it is about."""
    return hit.rank > TEXT or (hit.rank == TEXT and (hit.points >= _SURE_TEXT or bool(hit.rule.commands)))


def _held(hits: Sequence[Hit]) -> dict[str, float]:
    """What `hits`, best first, say for each reason before the single words are asked."""
    held: dict[str, float] = {}
    for hit in hits:
        held.setdefault(hit.rule.reason, (_BESIDE if held else _TRUST).get(hit.rank, 0.0))
    if hits:
        best = hits[0]
        if best.rank == TEXT and best.points >= _LONG:
            held[best.rule.reason] += _FOR_LENGTH
        for reason in best.rule.also:
            held.setdefault(reason, _ALSO)
        for hit in hits:
            if hit.rank == STATUS and hit.rule.status in _TELLING_CODES:
                held[hit.rule.reason] = max(held[hit.rule.reason], _TELLING_STATUS)
    return held
