"""Learns how much the words of a mail read like a report's (bounce_tui/parsing/recognition/likeness.py).

The lessons are the mails of the tests that no delivery status tells about, and `lessons/`, one file a
language: kind, whether a program says that it sent it, sender, subject and text (`\\n` ends a line of it).

    export PYTHONPATH=tests
    python tests/parsing/learn_reports.py --write     writes likeness.bin beside that module, and what weights
                                                      say of the lessons that were learnt from others
    python tests/parsing/learn_reports.py             what those say
"""

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from exam_rows import ROWS as EXAMS
from format_rows import ROWS as FORMATS
from language_rows import ROWS as LANGUAGES
from learning import Course, Lesson, learn, paper, table
from msgspec import Struct
from notices import NOTICES
from plain_rows import ROWS as PLAIN
from unseen_rows import ROWS as UNSEEN_ROWS

from bounce_tui.learnt.weights import Weights
from bounce_tui.parsing.mime.mail import cut
from bounce_tui.parsing.recognition.likeness import DELAYED, FAILED, FILE, OTHER, likeness_by, words_of
from bounce_tui.parsing.report import Report

HERE = Path(__file__).parent
UNSEEN = HERE / "unseen_likeness.tsv"
"""What weights say of each lesson that were learnt from others: how much it reads like a report."""
COURSE = Course(least_often=3, freedom=0.005, sharpness=6.0, least=3)
FOLDS = 5
_LESSON = """From: {sender}
To: alice@example.com
Subject: {subject}
{submitted}Content-Type: text/plain; charset=utf-8

{text}
"""


class Mail(Struct, frozen=True):
    """A mail to learn from."""

    name: str
    reading: str
    raw: bytes

    @property
    def is_report(self) -> bool:
        return self.reading != OTHER


@cache
def mails() -> tuple[Mail, ...]:
    """The mails whose words must tell, in the order of a fixed shuffle."""
    rows = (*FORMATS, *EXAMS, *LANGUAGES, *UNSEEN_ROWS, *PLAIN)
    kinds = {row.mail: row.kind for row in rows if not row.forwarded and row.kind != "feedback"}
    known = [(name, kind, (HERE / f"mails/{name}.eml").read_bytes()) for name, kind in kinds.items()]
    known += [(notice.name, notice.kind, notice.raw) for notice in NOTICES]
    for file in sorted((HERE / "lessons").iterdir()):
        for number, (kind, program, sender, subject, text) in enumerate(table(file)):
            answers = "replied" if kind in ("vacation", "challenge") else "generated"
            submitted = f"Auto-Submitted: auto-{answers}\n" if program == "yes" else ""
            if submitted and number % 4 == 0:
                submitted += "Precedence: bulk\n"  # as many programs put it, whatever they send
            said = text.replace("\\n", "\n")
            raw = _LESSON.format(sender=sender, subject=subject, submitted=submitted, text=said).encode()
            known.append((f"{file.stem} {number}", kind, raw))
    told = [Mail(name, kind if kind in (FAILED, DELAYED) else OTHER, raw) for name, kind, raw in known]
    told = [mail for mail in told if _is_in_words(Report(cut(mail.raw)))]
    return tuple(sorted(told, key=lambda mail: (hash_of(mail.name), mail.name)))


def _is_in_words(report: Report) -> bool:
    return bool(report.head) and not report.status_parts


def hash_of(name: str) -> int:
    """A number that is the same in every run."""
    value = 0
    for char in name:
        value = (value * 131 + ord(char)) % 1_000_003
    return value


def lessons() -> list[Lesson]:
    """The words of each mail, and whether it is a report."""
    known = []
    for mail in mails():
        report = Report(cut(mail.raw))
        words = words_of(report.subject, report.text)
        known.append(Lesson(words, mail.reading))
    return known


def weights_of(known: Sequence[Lesson]) -> bytes:
    """The bytes of the file of weights that `known` teaches."""
    papers = [paper(lesson.text, 0, len(lesson.text)) for lesson in known]
    return learn(papers, known, COURSE)


def unseen(known: Sequence[Lesson]) -> list[float]:
    """How much each lesson reads like a report by weights that were learnt from others."""
    like = [0.0] * len(known)
    for fold in range(FOLDS):
        weights = Weights(weights_of([one for at, one in enumerate(known) if at % FOLDS != fold]))
        for at in range(fold, len(known), FOLDS):
            said = known[at].text
            like[at] = likeness_by(weights, said)
    return like


def _measure(known: Sequence[Lesson]) -> str:
    wrong = [
        lesson.reading
        for lesson, like in zip(known, unseen(known), strict=True)
        if (like > 0) == (lesson.reading == OTHER)
    ]
    alarms = wrong.count(OTHER)
    return f"of {len(known)} mails {len(wrong) - alarms} reports missed, {alarms} others taken for one"


if __name__ == "__main__":
    if "--write" in sys.argv:
        FILE.write_bytes(weights_of(lessons()))
        UNSEEN.write_text("".join(f"{like:.2f}\n" for like in unseen(lessons())), encoding="utf-8")
    else:
        print(_measure(lessons()))
