"""How many replies in other languages than English are read rightly that were unknown when they were written.

The share may only rise.  At first sight, before anything was mended, the first choice was right for 89, 81,
74, 78, 94 and 95 of a hundred and an accepted one for 92, 82, 78, 81, 94 and 98 (exams 1 to 6; of their plain
rows 96, 96, 89, 97, 95, 100 and 98, 96, 93, 97, 95, 100).  Half of exams 1 to 4 is hard and colloquial, a
third of exam 5; exam 6 asks in twelve more languages.  Exams 11 and 12 ask in fifty, a third and two fifths
of them hard: their plain rows went 94 and 99 first, 95 and 99 accepted, their hard ones 62 and 63, 67 and 68.
Exam 13 holds hard rows alone, written when both were mended: 62 first, 65 accepted.  Exam 14, a third hard in
28 languages, is never learnt from: stems alone read 75 and 76 of it (87 and 88 plain, 49 and 50 hard), with
the pieces that came with `lessons/` 95 and 96 (97 and 97, 91 and 92).  Exam 15 came last and
is learnt from since: 94 and 95 at first sight (99 and 99, 83 and 84), where the state before has 72 and 75
(85 and 87, 44 and 49).
Exam 16, a third hard in 28 languages, is never learnt from either: the first 30,000 lessons read 85 and 85 of
it (98 and 98 plain, 58 and 58 hard), the 50,000 that came while it was unseen 92 and 92 (98 and 98, 80
and 80), 70,000 with marks of the first and the last clause 93 and 93 (100 and 100, 80 and 80).
Exam 17, a third hard in 28 languages, is learnt from since: 97 and 97 at first sight (100 and 100, 90 and
90), with the 20,000 lessons written beside it, unseen, 98 and 98 (100 and 100, 95 and 95).
Exam 18, a third hard in 43 languages, is learnt from since: 95 and 96 at first sight (98 and 98, 87 and 89),
with the 6,000 lessons written beside it, unseen, the same.
Exam 19, a third hard in 39 languages, is learnt from since: 92 and 93 at first sight (96 and 96, 83 and 85).
Exam 20, a third hard in 65 languages, is learnt from since: 88 and 92 at first sight (99 and 100, 68 and 78);
it also asks for what is no failure, and in wrong charsets.
Exam 21, a third hard in 65 languages, is learnt from since: 91 and 93 at first sight (99 and 99, 76 and 83),
with 3,000 lessons whose writer knew two of its replies 92 and 95 (99 and 99, 78 and 88).
Exam 22, a third hard in 74 languages, is learnt from since: 95 and 96 at first sight (99 and 99, 88 and 90),
with the 4,600 lessons written beside it, whose writer knew the languages and reasons of its misses, 99 and
100 (100 and 100, 98 and 100).
Exam 23, a quarter hard in 58 languages, is learnt from since: 96 and 97 at first sight (98 and 98, 92 and
94), with the 2,300 lessons written beside it 97 and 99 (99 and 99, 92 and 97).
Exam 24, a third hard in 30 languages, is never learnt from: 98 and 98 at first sight (100 and 100, 92 and
92), with the 2,500 lessons that came while it was unseen the same.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from exam_share import accepted_of, answer_to, wrong_of
from msgspec import Struct


class Question(Struct, frozen=True):
    """One row of exams_languages.tsv."""

    exam: str
    language: str
    kind: str
    reason: str
    accepted: frozenset[str]
    text: str

    def answer(self) -> str:
        return answer_to(self.text, self.reason)


def _questions() -> Iterator[Question]:
    rows = Path(__file__).with_name("exams_languages.tsv").read_text(encoding="utf-8").split("\n")
    for line in rows:
        if line and not line.startswith("#"):
            exam, language, kind, reason, accepted, text = line.split("\t")
            yield Question(exam, language, kind, reason, accepted_of(accepted), text)


QUESTIONS = tuple(_questions())


@pytest.mark.parametrize(
    ("exam", "kind", "first", "accepted"),
    [
        ("1", "plain", 1.0, 1.0),
        ("1", "hard", 0.98, 1.0),
        ("2", "plain", 1.0, 1.0),
        ("2", "hard", 0.98, 0.98),
        ("3", "plain", 0.97, 1.0),
        ("3", "hard", 0.96, 0.98),
        ("4", "plain", 1.0, 1.0),
        ("4", "hard", 0.98, 1.0),
        ("5", "plain", 1.0, 1.0),
        ("5", "hard", 0.96, 0.96),
        ("6", "plain", 1.0, 1.0),
        ("6", "hard", 0.92, 0.98),
        ("7", "plain", 0.97, 0.98),
        ("7", "hard", 0.93, 0.95),
        ("8", "plain", 1.0, 1.0),
        ("8", "hard", 1.0, 1.0),
        ("9", "plain", 1.0, 1.0),
        ("9", "hard", 0.94, 1.0),
        ("10", "plain", 1.0, 1.0),
        ("10", "hard", 1.0, 1.0),
        ("11", "plain", 0.98, 1.0),
        ("11", "hard", 0.95, 0.97),
        ("12", "plain", 1.0, 1.0),
        ("12", "hard", 0.92, 0.95),
        ("13", "hard", 0.95, 0.97),
        ("14", "plain", 0.96, 0.97),
        ("14", "hard", 0.90, 0.91),
        ("15", "plain", 0.99, 0.99),
        ("15", "hard", 0.93, 0.94),
        ("16", "plain", 0.98, 0.98),
        ("16", "hard", 0.88, 0.88),
        ("17", "plain", 1.0, 1.0),
        ("17", "hard", 0.98, 0.98),
        ("18", "plain", 1.0, 1.0),
        ("18", "hard", 1.0, 1.0),
        ("19", "plain", 0.98, 0.98),
        ("19", "hard", 1.0, 1.0),
        ("20", "plain", 0.98, 1.0),
        ("20", "hard", 0.84, 0.94),
        ("21", "plain", 1.0, 1.0),
        ("21", "hard", 1.0, 1.0),
        ("22", "plain", 1.0, 1.0),
        ("22", "hard", 1.0, 1.0),
        ("23", "plain", 0.98, 0.98),
        ("23", "hard", 0.94, 0.97),
        ("24", "plain", 1.0, 1.0),
        ("24", "hard", 0.92, 0.92),
    ],
)
def test_the_share_of_replies_in_other_languages_read_rightly_does_not_fall(
    exam: str, kind: str, first: float, accepted: float
) -> None:
    asked = [question for question in QUESTIONS if (question.exam, question.kind) == (exam, kind)]
    assert wrong_of(asked, first, accepted) == []


@pytest.mark.parametrize("language", sorted({question.language for question in QUESTIONS}))
def test_no_language_is_left_behind(language: str) -> None:
    asked = [question for question in QUESTIONS if question.language == language]
    taken = [one for one in asked if one.answer() in {one.reason, *one.accepted}]
    assert len(taken) >= 0.9 * len(asked), [one.text for one in asked if one not in taken]
