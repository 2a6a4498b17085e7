"""Raw mail in the user's own programs: a command, the pager, the editor.

Mail reaches them as bytes on their standard input or in a file of its own, never in a command line.
"""

import asyncio
import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.app import App

from bounce_tui.mailbox import UnreadableSource
from bounce_tui.model import Message
from bounce_tui.reporting.counted import counted
from bounce_tui.reporting.visible import visible_path
from bounce_tui.triage.opener import Opener
from bounce_tui.ui.lent_terminal import CannotLendError, lent_terminal
from bounce_tui.ui.text.cells import cut

_SHELL = "/bin/sh"
_STOPPED = (128 + signal.SIGINT, 128 + signal.SIGQUIT)
_COPY = "mail.eml"
_SHOWN = 20
"""Cells of a command that are repeated to whoever has typed it."""


async def pipe(app: App[Any], opener: Opener, messages: Sequence[Message], command: str) -> str:
    """Run the shell command `command` once for each of `messages`, with the mail as its input and on the
    terminal; ctrl+c stops the rest.  The words that tell of it."""
    statuses: Counter[int] = Counter()
    unreadable = 0
    try:
        async with lent_terminal(app) as terminal:
            for message in messages:
                try:
                    raw = await opener.raw(message)
                except UnreadableSource as error:
                    terminal.say(_named(error))
                    unreadable += 1
                    continue
                status = await terminal.run((_SHELL, "-c", command), raw)
                statuses[status] += 1
                if terminal.told_to_leave is not None or (status in _STOPPED and len(messages) > 1):
                    break
            words = _piped(command, len(messages), statuses, unreadable)
            terminal.say(words)
            await terminal.wait_for_enter()
    except CannotLendError as error:
        return str(error)
    return words


async def page(app: App[Any], opener: Opener, message: Message) -> str:
    """Show the raw mail in $PAGER, else in less or more.  What is to be told of it, "" for nothing."""
    command, words = _program(("PAGER",), ("less", "more"))
    if not command:
        return words
    try:
        raw = await opener.raw(message)
        return await _run(app, command, (_SHELL, "-c", command), raw) or words
    except UnreadableSource as error:
        return _named(error)
    except CannotLendError as error:
        return str(error)


async def edit(app: App[Any], opener: Opener, message: Message) -> str:
    """Open a copy of the raw mail in $VISUAL or $EDITOR, else in vi; the copy is removed after.  What is to
    be told of it."""
    command, words = _program(("VISUAL", "EDITOR"), ("vi", "nano"))
    if not command:
        return words
    try:
        copy = await asyncio.to_thread(_copied, raw := await opener.raw(message))
        try:
            # The name of the copy is an argument of the shell's, and no part of what it reads.
            trouble = await _run(app, command, (_SHELL, "-c", f'{command} "$@"', command, str(copy)))
            changed = await asyncio.to_thread(_differs, copy, raw)
        finally:
            await asyncio.to_thread(shutil.rmtree, copy.parent, ignore_errors=True)
    except UnreadableSource as error:
        return _named(error)
    except CannotLendError as error:
        return str(error)
    except OSError as error:
        return f"no copy could be made: {error.strerror}"
    gone = "your changes went with the copy" if changed else "the copy is removed"
    return trouble or "; ".join(part for part in (words, f"{gone}, the mail is as it was") if part)


async def _run(app: App[Any], command: str, words: Sequence[str], stdin: bytes | None = None) -> str:
    """Run one program; where it did not end well, let its message be read, and tell."""
    async with lent_terminal(app) as terminal:
        status = await terminal.run(words, stdin)
        if not status:
            return ""
        trouble = f"{command}: {_meaning(status)}"
        terminal.say(trouble)
        await terminal.wait_for_enter()
        return trouble


def _named(error: UnreadableSource) -> str:
    return f"{visible_path(error.file)}: {error.reason}"


def _program(variables: Sequence[str], otherwise: Sequence[str]) -> tuple[str, str]:
    """The command that the first set one of `variables` names, else the first program there is of
    `otherwise`, and then the words that say so; "" and why where there is none."""
    for name in variables:
        if command := os.environ.get(name, "").strip():
            return command, ""
    unset = " or ".join(f"${name}" for name in variables)
    for program in otherwise:
        if shutil.which(program):
            return program, f"{unset} is not set: {program} was taken"
    return "", f"{unset} is not set, and there is no {' or '.join(otherwise)}"


def _piped(command: str, mails: int, statuses: Counter[int], unreadable: int) -> str:
    """`piped 3 mails to grep -c x: 2 status 0, 1 status 1`."""
    run = statuses.total()
    of = f"{run:,} of {mails:,} mails" if run != mails else counted(mails, "mail")
    said = [
        _meaning(status) if len(statuses) == 1 else f"{number:,} {_meaning(status)}"
        for status, number in sorted(statuses.items())
    ]
    if unreadable:
        said.append(f"{unreadable:,} could not be read")
    return f"piped {of} to {cut(command, _SHOWN)}: {', '.join(said)}"


def _meaning(status: int) -> str:
    """An exit status in words."""
    if status == 127:
        return "status 127, no such command"
    if status == 126:
        return "status 126, it cannot be run"
    if status > 128:
        try:
            return f"status {status}, ended by {signal.Signals(status - 128).name}"
        except ValueError:
            return f"status {status}"
    return f"status {status}"


def _copied(raw: bytes) -> Path:
    """A file with `raw` that is its user's alone, in a folder of its own.  Raises OSError."""
    folder = Path(tempfile.mkdtemp(prefix="bounce-tui-"))
    try:
        copy = folder / _COPY
        handle = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return copy


def _differs(copy: Path, raw: bytes) -> bool:
    try:
        return copy.read_bytes() != raw
    except OSError:
        return True
