"""Input that strangers write to break a reader, given to the whole product from outside.

Every process lives in 1 GiB of address space.  No time is asserted: work that is not linear shows as the
time-out of the process.
"""

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hostile_mail import (
    BIG,
    CHARSETS,
    DAEMON,
    EVIL,
    FORBIDDEN,
    GROUP,
    ORIGINAL,
    PLACES,
    PLANTED,
    REPORT,
    SIGNS,
    STATUS,
    TEXT,
    in_charset,
    status,
)

sys.path.insert(0, str(Path(__file__).parent / "ui"))

from pty_session import PtySession  # lies beside the tests of the ui

PROGRAM = (sys.executable, "-m", "bounce_tui")
LIMITED = ("prlimit", f"--as={1 << 30}", *PROGRAM)
PATIENCE = 120.0  # seconds until a process counts as hung
RUN = 20_000  # bytes of one sign

Answers = Callable[[bytes, int], list[bytes]]

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="needs prlimit and /proc, which are Linux's"
)


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


# What is big


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("big")
    for number, one in enumerate(BIG.values()):
        (folder / f"{number:02}.eml").write_bytes(one.build())
    return folder


def test_big_mail_is_read_whole_in_a_gigabyte_and_alike_with_any_number_of_workers(big: Path) -> None:
    alone = bounce_tui("scan", big, "--format", "ndjson", "--workers", 1)
    together = bounce_tui("scan", big, "--format", "ndjson", "--workers", 4)
    assert (alone.returncode, alone.stderr) == (0, b"")
    assert together.stdout == alone.stdout
    found = records(alone.stdout)
    assert len(found) == len(BIG)
    for (name, one), record in zip(BIG.items(), found, strict=True):
        assert record["error"] is None, name
        if one.failures is not None:
            assert len(record["failures"]) == one.failures, name  # type: ignore[arg-type]


@pytest.mark.parametrize("command", [("scan", "--format", "table"), ("scan", "--format", "csv"), ("show",)])
def test_a_report_to_twenty_thousand_recipients_comes_out_in_every_form(
    big: Path, command: tuple[str, ...]
) -> None:
    run = bounce_tui(*command, big / "00.eml")
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"u19999@example.net" in run.stdout or command[-1] == "table"


