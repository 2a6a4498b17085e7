"""`bounce-tui --plain`: the streams of a plain session."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from bounce_tui.cli.config_state import say_config_state
from bounce_tui.cli.streams import has_screen, refuse, say, standard_input, write
from bounce_tui.exit_status import WRONG_USE

_LONGEST_LINE = 10_000


def is_plain_by_itself() -> bool:
    """Whether whoever sits at the terminal wants lines of text without having said so here."""
    if not has_screen():
        return False
    if os.environ.get("TERM") == "dumb":
        say("TERM is dumb: triage in lines of text")
        return True
    from bounce_tui.config.reading import read_config

    return read_config().settings.display.plain


def run_plain(
    paths: Sequence[str], nameserver: str | None, *, follow: bool = False, demo: bool = False
) -> int:
    """Triage the mail at `paths` in lines of text; the exit status.

    Commands come from standard input, or, where mail is read from it ("-"), from the terminal.  With
    `follow` what has come is told before each of them.  The demo keeps nothing, and goes by no config.
    """
    from bounce_tui.mailbox import StandardInput
    from bounce_tui.plain.conversation import Conversation
    from bounce_tui.plain.session import PlainSession
    from bounce_tui.triage.store.location import user_store

    stdin = standard_input()
    with ExitStack() as closing:
        commands, mail = stdin, None
        if "-" in paths and stdin is not None:
            mail = StandardInput(stdin, keep=True)
            try:
                commands = closing.enter_context(Path("/dev/tty").open("rb"))
            except OSError:
                say("mail comes from standard input and there is no terminal to ask: name a file instead")
                return WRONG_USE
        if commands is None:
            say("standard input is closed, so no commands can be read")
            return WRONG_USE
        preferences, _ = say_config_state()
        session = PlainSession(
            paths,
            stdin=mail,
            nameserver=nameserver,
            preferences=preferences.for_demo() if demo else preferences,
            store=None if demo else user_store(),
            follow=follow,
        )
        closing.callback(session.close)
        status = Conversation(session, _asking(commands), write).hold()
        refuse(refusal for refusal in session.refusals if refusal not in preferences.refusals)
        return status


def _asking(commands: BinaryIO) -> Callable[[str], str | None]:
    is_terminal = commands.isatty()

    def ask(question: str) -> str | None:
        while True:
            # Into a pipe the questions would only stand between the answers.
            if is_terminal:
                write(question)
            line = commands.readline(_LONGEST_LINE)
            if len(line) < _LONGEST_LINE or line.endswith(b"\n"):
                return line.decode("utf-8", "replace") if line else None
            # Neither its beginning nor its rest is the command that was meant.
            while line and not line.endswith(b"\n"):
                line = commands.readline(_LONGEST_LINE)
            write(f"A line of more than {_LONGEST_LINE:,} bytes is no command: nothing was done.\n")

    return ask
