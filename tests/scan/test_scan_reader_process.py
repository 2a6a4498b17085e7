"""Reading in a process of its own: the same results, and nothing that happens to it reaches the app."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import scan_forms
from worker_processes import worker_processes

from bounce_tui.mailbox import open_sources, read_span
from bounce_tui.model import Message
from bounce_tui.scan import convey
from bounce_tui.scan.examiner import LOCAL_EXAMINER
from bounce_tui.scan.reader_process import ReaderProcess
from bounce_tui.scan.unit import Unit, pack

SAMPLES = Path(__file__).parents[2] / "samples" / "mail"


def _mails() -> Iterator[tuple[Message, bytes]]:
    for span in open_sources([str(SAMPLES)]):
        for found in read_span(span):
            assert isinstance(found, tuple)
            yield found


def _unit(folder: Path, *names: str) -> Unit:
    for name in names:
        (folder / name).write_bytes(
            b"From: MAILER-DAEMON@mx.example.org\nSubject: Returned\n\n<b@example.net>: 550 no such box\n"
        )
    (unit,) = pack(open_sources([str(folder)]))
    return unit


class TellingBytes(bytes):
    """The bytes of a mail, which set `sent` once they are on their way to the process."""

    sent: threading.Event

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        self.sent.set()
        return bytes, (bytes(self),)


@pytest.fixture
def reader() -> Iterator[ReaderProcess]:
    with ReaderProcess() as examiner:
        yield examiner
    assert worker_processes() == []


def test_every_sample_reads_the_same_in_both_processes(reader: ReaderProcess) -> None:
    for message, raw in _mails():
        assert reader.examine(message, raw) == LOCAL_EXAMINER.examine(message, raw)
        assert reader.take_apart(raw) == LOCAL_EXAMINER.take_apart(raw)
    assert reader.rule_state() == LOCAL_EXAMINER.rule_state()


def test_a_conveyor_that_reads_apart_brings_the_same_and_reads_nothing_itself(reader: ReaderProcess) -> None:
    brought = [b"".join(one.output for one in convey([str(SAMPLES)], scan_forms.lines, examiner=who))
               for who in (reader, LOCAL_EXAMINER)]  # fmt: skip
    assert brought[0] == brought[1] != b""
    (pid,) = worker_processes()
    processes = convey([str(SAMPLES)], scan_forms.processes, examiner=reader)
    assert {*b"".join(one.output for one in processes).split()} == {b"%d" % pid}


def test_a_message_that_ends_the_process_is_named_and_the_rest_arrives(
    reader: ReaderProcess, tmp_path: Path
) -> None:
    unit = _unit(tmp_path, "0.eml", "1-deadly.eml", "2.eml")
    finished = reader.finish(unit, scan_forms.deadly, bool)
    assert finished.output == b"0.eml 0\n2.eml 0\n"
    assert [Path(one.file).name for one in finished.refusals] == ["1-deadly.eml"]
    assert finished.refusals[0].reason == "the process that read it ended (signal 9)"


def test_a_process_ended_from_outside_costs_nothing(reader: ReaderProcess) -> None:
    message, raw = next(_mails())
    reader.rule_state()
    for _ in range(2):
        (pid,) = worker_processes()
        os.kill(pid, signal.SIGKILL)
        assert reader.examine(message, raw) == LOCAL_EXAMINER.examine(message, raw)
        assert worker_processes() != [pid]


def test_what_nobody_waits_for_any_more_ends_soon(reader: ReaderProcess, tmp_path: Path) -> None:
    unit = _unit(tmp_path, "0.eml")
    asked = threading.Event()

    def stopped() -> bool:
        asked.set()
        return True

    finished = reader.finish(unit, scan_forms.endless, stopped)
    assert asked.is_set()
    assert (finished.output, finished.refusals) == (b"", ())
    assert reader.finish(unit, scan_forms.names, bool).output == b"0.eml 0\n"


def test_one_message_does_not_wait_for_a_unit_that_takes_long(reader: ReaderProcess, tmp_path: Path) -> None:
    unit, given_up = _unit(tmp_path, "0.eml"), threading.Event()
    long = threading.Thread(target=reader.finish, args=(unit, scan_forms.endless, given_up.is_set))
    long.start()
    try:
        message, raw = next(_mails())
        assert reader.examine(message, raw) == LOCAL_EXAMINER.examine(message, raw)
        assert long.is_alive()
    finally:
        given_up.set()
        long.join()


def test_giving_up_on_what_waits_behind_a_hung_message_frees_both(
    reader: ReaderProcess, tmp_path: Path
) -> None:
    unit, (message, raw) = _unit(tmp_path, "0.eml"), next(_mails())
    reader.rule_state()
    (pid,) = worker_processes()
    os.kill(pid, signal.SIGSTOP)
    telling = TellingBytes(raw)
    telling.sent = threading.Event()
    with ThreadPoolExecutor() as threads:
        hung = threads.submit(reader.examine, message, telling)
        assert telling.sent.wait(60)
        assert reader.finish(unit, scan_forms.names, lambda: True).output == b""
        assert hung.result(60) == LOCAL_EXAMINER.examine(message, raw)
    assert reader.finish(unit, scan_forms.names, bool).output == b"0.eml 0\n"


def test_a_message_opened_in_a_hung_process_is_read_by_another_one() -> None:
    message, raw = next(_mails())
    with ReaderProcess(longest=3) as examiner:
        examiner.rule_state()
        (pid,) = worker_processes()
        os.kill(pid, signal.SIGSTOP)
        assert examiner.examine(message, raw) == LOCAL_EXAMINER.examine(message, raw)
        assert worker_processes() != [pid]
    assert worker_processes() == []


def test_leaving_ends_the_process_in_the_middle_of_its_work(tmp_path: Path) -> None:
    unit = _unit(tmp_path, "0.eml")
    at_work = threading.Event()

    def stopped() -> bool:
        at_work.set()
        return False

    with ReaderProcess() as examiner:
        long = threading.Thread(target=examiner.finish, args=(unit, scan_forms.endless, stopped))
        long.start()
        assert at_work.wait(60)
    long.join(60)
    assert not long.is_alive()
    assert not examiner.rule_state().usable, "nothing is read any more"
    assert worker_processes() == []


@pytest.mark.parametrize("program", ["/no/such/python", "/bin/true"])
def test_where_no_process_is_to_be_had_this_one_reads(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", program)
    message, raw = next(_mails())
    with ReaderProcess() as examiner:
        assert examiner.rule_state() == LOCAL_EXAMINER.rule_state()
        assert examiner.examine(message, raw) == LOCAL_EXAMINER.examine(message, raw)
        assert examiner.take_apart(raw) == LOCAL_EXAMINER.take_apart(raw)
        assert worker_processes() == []
