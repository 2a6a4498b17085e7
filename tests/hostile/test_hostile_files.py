"""What is no mail or no file, and what becomes of the process on the way."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hostile_mail import (
    CHARSETS,
    GROUP,
    ORIGINAL,
    PLANTED,
    REPORT,
    STATUS,
    TEXT,
    in_charset,
)
from outside import LIMITED, PATIENCE, assert_harmless, bounce_tui, records, refused, started

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="needs prlimit and /proc, which are Linux's"
)

# What is no mail, or no file


@contextmanager
def a_socket(path: Path) -> Iterator[None]:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))
        yield


def test_what_is_no_regular_file_is_named_and_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.eml")
    (tmp_path / "loop.eml").symlink_to("loop.eml")
    (tmp_path / "nothing.eml").symlink_to("nowhere")
    (tmp_path / "zero.eml").symlink_to("/dev/zero")
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "good.eml").write_bytes(TEXT)
    (tmp_path / "empty.eml").write_bytes(b"")
    for name, magic in {"a.gz": b"\x1f\x8b", "b.msg": b"\xd0\xcf\x11\xe0", "c.zip": b"PK\x03\x04"}.items():
        (tmp_path / name).write_bytes(magic + b"\x00\xff" * 500)
    with a_socket(tmp_path / "sock.eml"):
        named = [
            "fifo.eml",
            "loop.eml",
            "nothing.eml",
            "zero.eml",
            "sock.eml",
            "empty.eml",
            "a.gz",
            "b.msg",
            "c.zip",
        ]
        run = bounce_tui(
            "scan", *named, "good.eml", "/dev/null", "missing", "--format", "ndjson", cwd=tmp_path
        )
        assert run.returncode == 1
        assert [line.partition(": ")[0] for line in refused(run)] == [*named, "/dev/null", "missing"]
        assert [record["file"] for record in records(run.stdout)] == ["good.eml"]
        folder = bounce_tui("scan", ".", "--format", "ndjson", cwd=tmp_path)
        assert folder.returncode == 1
        assert len(records(folder.stdout)) == 1
        assert_harmless(folder.stdout, folder.stderr)


SCAN_AS_NOBODY = """
import os, sys
from bounce_tui.cli import main
folder, *paths = sys.argv[1:]
os.chdir(folder)
sys.argv[1:] = ["scan", "--format", "ndjson", "no such file", *paths]
said = [os.dup(1), os.dup(2)]
null = os.open(os.devnull, os.O_WRONLY)
os.dup2(null, 1), os.dup2(null, 2)
try:
    # All is imported now: nobody may be unable to read the very modules.
    main()
except SystemExit:
    os.dup2(said[0], 1), os.dup2(said[1], 2)
os.setgroups([]), os.setgid(65534), os.setuid(65534)
sys.argv.remove("no such file")
main()
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give up its rights for another's")
def test_what_may_not_be_read_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good, closed, folder = tmp_path / "good.eml", tmp_path / "closed.eml", tmp_path / "folder"
    good.write_bytes(TEXT)
    closed.write_bytes(TEXT)
    closed.chmod(0)
    folder.mkdir(mode=0)
    for parent in [tmp_path, *tmp_path.parents]:
        if str(parent).startswith("/tmp/"):
            parent.chmod(0o755)
    command = [sys.executable, "-c", SCAN_AS_NOBODY, str(tmp_path), "closed.eml", "folder", "good.eml"]
    # Root's own folder of settings would be one more thing that nobody may not read.
    settings = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
    run = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False, env=settings)
    assert run.returncode == 1
    assert refused(run) == ["closed.eml: permission denied", "folder: permission denied"]
    assert [record["file"] for record in records(run.stdout)] == ["good.eml"]


def test_a_mail_reads_the_same_alone_and_among_others(tmp_path: Path) -> None:
    mails = [*PLANTED.values(), *(in_charset(charset) for charset in CHARSETS), TEXT]
    for number, raw in enumerate(mails):
        (tmp_path / f"{number:02}.eml").write_bytes(raw)
    paths = sorted(tmp_path.iterdir())
    together = bounce_tui("scan", *paths, "--format", "ndjson", "--workers", 4).stdout.splitlines()
    for path in paths[:2] + paths[-2:]:
        alone = bounce_tui("scan", path, "--format", "ndjson").stdout.splitlines()
        assert all(line in together for line in alone)


def test_an_mbox_of_tiny_messages_and_of_a_huge_line_keeps_its_count(tmp_path: Path) -> None:
    mbox = tmp_path / "box.mbox"
    separator = b"From a@example.org Thu Nov 19 09:00:00 2026\n"
    mbox.write_bytes(
        (separator + b"x\n\n") * 5000 + separator + TEXT + b"y" * 3_000_000 + b"\n\n" + separator + TEXT
    )
    one = bounce_tui("scan", mbox, "--format", "ndjson", "--workers", 1)
    four = bounce_tui("scan", mbox, "--format", "ndjson", "--workers", 4)
    assert one.stdout == four.stdout
    assert [record["index"] for record in records(one.stdout)] == list(range(5002))


