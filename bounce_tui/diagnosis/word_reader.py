"""The words of a reply against its hits: where no sure wording is found, they may know better."""

from collections.abc import Mapping, Sequence
from typing import Final

from bounce_tui.diagnosis.hit import CATCH_WORD, MEANING, STATUS, TEXT, VAGUE, Hit, Reply
from bounce_tui.diagnosis.meaning import said_from
from bounce_tui.diagnosis.rule import Reason, Rule
from bounce_tui.diagnosis.word_votes import Vote, WordVotes, read_word_votes

_TRUST: Final = {TEXT: 2.0, MEANING: 3.0, STATUS: 1.0, CATCH_WORD: 0.5, VAGUE: 0.0}
"""By how much (in logarithms of odds) single words must say more than a hit to stand before it."""
_SURE_TEXT: Final = 18
"""Characters of wording from which single words are not asked."""
_LEAST_SHARE: Final = 0.2
_LEAST_ALONE: Final = 0.5
"""Chances of a reason from which single words are believed, beside a hit and without any."""


class WordReader:
    """Asks the words of replies.  They are read on first use; threads may share it."""

    def __init__(self, rules: Sequence[Rule], reasons: Mapping[str, Reason]) -> None:
        self._rules = rules
        self._reasons = reasons
        self._asked: tuple[WordVotes, dict[str, Rule]] | None = None

    def reorder(self, reply: Reply, hits: list[Hit]) -> list[Hit]:
        """`hits`, behind what the single words of the reply speak for where no sure wording is found."""
        best = hits[0] if hits else None
        if best is not None and (best.at_home or best.rule.own or _sure(best)):
            return hits
        votes, plain = self._asked or self._learn()
        vote = votes.vote(reply.text, said_from(reply), best.rule.reason if best is not None else None)
        if vote is None or vote.reason not in plain:
            return hits
        if vote.share < _LEAST_ALONE if best is None else not _says_more(vote, best):
            return hits
        for place, hit in enumerate(hits):
            if hit.rule.reason == vote.reason and hit.start >= 0:
                return [hit, *hits[:place], *hits[place + 1 :]]
        return [Hit(plain[vote.reason], CATCH_WORD, 0, vote.start, vote.end), *hits]

    def _learn(self) -> tuple[WordVotes, dict[str, Rule]]:
        """The weights, and for each reason the first rule that asks only what a reply is about and says no
        more than its reason."""
        plain = {
            rule.reason: rule
            for rule in reversed(self._rules)
            if rule.kind == "meaning" and not rule.commands and rule.cause == self._reasons[rule.reason].cause
        }
        self._asked = read_word_votes(), plain
        return self._asked


def _sure(hit: Hit) -> bool:
    return hit.rank > TEXT or (hit.rank == TEXT and hit.points >= _SURE_TEXT)


def _says_more(vote: Vote, hit: Hit) -> bool:
    """True when the words speak so much more for another reason than for that of `hit`."""
    return vote.lead > _TRUST[hit.rank] and vote.share >= _LEAST_SHARE
