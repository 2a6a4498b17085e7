"""Which row stands for which followed mail, so that one that was moved, or has grown, is the same row."""

from collections.abc import Iterable

from msgspec.structs import replace

from bounce_tui.triage.row import Key, Row

Renewed = tuple[Key, Row]
"""The key that a row has had, and what it is now."""


class RowTracker:
    """Takes in what a followed conveyor brings, and tells what is new and what has changed.

    A mail is told by its content: one whose file is gone and that comes again elsewhere is the same row.
    What is still gone when a look has settled stays as a row that is `away`.
    """

    def __init__(self) -> None:
        self._of_file: dict[str, list[Row | None]] = {}
        # Rows whose place is gone, by content, until they come again; those of the look under way also in
        # `_lost`.
        self._away: dict[bytes, dict[Key, Row]] = {}
        self._lost: list[Row] = []
        self._editions: dict[tuple[str, int], int] = {}
        self._new: dict[Key, Row] = {}
        self._renewed: dict[Key, Row] = {}
        # The key that whoever takes knows a renewed row by.
        self._known_as: dict[Key, Key] = {}

    def files_changed(self, gone: Iterable[str], moved: Iterable[tuple[str, str]]) -> None:
        """Note that the mail of the files `gone` is there no longer, and the new names of `moved` files."""
        taken = [(new, self._of_file.pop(old, [])) for old, new in moved]
        for new, rows in taken:
            self._of_file[new] = [row and self._place(row, replace(row, file=new)) for row in rows]
        for file in gone:
            for row in self._of_file.pop(file, []):
                if row is not None:
                    self._lose(row)

    def arrive(self, rows: Iterable[Row]) -> None:
        """Take in rows: of new mail, of mail that has moved, or of mail that has grown."""
        for row in rows:
            places = self._of_file.setdefault(row.file, [])
            places.extend([None] * (row.index + 1 - len(places)))
            here = places[row.index]
            if here is not None and not _is_same_mail(here, row):
                self._lose(here)
                here = None
            before = here or self._find_lost(row)
            if before is not None:
                row = self._place(before, row)
            else:
                row = replace(row, edition=self._editions.get((row.file, row.index), 0))
                self._new[row.key] = row
            places[row.index] = row

    def settle(self) -> None:
        """Mark as away the rows whose mail has not come again."""
        for row in self._lost:
            kept = self._away.get(row.identity, {})
            if row.key in kept:
                kept[row.key] = replace(row, away=True)
                self._change(row, kept[row.key])
        self._lost.clear()

    def forget(self, most: int) -> list[Key]:
        """Keep only the `most` mails that are away since last; the keys of those that are forgotten, which
        are new when they come again."""
        forgotten: list[Key] = []
        while len(self._away) > most:
            rows = self._away.pop(next(iter(self._away)))
            forgotten += rows
            for file, index, _ in rows:
                self._editions.pop((file, index), None)
        return forgotten

    def take(self) -> tuple[list[Row], list[Renewed]]:
        """The rows that are new and those that have changed, since the last call; the changes come first."""
        rows, renewed = list(self._new.values()), list(self._renewed.items())
        self._new, self._renewed, self._known_as = {}, {}, {}
        return rows, renewed

    def _lose(self, row: Row) -> None:
        self._editions[row.file, row.index] = row.edition + 1
        self._away.setdefault(row.identity, {})[row.key] = row
        self._lost.append(row)

    def _find_lost(self, row: Row) -> Row | None:
        """The row of this mail whose place is gone.  Of a mail that could not be read nothing is known."""
        lost = self._away.get(row.identity)
        if not lost or row.error is not None:
            return None
        found = lost.pop(next(iter(lost)))
        if not lost:
            del self._away[row.identity]
        return found

    def _place(self, before: Row, row: Row) -> Row:
        """Let the row `before` be `row` from now on."""
        if (before.file, before.index) == (row.file, row.index):
            row = replace(row, edition=before.edition)
        else:
            if not before.away:
                self._editions[before.file, before.index] = before.edition + 1
            row = replace(row, edition=self._editions.get((row.file, row.index), 0))
        self._change(before, row)
        return row

    def _change(self, before: Row, row: Row) -> None:
        if before.key in self._new:
            del self._new[before.key]
            self._new[row.key] = row
            return
        known = self._known_as.pop(before.key, before.key)
        self._known_as[row.key] = known
        self._renewed[known] = row


def _is_same_mail(before: Row, row: Row) -> bool:
    """Whether `row` is the mail `before`, which may have been half of it."""
    if before.identity == row.identity:
        return True
    half = (before.date, before.sender, before.subject)
    whole = (row.date, row.sender, row.subject)
    return row.length > before.length and all(map(_may_be_half, half, whole))


def _may_be_half(before: str | None, now: str | None) -> bool:
    return before is None or (now is not None and now.startswith(before))
