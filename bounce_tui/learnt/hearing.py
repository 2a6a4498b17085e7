"""What the pieces of a text say, and where each of them stands."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from bounce_tui.learnt.pieces import (
    FIRST,
    LAST,
    clauses,
    marked,
    pair,
    parts,
    run_parts,
    stands_for,
    tokens,
    words_in,
)
from bounce_tui.learnt.weights import LANE, MOST_ROWS, ZERO, Weights

_MOST_HEARD: Final = MOST_ROWS - 16
"""Pieces that are heard; the rest of the rows is for what comes beside the words."""
_LANE_MASK: Final = (1 << LANE) - 1
_LOUDEST: Final = 4
"""How many pieces are shown as what decided, where they stand together."""
_WIDEST: Final = 60


class Hearing(Struct, frozen=True):
    """The pieces of a text: the places of their rows in the weights, and beside them where each stands; how
    many `words` there are, and of how many something is `known`, without those that stand for a thing."""

    places: list[int]
    spans: list[tuple[int, int]]
    words: float
    known: float

    def scores(self, weights: Weights, beside: Iterable[str] = ()) -> list[float]:
        """What the pieces say for each reading of `weights`, with those that come `beside` the words."""
        others = [place for place in map(weights.find, beside) if place is not None]
        return weights.scores(self.places + others, self.words)

    def loudest(self, weights: Weights, reading: int) -> tuple[int, int]:
        """Where those pieces stand that say most for the reading at a place: the loudest, with those of the
        others that stand near.  Hardly ever is it one word that decides."""
        shift = reading * LANE
        said = [-(row >> shift & _LANE_MASK) for row in map(weights.row, self.places)]
        loud = sorted(zip(said, self.spans, strict=True))[:_LOUDEST]
        return _stretch([span for weight, span in loud if -weight > ZERO] or [loud[0][1]])


def hear(weights: Weights, text: str, begin: int, end: int) -> Hearing:
    """What each piece of the folded `text` between `begin` and `end` says by `weights`."""
    find = weights.find
    places: list[int] = []
    spans: list[tuple[int, int]] = []
    seen: set[str] = set()
    words = known = 0.0
    last, last_start = "", 0
    first_end, last_begin = clauses(text, begin, end)
    for word, start, stop, is_run in tokens(text, begin, end):
        if stop <= first_end or start >= last_begin:
            for piece in marked(word, FIRST if stop <= first_end else LAST, run=is_run):
                place = find(piece)
                if place is not None and piece not in seen:
                    seen.add(piece)
                    places.append(place)
                    spans.append((start, stop))
        both = pair(last, word)
        place = find(both)
        if place is not None and both not in seen:
            seen.add(both)
            places.append(place)
            spans.append((last_start, stop))
        last, last_start = word, start
        if word in seen:
            continue
        seen.add(word)
        count = words_in(word, run=is_run)
        words += count
        before = len(places)
        place = None if is_run else find(word)
        if place is not None:
            places.append(place)
            spans.append((start, stop))
        elif is_run:
            for part, at in run_parts(word):
                place = find(part)
                if place is not None:
                    places.append(place)
                    spans.append((start + at, start + at + len(part) - 1))
        else:
            for part in parts(word):
                place = find(part)
                if place is not None:
                    places.append(place)
                    spans.append((start, stop))
        if len(places) > before and not stands_for(word):
            known += count
    return Hearing(places[:_MOST_HEARD], spans[:_MOST_HEARD], words, known)


def _stretch(found: Sequence[tuple[int, int]]) -> tuple[int, int]:
    low, high = found[0]
    for one in found[1:]:
        start, end = min(low, one[0]), max(high, one[1])
        if end - start <= _WIDEST:
            low, high = start, end
    return low, high
