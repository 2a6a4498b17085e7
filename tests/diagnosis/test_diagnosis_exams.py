"""How many replies are read rightly that were written before the rules knew them.

Not each row is read as its writer meant it; the share may only rise. At first sight, before anything
was mended, the first choice was right for 74, 66, 80, 78, 81, 86, 79, 70 and 68 of a hundred and an
accepted one for 83, 71, 90, 81, 84, 89, 81, 74 and 72 (exams 1 to 9; of their plain rows 83, 84, 88,
83, 91, 93, 86, 77, 73 and 91, 88, 94, 87, 94, 95, 88, 81, 78). Exams 7 to 9 ask in rarer words and with
harder contradictions.  Exam 11, a third hard, was 76 and 85 at first sight (87 and 89 of its plain rows).
Exam 12, nearly half of it in figures of speech, came after the words of lessons.tsv were learnt: 70 and 75
at first sight (87 and 90 of its plain rows), where the state before had 62 and 73 (76 and 82).
Exams 13 and 14, a third hard and terse (errors of libraries, tickets, replies passed on), were 80 and 87, and
78 and 79 at first sight (86 and 92, 89 and 89 of their plain rows); 14 came after 13 was learnt.
Exams 15 and 16 came after both: 77 and 78, and 98 and 98 (80 and 81, and all of their plain rows), where the
state before exam 13 had 70 and 73, and 98 and 98.  How hard an exam is depends on who writes it.
Exam 17, replies as named mail systems say them with a quarter hard, was 91 and 94 (93 and 97 of its plain
rows, 83 and 83 of the hard); exam 18, a third of it harder still, came after 17 was learnt: 88 and 89 (96 and
98 plain, 71 and 71 hard).  Who acts was agreed on in 92 and 98 of a hundred of those read rightly.
Exam 10 is the yardstick: it was 83 and 85 at first sight and is never learnt from, neither by the words
nor by the rules, so that it tells what learning from all other exams is worth.  Exam 19, a third hard, is the
second: the words of the first eighteen read 89 and 91 of it (95 and 96 plain, 78 and 81 hard); those that
came with `lessons/`, whose writers had not seen it, 96 and 97 (98 and 98, 93 and 95).  How far words are
trusted beside rules was chosen with it in view, so it flatters by a point or so.
Exam 20, a third hard, came last and is learnt from since: 92 and 96 at first sight (96 and 96, 83 and 94),
where the state before `lessons/` has 86 and 89 (95 and 95, 66 and 77).
Exam 21, a third hard, is the third yardstick: the first 30,000 lessons read 91 and 92 of it (98 and 98
plain, 79 and 81 hard), the 50,000 that came while it was unseen 92 and 93 (98 and 98, 81 and 83), 70,000 with
marks of the first and the last clause 94 and 95 (99 and 99, 85 and 87).
Exam 22, a third hard, is learnt from since: 95 and 95 at first sight (99 and 99, 87 and 87), with the 20,000
lessons written beside it, unseen, 96 and 96 (99 and 99, 89 and 89).
Exam 23, a third hard, is learnt from since: 91 and 94 at first sight (95 and 97, 84 and 88), with the 6,000
lessons written beside it, unseen, 92 and 95 (96 and 98, 86 and 90).
Exam 24, a third hard, is learnt from since: 91 and 95 at first sight (94 and 96, 86 and 94).
Exam 25, a third hard, is learnt from since: 88 and 94 at first sight (92 and 96, 79 and 91); it also asks for
what is no failure and is pasted as one.
Exam 26, a third hard, is learnt from since: 92 and 95 at first sight (94 and 97, 88 and 90).  Those who wrote
the 4,000 lessons that came with it had been told ten of its replies.
Exam 27, a third hard, is learnt from since: 95 and 99 at first sight (97 and 100, 90 and 98), with the 4,600
lessons whose writer knew the reasons of its misses the same.
Exam 28, two fifths of it hard, is learnt from since: 92 and 95 at first sight (99 and 99, 81 and 89), with
2,300 lessons whose writer knew how some of its misses were misread 95 and 98 (99 and 99, 91 and 96).
Exam 29, a third hard, is the fourth yardstick, written after exam 28 was learnt: 93 and 95 at first sight (96
and 97, 87 and 89), with the 2,500 lessons that came while it was unseen the same (95 and 96, 89 and 92).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from exam_share import accepted_of, answer_to, wrong_of
from msgspec import Struct

from bounce_tui.diagnosis import reasons


class Question(Struct, frozen=True):
    """One row of exams.tsv."""

    exam: str
    kind: str
    reason: str
    accepted: frozenset[str]
    host: str
    text: str

    def answer(self) -> str:
        return answer_to(self.text, self.reason, self.host)


def _questions() -> Iterator[Question]:
    for line in Path(__file__).with_name("exams.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            exam, kind, reason, accepted, host, text = line.split("\t")
            yield Question(exam, kind, reason, accepted_of(accepted), host, text)


QUESTIONS = tuple(_questions())


@pytest.mark.parametrize(
    ("exam", "kind", "first", "accepted"),
    [
        ("1", "plain", 0.91, 0.99),
        ("1", "hard", 0.95, 0.98),
        ("2", "plain", 0.95, 0.98),
        ("2", "hard", 0.97, 0.97),
        ("3", "plain", 0.95, 1.0),
        ("3", "hard", 0.91, 0.98),
        ("4", "plain", 0.96, 0.98),
        ("4", "hard", 0.96, 0.98),
        ("5", "plain", 0.97, 1.0),
        ("5", "hard", 0.97, 0.97),
        ("6", "plain", 1.0, 1.0),
        ("6", "hard", 0.95, 1.0),
        ("7", "plain", 0.95, 0.97),
        ("7", "hard", 0.88, 0.96),
        ("8", "plain", 0.93, 0.98),
        ("8", "hard", 0.98, 0.98),
        ("9", "plain", 0.94, 0.96),
        ("9", "hard", 0.91, 0.91),
        ("10", "plain", 0.94, 0.95),
        ("10", "hard", 0.87, 0.89),
        ("11", "plain", 0.97, 0.98),
        ("11", "hard", 0.89, 0.94),
        ("12", "plain", 0.92, 0.94),
        ("12", "hard", 0.88, 0.90),
        ("13", "plain", 0.97, 1.0),
        ("13", "hard", 0.90, 0.93),
        ("14", "plain", 0.98, 0.98),
        ("14", "hard", 0.82, 0.85),
        ("15", "plain", 0.98, 0.98),
        ("15", "hard", 0.85, 0.85),
        ("16", "plain", 1.0, 1.0),
        ("16", "hard", 1.0, 1.0),
        ("17", "plain", 0.94, 0.98),
        ("17", "hard", 0.91, 0.91),
        ("18", "plain", 0.98, 1.0),
        ("18", "hard", 0.88, 0.88),
        ("19", "plain", 0.98, 0.98),
        ("19", "hard", 0.91, 0.93),
        ("20", "plain", 0.97, 0.97),
        ("20", "hard", 0.90, 0.95),
        ("21", "plain", 0.98, 0.98),
        ("21", "hard", 0.85, 0.87),
        ("22", "plain", 0.98, 0.98),
        ("22", "hard", 0.95, 0.95),
        ("23", "plain", 0.96, 0.98),
        ("23", "hard", 0.98, 1.0),
        ("24", "plain", 0.94, 0.96),
        ("24", "hard", 0.93, 0.97),
        ("25", "plain", 0.94, 0.98),
        ("25", "hard", 0.86, 0.98),
        ("26", "plain", 0.94, 0.98),
        ("26", "hard", 0.95, 0.95),
        ("27", "plain", 0.97, 1.0),
        ("27", "hard", 0.92, 1.0),
        ("28", "plain", 0.98, 0.98),
        ("28", "hard", 0.94, 0.98),
        ("29", "plain", 0.94, 0.95),
        ("29", "hard", 0.89, 0.91),
    ],
)
def test_the_share_of_replies_read_rightly_does_not_fall(
    exam: str, kind: str, first: float, accepted: float
) -> None:
    asked = [question for question in QUESTIONS if (question.exam, question.kind) == (exam, kind)]
    assert wrong_of(asked, first, accepted) == []


def test_the_exams_ask_for_every_reason_of_a_failure() -> None:
    no_failures = {slug for slug, reason in reasons().items() if not reason.failure}
    assert {question.reason for question in QUESTIONS} - no_failures == reasons().keys() - no_failures
