"""A program on a pseudo-terminal: what it draws, which modes it leaves on, how it ends."""

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyte
from wcwidth import wcwidth

HERE = Path(__file__).parent
PATIENCE = 100.0  # seconds until a test gives up; nothing is asserted about time
QUIET = 0.06  # seconds: longer than a frame takes
IDLE = 0.03  # of that time, what looking out for keys may take of a processor

_PRIVATE_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_KITTY = re.compile(rb"\x1b\[([<>])[0-9;]*u")
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p")
_UNFINISHED = re.compile(rb"(?:\x1b(?:\[[0-?]*[ -/]*)?)?\Z")

QUERY, ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""DECRQM for synchronised output, and DECRPM: known, and off."""
_ECHOED = ANSWER.replace(b"\x1b", b"^[")

AT_FIRST = {7: True, 25: True}  # line wrap, visible cursor; every other private mode is off


class PtySession:
    """Runs `command` under job_shell.py on a pseudo-terminal of its own."""

    def __init__(
        self, *command: str, size: tuple[int, int] = (80, 24), answers: bool = True, **environ: str
    ) -> None:
        self.size = size
        self.answers = answers
        self.output = bytearray()
        self._emulator, self._emulated = Emulator(*size), 0
        self._feed = pyte.ByteStream(self._emulator).feed
        self.reading = threading.Event()
        self.reading.set()
        self._taking = threading.Lock()
        self.master, self.slave = os.openpty()
        self._set_size()
        self.attributes = termios.tcgetattr(self.slave)
        report_r, report_w = os.pipe()
        order_r, self._orders = os.pipe()
        self._reports = os.fdopen(report_r, "r")
        self.shell = subprocess.Popen(
            [sys.executable, str(HERE / "job_shell.py"), str(report_w), str(order_r), *command],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            start_new_session=True,
            pass_fds=(report_w, order_r),
            env=os.environ | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"} | environ,
        )
        os.close(report_w)
        os.close(order_r)
        self._pump = threading.Thread(target=self._read, daemon=True)
        self._pump.start()
        self.pid = int(self.report().removeprefix("started "))

    def __enter__(self) -> "PtySession":
        return self

    def __exit__(self, *_: object) -> None:
        for end in (lambda: os.killpg(self.pid, signal.SIGKILL), self.shell.kill):
            with contextlib.suppress(ProcessLookupError):
                end()
        self.shell.wait()
        self.hang_up()
        os.close(self.slave)
        os.close(self._orders)
        self._reports.close()

    # The keyboard and the window

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def foreground(self) -> None:
        os.write(self._orders, b"f")

    def resize(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._set_size()

    def hang_up(self) -> None:
        """The line is lost: the terminal's other end goes away."""
        if self.master >= 0:
            self.reading.set()
            master, self.master = self.master, -1
            self._pump.join(PATIENCE)
            os.close(master)

    def _set_size(self) -> None:
        width, height = self.size
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    # What comes back

    def report(self) -> str:
        """The shell's next word about its job."""
        assert select.select([self._reports], [], [], PATIENCE)[0], f"no report; screen:\n{self.text()}"
        word = self._reports.readline().strip()
        if self.reading.is_set():
            self.wait(lambda: not self._is_behind(), "all that was written before")
        return word

    def wait(self, is_so: Callable[[], Any], what: str = "") -> None:
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, f"never came: {what or is_so}; screen:\n{self.text()}"
            time.sleep(0.02)

    def wait_for(self, text: str) -> None:
        self.wait(lambda: text in self.text(), text)

    def settle(self, quiet: float = QUIET) -> bytes:
        """Wait until for `quiet` seconds nothing came and no process on the terminal computed or would
        have, had the machine let it; all that came so far."""
        before: tuple[int, float] | None = None
        end = time.monotonic() + PATIENCE
        while True:
            assert time.monotonic() < end, f"it never came to rest; screen:\n{self.text()}"
            time.sleep(quiet)
            behind, length = self._is_behind(), len(self.output)
            computed, busy = work_of(self.shell.pid)
            same = before is not None and length == before[0] and abs(computed - before[1]) < IDLE * quiet
            if same and not (behind or busy):
                return bytes(self.output)
            before = length, computed

    def screen(self, start: int = 0) -> pyte.Screen:
        """What an emulator shows that has seen the output from byte `start` on."""
        if start:
            return emulate(bytes(self.output[start:]), self.size)
        if (self._emulator.columns, self._emulator.lines) != self.size:
            self._emulator, self._emulated = Emulator(*self.size), 0
            self._feed = pyte.ByteStream(self._emulator).feed
        new = bytes(self.output[self._emulated :])
        whole = len(new) - len(_UNFINISHED.search(new)[0])
        self._emulated += whole
        self._feed(_UNKNOWN_TO_PYTE.sub(b"", new[:whole]))
        return self._emulator

    def text(self, start: int = 0) -> str:
        return "\n".join(self.screen(start).display)

    def modes_on(self) -> dict[int, bool]:
        """The private modes that stand otherwise than they stood at first."""
        modes: dict[int, bool] = {}
        for numbers, way in _PRIVATE_MODE.findall(bytes(self.output)):
            modes |= {int(number): way == b"h" for number in numbers.split(b";")}
        return {number: on for number, on in modes.items() if on != AT_FIRST.get(number, False)}

    def kitty_depth(self) -> int:
        return sum(1 if way == b">" else -1 for way in _KITTY.findall(bytes(self.output)))

    def assert_as_it_was(self) -> None:
        """The terminal's modes and attributes are those from before the program (hostile.md, rule 9), and
        no answer to the program was left to the next one."""
        self.settle()
        assert self.modes_on() == {}
        assert _ECHOED not in self.output
        assert self.kitty_depth() == 0
        assert termios.tcgetattr(self.slave) == self.attributes

    def _is_behind(self) -> bool:
        """Whether something was written that `output` does not have yet."""
        with self._taking:
            return self.master >= 0 and bool(select.select([self.master], [], [], 0)[0])

    def _read(self) -> None:
        answered = 0
        while self.master >= 0:
            self.reading.wait()
            master = self.master
            if master < 0 or not select.select([master], [], [], 0.05)[0]:
                continue
            with self._taking:
                try:
                    data = os.read(master, 65536)
                except OSError:
                    return
                self.output += data
            if self.answers and (due := self.output.count(QUERY) - answered):
                answered += due
                os.write(master, ANSWER * due)


