"""The line to the terminal: in order, never in the app's way, and it tells when it is lost."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator

import pytest

from bounce_tui.ui.driver import line as line_module
from bounce_tui.ui.driver.line import Line, last_word

PATIENCE = 10.0


def ignore() -> None:
    """For a line that is not lost."""


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    yield reader, writer
    for end in (reader, writer):
        with contextlib.suppress(OSError):
            os.close(end)


def test_all_that_is_fetched_arrives_and_the_last_word_comes_last(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    waiting: list[bytes] = []
    line = Line(writer, lambda: waiting.pop(0) if waiting else b"", ignore)
    received = b""
    for word in (b"one ", b"two ", b"three "):
        waiting.append(word)
        line.wake()
        received += os.read(reader, 100)
    waiting.append(b"rest ")
    line.close(b"last")
    assert received + os.read(reader, 100) == b"one two three rest last"


def test_on_a_slow_line_one_fetch_covers_all_that_changed_meanwhile(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    drawn = [0]
    fetched: list[int] = []
    stuck = threading.Event()

    def fetch() -> bytes:
        fetched.append(drawn[-1])
        stuck.set()
        return b"x" * 200_000 if len(fetched) == 1 else b""

    line = Line(writer, fetch, ignore)
    line.wake()
    assert stuck.wait(PATIENCE)
    for number in range(1, 1000):
        drawn.append(number)
        line.wake()
    assert len(fetched) == 1
    left = 200_000
    while left:
        left -= len(os.read(reader, left))
    line.close(b"")
    assert fetched[-1] == 999
    assert len(fetched) <= 3


def counted_line(writer: int) -> tuple[Line, list[int]]:
    """A line that asks, and how often it has fetched; each time half of what may be ahead."""
    fetched: list[int] = []

    def fetch() -> bytes:
        fetched.append(1)
        return b"x" * (line_module._AHEAD // 2)

    return Line(writer, fetch, ignore, b"?"), fetched


def woken(line: Line, fetched: list[int], most: int = 20) -> int:
    """How often `line` fetches when it is woken again and again, until it waits."""
    before = len(fetched)
    for _ in range(most):
        seen = len(fetched)
        line.wake()
        end = time.monotonic() + 1.0
        while len(fetched) == seen:
            if time.monotonic() > end:
                return len(fetched) - before
            time.sleep(0.001)
    return len(fetched) - before


def test_a_terminal_that_answers_is_never_far_behind(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    line, fetched = counted_line(writer)
    assert woken(line, fetched) == 20, "who never answered is not waited for"
    line.answered()
    assert woken(line, fetched) == 3, "the question goes out behind the first, and two more may follow"
    line.answered()
    woken(line, fetched)
    assert len(fetched) == 20 + 3 + 3
    assert line.awaits_answer
    line.close(b"")
    assert os.read(reader, 100_000).count(b"?") == 2


def test_a_terminal_that_answers_no_more_is_waited_for_no_more(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_module, "_SILENCE", 0.05)
    line, fetched = counted_line(pipe[1])
    line.answered()
    assert woken(line, fetched) == 20
    assert not line.awaits_answer
    line.close(b"")


@pytest.mark.parametrize("fault", ["gone", "broken"])
def test_a_line_that_is_gone_or_cannot_be_fed_is_told_once(
    pipe: tuple[int, int], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = pipe
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    if fault == "gone":
        os.close(reader)
    lost = threading.Event()
    line = Line(writer, lambda: b"text" if fault == "gone" else 1 // 0, lost.set)
    line.wake()
    assert lost.wait(PATIENCE)
    line.close(b"last")


def test_a_terminal_left_non_blocking_gets_everything(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    os.set_blocking(writer, False)
    text = bytes(range(256)) * 1000
    waiting = [text]
    line = Line(writer, lambda: waiting.pop() if waiting else b"", ignore)
    line.wake()
    received = b""
    while len(received) < len(text):
        received += os.read(reader, 65536)
    line.close(b"")
    assert received == text


def test_the_last_word_does_not_wait_for_a_terminal_that_takes_nothing(pipe: tuple[int, int]) -> None:
    _, writer = pipe
    os.set_blocking(writer, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(writer, b"x" * 4096)
    os.set_blocking(writer, True)
    last_word(writer, b"bye")
    assert os.get_blocking(writer)
