"""Time `bounce-tui scan` with one and two workers beside other parsers, in interleaved rounds."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import workload


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--work", type=Path, help="where the workload is kept")
    options.add_argument("--peers", help="a Python that has mail-parser and flufl.bounce")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        box = workload.mbox(given.work or Path(temporary), given.messages)
        ours = f"{sys.executable} -m bounce_tui scan {{mbox}} --format ndjson --workers"
        command = [sys.executable, workload.PARSE / "run_peers.py", box, "--rounds", str(given.rounds)]
        command += ["--cmd", f"ours={ours} 1", "--cmd", f"ours:2={ours} 2", "--peer", "walker"]
        if given.peers:
            command += ["--python", given.peers, "--peer", "flufl", "--peer", "mailparser"]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
