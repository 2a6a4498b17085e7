"""The conveyor, with real processes on real files."""

import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import scan_forms
from worker_processes import worker_processes

from bounce_tui.mailbox import Refusal, StandardInput
from bounce_tui.scan import convey
from bounce_tui.scan.examiner import LocalExaminer
from bounce_tui.scan.rule_state import RuleState

LINE = b"From MAILER-DAEMON Mon Feb  9 12:36:39 2009\n"
HERE = str(Path(__file__).parent)


def _bounce(n: int) -> bytes:
    return (
        b"From: MAILER-DAEMON@mx.example.org\nTo: sender%d@example.org\n"
        b"Subject: Undelivered Mail Returned to Sender\nMessage-ID: <%d@mx.example.org>\n\n"
        b"<gone%d@example.net>: host mx.example.net[192.0.2.25] said: 550 5.1.1 no such user\n"
    ) % (n, n, n)


@pytest.fixture(scope="module")
def mail(tmp_path_factory) -> Path:
    """300 files and an mbox of 600 messages."""
    folder = tmp_path_factory.mktemp("mail")
    for n in range(300):
        (folder / f"{n:04}.eml").write_bytes(_bounce(n))
    (folder / "z.mbox").write_bytes(b"".join(LINE + _bounce(n) + b"\n" for n in range(600)))
    return folder


def _copies(mail: Path, count: int) -> list[str]:
    """The folder of mail as often, each with names of its own for the same files."""
    copies = [mail.with_name(f"{mail.name}-{number}") for number in range(count)]
    for copy in copies:
        if not copy.exists():
            shutil.copytree(mail, copy, copy_function=os.link)
    return [str(copy) for copy in copies]


def _output(*args, **options) -> bytes:
    return b"".join(batch.output for batch in convey(*args, **options))


def test_the_output_is_the_same_with_any_number_of_workers(mail):
    paths = [str(mail / "0007.eml"), str(mail), str(mail / "gone"), "-"]
    outputs = []
    for workers in (None, 1, 2, 3):
        stdin = io.BytesIO(b"".join(LINE + _bounce(n) + b"\n" for n in range(500)))
        batches = list(convey(paths, scan_forms.lines, workers=workers, stdin=stdin))
        refusals = [refusal for batch in batches for refusal in batch.refusals]
        assert [refusal.file for refusal in refusals] == [str(mail / "gone")]
        outputs.append(b"".join(batch.output for batch in batches))
        assert sum(batch.messages for batch in batches) == 300 + 600 + 500
    assert outputs[0].count(b"\n") == 1400
    assert outputs[1] == outputs[0]
    assert outputs[2] == outputs[0]
    assert outputs[3] == outputs[0]


def test_a_message_reads_the_same_alone_and_among_others(mail):
    whole = _output([str(mail)], scan_forms.lines, workers=2).splitlines()
    for n in (0, 150, 299):
        assert _output([str(mail / f"{n:04}.eml")], scan_forms.lines).splitlines() == [whole[n]]


def test_two_workers_share_the_work_and_are_gone_afterwards(mail):
    found = set(_output([str(mail)], scan_forms.slow, workers=2).split())
    assert str(os.getpid()).encode() in found  # the first messages, which must be there at once
    assert len(found) == 3
    assert worker_processes() == []


def test_where_nobody_waits_for_the_first_messages_the_workers_read_them_too(mail):
    found = _output([str(mail)], scan_forms.slow, workers=2, at_once=False).split()
    assert len(found) == 900
    assert len(set(found) - {str(os.getpid()).encode()}) == 2
    assert str(os.getpid()).encode() not in found


class _WrongRules(LocalExaminer):
    """Reads as ever, by rules of which one file is wrong; they load until `awaited` processes are there."""

    def __init__(self, *, usable: bool, awaited: int = 0) -> None:
        super().__init__()
        self._usable = usable
        self._awaited = awaited

    def rule_state(self) -> RuleState:
        if self._awaited:
            until = time.monotonic() + 10
            while len(worker_processes()) < self._awaited and time.monotonic() < until:
                time.sleep(0.01)
            started.append(len(worker_processes()))
        return RuleState((WRONG_RULES,), self._usable)


WRONG_RULES = Refusal("own.toml", "no valid TOML")
started: list[int] = []


