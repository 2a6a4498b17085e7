"""What the pieces of a text say, and where each of them stands."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from bounce_tui.learnt.pieces import clauses, pair, tokens
from bounce_tui.learnt.weights import LANE, MOST_ROWS, ZERO, Weights
from bounce_tui.learnt.words import read_run

_MOST_PIECES: Final = MOST_ROWS - 16
"""Pieces that are heard; the rest of the rows is for what comes beside the words."""
_LANE_MASK: Final = (1 << LANE) - 1
_STRONGEST: Final = 4
"""How many pieces are shown as what decided, where they stand together."""
_WIDEST: Final = 60


class TextPieces(Struct, frozen=True):
    """The pieces of a text: `places` of their rows in the weights and, in parallel, `spans` where each stands
    in the text.  `words` is how many words there are, `known` of how many the weights know something, without
    tokens that stand for a thing."""

    places: list[int]
    spans: list[tuple[int, int]]
    words: float
    known: float

    def scores(self, weights: Weights, beside: Iterable[str] = ()) -> list[float]:
        """The score of each reading of `weights`: what the pieces say for it, together with those that come
        `beside` the words (codes, say)."""
        others = [place for place in map(weights.find, beside) if place is not None]
        return weights.scores(self.places + others, self.words)

    def strongest(self, weights: Weights, reading: int) -> tuple[int, int]:
        """Where the pieces stand that say most for the reading number `reading`: the strongest one, with the
        next ones where they stand near.  Hardly ever does a single word decide."""
        shift = reading * LANE
        said = [-(row >> shift & _LANE_MASK) for row in map(weights.row, self.places)]
        loud = sorted(zip(said, self.spans, strict=True))[:_STRONGEST]
        return _stretch([span for weight, span in loud if -weight > ZERO] or [loud[0][1]])


def pieces_of(weights: Weights, text: str, begin: int, end: int) -> TextPieces:
    """The pieces of the folded `text` between `begin` and `end` of which `weights` know something, each
    once."""
    find, known_words = weights.find, weights.words
    places: list[int] = []
    spans: list[tuple[int, int]] = []
    seen: set[str] = set()
    heard: set[int] = set()
    words = known = 0.0
    last, last_start = "", 0
    first_end, last_begin = clauses(text, begin, end)
    for word, start, stop, is_run in tokens(text, begin, end):
        in_first, in_last, own, parts_at, count, of_known = (
            read_run(find, word) if is_run else known_words[word]
        )
        if stop <= first_end or start >= last_begin:
            for place in in_first if stop <= first_end else in_last:
                if place not in heard:
                    heard.add(place)
                    places.append(place)
                    spans.append((start, stop))
        both = find(pair(last, word))
        if both is not None and both not in heard:
            heard.add(both)
            places.append(both)
            spans.append((last_start, stop))
        last, last_start = word, start
        if word in seen:
            continue
        seen.add(word)
        words += count
        known += of_known
        if own:
            places += own
            if is_run:
                spans += [(start + at, start + till) for at, till in parts_at]
            else:
                spans += [(start, stop)] * len(own)
    return TextPieces(places[:_MOST_PIECES], spans[:_MOST_PIECES], words, known)


def _stretch(found: Sequence[tuple[int, int]]) -> tuple[int, int]:
    low, high = found[0]
    for one in found[1:]:
        start, end = min(low, one[0]), max(high, one[1])
        if end - start <= _WIDEST:
            low, high = start, end
    return low, high
