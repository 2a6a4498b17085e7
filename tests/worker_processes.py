"""The worker processes of a process."""

from pathlib import Path


def worker_processes(of: int | str = "self") -> list[int]:
    """The numbers of those that the process numbered `of` has, without those that have ended."""
    tasks = Path(f"/proc/{of}/task")
    while tasks.exists():
        try:
            pids = [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            # A thread ended meanwhile, and another has its children now.
            continue
        return [pid for pid in pids if b"bounce_tui.scan.worker" in _command(pid)]
    return []


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
