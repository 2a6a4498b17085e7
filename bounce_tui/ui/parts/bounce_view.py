"""The bounce on screen: one failure of a mail, in full and beside its checks."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from bounce_tui.hints.failure_hints import NONE, Hints
from bounce_tui.model import Case, Message
from bounce_tui.opened_message import OpenedMessage
from bounce_tui.triage.failure_checks import FailureChecks
from bounce_tui.triage.memory import CHECKED
from bounce_tui.ui.background_checks import BackgroundChecks
from bounce_tui.ui.parts.host_screen import HostScreen
from bounce_tui.ui.text.check_text import panel
from bounce_tui.ui.text.detail_text import detail
from bounce_tui.ui.text.page import Line, Span
from bounce_tui.ui.widgets.page_pane import PagePane, Writer, nothing


class BounceView:
    """Shows a failure in the pane `detail`, and in `checks` what `checking` has found out about it."""

    def __init__(
        self, screen: HostScreen, detail: PagePane, checks: PagePane, checking: BackgroundChecks
    ) -> None:
        self._screen = screen
        self._detail = detail
        self._checks = checks
        self._checking = checking
        self._case: Case | None = None
        self._index = 0
        self._hints: Hints = NONE
        self._memory: Sequence[str] = ()
        self._opened: OpenedMessage | None = None

    @property
    def case(self) -> Case | None:
        """The mail on screen; None where none is."""
        return self._case

    @property
    def index(self) -> int:
        """The number of the failure on screen."""
        return self._index

    @property
    def failed(self) -> tuple[Case, int] | None:
        """The mail and the number of its failure on screen; None where nothing failed."""
        if self._case is None or self._index >= len(self._case.diagnoses):
            return None
        return self._case, self._index

    @property
    def hints(self) -> Hints:
        """The hints for the failure on screen, as far as they are found."""
        return self._hints

    @property
    def opened(self) -> OpenedMessage | None:
        """What the finished page tells of the mail's headers and parts; None before that."""
        return self._opened

    @property
    def failure_checks(self) -> FailureChecks | None:
        """The checks of the failure on screen."""
        return self._checking.work(self._case, self._index) if self._case else None

    def shows(self, message: Message) -> bool:
        """Whether `message` is the one on screen."""
        return self._case is not None and self._case.message == message

    def show(self, case: Case, index: int, hints: Hints) -> None:
        """Show failure `index` of another mail, with the `hints` at hand."""
        self._case, self._opened = case, None
        self._show(index, hints)

    def turn_to(self, index: int) -> None:
        """Show another failure of the same mail."""
        self._show(index, NONE)

    def _show(self, index: int, hints: Hints) -> None:
        self._index, self._hints, self._memory = index, hints, ()
        total = len(self._case.bounce.failures) if self._case else 0
        of = f", recipient {index + 1:,} of {total:,}" if total > 1 else ""
        self._detail.rename(f"Detail{of}")
        self._checks.rename(f"Checks{of}")
        self._detail.show(self._write_detail)
        self._checks.show(self._write_checks)

    def finish(self, opened: OpenedMessage, hints: Hints, memory: Sequence[str]) -> None:
        """Complete the page with what takes time to find; the lines in the window stay in place."""
        if (self._opened, self._hints, self._memory) == (opened, hints, memory):
            return
        self._opened, self._hints, self._memory = opened, hints, memory
        self._detail.show(self._write_detail, keep_place=True)
        if memory:
            self._checks.show(self._write_checks, keep_place=True)
        self._screen.send()

    def make_way(self) -> None:
        """Clear the page: no diagnosis is better than that of another mail beside the cursor."""
        self._case = None
        self._detail.rename("Detail")
        self._checks.rename("Checks")
        self._detail.show(_waiting)
        self._checks.show(_waiting)

    def show_nothing(self, write: Writer) -> None:
        """No mail is wanted; `write` says why."""
        self._case = None
        self._detail.show(write)
        self._checks.show(nothing)

    def forget(self) -> None:
        """Forget which mail is on screen, as it may be another one by now: the next one shown takes its
        place."""
        self._case = None

    def renewed(self, moved: Mapping[Message, Message]) -> None:
        """Note that mails lie elsewhere now (`moved`); the one on screen is still the same."""
        if self._case is not None and self._case.error is None and self._case.message in moved:
            self._case = replace(self._case, message=moved[self._case.message])

    def checks_changed(self, *, from_top: bool = False) -> None:
        """Show what a run has brought, or other inputs; `from_top` where a verdict is waited for."""
        if self._screen.is_up:
            self._checks.show(self._write_checks, keep_place=not from_top)
            self._screen.send()

    def _write_detail(self, width: int) -> list[Line]:
        if self._case is None:
            return []
        keys = self._screen.keys
        return detail(self._case, self._index, self._opened, width, self._hints, self._memory, keys)

    def _write_checks(self, width: int) -> list[Line]:
        if self._case is None:
            return []
        remembered = any(line.startswith(CHECKED) for line in self._memory)
        resolver = self._checking.resolver
        return panel(self.failure_checks, resolver.address, width, self._screen.keys, remembered=remembered)


def _waiting(width: int) -> list[Line]:
    return [(Span("…", "label"),)]
