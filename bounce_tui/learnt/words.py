"""The pieces that a word or a run of signs is, as places in learnt weights."""

from collections.abc import Callable
from typing import Final

from bounce_tui.learnt.pieces import FIRST, LAST, marked, parts, run_parts, stands_for, words_in

_MOST_KEPT: Final = 4096
"""Words that are kept: replies are made of some thousands, and a stranger may write any number of others."""

Find = Callable[[str], int | None]
"""The place of a piece, None where nothing was learnt of it."""
Word = tuple[list[int], list[int], list[int], list[tuple[int, int]], float, float]
"""The places of a word in the first clause, in the last, and anywhere; where in a run the latter stand; for
how many words it counts, and for how many of which something is known, none where it stands for a thing.  No
struct: a reply has fifty, and half of all replies are cut."""


class Words(dict[str, Word]):
    """The words asked for so far: texts are made of the same ones, and each has many pieces."""

    def __init__(self, find: Find) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Word:
        if len(self) >= _MOST_KEPT:
            self.clear()
        find = self._find
        own = _known(find, [word]) or _known(find, parts(word))
        count = words_in(word, run=False)
        read = self[word] = (
            _known(find, marked(word, FIRST, run=False)),
            _known(find, marked(word, LAST, run=False)),
            own,
            [],
            count,
            0.0 if stands_for(word) or not own else count,
        )
        return read


def read_run(find: Find, run: str) -> Word:
    """A `run` of a script that writes no words apart, which hardly ever comes again."""
    found = [
        (place, at, at + len(part) - 1) for part, at in run_parts(run) if (place := find(part)) is not None
    ]
    count = words_in(run, run=True)
    return (
        _known(find, marked(run, FIRST, run=True)),
        _known(find, marked(run, LAST, run=True)),
        [place for place, _, _ in found],
        [(start, stop) for _, start, stop in found],
        count,
        count if found else 0.0,
    )


def _known(find: Find, pieces: list[str]) -> list[int]:
    return [place for place in map(find, pieces) if place is not None]
