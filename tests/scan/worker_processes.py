"""The worker processes of the process that a test runs in."""

from pathlib import Path


def worker_processes() -> list[int]:
    """Their numbers, without those that have ended."""
    tasks = Path("/proc/self/task")
    pids = [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]
    return [pid for pid in pids if b"bounce_tui.scan.worker" in _command(pid)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
