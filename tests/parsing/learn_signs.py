"""Learns what each sign of a report weighs (bounce_tui/parsing/recognition/signs.py) from the mails of the
tests that no delivery status tells about.

Logistic regression by AdaGrad, without chance: the same mails give the same weights.  A sign with "+" never
speaks against a report and one with "-" never for it: what few mails have is then not learnt wrong.

    export PYTHONPATH=tests
    python tests/parsing/learn_signs.py --write     writes bounce_tui/parsing/recognition/weights.toml
    python tests/parsing/learn_signs.py             what weights say of mails that they were not learnt from
"""

import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from learn_reports import UNSEEN, hash_of, mails
from msgspec import Struct

from bounce_tui.parsing.mime.mail import cut
from bounce_tui.parsing.recognition.addressing import is_daemon
from bounce_tui.parsing.recognition.signs import of_likeness, signs
from bounce_tui.parsing.recognition.weighing import BIAS
from bounce_tui.parsing.report import Report

HERE = Path(__file__).parent
FILE = HERE.parents[1] / "bounce_tui/parsing/recognition/weights.toml"
ROUNDS = 40
STEP = 0.3
SHRINK = 0.002
FOLDS = 5
FALSE_ALARM = 2.0
"""What a mail wrongly taken for a report counts, beside one that is missed."""
EASY = 0.25
"""What a report counts that a mail system's name gives away.  It is learnt from without that name as well:
what it says must do."""
LEAST = 0.05
"""Weights below this are left out."""
_HEAD = """# How far each sign of `signs.py` speaks for a report, above zero, or against one.  Made by
# tests/parsing/learn_signs.py, not by hand.

[weights]
"""


class Lesson(Struct, frozen=True):
    """One mail: its name, its signs, whether it is a report, and what it counts."""

    mail: str
    signs: tuple[str, ...]
    is_report: bool
    counts: float


def lessons() -> Iterator[Lesson]:
    """The mails whose words must tell, in the order of a fixed shuffle."""
    said = [float(line) for line in UNSEEN.read_text(encoding="utf-8").split()]
    for mail, like in zip(mails(), said, strict=True):
        report = Report(cut(mail.raw))
        # The words of this mail were learnt: what they say of it now is no measure.
        found = sorted([*(sign for sign in signs(report) if sign[1:6] != "reads"), *of_likeness(like)])
        if mail.is_report and is_daemon(report):
            yield Lesson(mail.name, tuple(found), mail.is_report, EASY)
            found = [one for one in found if one != "+sender: a mail system"]
        yield Lesson(mail.name, tuple(found), mail.is_report, 1.0 if mail.is_report else FALSE_ALARM)


def learn(rows: Sequence[Lesson]) -> dict[str, float]:
    """The weights by which `rows` are told apart."""
    of = {BIAS: -2.0}
    steps = {BIAS: 1e-2}
    for _ in range(ROUNDS):
        for row in rows:
            miss = (1 / (1 + math.exp(-weighed(of, row.signs))) - row.is_report) * row.counts
            for name in (BIAS, *row.signs):
                slope = miss + (0 if name == BIAS else SHRINK * of.get(name, 0.0))
                steps[name] = steps.get(name, 1e-2) + slope * slope
                value = of.get(name, 0.0) - STEP * slope / math.sqrt(steps[name])
                of[name] = value if name == BIAS else max(0, value) if name[0] == "+" else min(0, value)
    return of


def weighed(of: Mapping[str, float], found: Iterable[str]) -> float:
    """What the signs weigh together, within what `exp` bears."""
    return max(-30.0, min(30.0, of[BIAS] + sum(of.get(name, 0.0) for name in found)))


def mistakes(rows: Sequence[Lesson], *, folds: int = FOLDS) -> list[tuple[Lesson, float]]:
    """The mails that weights learnt from the others judge wrongly, with what they weigh."""
    wrong = []
    for fold in range(folds):
        of = learn([row for row in rows if hash_of(row.mail) % folds != fold])
        for row in (row for row in rows if hash_of(row.mail) % folds == fold):
            value = weighed(of, row.signs)
            if (value > 0) != row.is_report:
                wrong.append((row, value))
    return wrong


def as_toml(of: Mapping[str, float]) -> str:
    """The weights as the file has them; what weighs nothing is left out."""
    lines = [f'"{name}" = {value:.2f}\n' for name, value in sorted(of.items()) if abs(value) >= LEAST]
    return _HEAD + "".join(lines)


if __name__ == "__main__":
    told = list(lessons())
    if "--write" in sys.argv:
        FILE.write_text(as_toml(learn(told)), encoding="utf-8")
    else:
        wrong = mistakes(told)
        for row, value in sorted(wrong, key=lambda one: one[1]):
            print(f"{'missed' if row.is_report else 'false alarm'} {value:+.1f} {row.mail}")
        print(f"{len(wrong)} of {len(told)} judged wrongly by weights learnt from the others")