def test_a_run_of_any_sign_in_any_place_is_read(tmp_path: Path) -> None:
    for place, build in PLACES.items():
        for number, sign in enumerate(SIGNS):
            (tmp_path / f"{place}-{number:02}.eml").write_bytes(build(sign * (RUN // len(sign))))
    run = bounce_tui("scan", tmp_path, "--format", "ndjson")
    found = records(run.stdout)
    assert len(found) + len(refused(run)) == len(PLACES) * len(SIGNS)
    assert [record["file"] for record in found if record["error"]] == []
    # Whatever follows a header is mail; what does not begin with one may be no text at all.
    assert all("pasted" in line or "field name" in line for line in refused(run)), refused(run)


@pytest.mark.parametrize("sign", [b"\n", b"\n--b", b"\n ", b";a*1=b", b"-", b"\t"])
def test_a_run_of_any_sign_opens_in_the_app_s_reader(sign: bytes) -> None:
    from bounce_tui.parsing import open_message

    for build in PLACES.values():
        opened = open_message(build(sign * (40_000 // len(sign))))
        json.dumps(str(opened)).encode("utf-8")


# What is broken or misnamed


def test_no_charset_name_whatever_costs_the_report(tmp_path: Path) -> None:
    for number, charset in enumerate(CHARSETS):
        (tmp_path / f"{number:02}.eml").write_bytes(in_charset(charset))
    run = bounce_tui("scan", tmp_path, "--format", "ndjson")
    assert (run.returncode, run.stderr) == (0, b"")
    found = records(run.stdout)
    assert len(found) == len(CHARSETS)
    for charset, record in zip(CHARSETS, found, strict=True):
        assert record["error"] is None, charset[:20]
        assert record["kind"] == "failed", charset[:20]
        if charset not in (b"utf-16", b"utf-32"):
            assert [one["recipient"] for one in record["failures"]] == ["u1@example.net"], charset[:20]  # type: ignore[attr-defined, index]


BROKEN: dict[str, bytes] = {
    "base64 of one sign": DAEMON + b"Content-Transfer-Encoding: base64\n\nA",
    "base64 with rubbish": DAEMON + b"Content-Transfer-Encoding: base64\n\n=\x00=!!\xff====QQ==QQ==\n",
    "quoted-printable cut": DAEMON + b"Content-Transfer-Encoding: quoted-printable\n\n=\n=4\n=G1=",
    "encoded word cut": DAEMON + b"X: =?\nSubject: =?utf-8?b?A?= =?utf-8?b?=?= =?utf-8?q?=?= =?x\n\n",
    "RFC 2231 in disorder": REPORT
    + b"--b\nContent-Type: image/png; name*99999999999=a; name*-1=b; name*=''%; name*0*=x'y'%ff%\n\n--b--",
    "boundary of nothing": DAEMON + b'Content-Type: multipart/report; boundary=""\n\n--\n\nhi\n----\n',
    "no header at all": b"\n\n\n550 5.1.1 <u@example.net> User unknown\n",
    "only a header's name": b"From",
    "NULs": b"From: \x00\nSubject: \x00Undelivered\x00\n\n\x00",
}


def test_broken_encodings_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    for number, raw in enumerate(BROKEN.values()):
        (tmp_path / f"{number:02}.eml").write_bytes(raw)
    run = bounce_tui("scan", tmp_path, "--format", "ndjson")
    found = records(run.stdout)
    assert len(found) + len(refused(run)) == len(BROKEN)
    assert [record["file"] for record in found if record["error"]] == []


DATES = (
    *("Thu, 99 Foo 99999 99:99:99 +9999", "Thu, 31 Feb 2026 12:00:00 +0000", "1 Jan 0001 00:00:00 +1400"),
    *("31 Dec 9999 23:59:60 -1400", "Thu, 1 Jan 1970 00:00:00 -9999", "-1", "9" * 5000, "٣١ Dec 2026 1:00"),
    *("2026-13-45T25:61:61Z", "Thu, 19 Nov 2026 09:00:00 +99999999", "²/¹/2026 1:00", "Nov ² 2026 10:00 AM"),
)


def test_an_absurd_date_is_null_and_costs_nothing_else(tmp_path: Path) -> None:
    for number, date in enumerate(DATES):
        fields = "".join(f"\n{name}: {date}" for name in ("Last-Attempt-Date", "Will-Retry-Until"))
        raw = b"Date: " + date.encode() + b"\n" + status(GROUP.rstrip() + fields.encode())
        (tmp_path / f"{number:02}.eml").write_bytes(raw)
    run = bounce_tui("scan", tmp_path, "--format", "ndjson")
    assert (run.returncode, run.stderr) == (0, b"")
    for date, record in zip(DATES, records(run.stdout), strict=True):
        assert len(record["failures"]) == 1, date  # type: ignore[arg-type]
        year = str(record["date"] or "2000")[:4]
        assert year.isdecimal(), date
        assert 1980 <= int(year) <= 2100, date


def test_what_cannot_be_the_value_of_a_field_is_null(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    group = (
        b"Final-Recipient: rfc822; unknown\nAction: banana\nStatus: banana\nRemote-MTA: dns; " + b'"' * 5000
    )
    mail.write_bytes(b"Message-ID: <\x1b[31m@x>\nDate: banana\n" + status(group))
    [record] = records(bounce_tui("scan", mail, "--format", "ndjson").stdout)
    [failure] = record["failures"]  # type: ignore[misc]
    assert (record["message_id"], record["date"]) == (None, None)
    assert [failure[name] for name in ("status", "remote_mta", "remote_ip", "date")] == [None] * 4


# What would act on a terminal


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    for number, raw in enumerate(PLANTED.values()):
        (folder / f"{number:02}.eml").write_bytes(raw)
    (folder / f"name{EVIL.replace('/', '').replace(chr(0), '')[:80]}\n.eml").write_bytes(TEXT)
    (folder / os.fsdecode(b"undecodable-\xff\xed\xa0\x80.eml")).write_bytes(TEXT)
    (folder / "z=HYPERLINK(1).eml").write_bytes(TEXT.replace(b"Undelivered", b"=HYPERLINK(1) Undelivered"))
    return folder


@pytest.mark.parametrize("form", ["table", "ndjson", "csv"])
def test_nothing_planted_in_mail_or_file_name_leaves_a_scan_raw(planted: Path, form: str) -> None:
    run = bounce_tui("scan", planted, "--format", form)
    assert_harmless(run.stdout, run.stderr)
    assert len(run.stdout.splitlines()) + len(refused(run)) == len(list(planted.iterdir())) + (
        form != "ndjson"
    )
    if form == "ndjson":
        assert all(record["error"] is None for record in records(run.stdout))


def test_nothing_planted_leaves_show_explain_or_check_raw(planted: Path) -> None:
    with scripted_dns(lambda _name, _type: []) as nameserver:
        for mail in sorted(planted.iterdir())[:5]:
            for command in (("show",), ("check", "--nameserver", nameserver)):
                run = bounce_tui(command[0], mail, *command[1:])
                assert run.returncode in (0, 1)
                assert_harmless(run.stdout, run.stderr)
            run = bounce_tui("explain", "-", stdin=mail.read_bytes())
            assert run.returncode == 0
            assert_harmless(run.stdout)


def test_nothing_planted_reaches_the_terminal_of_the_app(planted: Path) -> None:
    with PtySession(*PROGRAM, str(planted), size=(120, 40)) as terminal:
        terminal.wait_for("8 mails")
        for _ in range(8):
            terminal.type("\r")
            terminal.settle(0.1)
            terminal.type("v")
            terminal.wait_for("[Source]")
            terminal.type("\x1b")
            terminal.wait(lambda: "[Source]" not in terminal.text(), "the source is closed")
            terminal.type("\x1b")
            terminal.settle(0.1)
            terminal.type("j")
        sent = terminal.settle()
        terminal.type("\x03")
        assert terminal.report() == "exited 130"
    for word in (b"\x1b]0;", b"\x1b]52;", b"\x1b]8;", b"OWNED-TITLE\x07", b"\x1b[48;5;199m", b"\x9b31m"):
        assert word not in sent
    for sign in "\u202e\u2066\u200f\u061c\u2028\u2029\x85\x9b\x9d":
        assert sign.encode() not in sent
    assert "OWNED-TITLE" in sent.decode("utf-8", "replace"), "the words themselves are to be seen"


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
            "scan", *named, "good.eml", "/dev/zero", "missing", "--format", "ndjson", cwd=tmp_path
        )
        assert run.returncode == 1
        assert [line.partition(": ")[0] for line in refused(run)] == [*named, "/dev/zero", "missing"]
        assert [record["file"] for record in records(run.stdout)] == ["good.eml"]
        folder = bounce_tui("scan", ".", "--format", "ndjson", cwd=tmp_path)
        assert folder.returncode == 1
        assert len(records(folder.stdout)) == 1
        assert_harmless(folder.stdout, folder.stderr)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give up its rights for another's")
def test_what_may_not_be_read_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good, closed, folder = tmp_path / "good.eml", tmp_path / "closed.eml", tmp_path / "folder"
    good.write_bytes(TEXT)
    closed.write_bytes(TEXT)
    closed.chmod(0)
    folder.mkdir(mode=0)
    code = (
        "import os,sys; from bounce_tui.cli import main; import bounce_tui.scan, bounce_tui.reporting.record,"
        "bounce_tui.diagnosis, bounce_tui.parsing; bounce_tui.diagnosis.rules(); os.chdir(sys.argv.pop(1));"
        "os.setgroups([]); os.setgid(65534); os.setuid(65534); main()"
    )
    for parent in [tmp_path, *tmp_path.parents]:
        if str(parent).startswith("/tmp/"):
            parent.chmod(0o755)
    command = [sys.executable, "-c", code, str(tmp_path), "scan", "closed.eml", "folder", "good.eml"]
    run = subprocess.run([*command, "--format", "ndjson"], capture_output=True, timeout=PATIENCE, check=False)
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
    assert [record["failures"][0]["recipient"] for record in records(run.stdout)] == ["u1@example.net"] * 3  # type: ignore[index]


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
    command = f"exec {' '.join(LIMITED)} {arguments} {closed}"
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
    reader = threading.Thread(target=lambda: noise.append(scan.stderr.read()))  # type: ignore[union-attr]
    reader.start()
    records(first + scan.stdout.read())
    assert scan.wait(PATIENCE) == 1
    reader.join()
    lines = noise[0].decode().splitlines()
    assert any("box.mbox" in line for line in lines)
    assert all(line.startswith("bounce-tui: ") for line in lines)
    assert len(lines) == len(set(lines))


# What DNS says


def wire_name(*labels: bytes) -> bytes:
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def txt(data: bytes) -> bytes:
    return b"".join(
        bytes([len(data[at : at + 255])]) + data[at : at + 255] for at in range(0, len(data), 255)
    )


A, CNAME, PTR, MX, TXT = 1, 5, 12, 15, 16
EVIL_LABEL = b"\x1b]0;OWNED-TITLE\x07\x9b31m\x00 . \\"
EVIL_TEXT = EVIL.encode()


def answers_evil(name: bytes, rdtype: int) -> list[bytes]:
    host = wire_name(b"mx" + EVIL_LABEL, b"a b", b"c.d", b"example")
    record = b"v=DMARC1; p=" if name.startswith(b"_dmarc") else b"v=spf1 include:"
    evil = [txt(record + EVIL_TEXT + b" -all"), txt(EVIL_TEXT)]
    return {A: [b"\x7f\0\0\2"], PTR: [host], MX: [b"\0\x0a" + host], TXT: evil, CNAME: [host]}.get(rdtype, [])


def answers_hugely(name: bytes, rdtype: int) -> list[bytes]:
    blanks = b"v=DMARC1; p=none; x=" + (b" " * 20_000 + b"y") * 3
    policy = (
        blanks[:60_000] if name.startswith(b"_dmarc") else (b"v=spf1 " + b" ip4:192.0.2.9" * 5000)[:60_000]
    )
    return {A: [b"\xc6\x33\x64\1"], MX: [b"\0\x0a" + wire_name(b"mx", b"example")], TXT: [txt(policy)]}.get(
        rdtype, []
    )


def answers_manyfold(_name: bytes, rdtype: int) -> list[bytes]:
    return {
        A: [bytes([198, 51, 100, number % 250]) for number in range(500)],
        MX: [struct.pack(">H", number) + wire_name(b"mx%d" % number, b"example") for number in range(500)],
        PTR: [wire_name(b"p%d" % number, b"example") for number in range(500)],
        TXT: [txt(b"v=spf1 mx ptr -all")] * 200,
    }.get(rdtype, [])


def answers_in_circles(name: bytes, rdtype: int) -> list[bytes]:
    inner = wire_name(b"loop%d" % (len(name) % 3), b"example")
    return [inner] if rdtype == CNAME else []


def answers_everything(_name: bytes, rdtype: int) -> list[bytes]:
    return {
        A: [bytes([127, 0, 0, number]) for number in range(2, 12)],
        MX: [b"\0\0\0"],
        PTR: [wire_name(b"x", b"example")],
        TXT: [txt(b"v=spf1 include:%{d}.example redirect=%{d} ?all")],
    }.get(rdtype, [])


@contextmanager
def scripted_dns(answers: Answers) -> Iterator[str]:
    """A server of raw bytes over UDP and TCP, for answers that no library would write."""
    datagrams, streams = socket.socket(type=socket.SOCK_DGRAM), socket.socket()
    streams.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    streams.bind(("127.0.0.1", 0))
    datagrams.bind(streams.getsockname())
    streams.listen(64)

    def over_udp() -> None:
        while True:
            try:
                query, client = datagrams.recvfrom(4096)
            except OSError:
                return
            reply = answer(query, answers)
            if len(reply) > 1232:  # too long for a datagram: come again over TCP
                reply = query[:2] + b"\x83\x80\0\1\0\0\0\0\0\0" + question(query)
            datagrams.sendto(reply, client)

    def over_tcp() -> None:
        while True:
            try:
                stream, _ = streams.accept()
            except OSError:
                return
            with stream:
                query = stream.recv(4096)
                if len(query) > 14:
                    reply = answer(query[2:], answers)
                    stream.sendall(len(reply).to_bytes(2, "big") + reply)

    threads = [threading.Thread(target=work, daemon=True) for work in (over_udp, over_tcp)]
    for thread in threads:
        thread.start()
    try:
        yield f"127.0.0.1:{streams.getsockname()[1]}"
    finally:
        for one in (datagrams, streams):
            one.shutdown(socket.SHUT_RDWR) if one is streams else None
            one.close()


def question(query: bytes) -> bytes:
    at = 12
    while query[at]:
        at += query[at] + 1
    return query[12 : at + 5]


def answer(query: bytes, answers: Answers) -> bytes:
    asked = question(query)
    name = asked[1:-5].lower()
    rdtype = int.from_bytes(asked[-4:-2], "big")
    found = answers(name, rdtype)
    if not found and rdtype != CNAME and (alias := answers(name, CNAME)):
        rdtype, found = CNAME, alias
    body = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", rdtype, 1, 60, len(one)) + one for one in found)
    return query[:2] + struct.pack(">HHHHH", 0x8180, 1, len(found), 0, 0) + asked + body


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bounce that calls for every check."""
    mail = tmp_path_factory.mktemp("listed") / "a.eml"
    reply = (
        b"Diagnostic-Code: smtp; 550 5.7.1 Client host [192.0.2.1] blocked using zen.spamhaus.org;"
        b" SPF and DMARC failed; no PTR; user unknown"
    )
    original = ORIGINAL + b"Return-Path: <sender@example.org>\nFrom: sender@example.org\n\nhi\n--b--\n"
    mail.write_bytes(REPORT + STATUS + GROUP.rstrip() + b"\n" + reply + b"\n\n" + original)
    return mail


@pytest.mark.parametrize(
    "answers", [answers_evil, answers_hugely, answers_manyfold, answers_in_circles, answers_everything]
)
def test_no_answer_of_dns_breaks_a_check_or_reaches_the_terminal(answers: Answers, listed: Path) -> None:
    with scripted_dns(answers) as nameserver:
        for form in ("text", "json"):
            run = bounce_tui("check", listed, "--nameserver", nameserver, "--format", form)
            assert (run.returncode, run.stderr) == (0, b"")
            assert_harmless(run.stdout)
            assert b"broke down" not in run.stdout
            if form == "json":
                [found] = records(run.stdout)
                assert found["verdict"]["state"] in ("still_holds", "no_longer_holds", "cannot_be_known")  # type: ignore[index]
