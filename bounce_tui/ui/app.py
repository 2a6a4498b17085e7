"""The app: one queue, one resolver, a stack of screens."""

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, BinaryIO

from rich.text import Text
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen

from bounce_tui.exit_status import DONE, INTERRUPTED, SOME_INPUT_FAILED
from bounce_tui.locations import shipped
from bounce_tui.mailbox import Refusal, StandardInput
from bounce_tui.reporting.error_line import PROGRAM
from bounce_tui.reporting.visible import visible
from bounce_tui.scan.examiner import Examiner, LocalExaminer
from bounce_tui.shortage import shortage
from bounce_tui.triage.lazy_resolver import LazyResolver
from bounce_tui.triage.opener import Opener
from bounce_tui.ui.actions import bindings
from bounce_tui.ui.background_checks import BackgroundChecks
from bounce_tui.ui.driver.terminal_driver import TerminalDriver
from bounce_tui.ui.garbage_collection import STARTED_S, collect_again
from bounce_tui.ui.intake import Intake
from bounce_tui.ui.preferences import AppPreferences
from bounce_tui.ui.screens.reading import ReadingScreen
from bounce_tui.ui.screens.triage import TriageScreen
from bounce_tui.ui.textual_inside import driver_of, end_with, fatal_exception
from bounce_tui.ui.themes import MONO, for_textual, next_theme, theme_words
from bounce_tui.ui.threaded_notebook import ThreadedNotebook

_LETTERS = ("help", "palette", "leave", "reference", "next_theme")


