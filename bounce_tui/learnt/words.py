"""The pieces that a word or a run of signs is, as places in learnt weights."""

from collections.abc import Callable
from typing import Final

from bounce_tui.learnt.pieces import (
    FIRST,
    LAST,
    marked,
    pair,
    parts,
    run_parts,
    stands_for,
    word_of,
    words_in,
)
from bounce_tui.learnt.places import Places

_MOST_KEPT: Final = 4096
"""Words that are kept: replies are made of some thousands, and a stranger may write any number of others."""

_LONGEST_KEPT_RUN: Final = 12
"""Signs of a run that is kept: in scripts that put blanks between some words (Hindi, Korean) short ones come
again, long ones hardly ever."""

Find = Callable[[str], int | None]
"""The place of a piece, None where nothing was learnt of it."""
Word = tuple[str, list[int], list[int], list[int], dict[str, int], float, float]
"""A word or a run, or what stands for a thing; its places in the first clause, in the last, and anywhere;
those of its pairs with the words that may stand behind it; for how many words it counts, and for how many of
which something is known, none where it stands for a thing.  No struct: a reply has fifty, and half of all
replies are cut."""


class Words(dict[str, Word | None]):
    """The words asked for so far, by the tokens that they are written as: texts are made of the same ones,
    and each has many pieces.  None for a token of which nothing is learnt, and that is no word."""

    def __init__(self, places: Places) -> None:
        """`places` are those of all that something was learnt of."""
        super().__init__()
        self._places = places
        self._find = places.find

    def __missing__(self, token: str) -> Word | None:
        said = word_of(token)
        if said is None:
            return None
        word, is_run = said
        if is_run and len(word) > _LONGEST_KEPT_RUN:
            return self._read_run(word)
        if word != token and word in self:
            return self[word]
        if len(self) >= _MOST_KEPT:
            self.clear()
        read = self[word] = self._read_run(word) if is_run else self._read(word)
        return read

    def _read(self, word: str) -> Word:
        find = self._find
        own = _known(find, [word]) or _known(find, parts(word))
        count = words_in(word, run=False)
        return (
            word,
            _known(find, marked(word, FIRST, run=False)),
            _known(find, marked(word, LAST, run=False)),
            own,
            self._pairs(word),
            count,
            0.0 if stands_for(word) or not own else count,
        )

    def _read_run(self, run: str) -> Word:
        """A `run` of a script that writes no words apart."""
        find = self._find
        found = _known(find, [part for part, _ in run_parts(run)])
        count = words_in(run, run=True)
        return (
            run,
            _known(find, marked(run, FIRST, run=True)),
            _known(find, marked(run, LAST, run=True)),
            found,
            self._pairs(run),
            count,
            count if found else 0.0,
        )

    def _pairs(self, word: str) -> dict[str, int]:
        """The places of the pairs that `word` begins, by the words behind it.  A text has as many pairs as
        words, and few of them are known: each look among all pieces would be one at memory far off."""
        return self._places.begun(pair(word, ""))


def _known(find: Find, pieces: list[str]) -> list[int]:
    return [place for place in map(find, pieces) if place is not None]
