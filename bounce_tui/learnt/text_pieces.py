"""What the pieces of a text say, and where each of them stands.

What they say is asked of many texts, where they stand of few: `located_pieces` goes over a text again."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from bounce_tui.learnt.pieces import clauses, run_parts, tokens, written_tokens
from bounce_tui.learnt.weights import LANE, MOST_ROWS, ZERO, Weights

_FIRST, _BETWEEN = range(2)
"""Where a token stands, in the order of `written_tokens`."""
_MOST_PIECES: Final = MOST_ROWS - 16
"""Pieces that are heard; the rest of the rows is for what comes beside the words."""
_LANE_MASK: Final = (1 << LANE) - 1
_STRONGEST: Final = 4
"""How many pieces are shown as what decided, where they stand together."""
_WIDEST: Final = 60

Located = tuple[int, tuple[int, int]]
"""The place of a piece's row in the weights, and where the piece begins and ends in the text."""


class TextPieces(Struct, frozen=True):
    """The pieces of a text as `places` of their rows in the weights.  `words` is how many words there are,
    `known` of how many the weights know something, without tokens that stand for a thing."""

    places: list[int]
    words: float
    known: float

    def scores(self, weights: Weights, beside: Iterable[str] = ()) -> list[float]:
        """The score of each reading of `weights`: what the pieces say for it, together with those that come
        `beside` the words (codes, say)."""
        others = [place for place in map(weights.find, beside) if place is not None]
        return weights.scores(self.places + others, self.words)


def pieces_of(weights: Weights, text: str, begin: int, end: int) -> TextPieces:
    """The pieces of the folded `text` between `begin` and `end` of which `weights` know something, each
    once."""
    read = weights.words.__getitem__
    places: list[int] = []
    seen: set[str] = set()
    heard: set[int] = set()
    words = known = 0.0
    pairs: dict[str, int] = {}
    for clause, written in enumerate(written_tokens(text, begin, end)):
        for found in map(read, written):
            if found is None:
                continue
            word, in_first, in_last, own, pairs_behind, count, of_known = found
            both, pairs = pairs.get(word), pairs_behind
            if clause != _BETWEEN:
                for place in in_first if clause == _FIRST else in_last:
                    if place not in heard:
                        heard.add(place)
                        places.append(place)
            if both is not None and both not in heard:
                heard.add(both)
                places.append(both)
            if word not in seen:
                seen.add(word)
                words += count
                known += of_known
                places += own
    return TextPieces(places[:_MOST_PIECES], words, known)


def located_pieces(weights: Weights, text: str, begin: int, end: int) -> list[Located]:
    """The pieces that `pieces_of` hears, in its order, and where they stand.  That is asked of few texts,
    once it is known what they say."""
    located: list[Located] = []
    seen: set[str] = set()
    heard: set[int] = set()
    pairs: dict[str, int] = {}
    last_start = 0
    first_end, last_begin = clauses(text, begin, end)
    for word, start, stop, is_run in tokens(text, begin, end):
        both = pairs.get(word)
        known = weights.words[word]
        if known is None:
            continue
        _, in_first, in_last, own, pairs, _, _ = known
        edge = in_first if stop <= first_end else in_last if start >= last_begin else []
        for place, span in [*((place, (start, stop)) for place in edge), (both, (last_start, stop))]:
            if place is not None and place not in heard:
                heard.add(place)
                located.append((place, span))
        last_start = start
        if word in seen:
            continue
        seen.add(word)
        if is_run:
            parts_at = [
                (at, at + len(part) - 1) for part, at in run_parts(word) if weights.find(part) is not None
            ]
            located += [
                (place, (start + at, start + till)) for place, (at, till) in zip(own, parts_at, strict=True)
            ]
        else:
            located += [(place, (start, stop)) for place in own]
    return located[:_MOST_PIECES]


def strongest(weights: Weights, pieces: Sequence[Located], reading: int) -> tuple[int, int]:
    """Where those of `pieces` stand that say most for the reading number `reading`: the strongest one, with
    the next ones where they stand near.  Hardly ever does a single word decide."""
    shift = reading * LANE
    said = [(-(weights.row(place) >> shift & _LANE_MASK), span) for place, span in pieces]
    loud = sorted(said)[:_STRONGEST]
    return _stretch([span for weight, span in loud if -weight > ZERO] or [loud[0][1]])


def _stretch(found: Sequence[tuple[int, int]]) -> tuple[int, int]:
    low, high = found[0]
    for one in found[1:]:
        start, end = min(low, one[0]), max(high, one[1])
        if end - start <= _WIDEST:
            low, high = start, end
    return low, high
