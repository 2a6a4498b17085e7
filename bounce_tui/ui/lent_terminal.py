"""The terminal while another program has it: given away, and taken back whatever became of the program."""

import asyncio
import contextlib
import os
import signal
import sys
import termios
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App

from bounce_tui.reporting.error_line import PROGRAM
from bounce_tui.reporting.visible import visible
from bounce_tui.ui.driver.terminal_driver import TerminalDriver
from bounce_tui.ui.textual_inside import driver_of

_LEAVING = (signal.SIGTERM, signal.SIGHUP)
_GRACE_S = 1.0
"""What a program gets to end by itself when we are told to leave."""

_LINE = 4096
# Modes that a program may leave on when it is killed: mouse, bracketed paste, application keys, no wrap,
# colours, hidden cursor; and the alternate screen.
_TIDY = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1l\x1b>\x1b[?7h\x1b[0m\x1b[?25h"
_FROM_ALTERNATE_SCREEN = "\x1b[?1049l\r\n"


class CannotLendError(Exception):
    """The app does not run on a terminal that it could give away."""


class LentTerminal:
    """Runs programs on the terminal, one after the other."""

    def __init__(self, keyboard: int, screen: int) -> None:
        self._keyboard = keyboard
        self._screen = screen
        self._attributes = _attributes(screen)
        self._told = asyncio.Event()
        self.told_to_leave: int | None = None
        """The signal that ended it all."""

    async def run(self, words: Sequence[str], stdin: bytes | None = None) -> int:
        """Run the program `words`, with `stdin` or the keyboard as its input; its exit status, 128 + signal
        where it was killed, 126 or 127 where it could not be started.

        It may end without reading `stdin`.  The terminal is then as it was before.
        """
        try:
            process = await asyncio.create_subprocess_exec(
                *words,
                stdin=self._keyboard if stdin is None else asyncio.subprocess.PIPE,
                stdout=self._screen,
                stderr=self._screen,
            )
        except OSError as error:
            self.say(f"{words[0]}: {error.strerror}")
            return 127
        talk = asyncio.create_task(process.communicate(stdin))
        told = asyncio.create_task(self._told.wait())
        try:
            await asyncio.wait((talk, told), return_when=asyncio.FIRST_COMPLETED)
            if not talk.done():
                process.terminate()
                await asyncio.wait((talk,), timeout=_GRACE_S)
        finally:
            told.cancel()
            if process.returncode is None:
                process.kill()
            await talk
        status = process.returncode or 0
        self.tidy(after_a_kill=status < 0 or status > 128)
        return status if status >= 0 else 128 - status

    def say(self, words: str) -> None:
        """One line to the terminal, among those of other programs."""
        self._write(f"{PROGRAM}{visible(words)}\n")

    async def wait_for_enter(self) -> None:
        """Let the person read what stands there."""
        if self.told_to_leave is not None:
            return
        loop = asyncio.get_running_loop()
        pressed = asyncio.Event()
        self._write("press enter to go back ")
        with contextlib.suppress(termios.error):
            termios.tcflush(self._keyboard, termios.TCIFLUSH)

        def read() -> None:
            # The line is taken: left where it is, it would be a key for the app.
            with contextlib.suppress(OSError):
                os.read(self._keyboard, _LINE)
            pressed.set()

        loop.add_reader(self._keyboard, read)
        tasks = [asyncio.create_task(event.wait()) for event in (pressed, self._told)]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            loop.remove_reader(self._keyboard)
            for task in tasks:
                task.cancel()

    def leave(self, number: int) -> None:
        """We are told to end: so must the program."""
        self.told_to_leave = number
        self._told.set()

    def tidy(self, *, after_a_kill: bool) -> None:
        """Have the terminal to ourselves again, as it was."""
        # In the background these calls would stop us.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        try:
            with contextlib.suppress(OSError):
                os.tcsetpgrp(self._screen, os.getpgrp())
            if self._attributes is not None:
                with contextlib.suppress(termios.error):
                    termios.tcsetattr(self._screen, termios.TCSADRAIN, self._attributes)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTTOU})
        self._write((_FROM_ALTERNATE_SCREEN if after_a_kill else "") + _TIDY)

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            data = text.encode("utf-8", "replace")
            while data:
                data = data[os.write(self._screen, data) :]


@asynccontextmanager
async def lent_terminal(app: App[Any]) -> AsyncIterator[LentTerminal]:
    """Give the terminal away while the block runs; then the app has it again, with its whole screen.

    The app goes on meanwhile: what loads and what is checked does not wait.  Told to leave (SIGTERM,
    SIGHUP), it ends the program first.  Raises CannotLendError.
    """
    driver = driver_of(app)
    if not isinstance(driver, TerminalDriver) or sys.__stderr__ is None:
        raise CannotLendError("this screen cannot be given to another program")
    loop = asyncio.get_running_loop()
    driver.suspend_application_mode()
    lent = LentTerminal(driver.fileno, sys.__stderr__.fileno())
    # Under nohup nothing is heard; ctrl+\ is meant for the program.
    heard = [number for number in _LEAVING if signal.getsignal(number) is not signal.SIG_IGN]
    for number in heard:
        loop.add_signal_handler(number, lent.leave, number)
    loop.add_signal_handler(signal.SIGQUIT, lambda: None)
    try:
        with driver.no_automatic_restart(), app.batch_update():
            yield lent
    finally:
        for number in (*heard, signal.SIGQUIT):
            loop.remove_signal_handler(number)
        if lent.told_to_leave is not None:
            app.exit(return_code=128 + lent.told_to_leave)
        else:
            driver.resume_application_mode()
            app.refresh(layout=True)


def _attributes(screen: int) -> list[Any] | None:
    try:
        return termios.tcgetattr(screen)
    except termios.error:
        return None
