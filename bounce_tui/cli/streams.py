"""Standard input, output and error of a command, any of which may be closed, full or gone."""

import os
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from bounce_tui.exit_status import DONE, SOME_INPUT_FAILED

if TYPE_CHECKING:
    from bounce_tui.mailbox import Refusal


def standard_input() -> BinaryIO | None:
    """Standard input as bytes, None when the process was started without one."""
    return sys.stdin.buffer if sys.stdin is not None else None


def has_piped_input() -> bool:
    """True when standard input is there and no person sits at it."""
    return sys.stdin is not None and not sys.stdin.isatty()


def has_screen() -> bool:
    """True when a person looks at what is drawn: Textual draws on standard error, and standard output
    may be on its way into a pipe."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr))


def terminal_width() -> int | None:
    """The columns of the terminal that standard output is, None where it is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def say(text: str, file: str | None = None) -> None:
    """One line on standard error, with the file it is about."""
    # A command with nothing to complain about starts the sooner without it.
    from bounce_tui.reporting.error_line import complain

    complain(text, file)


def refuse(refusals: "Iterable[Refusal]") -> None:
    """Name each input that could not be read, and why."""
    for refusal in refusals:
        say(refusal.reason, refusal.file)


def write(output: bytes | str) -> None:
    """Put `output` on standard output at once.

    Raises:
        SystemExit: Nobody reads it any more (status 0, in silence), or it cannot be written (status 1,
            with a line that says why).
    """
    if sys.stdout is None:
        say("there is no standard output to write to")
        raise SystemExit(SOME_INPUT_FAILED)
    data = output if isinstance(output, bytes) else output.encode("utf-8", "backslashreplace")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise SystemExit(end_output(error)) from None


def end_output(error: OSError) -> int:
    """Write no more to standard output, which took no more for this `error`: the exit status, and a line that
    says why unless somebody has just stopped reading."""
    # What is still buffered would fail again, noisily, when Python flushes at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return DONE
    say(f"cannot write the output: {error.strerror}")
    return SOME_INPUT_FAILED
