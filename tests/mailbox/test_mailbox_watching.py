"""What has changed is told, in the words that the paths were given in."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bounce_tui.mailbox import file_system, watching
from bounce_tui.mailbox.watching import Changed, Watch


@contextmanager
def standing(*paths: str, polling: bool = False) -> Iterator[Watch]:
    """A watch that has begun."""
    with closing(Watch(paths, polling=polling)) as watch:
        watch.start()
        if not polling:
            assert watch.wait(30) is None, "it says that it stands"
        yield watch


def told(watch: Watch, path: str) -> bool:
    """Whether `path` is told, sooner or later."""
    seen: list[Changed] = []
    while len(seen) < 20 and not any(path in (changed or ()) for changed in seen):
        seen.append(watch.wait(3))
    return any(path in (changed or ()) for changed in seen)


def test_a_file_in_a_folder_is_told_below_the_path_as_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mail").mkdir()
    Path("link").symlink_to("mail")
    with standing("link") as watch:
        Path("mail/a.eml").write_bytes(b"x")
        assert told(watch, "link/a.eml")
        Path("mail/new").mkdir()
        assert told(watch, "link/new")
        Path("mail/new/b.eml").write_bytes(b"x")
        assert told(watch, "link/new/b.eml")


def test_a_file_is_told_though_another_takes_its_place_and_its_neighbours_are_not(tmp_path: Path) -> None:
    box, other = tmp_path / "box", tmp_path / "other"
    with standing(str(box)) as watch:
        other.write_bytes(b"x")
        other.rename(box)
        assert told(watch, str(box))
        other.write_bytes(b"y")
        box.write_bytes(b"z")
        assert watch.wait(30) == {str(box)}


def test_a_name_that_is_no_text_does_not_end_the_watch(tmp_path: Path) -> None:
    with standing(str(tmp_path)) as watch:
        Path(os.fsdecode(bytes(tmp_path) + b"/\xff.eml")).write_bytes(b"x")
        assert watch.wait(30) is None, "anything may have changed"
        (tmp_path / "a.eml").write_bytes(b"x")
        assert told(watch, str(tmp_path / "a.eml"))
        assert not watch.unwatched()


def test_what_the_system_does_not_watch_is_looked_at_in_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "POLL_S", 0.01)
    missing = str(tmp_path / "missing" / "box")
    with standing(str(tmp_path), missing, polling=True) as watch:
        assert [place.file for place in watch.unwatched()] == [str(tmp_path), missing]
        assert watch.wait() == {str(tmp_path), missing}
        assert watch.wait() == {str(tmp_path), missing}
        assert not watch.unwatched(), "each is said once"


def test_what_the_system_forgot_to_tell_is_found_by_looking_at_everything(tmp_path: Path) -> None:
    # inotify(7) keeps 16,384 events (fs.inotify.max_queued_events) for a process that does not come to read
    # them, here because it is stopped, and drops what happens after.
    program = (
        "import sys\n"
        "from bounce_tui.mailbox import watching\n"
        "watching.RELOOK_S = float(sys.argv[2])\n"
        "watch = watching.Watch([sys.argv[1]])\n"
        "watch.start()\n"
        "while True:\n"
        "    print(watch.wait(), flush=True)\n"
    )
    limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    noise = tmp_path / "a", tmp_path / "b"
    for path in noise:
        path.write_bytes(b"")
    command = [sys.executable, "-c", program, str(tmp_path), "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watcher:
        assert watcher.stdout is not None
        assert watcher.stdout.readline() == "None\n", "it stands"
        watcher.send_signal(signal.SIGSTOP)
        os.waitpid(watcher.pid, os.WUNTRACED)
        for number in range(limit + 100):
            os.utime(noise[number % 2])
        (tmp_path / "forgotten.eml").write_bytes(b"x")
        watcher.send_signal(signal.SIGCONT)
        told = [watcher.stdout.readline()]
        while told[-1] != "None\n":
            told.append(watcher.stdout.readline())
        watcher.kill()
    assert told[-1] == "None\n"
    assert not any("forgotten.eml" in line for line in told), "it was told, so the rest proves nothing"


def test_at_the_system_s_limit_it_says_so_and_looks_in_turns(tmp_path: Path) -> None:
    program = (
        "import os, resource, sys, watchfiles\n"
        "from bounce_tui.mailbox.watching import Watch\n"
        "watch = Watch([sys.argv[1]])\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir('/proc/self/fd')) - 1,) * 2)\n"
        "watch.start()\n"
        "assert watch.wait(30) == {sys.argv[1]}\n"
        "print(watch.unwatched()[0].reason)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.startswith("followed by looking every 5 seconds: the system cannot watch it"), done


def test_the_file_system_of_a_folder_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert file_system.kind_of("/proc/self") == "proc"
    assert file_system.kind_of("/no/such/folder") == file_system.kind_of("/")
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "36 22 0:30 / /home rw - autofs auto.home rw\n"
        "37 36 0:31 / /home/ann rw - nfs4 files:/ann rw\n"
        "38 36 0:32 / /home/my\\040disk rw - fuse.sshfs me@host: rw\n"
    )
    monkeypatch.setattr(file_system, "MOUNTS", mounts)
    places = ("/home/ann/.local/state", "/home/my disk/x", "/home/anna", "/var", "/home")
    assert [file_system.remote_kind(place) for place in places] == ["nfs4", "fuse.sshfs", None, None, None]
    monkeypatch.setattr(file_system, "MOUNTS", tmp_path / "none")
    assert file_system.remote_kind("/home/ann") is None