@pytest.mark.parametrize(("workers", "there"), [(1, "."), (2, "."), (1, "gone"), (2, "gone")])
def test_wrong_rules_are_told_first_and_once(mail, workers, there):
    options = {"workers": workers, "at_once": False, "examiner": _WrongRules(usable=True)}
    batches = list(convey([str(mail / there)], scan_forms.names, **options))
    assert (batches[0].refusals, batches[0].messages) == ((WRONG_RULES,), 0)
    assert [one for batch in batches for one in batch.refusals].count(WRONG_RULES) == 1
    assert sum(batch.messages for batch in batches) == (900 if there == "." else 0)


@pytest.mark.parametrize("workers", [1, 2])
def test_without_rules_nothing_is_read_and_no_process_stays(mail, workers):
    options = {"workers": workers, "at_once": False, "examiner": _WrongRules(usable=False)}
    (only,) = convey([str(mail)], scan_forms.names, **options)
    assert (only.refusals, only.output) == ((WRONG_RULES,), b"")
    assert worker_processes() == []


def test_workers_start_while_the_rules_are_loaded(mail):
    started.clear()
    examiner = _WrongRules(usable=True, awaited=2)
    _output([str(mail)], scan_forms.names, workers=2, at_once=False, examiner=examiner)
    assert started == [2]


def test_little_mail_starts_no_process(mail):
    assert set(_output([str(mail)], scan_forms.processes).split()) == {str(os.getpid()).encode()}
    assert set(_output([str(mail)], scan_forms.processes, workers=1).split()) == {str(os.getpid()).encode()}


def test_much_mail_starts_processes_without_being_asked(tmp_path):
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("one core: more processes never pay")
    message = LINE + _bounce(1) + b"some text\n" * 2000 + b"\n"
    (tmp_path / "inbox").write_bytes(message * 1000)
    assert len(set(_output([str(tmp_path / "inbox")], scan_forms.processes).split())) > 1


def test_workers_load_neither_the_screen_nor_dns_nor_mail_parser(mail):
    loaded = _output([str(mail)], scan_forms.modules, workers=2).split()
    # The test's own process reads the first unit, so only what every process has counts.
    rare = {name for name in set(loaded) if loaded.count(name) == len([n for n in loaded if n == b"sys"])}
    assert b"bounce_tui.parsing" in rare
    assert not rare & {b"textual", b"rich", b"dns", b"mailparser", b"multiprocessing", b"asyncio"}


def test_a_message_that_kills_its_process_is_named_and_the_rest_arrives(tmp_path):
    for n in range(400):
        (tmp_path / f"{n:04}{'-deadly' if n in (200, 333) else ''}.eml").write_bytes(_bounce(n))
    batches = list(convey([str(tmp_path)], scan_forms.deadly, workers=2))
    refusals = [refusal for batch in batches for refusal in batch.refusals]
    assert [refusal.file for refusal in refusals] == [
        str(tmp_path / "0200-deadly.eml"),
        str(tmp_path / "0333-deadly.eml"),
    ]
    assert "signal 9" in refusals[0].reason
    arrived = b"".join(batch.output for batch in batches).decode().split("\n")[:-1]
    assert arrived == [f"{n:04}.eml 0" for n in range(400) if n not in (200, 333)]
    assert batches[-1].done_bytes == batches[-1].total_bytes
    assert worker_processes() == []


def test_a_message_of_an_mbox_that_kills_its_process_is_named_by_number(tmp_path):
    path = tmp_path / "inbox"
    path.write_bytes(b"".join(LINE + _bounce(n) + b"\n" for n in range(600)))
    batches = list(convey([str(path)], scan_forms.deadly_in_the_middle, workers=2))
    (refusal,) = [refusal for batch in batches for refusal in batch.refusals]
    assert refusal.file == str(path)
    assert refusal.reason.startswith("message 300:")
    arrived = b"".join(batch.output for batch in batches).decode().split("\n")[:-1]
    assert arrived == [f"inbox {n}" for n in range(600) if n != 300]


