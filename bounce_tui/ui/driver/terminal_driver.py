"""The driver: takes the terminal for the app, and gives it back as it was, whatever happens."""

import codecs
import contextlib
import contextvars
import errno
import os
import select
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable
from typing import Any

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from bounce_tui.ui.driver.changes import Changes, Everything, Outgoing
from bounce_tui.ui.driver.line import Line, last_word
from bounce_tui.ui.driver.signals import LEAVING, NotedSignals
from bounce_tui.ui.terminal import abilities

# Of all that Textual asks a terminal for, what this app needs: every mode taken is one to give
# back.  Kitty's keyboard, focus reports and in-band resize are not asked for.  The screen is
# cleared because the Linux console and the VT100 have no alternate one.
_TAKE = "\x1b[?1049h\x1b[0m\x1b[H\x1b[2J\x1b[?25l\x1b[?2004h\x1b[?7l"
# The first ST ends a string that a cut write may have left open; CSI ?2026l shows what is held back.
_GIVE_BACK = "\x1b\\\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[0m\x1b[H\x1b[2J\x1b[?1049l\x1b[?25h"
_MOUSE_OFF = "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"

# Consoles that print a query they do not know; Apple's Terminal does, too, and names itself elsewhere.
_UNASKABLE = ("linux", "vt", "ansi", "cygwin", "eterm")

_GRACE = 3.0  # seconds between being told to leave and leaving without the app's consent
REPLY_S = 1.0  # seconds after our query in which its answer may come; a terminal that knows it not is silent
_AFTER_ESCAPE = constants.ESCAPE_DELAY + 0.005
_SLOW_REPLY_S = 2.5  # the same of one that has answered before and is behind; less than the grace
_QUERY, _END_OF_REPLY = "\x1b[?2026$p", b"$y"  # DECRQM, and how DECRPM, the answer, ends
_READ = 65536
_BACKLOG = 1 << 20  # characters
_IFLAG, _OFLAG, _LFLAG, _CC = 0, 1, 3, 6  # where termios.tcgetattr has them


