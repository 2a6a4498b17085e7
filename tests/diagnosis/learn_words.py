"""Learns how far the words of a reply speak for each reason (bounce_tui/diagnosis/word_votes.py).

The lessons are the rules' examples, the tables of replies, the exams and `lessons/`, one file a language.

    export PYTHONPATH=tests
    python tests/diagnosis/learn_words.py --write         writes knowledge/pieces.bin
    python tests/diagnosis/learn_words.py --without 9     what the words alone say of an exam unseen
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from learning import Course, Lesson, Paper, learn, paper, table

from bounce_tui.diagnosis import reasons, rules
from bounce_tui.diagnosis.denials import LETTERS, set_aside
from bounce_tui.diagnosis.folding import fold_reply
from bounce_tui.diagnosis.word_reader import PIECES
from bounce_tui.diagnosis.word_votes import WordVotes, code_words, end_of_words
from bounce_tui.learnt.weights import Weights
from bounce_tui.parsing.single_reply import read_reply

TABLES = Path(__file__).parent
YARDSTICKS = frozenset({"10", "19", "21", "29"})
YARDSTICKS_OF_LANGUAGES = frozenset({"14", "16", "24"})
"""The exams that are never learnt from, so that they measure what is."""
REAL = 2.0
"""How much a reply as servers give it counts beside a lesson, many of which are there to deceive."""
COURSE = Course(least_often=3, freedom=0.005, sharpness=6.0, least=6)


def lessons(without: str = "") -> list[Lesson]:
    """Every reply with a known reason of a failure, those of one exam left out."""
    told = [(rule.reason, example) for rule in rules() if not rule.own for example in rule.examples]
    for exam, _, reason, _, _, text in table(TABLES / "exams.tsv"):
        if exam not in YARDSTICKS | {without}:
            told.append((reason, text))
    for exam, _, _, reason, _, text in table(TABLES / "exams_languages.tsv"):
        if exam not in YARDSTICKS_OF_LANGUAGES:
            told.append((reason, text))
    for file in ("replies.tsv", "replies_languages.tsv"):
        told += [(reason, text) for reason, text in table(TABLES / file)]
    known = [Lesson(text, reason, REAL) for reason, text in told]
    for file in sorted((TABLES / "lessons").iterdir()):
        known += [Lesson(text, reason) for reason, text in table(file)]
    failures = {slug for slug, reason in reasons().items() if reason.failure}
    return [lesson for lesson in known if lesson.reading in failures]


def paper_of(text: str) -> Paper:
    """A reply as it is read."""
    said = _said(text)
    return paper(said, 0, end_of_words(said, 0), _codes(text))


def weights_of(known: Sequence[Lesson]) -> bytes:
    """The bytes of the file of weights that `known` teaches."""
    papers = [paper_of(lesson.text) for lesson in known]
    return learn(papers, known, COURSE)


def answer(votes: WordVotes, text: str) -> str:
    """The reason that the words of a reply alone speak for; nothing where they are too few."""
    vote = votes.vote(_said(text), codes=_codes(text))
    return vote.reason if vote else ""


def _said(text: str) -> str:
    folded = fold_reply(text)
    return set_aside(folded, [place for place, letters in enumerate(LETTERS) if letters in folded])


def _codes(text: str) -> list[str]:
    failure = read_reply(text)
    return code_words(failure.reply_code, failure.status)


def _measure(exam: str) -> str:
    votes = WordVotes(Weights(weights_of(lessons(without=exam))))
    asked = [row for row in table(TABLES / "exams.tsv") if row[0] == exam]
    first = accepted = 0
    for _, _, reason, others, _, text in asked:
        said = answer(votes, text)
        first += said == reason
        accepted += said == reason or said in filter(None, others.split(","))
    shares = f"first {first / len(asked):.1%}, accepted {accepted / len(asked):.1%}"
    return f"exam {exam}: {len(asked)} replies, {shares}"


if __name__ == "__main__":
    if "--write" in sys.argv:
        PIECES.write_bytes(weights_of(lessons()))
    else:
        print(_measure(sys.argv[-1]))
