"""Microseconds a message that each package takes, in one process, and how often the time of a bare walk over
the message's parts (../shared/bench/parse/reference_walker.py) that is."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import workload

from bounce_tui.diagnosis import diagnose
from bounce_tui.mailbox import Refusal, open_sources, read_span
from bounce_tui.model import Case
from bounce_tui.parsing import parse
from bounce_tui.reporting.record import ndjson

sys.path.insert(0, str(workload.PARSE))
import reference_walker


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=3145)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--work", type=Path, help="where the workload is kept")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        box = str(workload.mbox(given.work or Path(temporary), given.messages))
        spans = [span for span in open_sources([box]) if not isinstance(span, Refusal)]
        found = [one for span in spans for one in read_span(span) if not isinstance(one, Refusal)]
        bounces = [parse(raw, brief=True) for _, raw in found]
        diagnoses = [tuple(diagnose(failure, bounce) for failure in bounce.failures) for bounce in bounces]
        cases = [Case(m, b, d) for (m, _), b, d in zip(found, bounces, diagnoses, strict=True)]
        stages: dict[str, Callable[[], object]] = {
            "cut": lambda: list(open_sources([box])),
            "read": lambda: [None for span in spans for _ in read_span(span)],
            "parse": lambda: [parse(raw, brief=True) for _, raw in found],
            "diagnose": lambda: [[diagnose(f, b) for f in b.failures] for b in bounces],
            "write": lambda: ndjson(cases),
        }
        walked = [_seconds(lambda: [reference_walker.parse(raw) for _, raw in found])]
        total = units = 0.0
        for name, stage in stages.items():
            ratios, seconds = [], []
            for _ in range(given.rounds):
                seconds.append(_seconds(stage))
                walked.append(_seconds(lambda: [reference_walker.parse(raw) for _, raw in found]))
                # Beside what was measured just before and just after it: a shared machine changes its pace.
                ratios.append(2 * seconds[-1] / (walked[-1] + walked[-2]))
            micros, ratio = min(seconds) / len(found) * 1e6, median(ratios)
            total, units = total + micros, units + ratio
            print(f"{name:10}{micros:8.1f} µs{ratio:8.2f} walkers")
        print(f"{'all':10}{total:8.1f} µs{units:8.2f} walkers")
        print(f"{1e6 / total:,.0f} messages/s of one core's time")


def _seconds(stage: Callable[[], object]) -> float:
    began = process_time()
    stage()
    return process_time() - began


if __name__ == "__main__":
    main()