def test_workers_that_are_killed_from_outside_cost_nothing(mail):
    batches = convey(_copies(mail, 3), scan_forms.slow, workers=2)
    messages = next(batches).messages
    deadline = time.monotonic() + 60
    while not worker_processes() and time.monotonic() < deadline:
        time.sleep(0.01)
    killed = 0
    for batch in batches:
        messages += batch.messages
        assert batch.refusals == ()
        if killed < 3:
            for pid in worker_processes():
                os.kill(pid, signal.SIGKILL)
            killed += 1
    assert killed == 3
    assert messages == 900 * 3


def test_where_no_process_can_be_started_this_one_does_the_work(mail, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert set(_output([str(mail)], scan_forms.processes, workers=2).split()) == {str(os.getpid()).encode()}
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    found = _output([str(mail)], scan_forms.processes, workers=2).split()
    assert found == [str(os.getpid()).encode()] * 900


def test_a_case_that_the_form_cannot_bear_is_given_to_it_as_an_error(tmp_path):
    for name in ("a", "odd", "z"):
        (tmp_path / f"{name}.eml").write_bytes(_bounce(1))
    (batch,) = convey([str(tmp_path)], scan_forms.choosy)
    assert (batch.output, batch.messages, batch.refusals) == (b"a.eml 0\nodd.eml 0\nz.eml 0\n", 3, ())


def test_a_form_that_fails_on_anything_refuses_each_file_in_words(mail):
    (batch,) = convey([str(mail / "0001.eml")], scan_forms.hopeless)
    assert batch.output == b""
    assert [refusal.file for refusal in batch.refusals] == [str(mail / "0001.eml")]
    assert "ValueError" in batch.refusals[0].reason


def test_a_form_that_cannot_travel_is_refused_at_once(mail):
    with pytest.raises((AttributeError, TypeError, __import__("pickle").PicklingError)):
        convey([str(mail / "0001.eml")], lambda cases: b"")


def test_the_progress_only_grows_and_ends_at_the_total(mail):
    for workers in (1, 2):
        batches = list(convey([str(mail)], scan_forms.names, workers=workers))
        done = [batch.done_bytes for batch in batches]
        assert done == sorted(done)
        assert all(batch.done_bytes <= batch.total_bytes for batch in batches)
        assert done[-1] == batches[-1].total_bytes == sum(f.stat().st_size for f in mail.iterdir())


def test_no_mail_at_all_brings_only_words(tmp_path):
    (batch,) = convey([str(tmp_path), str(tmp_path / "gone")], scan_forms.names, workers=4)
    assert batch.messages == 0
    assert len(batch.refusals) == 2
    assert list(convey([], scan_forms.names)) == []


def test_an_mbox_that_changes_is_named_once(tmp_path):
    path = tmp_path / "inbox"
    path.write_bytes((LINE + _bounce(1) + b"\n") * 2000)
    batches = convey([str(path)], scan_forms.names)
    first = next(batches)
    path.write_bytes(b"gone")
    rest = list(batches)
    refusals = [refusal for batch in rest for refusal in batch.refusals]
    assert first.messages == 64
    assert [refusal.file for refusal in refusals] == [str(path)]


def test_a_slow_taker_is_not_overrun():
    box = b"".join(LINE + _bounce(n) + b"text\n" * 2000 + b"\n" for n in range(3000))
    stdin = StandardInput(io.BytesIO(box))
    batches = convey(["-"], scan_forms.names, workers=2, stdin=stdin)
    next(batches)
    # Nobody takes anything now: reading stands still after a while, or goes on to the end and fails.
    before = -1
    while before != stdin.read_bytes < 20 << 20:
        before = stdin.read_bytes
        time.sleep(0.5)
    next(batches)
    assert stdin.read_bytes < 20 << 20
    batches.close()
    assert worker_processes() == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_cancelled_run_ends_at_once_and_leaves_no_process(mail, workers):
    cancelled = threading.Event()
    seen = 0
    for batch in convey([str(mail)] * 50, scan_forms.names, workers=workers, cancelled=cancelled):
        seen += batch.messages
        cancelled.set()
    assert 0 < seen < 900
    assert worker_processes() == []


def test_a_run_that_is_left_early_leaves_no_process(mail):
    batches = convey(_copies(mail, 5), scan_forms.names, workers=2)
    next(batches)
    next(batches)
    assert len(worker_processes()) == 2
    batches.close()
    assert worker_processes() == []


# Processes of their own

_PROGRAM = """
import sys, os, signal, resource
sys.path.insert(0, {here!r})
import scan_forms
from bounce_tui.scan import convey
if __name__ == "__main__":
    for batch in convey({paths!r}, scan_forms.{form}, workers={workers}):
        print(batch.output.decode(), flush=True)
"""


def _start(form, paths, workers=2, **options):
    program = _PROGRAM.format(here=HERE, form=form, paths=[str(path) for path in paths], workers=workers)
    return subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _workers_of(process) -> list[int]:
    pids = set()
    for line in process.stdout:
        if line.strip():
            pids.add(int(line))
        if len(pids) == 3:
            break
    return [pid for pid in pids if pid != process.pid]


def _end(pids) -> None:
    deadline = time.monotonic() + 60
    while any(map(_is_alive, pids)):
        assert time.monotonic() < deadline, "a worker outlived its parent"
        time.sleep(0.02)


@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_no_worker_outlives_a_parent_that_is_ended(mail, way):
    process = _start("once", [mail])
    workers = _workers_of(process)
    assert len(workers) == 2
    assert all(map(_is_alive, workers))
    process.send_signal(way)
    _, noise = process.communicate(timeout=60)
    _end(workers)
    assert noise.count("Traceback") <= (way == signal.SIGINT)


def test_ctrl_c_reaches_the_parent_alone(mail):
    # As a terminal does it: to the whole process group.
    process = _start("once", [mail], process_group=0)
    workers = _workers_of(process)
    os.killpg(process.pid, signal.SIGINT)
    _, noise = process.communicate(timeout=60)
    _end(workers)
    assert noise.strip().endswith("KeyboardInterrupt")
    assert noise.count("Traceback") == 1


def test_nothing_is_imported_from_the_folder_of_the_mail(mail, tmp_path):
    for name in ("bounce_tui", "msgspec", "threading", "signal", "scan_forms"):
        (tmp_path / f"{name}.py").write_text("import os\nos.write(2, b'foreign code ran')\nos._exit(3)\n")
    program = _PROGRAM.format(here=HERE, form="names", paths=[str(mail)], workers=2)
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(".eml") == 300


def test_a_hundred_megabytes_are_read_within_one_gibibyte_a_process(tmp_path):
    part = b"Content-Type: multipart/report; boundary=b\n\n--b\n\nHello\n--b\nContent-Type: image/png\n\n"
    (tmp_path / "large.eml").write_bytes(b"Subject: x\n" + part + b"QUJD" * (25 << 18) + b"\n--b--\n")
    (tmp_path / "larger.eml").write_bytes(b"Subject: x\n\n" + b"word " * (20 << 20))
    box = LINE + _bounce(1) + b"text\n" * 1000 + b"\n"
    (tmp_path / "box").write_bytes(box * 1500)
    program = _PROGRAM.format(here=HERE, form="names", paths=[str(tmp_path)], workers=2)
    limit = 1 << 30
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))\n" + program,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.split()) == 2 * 1502
    for path in tmp_path.iterdir():
        path.unlink()


