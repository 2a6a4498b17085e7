"""What the words and codes of a reply speak for, where no wording is known that says it.

Each piece has learnt from replies with known reasons how far it speaks for each (`knowledge/pieces.bin`, made
by tests/diagnosis/learn_words.py).  Replies whose wording is sure are decided by it and never come here.
"""

import math
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from bounce_tui.diagnosis.pointers import end_before_pointers
from bounce_tui.learnt.text_pieces import located_pieces, pieces_of, strongest
from bounce_tui.learnt.weights import Weights

FEWEST: Final = 3
"""Words that must be known of a reply for it to be read by them."""
FEWEST_ALONE: Final = 2
"""The same where nothing else is known of it."""
_ENOUGH: Final = re.compile(rf"[^\W\d_](?:[\W\d_]*+[^\W\d_]){{{2 * FEWEST}}}")
"""Letters of so many words at least: seen much sooner than what each of them is."""
_BEHIND: Final = (" (in reply to ", " imceaex-", " #smtp#")
"""Behind these stand the command that was answered, what the recipient's field said, and nothing: it is
Exchange's mark of where a reply ends."""
_LONGEST: Final = 1_000
"""Characters that are looked at."""
NOTHING_HELD: Final[Mapping[str, float]] = MappingProxyType({})


class Vote(Struct, frozen=True):
    """What words speak for: the reason, its chance among all, how many words are known, and where they stand:
    between `begin` and `end` of the folded `text`."""

    reason: str
    share: float
    known: float
    text: str
    begin: int
    end: int


class WordVotes:
    """Adds up the learnt weights of the words of a reply."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._places = {reason: place for place, reason in enumerate(weights.readings)}

    def vote(
        self,
        text: str,
        begin: int = 0,
        codes: Iterable[str] = (),
        held: Mapping[str, float] = NOTHING_HELD,
        rival: str | None = None,
        fewest: int = FEWEST,
    ) -> Vote | None:
        """What the folded `text` of a reply from `begin` on and its `codes` speak for, on top of what is
        `held` of it already (by reason, in logarithms of odds); None if the text is short or fewer than
        `fewest` of its words are known, and where all of it speaks for `rival`."""
        end = end_of_words(text, begin)
        if _ENOUGH.search(text, begin, end) is None:
            return None
        said = pieces_of(self._weights, text, begin, end)
        if said.known < fewest:
            return None
        scores = said.scores(self._weights, codes)
        for reason, weight in held.items():
            if reason in self._places:
                scores[self._places[reason]] += weight
        top = max(scores)
        best = scores.index(top)
        reason = self._weights.readings[best]
        if reason == rival:
            return None
        share = 1 / sum([math.exp(score - top) for score in scores])
        return Vote(reason, share, said.known, text, begin, end)

    def stretch(self, vote: Vote) -> tuple[int, int]:
        """Where those words stand that say most for what `vote` is for."""
        pieces = located_pieces(self._weights, vote.text, vote.begin, vote.end)
        return strongest(self._weights, pieces, self._places[vote.reason])


def code_words(reply: str | None, status: str | None) -> list[str]:
    """The reply code and the enhanced status code as pieces: the detail counts apart from the class."""
    said = [f"#{reply}"] if reply else []
    return [*said, f"#{status[0]}", f"#{status[1:]}"] if status else said


def end_of_words(text: str, begin: int) -> int:
    """Where the words of the server end that are looked at: before sentences that only point somewhere."""
    end = min(begin + _LONGEST, len(text))
    for words in _BEHIND:
        if words in text:
            at = text.find(words, begin)
            end = at if 0 <= at < end else end
    return end_before_pointers(text, begin, end)
