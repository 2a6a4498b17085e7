"""How many typos the search for mistyped domains sees, and how often it cries wolf.

Typos are made up: two keys swapped, one left out, doubled or hit beside, a wrong ending.  The wolf is
looked for in the table itself (each real domain taken out of it in turn) and among the corpus' recipients.
"""

import argparse
import random
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from bounce_tui.hints import lookalike
from bounce_tui.hints.lookalike import Known, known, resembles
from bounce_tui.hints.tables import typos
from bounce_tui.parsing import parse

CORPUS = Path(__file__).parents[3] / "shared/corpus/emails"
EACH = 100
MOST_SHOWN = 8


def swapped(label: str, at: int) -> str:
    return label[:at] + label[at + 1] + label[at] + label[at + 2 :]


def beside(label: str, at: int) -> str:
    for row in typos().keyboards[0]:
        found = row.find(label[at])
        if found >= 0:
            return label[:at] + row[found - 1 if found else 1] + label[at + 1 :]
    return label


TYPOS: dict[str, Callable[[str, int], str]] = {
    "swapped": swapped,
    "left out": lambda label, at: label[:at] + label[at + 1 :],
    "doubled": lambda label, at: label[:at] + label[at] + label[at:],
    "hit beside": beside,
}


def recall(domains: list[str], *, gone: bool) -> None:
    dice = random.Random(7)
    for name, typo in TYPOS.items():
        seen = made = 0
        missed: dict[str, None] = {}
        for domain in domains:
            label, _, ending = domain.partition(".")
            for _ in range(EACH):
                typed = f"{typo(label, dice.randrange(len(label) - 1))}.{ending}"
                if typed == domain or typed in known().domains:
                    continue
                made += 1
                found = resembles(typed, gone=gone)
                seen += found is not None and found.domain == domain
                if found is None or found.domain != domain:
                    missed.setdefault(typed)
        print(f"  {name:<12} {seen:>6} of {made:<6} missed: {', '.join(list(missed)[:MOST_SHOWN])}")


def without(whole: Known, domain: str) -> Known:
    label, _, ending = domain.partition(".")
    return replace(
        whole,
        domains=whole.domains - {domain},
        compact={key: value for key, value in whole.compact.items() if value != domain},
        labels=whole.labels | {ending: tuple(one for one in whole.labels.get(ending, ()) if one != label)},
        endings=whole.endings | {label: tuple(one for one in whole.endings.get(label, ()) if one != ending)},
    )


def false_alarms() -> None:
    whole = known()
    called = []
    try:
        for domain in sorted(whole.domains):
            rest = without(whole, domain)
            lookalike.known = lambda rest=rest: rest
            found = resembles(domain)
            if found is not None:
                called.append(f"{domain} for {found.domain}")
    finally:
        lookalike.known = known
    print(f"real domains, unknown to the table: {len(called)} of {len(whole.domains)}: {', '.join(called)}")


def corpus(folder: Path) -> None:
    domains = {
        (failure.recipient or "").rpartition("@")[2].lower()
        for path in sorted(folder.glob("*.eml"))
        for failure in parse(path.read_bytes(), brief=True).failures
    }
    called = [f"{domain} for {found.domain}" for domain in sorted(domains) if (found := resembles(domain))]
    print(f"recipients of the corpus: {len(called)} of {len(domains)}: {', '.join(called)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    folder = parser.parse_args().corpus
    domains = [f"{label}.{endings[0]}" for label, endings in known().endings.items() if not label.isdigit()]
    for title, chosen in (
        ("five letters and more", [one for one in domains if len(one.partition(".")[0]) >= 5]),
        ("shorter names", [one for one in domains if 1 < len(one.partition(".")[0]) < 5]),
    ):
        for gone in (False, True):
            print(
                f"{len(chosen)} providers, {title}, the typed domain {'does not exist' if gone else 'exists'}"
            )
            recall(chosen, gone=gone)
    false_alarms()
    corpus(folder)


if __name__ == "__main__":
    main()
