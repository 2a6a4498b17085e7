"""How long the rules take to load in a fresh process, and to find a reason for one reply: the pass over it
for all literals, what those call, the readings of a reply in their order, and the whole diagnosis."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from time import process_time

import workload

# The app has platformdirs from Textual; a command pays for it besides.
_LOAD = """
from time import process_time
began = process_time()
import platformdirs
imported = process_time()
from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Failure
ready = process_time()
failure = Failure(diagnostic="550 5.1.1 user unknown")
diagnose(failure, Bounce(failures=(failure,)))
print((process_time() - ready) * 1e3, (imported - began) * 1e3)
"""
_ROUNDS = 5
_SHORTEST, _LONGEST = 220, 400
"""Characters of the replies that are measured by themselves: those of large providers are so long."""


def main() -> None:
    loads = []
    imports = []
    for _ in range(_ROUNDS):
        done = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True)
        load, imported = map(float, done.stdout.split())
        loads.append(load)
        imports.append(imported)
    print(f"load      {loads[0]:8.1f} ms at first, {min(loads[1:]):.1f} ms then")
    print(f"          {min(imports):8.1f} ms more where nothing else needs platformdirs")

    from bounce_tui.diagnosis.advice import ASKS
    from bounce_tui.diagnosis.denials import LETTERS
    from bounce_tui.diagnosis.diagnostician import diagnostician
    from bounce_tui.diagnosis.literal_finder import LiteralFinder
    from bounce_tui.diagnosis.matcher import Matcher
    from bounce_tui.diagnosis.speaker import Speakers
    from bounce_tui.model import Bounce
    from bounce_tui.parsing import read_reply

    whole = diagnostician()
    matcher = Matcher(whole.rulebook, whole.rules)
    speakers = Speakers(whole.rulebook.speakers).literals
    finder = LiteralFinder(matcher.literals, matcher.whole, speakers, LETTERS, ASKS)
    print(f"{'':20}{'find':>10}{'match':>10}{'readings':>10}{'diagnose':>10}   µs a reply")
    of_all = _replies()
    of_some = [reply for reply in of_all if _SHORTEST <= len(reply) <= _LONGEST]
    for name, replies in (("all", of_all), (f"of {_SHORTEST} to {_LONGEST}", of_some)):
        failures = [read_reply(reply) for reply in replies]
        pairs = [(failure, Bounce(kind="failed", failures=(failure,))) for failure in failures]
        read = [(whole.readings(failure, bounce)[0],) for failure, bounce in pairs]
        texts = [(reply.text,) for (reply,) in read]
        times = (
            _micros(finder.find, texts),
            _micros(matcher.match, read),
            _micros(whole.readings, pairs),
            _micros(whole.diagnose, pairs),
        )
        length = sum(map(len, replies)) / len(replies)
        row = "".join(f"{time:10.1f}" for time in times)
        print(f"{name:20}{row}   {len(replies)} of {length:.0f} characters")


def _micros(does: Callable[..., object], each: Sequence[tuple[object, ...]]) -> float:
    """What `does` takes for one of `each`, its arguments, in the best of some rounds."""
    best = float("inf")
    for _ in range(_ROUNDS):
        began = process_time()
        for one in each:
            does(*one)
        best = min(best, process_time() - began)
    return best / len(each) * 1e6


def _replies() -> list[str]:
    labels = (workload.SHARED / "corpus" / "labels.jsonl").read_text(encoding="utf-8")
    mails = map(json.loads, labels.splitlines())
    return [reply for mail in mails for one in mail["failures"] if (reply := one.get("diagnostic"))]


if __name__ == "__main__":
    main()
