"""Bytes and milliseconds that a key costs on a real pseudo-terminal, at the sizes and keys that count.

    python tests/bench/terminal.py [PTY_LATENCY_PY] [-- COMMAND...]

Runs ../shared/bench/pty_latency.py on `bounce-tui demo` (or COMMAND) and prints one table.  Times want
a quiet machine; bytes are the same everywhere.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEMO = [sys.executable, "-m", "bounce_tui", "demo"]
# Of the 80x24 list six rows show: the first keys move the cursor, the later ones scroll the list.
RUNS = [
    ("80x24", "cursor moves", ["--keys", "j*6"]),
    ("80x24", "list scrolls", ["--setup", "j*8", "--keys", "j*30"]),
    ("80x24", "half pages", ["--setup", "j", "--keys", "ctrl+d*10"]),
    ("80x24", "held key, 30 Hz", ["--keys", "j*90", "--burst", "30"]),
    ("120x40", "list scrolls", ["--setup", "j*20", "--keys", "j*30"]),
    ("200x50", "list scrolls", ["--setup", "j*25", "--keys", "j*30"]),
]


def measured(tool: Path, size: str, options: list[str], command: list[str], environ: list[str]) -> list[str]:
    """One run's cells: start, idle bytes, bytes a key, milliseconds to the last byte, CPU a key."""
    settings = [word for pair in environ for word in ("--env", pair)]
    words = [sys.executable, str(tool), "--size", size, "--start-quiet-ms", "1200", *settings, *options]
    done = subprocess.run([*words, "--", *command], capture_output=True, text=True, check=True, cwd=ROOT)
    found = json.loads(done.stdout)
    start = f"{found['start']['last_ms']:.0f} ms, {found['start']['bytes']:,} B"
    if "burst" in found:
        burst = found["burst"]
        cost = [f"{burst['bytes_per_key']:,.0f}", f"lag {burst['lag_after_last_key_ms']:.0f}"]
    else:
        (key,) = found["keys"].values()
        spent = f"{key['last_ms']['median']:.1f}" if key["last_ms"] else "silent"
        cost = [f"{key['bytes']['median']:,.0f}", spent]
    return [start, str(found["idle_bytes_per_s"]), *cost, str(found.get("cpu_ms_per_key", ""))]


def main() -> int:
    """Print the table, with the saving on and off."""
    words = sys.argv[1:]
    command = words[words.index("--") + 1 :] if "--" in words else DEMO
    words = words[: words.index("--")] if "--" in words else words
    tool = Path(words[0]) if words else ROOT.parent / "shared" / "bench" / "pty_latency.py"
    if not tool.exists():
        print(f"{tool}: not there; give the path of pty_latency.py", file=sys.stderr)
        return 1
    print("| size | keys | start to quiet | idle B/s | B a key | ms | CPU ms a key |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for label, environ in (("", []), (", all sent", ["BOUNCE_TUI_NO_DIFF=1"])):
        for size, keys, options in RUNS:
            cells = measured(tool, size, options, command, environ)
            print(f"| {' | '.join([size, keys + label, *cells])} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
