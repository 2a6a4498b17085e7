"""The workloads of ../shared/bench/parse, made once in a folder."""

import subprocess
import sys
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared"
PARSE = SHARED / "bench" / "parse"


def mbox(work: Path, messages: int) -> Path:
    """An mbox of `messages` real bounces in the folder `work`."""
    path = work / f"{messages}.mbox"
    if not path.exists():
        if not PARSE.is_dir():
            sys.exit(f"{PARSE} is not here: these benchmarks need the shared folder")
        maker = [sys.executable, PARSE / "make_workloads.py", SHARED / "corpus" / "emails", work]
        subprocess.run([*maker, "--mbox", str(messages)], check=True, stdout=subprocess.DEVNULL)
    return path
