"""Mail that lies elsewhere now: whatever is kept by its place is kept by the new one."""

from collections.abc import Sequence

from bounce_tui.triage.marks import Marks
from bounce_tui.triage.opener import Opener
from bounce_tui.triage.row import Row
from bounce_tui.ui.background_checks import BackgroundChecks
from bounce_tui.ui.parts.bounce_view import BounceView


class MovedMail:
    """Tells those who know a mail by its place (its file and where in it) that it has moved, or is away."""

    def __init__(self, marks: Marks, checking: BackgroundChecks, opener: Opener, view: BounceView) -> None:
        self._marks = marks
        self._checking = checking
        self._opener = opener
        self._view = view

    def tell(self, pairs: Sequence[tuple[Row, Row]]) -> None:
        """Each of `pairs` is the row of a mail as it was and as it is now."""
        self._marks.renew({before.key: after.key for before, after in pairs})
        # A mail that has grown is read anew: only its mark stays with it.
        moved = {
            before.message: after.message for before, after in pairs if before.identity == after.identity
        }
        self._checking.move(moved)
        self._opener.move(moved)
        self._view.renewed(moved)