class TerminalDriver(LinuxDriver):
    """Textual's driver for POSIX terminals.  It leaves the terminal as it was, however the app ends or
    pauses, and takes keys from it when the mail came from standard input.

    Signals are only noted where they strike and acted upon in the app's loop, so that nothing is
    interrupted half done.  SIGTERM, SIGHUP, SIGINT, SIGQUIT and a lost line end the app with the
    return code 128 + signal; an app that does not end within three seconds is ended.

    Only the cells that change are sent, unless the environment has BOUNCE_TUI_NO_DIFF.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        before = {number: signal.getsignal(number) for number in (signal.SIGTSTP, signal.SIGCONT)}
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        for number, handler in before.items():
            signal.signal(number, handler)
        assert sys.__stderr__ is not None, "terminal.require_screen was not asked"
        self._screen = sys.__stderr__.fileno()
        self._size = size or self._get_terminal_size()
        self._encoding = sys.__stderr__.encoding
        self._sent_size: Size | None = None
        self._line: Line | None = None
        self._lock = threading.Lock()
        self._room = threading.Condition(self._lock)
        self._only_changes = not os.environ.get("BOUNCE_TUI_NO_DIFF")
        self._outgoing = self._new_outgoing(*self._size)
        self._signals = NotedSignals()
        self._context = contextvars.copy_context()
        self._leaving = False
        self._due: float | None = None
        """Until when an answer to our query may come (time.monotonic)."""

    # Output

    def _new_outgoing(self, width: int, height: int) -> Outgoing:
        if not self._only_changes:
            return Everything()
        return Changes(width, height, abilities())

    def write(self, data: str) -> None:
        """Send `data` to the terminal, in order, soon."""
        with self._lock:
            while self._outgoing.backlog > _BACKLOG and not self._leaving:
                self._room.wait()
            self._outgoing.write(data)
        if self._line is not None:
            self._line.wake()

    def _fetch(self) -> bytes:
        with self._lock:
            text = self._outgoing.take()
            self._room.notify_all()
        return text.encode(self._encoding, "replace")

    def redraw(self) -> None:
        """Paint the whole screen again, over whatever another program left there."""
        self._take_terminal(_TAKE.removeprefix("\x1b[?1049h"))
        self._app.refresh()

    def _get_terminal_size(self) -> tuple[int, int]:
        # The terminal itself is asked: COLUMNS and LINES in the environment do not follow a resize,
        # and standard output may be a file.
        try:
            width, height = os.get_terminal_size(self._screen)
        except OSError:
            width = height = 0
        return (width, height) if width and height else super()._get_terminal_size()

    # Taking the terminal and giving it back

    def start_application_mode(self) -> None:
        """Take the terminal; from the background, stop first until the shell brings us forward."""
        self.attrs_before = self._attributes()
        # What is not compared with the screen cannot be left out, so holding it back gains nothing.
        question = _QUERY.encode() if self._only_changes else b""
        self._line = Line(self._screen, self._fetch, self._lost, question)
        self._signals.hear()
        self._take_terminal(_TAKE)
        self._send_size()
        thread = threading.Thread(target=self._run_input_thread, name="terminal-input", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            # The system gives no more threads, and Textual does not stop a driver that did not start.
            self.stop_application_mode()
            raise
        self._key_thread = thread
        # Not before there is somebody to take the answer.
        self._ask_for_synchronised_output()
        if self._must_signal_resume:
            self._must_signal_resume = False
            self.send_message(self.SignalResume())

    def stop_application_mode(self) -> None:
        """Give the terminal back; harmless when that was done."""
        line, self._line = self._line, None
        if line is None:
            return
        self.disable_input()
        # An answer that comes after we left would be typed into the shell; on a slow line the query may
        # not even be out yet.
        line.drain()
        if line.awaits_answer:
            self._due = time.monotonic() + _SLOW_REPLY_S
        self._await_reply()
        self._drop_typed()
        line.close(self._give_back())
        if self.attrs_before is not None:
            self._set_attributes(self.attrs_before)
        if self._leaving:
            self._signals.take()
        self._signals.let_go()

    def disable_input(self) -> None:
        """Stop listening to the keyboard."""
        thread, self._key_thread = self._key_thread, None
        if thread is None:
            return
        self.exit_event.set()
        self._signals.nudge()
        thread.join()
        self.exit_event.clear()

    def _await_reply(self) -> None:
        """Take what is typed until the answer to our query is among it, or no longer to be expected."""
        tail = b""
        while self._due is not None:
            left = self._due - time.monotonic()
            if left <= 0 or not select.select([self.fileno], [], [], left)[0]:
                break
            if not (typed := self._typed()):
                break
            self._note_reply(tail + typed)
            tail = typed[-1:]
        self._due = None

    def _note_reply(self, typed: bytes) -> None:
        if _END_OF_REPLY in typed:
            self._due = None
            if self._line is not None:
                self._line.answered()

    def _drop_typed(self) -> None:
        try:
            termios.tcflush(self.fileno, termios.TCIFLUSH)
        except termios.error:
            self._lost()

    def close(self) -> None:
        """Nothing is left to do once the terminal was given back."""

    def resume_application_mode(self) -> None:
        """Take the terminal again and paint all of it: tmux and others come back blank."""
        self.start_application_mode()
        self._app.refresh()

    def suspend_application_mode(self) -> None:
        """Give the terminal to a program that the app starts (an editor, a pager)."""
        super().suspend_application_mode()
        # Ctrl+C reaches the whole foreground group; it is meant for that program.  A function, not
        # SIG_IGN, which the program would inherit.
        signal.signal(signal.SIGINT, lambda *_: None)

    def _take_terminal(self, sequence: str) -> None:
        if self.attrs_before is not None:
            raw = list(self.attrs_before)
            raw[_IFLAG] = self._patch_iflag(raw[_IFLAG])
            raw[_LFLAG] = self._patch_lflag(raw[_LFLAG])
            if self._only_changes:
                # The saving moves down by a bare line feed; what Textual writes wants a return with it.
                raw[_OFLAG] &= ~termios.ONLCR
            raw[_CC] = [*raw[_CC]]
            raw[_CC][termios.VMIN], raw[_CC][termios.VTIME] = 1, 0
            self._set_attributes(raw)
        self.write(sequence)
        self._enable_mouse_support()

    def _give_back(self) -> bytes:
        return ((_MOUSE_OFF if self._mouse else "") + _GIVE_BACK).encode("ascii")

    def _attributes(self) -> list[Any] | None:
        try:
            return termios.tcgetattr(self.fileno)
        except termios.error:
            self._lost()
            return None

    def _set_attributes(self, attributes: list[Any]) -> None:
        while True:
            try:
                # In the background this line stops the process (SIGTTOU) until it may go on.
                termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)
            except termios.error as error:
                if error.args[0] == errno.EINTR:
                    continue
                self._lost()
            return

    def _ask_for_synchronised_output(self) -> None:
        environ = os.environ
        if environ.get("TERM", "").startswith(_UNASKABLE) or environ.get("TERM_PROGRAM") == "Apple_Terminal":
            return
        self._due = time.monotonic() + REPLY_S
        self.write(_QUERY)

    # Signals

    def _act_on(self, number: int) -> None:
        if number in LEAVING:
            self._leave(number)
        elif number == signal.SIGWINCH:
            if not self._send_size():
                # There and back before we looked: the app sees no resize, but the screen went through two.
                self._in_loop(self._app.refresh)
        elif number == signal.SIGTSTP:
            self._in_loop(self._suspend)
        elif number == signal.SIGCONT:
            self._in_loop(self._come_back)

    def _in_loop(self, action: Callable[[], object]) -> None:
        # The loop is closed when the app is past the point where anything matters.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(action, context=self._context)

    def _suspend(self) -> None:
        if self._line is None or self._leaving:
            return
        self._must_signal_resume = True
        self.suspend_application_mode()
        # The whole job stops, with its workers, as if the terminal had sent it.  SIGTSTP, unlike
        # SIGSTOP, does nothing where no shell could ever wake us (a tmux window of our own).
        os.kill(0, signal.SIGTSTP)
        self.resume_application_mode()

    def _come_back(self) -> None:
        """After a SIGSTOP that we could not see coming: the shell has used the terminal since."""
        if self._line is not None:
            if self._line.awaits_answer:
                # The shell has had it.
                self._line.answered()
            self._take_terminal(f"\x1b[?1049l{_TAKE}")
            self._send_size()
            self._app.refresh()

    def _send_size(self) -> bool:
        """Tell the app the terminal's size, and whether that changed."""
        before, self._sent_size = self._sent_size, Size(*self._get_terminal_size())
        with self._lock:
            self._outgoing.resize(*self._sent_size)
        self.send_message(events.Resize(self._sent_size, self._sent_size))
        return before != self._sent_size

    # Leaving

    def _lost(self) -> None:
        self._leave(signal.SIGHUP)

    def _leave(self, number: int) -> None:
        with self._lock:
            if self._leaving:
                return
            self._leaving = True
            self._room.notify_all()
        guard = threading.Timer(_GRACE, self._abandon, (128 + number,))
        guard.daemon = True
        guard.start()
        self._in_loop(lambda: self._app.exit(return_code=128 + number))

    def _abandon(self, status: int) -> None:
        """End the process now: give the terminal back.  Workers end with their parent (scan/worker.py)."""
        with contextlib.suppress(termios.error):
            if self.attrs_before is not None:
                termios.tcflush(self.fileno, termios.TCIFLUSH)
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        last_word(self._screen, self._give_back())
        os._exit(status)

    # Input

    def run_input_thread(self) -> None:
        """Hand on what is typed, and act on noted signals, until told to stop or the line is lost."""
        parser = XTermParser(self._debug)
        decode = codecs.getincrementaldecoder(self._encoding)("replace").decode
        unfinished: float | None = None
        tail = b""
        while not self.exit_event.is_set():
            ready = select.select([self.fileno, self._signals.fileno], [], [], unfinished)[0]
            if self._signals.fileno in ready:
                for number in self._signals.take():
                    self._act_on(number)
            if self.fileno in ready:
                typed = self._typed()
                if not typed:
                    self._lost()
                    return
                self._note_reply(tail + typed)
                tail = typed[-1:]
                if text := decode(typed):
                    for event in parser.feed(text):
                        self.process_message(event)
            for event in parser.tick():
                self.process_message(event)
            # Only the beginning of a sequence, or an escape key, needs the clock: no idle wake-ups.
            unfinished = _AFTER_ESCAPE if ready else None

    def _typed(self) -> bytes:
        try:
            return os.read(self.fileno, _READ)
        except OSError:
            return b""
