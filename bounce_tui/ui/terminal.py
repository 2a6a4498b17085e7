"""The terminal that the app asks for: whether there is one, and whose keyboard it is."""

import curses
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

_KEYBOARD = 0
_SCREEN = 2
_CONTROLLING_TERMINAL = "/dev/tty"
# Names that promise nothing, known here because a small system may not describe them.
_UNABLE = ("dumb", "unknown")
# Every terminal that Textual can draw on moves its cursor as ECMA-48 says (CSI row ; column H).
_MOVES_BY_ECMA_48 = (b"\x1b[%i%p1%d;%p2%dH", b"\x1b[%i%p1%02d;%p2%02dH")


class NoTerminal(Exception):  # noqa: N818 - it is an answer, not a fault
    """There is no terminal that the app can use; `reason` says why, in words for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def require_screen(environ: Mapping[str, str] = os.environ) -> None:
    """Make sure that the app can draw: on standard error, where Textual draws.

    Raises NoTerminal when standard error is no terminal, or when TERM names one that cannot show
    the app.  A TERM that this machine has no description of passes: over SSH that is nearly always
    a newer emulator, which does all that is needed.
    """
    if not os.isatty(_SCREEN):
        raise NoTerminal("standard error, where the app draws, is not a terminal")
    term = environ.get("TERM", "")
    if not term:
        raise NoTerminal("TERM is not set; name your terminal, for example TERM=xterm")
    if not _moves_its_cursor(term):
        raise NoTerminal(f"TERM={ascii(term)[1:-1]} cannot move its cursor as the app needs; try TERM=xterm")


@contextmanager
def borrowed_keyboard() -> Iterator[BinaryIO | None]:
    """Let file descriptor 0 be the keyboard while the block runs.

    Where standard input is the terminal, nothing is done and None is given.  Where something was
    piped in, it is given as a binary file on another descriptor, and descriptor 0 is the terminal
    that controls this session; afterwards all is as before and the file given is closed.  Raises
    NoTerminal when no terminal can be asked (cron, a service, `setsid`).
    """
    if sys.__stdin__ is None:
        raise NoTerminal("standard input is closed, so no keys can be read")
    if os.isatty(_KEYBOARD):
        yield None
        return
    try:
        keyboard = os.open(_CONTROLLING_TERMINAL, os.O_RDWR)
    except OSError as error:
        raise NoTerminal(f"no terminal to take keys from: {error.strerror}") from error
    piped = os.dup(_KEYBOARD)
    os.dup2(keyboard, _KEYBOARD)
    os.close(keyboard)
    # closefd=False: a reader may close its file early, and the descriptor must live to be put back.
    try:
        with open(piped, "rb", closefd=False) as file:
            yield file
    finally:
        os.dup2(piped, _KEYBOARD)
        os.close(piped)


class Abilities(NamedTuple):
    """The sequences that a terminal knows beyond those of a VT100 (ECMA-48, 8.3.41, .38, .9 and .158)."""

    erases: bool = False
    """EL and ECH.  Those that know EL alone (screen, tmux) tell cells that were cleared from blanks."""
    colours_erased: bool = False
    """What it erases takes the background colour."""
    cha: bool = False
    vpa: bool = False


VT100 = Abilities()


def abilities(environ: Mapping[str, str] = os.environ) -> Abilities:
    """What TERM's description promises; nothing, where there is no description."""
    try:
        curses.setupterm(environ.get("TERM", ""), _SCREEN)
    except curses.error:
        return VT100
    return Abilities(
        erases=curses.tigetstr("el") == b"\x1b[K" and curses.tigetstr("ech") == b"\x1b[%p1%dX",
        colours_erased=curses.tigetflag("bce") == 1,
        cha=curses.tigetstr("hpa") == b"\x1b[%i%p1%dG",
        vpa=curses.tigetstr("vpa") == b"\x1b[%i%p1%dd",
    )


def _moves_its_cursor(term: str) -> bool:
    if term in _UNABLE:
        return False
    try:
        curses.setupterm(term, _SCREEN)
    except curses.error:
        return True
    motion = curses.tigetstr("cup")
    return motion is not None and motion.startswith(_MOVES_BY_ECMA_48)
