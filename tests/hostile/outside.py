"""The product as a process of its own, in 1 GiB of address space, and what its output must keep.

No time is asserted: work that is not linear shows as the time-out of the process.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from hostile_mail import (
    FORBIDDEN,
)

PROGRAM = (sys.executable, "-m", "bounce_tui")
LIMITED = ("prlimit", f"--as={1 << 30}", *PROGRAM)
PATIENCE = 120.0  # seconds until a process counts as hung
RUN = 20_000  # bytes of one sign


def bounce_tui(
    *arguments: object, stdin: bytes = b"", cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [*LIMITED, *(os.fspath(one) if isinstance(one, Path) else str(one) for one in arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=PATIENCE, cwd=cwd, check=False)


def started(*arguments: object, stdout: int | None = subprocess.PIPE) -> "subprocess.Popen[bytes]":
    command = [*LIMITED, *(str(one) for one in arguments)]
    return subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE, start_new_session=True)


def records(output: bytes) -> list[dict[str, object]]:
    """NDJSON, read strictly."""
    lines = output.decode("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    for record in found:
        json.dumps(record, ensure_ascii=False).encode("utf-8")  # raises for a lone surrogate
    return found


def assert_harmless(*outputs: bytes) -> None:
    for output in outputs:
        output.decode("utf-8")
        assert [sequence for sequence in FORBIDDEN if sequence in output] == []
        assert b"Traceback" not in output


def refused(run: subprocess.CompletedProcess[bytes]) -> list[str]:
    """The lines on stderr, each of which has to name what was refused."""
    lines = run.stderr.decode("utf-8").splitlines()
    assert all(line.startswith("bounce-tui: ") for line in lines), lines
    return [line.removeprefix("bounce-tui: ") for line in lines]