def test_memory_does_not_grow_with_the_mailbox(tmp_path):
    head = b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n550 5.1.1 user unknown\n"
    attachment = b"--b\nContent-Type: image/png\n\n" + b"QUJDREVGR0hJSktMTU5PUFFS\n" * 3000 + b"--b--\n\n"
    with (tmp_path / "box").open("wb") as box:
        for _ in range(2000):
            box.write(LINE + head + attachment)
    assert (tmp_path / "box").stat().st_size > 140 << 20
    program = _PROGRAM.format(here=HERE, form="peak", paths=[str(tmp_path)], workers=2)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True
    )
    (tmp_path / "box").unlink()
    peaks = [int(peak) for peak in done.stdout.split()]
    assert len(peaks) > 100
    assert max(peaks) < 80 * 1024


def test_it_runs_in_a_thread_and_may_be_taken_over_by_another(mail):
    # The app loads in a thread; whoever started the workers may be gone when they still work.
    batches = convey(_copies(mail, 2), scan_forms.names, workers=2)
    found = []
    for step in (lambda: found.extend([next(batches), next(batches)]), lambda: found.extend(batches)):
        thread = threading.Thread(target=step)
        thread.start()
        thread.join(60)
        assert not thread.is_alive()
    assert sum(batch.messages for batch in found) == 1800
    assert worker_processes() == []
