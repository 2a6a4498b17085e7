"""Learns how far each word of an English reply speaks for each reason (bounce_tui/diagnosis/word_votes.py).

The lessons are the rules' examples, replies.tsv, lessons.tsv and the exams.  Multinomial logistic regression
by AdaGrad, without chance: the same lessons give the same weights.

    python tests/diagnosis/learn_words.py --write         writes knowledge/words.tsv
    python tests/diagnosis/learn_words.py --without 9     what the words alone say of an exam they did not see
"""

import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

from bounce_tui.diagnosis import rules
from bounce_tui.diagnosis.denials import LETTERS, set_aside
from bounce_tui.diagnosis.folding import fold_reply
from bounce_tui.diagnosis.word_votes import WordVotes, code_words, read_weights, words
from bounce_tui.parsing.replies import read_reply

HERE = Path(__file__).parent
FILE = HERE.parents[1] / "bounce_tui/diagnosis/knowledge/words.tsv"
ROUNDS = 20
STEP = 0.3
SHRINK = 0.001
YARDSTICK = "10"
"""The exam that is never learnt from, so that it measures what is."""
LEAST = 0.4
"""Weights below this are left out."""

OF_ENGLISH = frozenset({
    "and", "are", "be", "been", "but", "by", "could", "does", "from", "has", "have", "his", "it", "may",
    "must", "not", "of", "our", "please", "she", "should", "that", "the", "their", "there", "they", "this",
    "to", "too", "we", "were", "which", "who", "will", "with", "would", "you", "your",
})  # fmt: skip
"""Words that tell English from other languages where two of them stand."""

_HEAD = (
    "# How far each word speaks for each reason, by the place of the reason in the next line.  Made by"
    " tests/diagnosis/learn_words.py, not by hand."
)

Lesson = tuple[frozenset[str], str]


def is_english(words: Iterable[str]) -> bool:
    """True for the words of an English sentence."""
    return sum(word in OF_ENGLISH for word in words) > 1


def lessons(without: str = "") -> list[Lesson]:
    """Words and reason of each English reply that we know, those of one exam left out."""
    texts = [
        (example, rule.reason)
        for rule in rules()
        if not rule.foreign and not rule.own
        for example in rule.examples
    ]
    for exam, _, reason, _, _, text in _rows("exams.tsv"):
        if exam not in (YARDSTICK, without):
            texts.append((text, reason))
    texts += [(text, reason) for name in ("replies.tsv", "lessons.tsv") for reason, text in _rows(name)]
    found = [(_words(text), _codes(text), reason) for text, reason in texts if text.isascii()]
    # An exam asks in other languages, too.  What is short says its words without grammar.
    english = {word for said, _, _ in found if is_english(said) for word in said}
    return [
        (said | codes, reason)
        for said, codes, reason in found
        if len(said) > 1 and len(said & english) >= 0.7 * len(said)
    ]


def learn(known: Sequence[Lesson]) -> dict[str, dict[str, float]]:
    """The weights by word and reason; those of the word `*` count for every reply."""
    reasons = sorted({reason for _, reason in known})
    number = {reason: at for at, reason in enumerate(reasons)}
    vocabulary = ["*", *sorted({word for said, _ in known for word in said})]
    place = {word: at for at, word in enumerate(vocabulary)}
    wide = range(len(reasons))
    weights = [[0.0] * len(reasons) for _ in vocabulary]
    squares = [[1e-6] * len(reasons) for _ in vocabulary]
    papers = []
    for said, reason in known:
        spots = sorted(place[word] for word in said)
        scale = 1 / math.sqrt(len(spots))
        papers.append(([(0, 1.0), *((spot, scale) for spot in spots)], number[reason]))
    for _ in range(ROUNDS):
        for spots, right in papers:
            scores = [0.0] * len(reasons)
            for spot, value in spots:
                row = weights[spot]
                scores = [score + weight * value for score, weight in zip(scores, row, strict=True)]
            top = max(scores)
            chances = [math.exp(score - top) for score in scores]
            total = sum(chances)
            errors = [chance / total for chance in chances]
            errors[right] -= 1
            for spot, value in spots:
                row, past = weights[spot], squares[spot]
                for at in wide:
                    slope = errors[at] * value + SHRINK * row[at]
                    if abs(slope) > 1e-5:
                        past[at] += slope * slope
                        row[at] -= STEP * slope / math.sqrt(past[at])
    learnt: dict[str, dict[str, float]] = {}
    for word, row in zip(vocabulary, weights, strict=True):
        # A constant added to all reasons changes nothing: with the most common weight at zero, few are left.
        usual = median(row)
        pairs = {reason: round(weight - usual, 1) for reason, weight in zip(reasons, row, strict=True)}
        learnt[word] = {
            reason: weight for reason, weight in pairs.items() if word == "*" or abs(weight) >= LEAST
        }
    return learnt


def lines(learnt: dict[str, dict[str, float]]) -> list[str]:
    """What stands in words.tsv."""
    number = {reason: str(at) for at, reason in enumerate(learnt["*"])}
    rows = [
        "\t".join([word, *(f"{number[reason]} {weight:g}" for reason, weight in row.items())])
        for word, row in learnt.items()
        if row
    ]
    return [_HEAD, "\t".join(number), *rows]


def _rows(name: str) -> list[list[str]]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word, _ in words(_said(text)))


def _said(text: str) -> str:
    folded = fold_reply(text)
    return set_aside(folded, [place for place, letters in enumerate(LETTERS) if letters in folded])


def _codes(text: str) -> frozenset[str]:
    failure = read_reply(text)
    return frozenset(code_words(failure.reply_code, failure.status))


def _measure(exam: str) -> str:
    votes = WordVotes(read_weights(lines(learn(lessons(without=exam)))))
    first = accepted = 0
    asked = [row for row in _rows("exams.tsv") if row[0] == exam]
    for _, _, reason, others, _, text in asked:
        vote = votes.vote(_said(text), codes=_codes(text))
        said = vote.reason if vote else ""
        first += said == reason
        accepted += said == reason or said in filter(None, others.split(","))
    shares = f"first {first / len(asked):.1%}, accepted {accepted / len(asked):.1%}"
    return f"exam {exam}: {len(asked)} replies, {shares}"


if __name__ == "__main__":
    if "--write" in sys.argv:
        FILE.write_text("\n".join(lines(learn(lessons()))) + "\n", encoding="utf-8")
    else:
        print(_measure(sys.argv[-1]))
