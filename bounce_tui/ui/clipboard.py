"""Text into the clipboard, over whatever lies between this program and the person."""

import asyncio
import os
import shutil
from base64 import b64encode
from contextlib import suppress

from textual.app import App

from bounce_tui.ui.textual_inside import driver_of

TMUX_S = 3.0
"""Seconds that tmux may take: a stopped server answers never."""
LONGEST = 70_000
"""Octets: terminals cut longer OSC 52 sequences, silently."""


async def copy(app: App[None], what: str, text: str) -> str:
    """Put `text` into the clipboard; the words that say which way it went, and of what."""
    cut = "" if len(text.encode()) <= LONGEST else f", the first {LONGEST:,} bytes"
    if await tmux_buffer(text):
        return f"copied {what} to tmux and its terminal's clipboard"
    driver = driver_of(app)
    if driver is not None:
        driver.write(osc_52(text))
        driver.flush()
    return f"copied {what} to the terminal's clipboard (OSC 52){cut}"


async def tmux_buffer(text: str) -> bool:
    """Hand `text` to the tmux that this runs in, which hands it on to its terminal; False without one,
    and where it does not answer.

    With tmux's default setting no sequence of an application reaches the clipboard.
    """
    program = shutil.which("tmux")
    if program is None or not os.environ.get("TMUX"):
        return False
    try:
        process = await asyncio.create_subprocess_exec(
            program,
            "load-buffer",
            "-w",
            "-",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:
        return False
    try:
        async with asyncio.timeout(TMUX_S):
            await process.communicate(text.encode())
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return process.returncode == 0


def osc_52(text: str) -> str:
    """The sequence by which a terminal takes `text` into its clipboard."""
    # Whole characters only: terminals refuse what is no UTF-8.
    cut = text.encode()[:LONGEST].decode("utf-8", "ignore").encode()
    return f"\x1b]52;c;{b64encode(cut).decode()}\x07"