class BounceApp(App[None], inherit_bindings=False):
    """Triage of the mail at `paths`.  `nameserver` answers the checks, the system's when None.  States and
    notes are kept in `store`, and for this session only with None.  `preferences` are those of the config.
    With `follow` mail that comes later is taken in, too.  `examiner` reads the mail.

    Textual's own notions of palette, text selection and animation are off: ours cost less on the line.
    """

    TITLE = "bounce-tui"
    CSS_PATH = sorted(shipped("styles").glob("*.tcss"))
    BINDINGS = bindings("everywhere")
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(
        self,
        paths: tuple[str, ...] = (),
        *,
        stdin: BinaryIO | None = None,
        nameserver: str | None = None,
        title: str = "bounce-tui",
        driver_class: type[Driver] | None = None,
        store: Path | None = None,
        preferences: AppPreferences | None = None,
        follow: bool = False,
        examiner: Examiner | None = None,
    ) -> None:
        super().__init__(driver_class=driver_class, ansi_color=True)
        self.animation_level = "none"
        self._paths = paths
        self._follow = follow
        self._stdin = StandardInput(stdin, keep=True) if stdin else None
        self._title = title
        preferences = preferences or AppPreferences()
        self._examiner = examiner or LocalExaminer(preferences.own)
        for theme in for_textual():
            self.register_theme(theme)
        self.theme = MONO if self.no_color else preferences.theme
        self._styled_with = self.get_css_variables()
        self.stylesheet.set_variables(self._styled_with)
        self.keys = preferences.keys
        self.set_keymap(self.keys.for_textual)
        self._checking = BackgroundChecks(
            LazyResolver(nameserver or preferences.nameserver, preferences.own.keys),
            preferences.own,
            probes=preferences.probes,
        )
        self._notebook = ThreadedNotebook(store, preferences.memory_days)
        opener = Opener(self._stdin, preferences.own.domains, self._examiner)
        self._triage = TriageScreen(paths, self._checking, title, opener, self._notebook, preferences)

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew, unless nothing has changed: Textual asks for that at every start, for the
        theme that it starts with, and would parse all style sheets twice."""
        variables = self.get_css_variables()
        if variables != self._styled_with:
            self._styled_with = variables
            super().refresh_css(animate)

    def get_default_screen(self) -> Screen[Any]:
        """The list comes first."""
        return self._triage

    def on_ready(self) -> None:
        """Load once the first frame is out."""
        self.set_timer(STARTED_S, collect_again)
        if self._paths:
            self._checking.prepare()
            self._triage.read_from(
                lambda paths, deliver: Intake(
                    paths, self._stdin, deliver, follow=self._follow, examiner=self._examiner
                )
            )

    async def on_unmount(self) -> None:
        """Leave nothing running behind, whatever cannot be closed."""
        async with AsyncExitStack() as last_first:
            last_first.push_async_callback(self._triage.loads.stop)
            last_first.push_async_callback(self._notebook.close)
            last_first.push_async_callback(self._checking.close)
            last_first.push_async_callback(self._triage.bulk.close)
            last_first.callback(self._examiner.leave)

    def _fatal_error(self) -> None:
        """One line in place of Textual's pages of source and variables, which may hold a stranger's text.

        TEXTUAL=debug in the environment brings the pages back.
        """
        if "debug" in self.features:
            super()._fatal_error()
            return
        exception = fatal_exception(self)
        trace = exception.__traceback__ if exception else None
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        internal = f"internal error{where}: {type(exception).__name__}: {exception}"
        end_with(self, Text(PROGRAM + visible(shortage(exception) or internal)))

    async def on_event(self, event: events.Event) -> None:
        """Keys belong to an open prompt first, before any binding."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            screen = self.screen
            if isinstance(screen, ReadingScreen) and await screen.typed(event.key, event.character):
                return
        await super().on_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters typed into a field run no command."""
        focused = self.focused
        return action not in _LETTERS or focused is None or not focused.check_consume_key("q", "q")

    async def action_help(self) -> None:
        """Open the page of all keys, over any other page, too."""
        from bounce_tui.ui.screens.pages import HelpScreen
        from bounce_tui.ui.text.help_text import help_page

        if not isinstance(self.screen, HelpScreen):
            await self.push_screen(HelpScreen("Help", lambda width: help_page(width, self.keys)))

    def action_next_theme(self) -> None:
        """Switch to the next theme for this session; the config names the one to keep."""
        self.theme = next_theme(self.theme)
        if isinstance(self.screen, ReadingScreen):
            self.screen.dialogue.tell(f"theme {self.theme}: {theme_words(self.theme)}")
        # Lines drawn earlier keep their colours until they are drawn again.
        self.call_after_refresh(self.refresh, layout=True)

    async def action_palette(self) -> None:
        """Open the palette: every command by its name."""
        from bounce_tui.ui.screens.palette import PaletteScreen, offered

        bound = {binding.binding.id for binding in self.screen.active_bindings.values()}
        actions = [action for action in self.keys.actions if action.id in bound]

        async def run(do: str | None) -> None:
            if do is not None:
                await self.screen.run_action(do)

        await self.push_screen(PaletteScreen(offered(actions)), run)

    async def action_reference(self) -> None:
        """Open the reference; where it is open, ask for words to look up."""
        from bounce_tui.ui.screens.reference import ReferenceScreen

        if isinstance(self.screen, ReferenceScreen):
            self.screen.action_narrow()
        else:
            await self.push_screen(ReferenceScreen())

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What could not be read."""
        return self._triage.refusals

    def action_redraw(self) -> None:
        """Draw the whole screen again, whatever stands there."""
        driver = driver_of(self)
        if isinstance(driver, TerminalDriver):
            driver.redraw()
        else:
            self.screen.refresh(layout=True)

    async def action_leave(self) -> None:
        """Back one level: out of a page, an open bounce, a cause, a search, a filter; then quit."""
        if self.screen is self._triage:
            if not await self._triage.levels.leave():
                self.exit(return_code=SOME_INPUT_FAILED if self._triage.refusals else DONE)
        else:
            self.screen.dismiss()

    def action_interrupt(self) -> None:
        """Quit at once, with the exit status of an interrupt."""
        self.exit(return_code=INTERRUPTED)
