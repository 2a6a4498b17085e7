"""A small app on our driver, for the driver's tests: rows with a cursor, wide and combining text."""

import sys
import time
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from bounce_tui.ui.driver.terminal_driver import TerminalDriver
from bounce_tui.ui.terminal import NoTerminal, borrowed_keyboard, require_screen
from bounce_tui.ui.textual_inside import driver_of

WORDS = ("Postfach voll", "メール箱が満杯", "cafe\u0301 ferme\u0301", "plain", "почта 郵便 mail", "x" * 120)


class Rows(Widget, can_focus=True):
    """Numbered rows, one of them the cursor's."""

    cursor = 0
    offset_y = 0

    def render_line(self, y: int) -> Strip:
        number = y + self.offset_y
        style = Style.parse("bold white on blue" if number == self.cursor else f"color({number % 7 + 1})")
        text = f"{number:4} {WORDS[number % len(WORDS)]}"
        return (
            Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style).crop(0, self.size.width)
        )

    def move(self, by: int) -> None:
        self.cursor = max(0, self.cursor + by)
        self.offset_y = min(max(self.offset_y, self.cursor - self.size.height + 1), self.cursor)
        self.refresh()


class DrivenApp(App[None]):
    """Answers j, k, d, u; w starts a thread that never ends, s blocks the loop, e runs a program."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "Rows { height: 1fr; } Input { height: 3; }"
    BINDINGS: ClassVar = [
        ("j", "move(1)"),
        ("k", "move(-1)"),
        ("d", "move(11)"),
        ("u", "move(-11)"),
        ("q", "quit"),
        ("w", "linger"),
        ("s", "block"),
        ("e", "elsewhere"),
        ("ctrl+z", "suspend_process"),
        ("ctrl+l", "redraw"),
    ]

    def __init__(self, title: str) -> None:
        super().__init__(driver_class=TerminalDriver)
        self.words = title

    def compose(self) -> ComposeResult:
        yield Rows()
        field = Input(placeholder=self.words)
        field.cursor_blink = False
        yield field

    def action_move(self, by: int) -> None:
        self.query_one(Rows).move(by)

    def action_linger(self) -> None:
        self.run_worker(lambda: time.sleep(600), thread=True)

    def action_block(self) -> None:
        time.sleep(600)

    def action_elsewhere(self) -> None:
        import subprocess

        with self.suspend():
            subprocess.run(["sh", "-c", "printf elsewhere; read answer"], check=False)

    def action_redraw(self) -> None:
        driver = driver_of(self)
        assert isinstance(driver, TerminalDriver)
        driver.redraw()


def main() -> None:
    try:
        require_screen()
        with borrowed_keyboard() as piped:
            app = DrivenApp(piped.read().decode() if piped else "nothing piped")
            app.run(mouse="--mouse" in sys.argv)
    except NoTerminal as missing:
        sys.exit(f"driven: {missing.reason}")
    sys.exit(app.return_code)


if __name__ == "__main__":
    main()
