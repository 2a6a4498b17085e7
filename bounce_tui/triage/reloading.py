"""Reading everything again: gathers the new rows, then compares them with those of before."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from bounce_tui.mailbox import Refusal
from bounce_tui.mailbox.standard_input import NAME as STANDARD_INPUT
from bounce_tui.model import Message
from bounce_tui.triage.loading import Arrivals
from bounce_tui.triage.row import Row
from bounce_tui.triage.same_mail import SameMail, same_mail


class Reread(Struct, frozen=True):
    """The `rows` and refusals that there are now, and which of the rows before is which (`heirs`; `moved` the
    same by their places).  `new` mails were not there before, `gone` ones are no longer."""

    rows: Sequence[Row]
    refusals: Sequence[Refusal]
    heirs: SameMail
    moved: Mapping[Message, Message]
    new: int
    gone: int


class Reloading:
    """Gathers what a second run over `paths` brings, until all of it is there.

    Standard input cannot be read twice: its rows stay as they are.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = tuple(path for path in paths if path != STANDARD_INPUT)
        self._first = bool(paths) and paths[0] == STANDARD_INPUT
        self._rows: list[Row] = []
        self._refusals: list[Refusal] = []

    def take(self, arrivals: Arrivals) -> None:
        """Add `arrivals` to what was read anew so far."""
        self._rows += arrivals.rows
        self._refusals += arrivals.refusals
        if arrivals.trouble:
            self._refusals.append(Refusal("loading", f"broke off: {arrivals.trouble}"))

    def against(self, before: Sequence[Row], refused: Sequence[Refusal]) -> Reread:
        """What has become of the rows `before`, when `refused` was what could not be read.  Not for an event
        loop."""
        kept = [row for row in before if row.file == STANDARD_INPUT]
        rows = [*kept, *self._rows] if self._first else [*self._rows, *kept]
        refusals = [one for one in refused if one.file == STANDARD_INPUT] + self._refusals
        heirs = same_mail(before, rows)
        moved = {row.message: heirs[row.key].message for row in before if row.key in heirs}
        return Reread(rows, refusals, heirs, moved, len(rows) - len(heirs), len(before) - len(heirs))