class Emulator(pyte.Screen):
    """pyte, and as every terminal does: no half of a wide character stays when its other half goes,
    and a mark after a wide character belongs to all of it."""

    def draw(self, data: str) -> None:
        for character in data:
            width = wcwidth(character)
            if width > 0:
                line = self.buffer[self.cursor.y]
                start = min(self.cursor.x, self.columns - width)
                if start and line[start].data == "":
                    line[start - 1] = line[start - 1]._replace(data=" ")
                if start + width < self.columns and line[start + width].data == "":
                    line[start + width] = line[start + width]._replace(data=" ")
            elif (
                width == 0 and self.cursor.x > 1 and self.buffer[self.cursor.y][self.cursor.x - 1].data == ""
            ):
                self.cursor.x -= 1
                super().draw(character)
                self.cursor.x += 1
                continue
            super().draw(character)


def emulate(data: bytes, size: tuple[int, int]) -> pyte.Screen:
    screen = Emulator(*size)
    pyte.ByteStream(screen).feed(_UNKNOWN_TO_PYTE.sub(b"", data))
    return screen


def cells(screen: pyte.Screen) -> list[list[pyte.screens.Char]]:
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


def work_of(session: int) -> tuple[float, bool]:
    """How many seconds the processes of a session have computed, and whether one of their threads does now,
    or waits for a processor or a disk (Linux)."""
    computed, waits = 0, False
    # Twice: who hands work on while it is being looked at, to a thread that was, seems as idle as that one.
    for _ in range(2):
        computed = 0
        for thread in _threads_of(session):
            try:
                computed += int((thread / "schedstat").read_text().split()[0])
                waits |= (thread / "stat").read_text().rpartition(")")[2].split()[0] in "RD"
            except OSError:  # it has ended meanwhile
                continue
    return computed / 1e9, waits


def _threads_of(session: int) -> Iterator[Path]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[3]) == session:
                yield from (stat.parent / "task").iterdir()
        except OSError:
            continue


def alive_in_group(group: int) -> list[int]:
    """The processes of a process group, zombies aside (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, owner = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(owner) == group and state != "Z":
            found.append(int(stat.parent.name))
    return found
