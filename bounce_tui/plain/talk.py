"""What every command of a plain session is given: the session, and a way to ask and to print."""

from collections.abc import Callable

from bounce_tui.plain.session import PlainSession
from bounce_tui.reporting.visible import visible

Ask = Callable[[str], str | None]
Say = Callable[[str], None]

PAGE = 20
"""Lines of a list at once: a screen reader reads all of them."""


class Talk:
    """`ask` gives the next line of the user's, None at the end, with its question said before; `say` takes
    text to print."""

    def __init__(self, session: PlainSession, ask: Ask, say: Say) -> None:
        self.session = session
        self.ask = ask
        self.say = say
        self.left = False
        """Whether the user has said good-bye."""
        self.may_send = False
        """Whether the user lets queries out, which is asked once."""
        self.looked_up: list[str] = []
        """The names of the entries that the last look into the reference listed."""

    def line(self, text: str) -> None:
        """Print `text` as a line of its own."""
        self.say(f"{text}\n")

    def end_page(self, start: int, end: int, total: int, command: str) -> None:
        """Say that the lines from `start` to before `end` of `total` were printed, and how `command` goes
        on."""
        more = f"; {command} {end + 1} goes on" if end < total else ""
        self.line(f"{start + 1:,} to {end:,} of {total:,}{more}.")

    @property
    def lack(self) -> str:
        """Why no mail is listed, "" where one is."""
        return visible(self.session.lack)

    def refuse(self, text: str) -> None:
        """Say `text`; where no mail is listed, why that is so is the better reason."""
        self.line(self.lack or text)

    def told_trouble(self, what: str = "Not kept") -> bool:
        """Say why what was just done is not kept; False where it is.  `what` was not done."""
        trouble = self.session.notebook.take_trouble()
        if trouble is not None:
            self.line(f"{what}: {visible(trouble)}.")
        return trouble is not None


def number_of(text: str) -> int | None:
    """The number from 1 on that `text` is; None for anything else."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= 9 and int(text) > 0 else None
