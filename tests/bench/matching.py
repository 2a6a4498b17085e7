"""How long the rules take to load in a fresh process, and to find a reason for one reply."""

import json
import subprocess
import sys
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

    from bounce_tui.diagnosis import diagnose
    from bounce_tui.model import Bounce
    from bounce_tui.parsing import read_reply

    replies = _replies()
    failures = [read_reply(reply) for reply in replies]
    pairs = [(failure, Bounce(kind="failed", failures=(failure,))) for failure in failures]
    best = float("inf")
    for _ in range(_ROUNDS):
        began = process_time()
        for failure, bounce in pairs:
            diagnose(failure, bounce)
        best = min(best, process_time() - began)
    length = sum(map(len, replies)) / len(replies)
    print(f"match     {best / len(pairs) * 1e6:8.1f} µs a reply: {len(pairs)} of {length:.0f} characters")


def _replies() -> list[str]:
    labels = (workload.SHARED / "corpus" / "labels.jsonl").read_text(encoding="utf-8")
    mails = map(json.loads, labels.splitlines())
    return [reply for mail in mails for one in mail["failures"] if (reply := one.get("diagnostic"))]


if __name__ == "__main__":
    main()