def test_a_folder_of_empty_files_names_each_once(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number}.eml").write_bytes(b"")
    run = bounce_tui("scan", tmp_path, "--format", "ndjson")
    assert (run.returncode, run.stdout) == (1, b"")
    assert len(set(refused(run))) == 3000


def test_utf_16_is_read_as_the_text_it_is(tmp_path: Path) -> None:
    for number, codec in enumerate(("utf-16", "utf-16-le", "utf-16-be")):
        (tmp_path / f"{number}.txt").write_bytes(TEXT.decode().encode(codec))
    run = bounce_tui("scan", tmp_path, "--format", "ndjson")
    assert [record["failures"][0]["recipient"] for record in records(run.stdout)] == ["u1@example.net"] * 3


# What becomes of the process


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mail for some seconds."""
    mbox = tmp_path_factory.mktemp("endless") / "box.mbox"
    separator = b"From a@example.org Thu Nov 19 09:00:00 2026\n"
    mail = REPORT + STATUS + GROUP + ORIGINAL + b"From: a@example.org\n\n" + b"x" * 1000 + b"\n--b--\n\n"
    mbox.write_bytes((separator + mail) * 20_000)
    return mbox


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(pids: list[int]) -> None:
    end = time.monotonic() + PATIENCE
    while any(map(alive, pids)):
        assert time.monotonic() < end, f"still alive: {pids}"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGKILL, -signal.SIGKILL)],
    ids=["INT", "TERM", "KILL"],
)
def test_a_scan_that_is_ended_leaves_no_process_and_no_noise(endless: Path, number: int, status: int) -> None:
    scan = started("scan", endless, "--format", "ndjson", "--workers", 3)
    assert scan.stdout is not None
    assert scan.stderr is not None
    scan.stdout.readline()
    workers: list[int] = []
    end = time.monotonic() + PATIENCE
    while len(workers) < 2 and time.monotonic() < end:
        scan.stdout.read(1 << 16)
        workers = children(scan.pid)
    assert workers
    scan.send_signal(number)
    scan.stdout.close()
    assert scan.wait(PATIENCE) == status
    wait_until_gone(workers)
    assert b"Traceback" not in scan.stderr.read()


def test_a_reader_that_goes_away_ends_the_scan_in_silence(endless: Path) -> None:
    scan = started("scan", endless, "--format", "ndjson", "--workers", 2)
    assert scan.stdout is not None
    assert scan.stderr is not None
    scan.stdout.readline()
    scan.stdout.close()
    scan.wait(PATIENCE)
    assert scan.stderr.read() == b""


@pytest.mark.parametrize("arguments", [("scan",), ("show",)])
def test_a_full_disk_is_said_in_words(arguments: tuple[str, ...], tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(TEXT)
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [*LIMITED, *arguments, mail], stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE, check=False
        )
    assert run.returncode == 1
    assert [line for line in run.stderr.splitlines() if not line.startswith(b"bounce-tui: ")] == []
    assert b"no space left" in run.stderr.lower()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("arguments", ["scan a.eml -", "explain -", ""])
def test_a_closed_stream_is_borne(closed: str, arguments: str, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(TEXT)
    command = f"exec {shlex.join(LIMITED)} {arguments} {closed}"
    run = subprocess.run(
        ["sh", "-c", command], stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, cwd=tmp_path,
        check=False,
    )  # fmt: skip
    assert run.returncode in (0, 1)
    assert b"Traceback" not in run.stderr
    assert b"Exception" not in run.stderr


def test_a_file_that_shrinks_or_goes_while_it_is_read_is_named(tmp_path: Path) -> None:
    mbox, mails = tmp_path / "box.mbox", tmp_path / "mails"
    separator = b"From a@example.org Thu Nov 19 09:00:00 2026\n"
    mbox.write_bytes((separator + TEXT + b"x" * 2000 + b"\n\n") * 20_000)
    mails.mkdir()
    for number in range(3000):
        (mails / f"{number}.eml").write_bytes(TEXT)
    scan = started("scan", mbox, mails, "--format", "ndjson", "--workers", 2)
    assert scan.stdout is not None
    assert scan.stderr is not None
    first = scan.stdout.readline()
    os.truncate(mbox, 1 << 20)
    for path in mails.iterdir():
        path.unlink()
    noise: list[bytes] = []
    reader = threading.Thread(target=lambda: noise.append(scan.stderr.read()))
    reader.start()
    records(first + scan.stdout.read())
    assert scan.wait(PATIENCE) == 1
    reader.join()
    lines = noise[0].decode().splitlines()
    assert any("box.mbox" in line for line in lines)
    assert all(line.startswith("bounce-tui: ") for line in lines)
    assert len(lines) == len(set(lines))
