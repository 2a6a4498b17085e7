"""Learns how far each piece of a text speaks for each of some readings (bounce_tui/learnt).

A linear machine with a margin learns each reading against the others (scikit-learn's LinearSVC), from pieces
weighed by how rare they are.  It needs `pip install -e '.[learn]'`, the tests do not.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from bounce_tui.learnt.pieces import FIRST, LAST, clauses, marked, pair, parts, run_parts, tokens, words_in
from bounce_tui.learnt.weights import LARGEST, Head, pack


class Lesson(Struct, frozen=True):
    """A text, what it is to be read as, and how much it counts beside others."""

    text: str
    reading: str
    counts: float = 1.0


class Paper(Struct, frozen=True):
    """How often each piece of a lesson counts, and the number of its words."""

    pieces: Mapping[str, int]
    words: float


class Course(Struct, frozen=True):
    """How it is learnt: in how many lessons a piece must occur, how closely the machine follows its lessons
    (`freedom`, LinearSVC's C), what a margin is worth in logarithms of odds (`sharpness`, found by
    cross-validation), and the steps below which a weight is none."""

    least_often: int
    freedom: float
    sharpness: float
    least: int


def table(file: Path) -> list[list[str]]:
    """The rows of a table of tests."""
    text = file.read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]


def digest(known: Iterable[Lesson]) -> str:
    """What tells whether weights were learnt from these lessons."""
    told = hashlib.sha256()
    for lesson in known:
        told.update(f"{lesson.reading}\t{lesson.counts}\t{lesson.text}\n".encode("utf-8", "surrogateescape"))
    return told.hexdigest()[:16]


def paper(text: str, begin: int, end: int, beside: Iterable[str] = ()) -> Paper:
    """The pieces of the folded `text` as they are heard, with those that come `beside` the words."""
    cut = list(tokens(text, begin, end))
    found = [(word, is_run) for word, _, _, is_run in cut]
    counted = Counter({pair(one, other): 1 for (one, _), (other, _) in pairwise(found)})
    first, last = clauses(text, begin, end)
    at_edges = [(FIRST, word, is_run) for word, _, stop, is_run in cut if stop <= first]
    at_edges += [(LAST, word, is_run) for word, start, _, is_run in cut if start >= last]
    counted.update({piece for mark, word, is_run in at_edges for piece in marked(word, mark, run=is_run)})
    words = 0.0
    for word, is_run in dict(found).items():
        words += words_in(word, run=is_run)
        if is_run:
            counted.update(part for part, _ in run_parts(word))
        else:
            counted.update([word, *parts(word)])
    counted.update(beside)
    return Paper(counted, words)


def learn(papers: Sequence[Paper], known: Sequence[Lesson], course: Course) -> bytes:
    """The bytes of the file of weights that tell the readings of the `papers` of what is `known` apart; the
    same for the same."""
    import numpy
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    often = Counter(piece for one in papers for piece in one.pieces)
    vocabulary = sorted(piece for piece, times in often.items() if times >= course.least_often)
    place = {piece: at for at, piece in enumerate(vocabulary)}
    rare = numpy.array([math.log(len(papers) / often[piece]) + 1 for piece in vocabulary])
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for one in papers:
        for piece, times in one.pieces.items():
            at = place.get(piece)
            if at is not None:
                columns.append(at)
                values.append(times * rare[at] / math.sqrt(max(one.words, 1.0)))
        ends.append(len(columns))
    shape = (len(papers), len(vocabulary))
    taught = [lesson.reading for lesson in known]
    counts = [lesson.counts for lesson in known]
    machine = LinearSVC(C=course.freedom, random_state=0)
    machine.fit(csr_matrix((values, columns, ends), shape=shape), taught, counts)
    told = machine.coef_.T * rare[:, None] * course.sharpness
    bias = machine.intercept_ * course.sharpness
    if len(machine.classes_) == 2:
        # The machine weighs the second reading against the first.
        told, bias = numpy.hstack([-told / 2, told / 2]), numpy.hstack([-bias / 2, bias / 2])
    else:
        # What all readings have in common moves none before another.
        told -= numpy.median(told, axis=1, keepdims=True)
    whole = {
        piece: told[at] + sum(told[place[one]] for one in _known(piece, place)) for piece, at in place.items()
    }
    unit = float(numpy.quantile([abs(row).max() for row in whole.values()], 0.999)) / LARGEST
    steps = {
        piece: numpy.rint(row / unit).clip(-LARGEST, LARGEST).astype(int).tolist()
        for piece, row in whole.items()
    }
    head = Head(
        readings=tuple(map(str, machine.classes_)),
        bias=tuple(round(float(one), 4) for one in bias),
        unit=unit,
        lessons=digest(known),
    )
    return pack(head, {piece: row for piece, row in steps.items() if max(map(abs, row)) >= course.least})


def _known(piece: str, place: Mapping[str, int]) -> Iterator[str]:
    """The parts of a word that are known: its row says what they say, too."""
    if piece[0] not in ("~", "#", "<", FIRST, LAST) and " " not in piece:
        yield from (part for part in parts(piece) if part in place)
