"""Signals are noted wherever they strike."""

import os
import select
import signal
import threading
from collections.abc import Iterator

import pytest

from bounce_tui.ui.driver.signals import NotedSignals

PATIENCE = 10.0


@pytest.fixture
def noted() -> Iterator[NotedSignals]:
    noted = NotedSignals()
    noted.hear()
    yield noted
    noted.let_go()


def test_a_signal_that_the_kernel_hands_to_another_thread_wakes_whoever_waits(noted: NotedSignals) -> None:
    """As after SIGSTOP, when the main thread sleeps on: here it is made to take no SIGCONT at all."""
    started = threading.Event()

    def strike() -> None:
        started.wait(PATIENCE)
        os.kill(os.getpid(), signal.SIGCONT)

    other = threading.Thread(target=strike)
    other.start()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCONT})
    try:
        started.set()
        ready = select.select([noted.fileno], [], [], PATIENCE)[0]
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCONT})
        other.join()
    assert ready == [noted.fileno]
    assert noted.take() == bytes([signal.SIGCONT])


def test_a_nudge_wakes_and_tells_of_no_signal(noted: NotedSignals) -> None:
    noted.nudge()
    assert select.select([noted.fileno], [], [], PATIENCE)[0] == [noted.fileno]
    assert noted.take() == b""


def test_signals_have_their_handlers_back_once_nobody_listens() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGCONT, signal.SIGWINCH)]
    noted = NotedSignals()
    noted.hear()
    noted.let_go()
    assert [
        signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGCONT, signal.SIGWINCH)
    ] == before
    assert signal.set_wakeup_fd(-1) == -1
