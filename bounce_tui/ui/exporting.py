"""Mails written out of the app: to a new file, or as the text of a hand-over."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bounce_tui.model import Case
from bounce_tui.reporting.entry import Entry, handed_over
from bounce_tui.triage.export import FORMS, export, form_of, lacks_name, parted
from bounce_tui.triage.opener import Opener
from bounce_tui.triage.row import Row
from bounce_tui.triage.session_checks import SessionChecks

Remembering = Callable[[Row, Case, Sequence[int]], Awaitable[Sequence[Sequence[str]]]]
DEFAULT_NAME = "bounces"
_SLICE = 50


def proposals(path: str) -> list[str]:
    """`path` with each ending that says what to write, the next one first; one that names no file yet gets a
    name."""
    endings = [form.ending for form in FORMS]
    stem, present = parted(path)
    at = endings.index(present.ending) if present else 0
    if lacks_name(stem):
        stem = f"{stem}{DEFAULT_NAME}"
    elif present:
        at += 1
    return [f"{stem}{ending}" for ending in (*endings[at:], *endings[:at])]


class Exporter:
    """Collects mails with what was checked for them, and writes them out."""

    def __init__(self, opener: Opener, checks: SessionChecks) -> None:
        self._opener = opener
        self._checks = checks

    async def to_file(self, path: str, rows: Sequence[Row], remembered: Remembering) -> str:
        """Write `rows`, with what is `remembered` of each, to the new file `path`; the words that tell of it.

        Raises:
            ExportError: Nothing was written.
        """
        form = form_of(path)
        bundle = []
        for row in rows:
            case = await self._opener.case(row.message)
            bundle.append(self._entry(case, await remembered(row, case, handed_over(case))))
        written = await asyncio.to_thread(export, path, bundle)
        return f"wrote {form.sentence} ({written.what}, {written.octets:,} bytes) to {path}"

    def handover(self, case: Case, remembered: Sequence[Sequence[str]]) -> str:
        """The hand-over of one mail."""
        from bounce_tui.reporting.handover import handover

        return handover([self._entry(case, remembered)])

    def _entry(self, case: Case, remembered: Sequence[Sequence[str]]) -> Entry:
        return Entry(case, self._checks.checked(case), remembered)
