"""Which mails the user has marked, with the way back."""

from collections.abc import Callable, Iterable, Mapping

from bounce_tui.triage.queue import Queue
from bounce_tui.triage.row import Key, Row
from bounce_tui.triage.same_mail import SameMail
from bounce_tui.triage.undo import MOST_STEPS

_Step = tuple[frozenset[Key], frozenset[Key]]


class Marks:
    """Marks belong to mails, whatever is filtered or sorted.  Each change can be undone."""

    def __init__(self) -> None:
        self._marked: set[Key] = set()
        self._undo_stack: list[_Step] = []

    def __len__(self) -> int:
        return len(self._marked)

    def __contains__(self, row: Row) -> bool:
        return row.key in self._marked

    def toggle(self, rows: Iterable[Row]) -> bool:
        """Mark those of `rows` that are not marked, unmark the others; False where nothing changes."""
        keys = frozenset(row.key for row in rows)
        return self._change(keys - self._marked, keys & self._marked)

    def add(self, rows: Iterable[Row]) -> bool:
        """Mark `rows`; False where all are marked."""
        return self._change(frozenset(row.key for row in rows) - self._marked, frozenset())

    def clear(self) -> bool:
        """Unmark everything; False where nothing is marked."""
        return self._change(frozenset(), frozenset(self._marked))

    @property
    def last(self) -> Key | None:
        """The mail that was marked alone last and still is: where a range begins."""
        for added, _ in reversed(self._undo_stack):
            if len(added) == 1 and added <= self._marked:
                return next(iter(added))
        return None

    def renew(self, renewed: Mapping[Key, Key]) -> None:
        """Give each mark the new key of its mail, also in the changes that can be undone."""
        self._rekey(lambda key: renewed.get(key, key))

    def undo(self) -> bool:
        """Take back the last change; False when there is none left to take back."""
        if not self._undo_stack:
            return False
        added, removed = self._undo_stack.pop()
        self._marked = (self._marked - added) | removed
        return True

    def carry(self, heirs: SameMail) -> None:
        """Keep the marks and the undo of mails that are still there after all was read again (`heirs`)."""
        self._rekey(lambda key: heirs[key].key if key in heirs else None)

    def _rekey(self, now: Callable[[Key], Key | None]) -> None:
        def all_now(keys: Iterable[Key]) -> frozenset[Key]:
            return frozenset(found for key in keys if (found := now(key)) is not None)

        self._marked = set(all_now(self._marked))
        self._undo_stack = [(all_now(added), all_now(removed)) for added, removed in self._undo_stack]

    def _change(self, added: frozenset[Key], removed: frozenset[Key]) -> bool:
        if not added and not removed:
            return False
        self._marked = (self._marked | added) - removed
        self._undo_stack = [*self._undo_stack[-MOST_STEPS + 1 :], (added, removed)]
        return True


def targets(queue: Queue, marks: Marks) -> list[Row]:
    """What a command for many works on: the marked mails that are shown, in the order shown; without marks
    the one under the cursor.  What a filter hides is never touched."""
    if marks:
        return [row for row in queue if row in marks]
    return [queue.focused] if queue.focused is not None else []
