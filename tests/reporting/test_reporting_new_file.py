"""A new file: whole or not there, and never over another one."""

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bounce_tui.reporting.new_file import write_new


def test_a_file_is_whole_alone_and_for_its_owner(tmp_path: Path) -> None:
    target = tmp_path / ("long" * 60)
    write_new(target, b"all of it")
    assert target.read_bytes() == b"all of it"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_who_is_killed_in_mid_write_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    # The kernel kills the process once the file has 100 octets; it must not leave as much of a module's
    # bytecode either (-B).
    program = """
import pathlib, resource, signal, sys
from bounce_tui.reporting.new_file import write_new
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
write_new(pathlib.Path(sys.argv[1]), b"x" * 1000)
"""
    target = tmp_path / "out.csv"
    ran = subprocess.run([sys.executable, "-B", "-c", program, str(target)], check=False)
    assert ran.returncode == -signal.SIGXFSZ
    assert not target.exists()


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "none"])
def test_what_came_by_the_name_in_the_meantime_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    # What stands at the name when the data are whole: nothing else can be told to come just then.
    target, whole = tmp_path / "out.csv", os.fsync

    def meanwhile(handle: int) -> None:
        whole(handle)
        target.symlink_to("nowhere")

    monkeypatch.setattr(os, "fsync", meanwhile)
    if not links:
        without_hard_links(monkeypatch)
    with pytest.raises(FileExistsError):
        write_new(target, b"ours")
    assert list(tmp_path.iterdir()) == [target]
    assert target.readlink() == Path("nowhere")


def test_a_file_system_without_hard_links_takes_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_hard_links(monkeypatch)
    target = tmp_path / "out.csv"
    write_new(target, b"all of it")
    assert target.read_bytes() == b"all of it"
    assert list(tmp_path.iterdir()) == [target]


def without_hard_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """As FAT answers, which a test cannot mount."""

    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refused)
