"""The loaded bounces as a plain ordered sequence that knows which one is looked at."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import Literal, overload

from bounce_tui.triage.matching import OutcomeTest, outcome_meant
from bounce_tui.triage.reason_words import reason_words
from bounce_tui.triage.row import Key, RecipientOutcome, Row
from bounce_tui.triage.same_mail import SameMail

Order = Literal["arrival", "date", "reason", "domain"]
ORDERS: tuple[Order, ...] = ("arrival", "date", "reason", "domain")

_Sorted = tuple[str, int]
Test = Callable[[Row], bool]


class Queue(Sequence[Row]):
    """Rows in the order shown.  A *place* is an index into that order, 0 at the top.

    The focus belongs to a message, not to a place: it stays on its mail while rows arrive, while the
    order changes, and while a filter lets it pass.  A mail with several failures is sorted by the one that it
    is shown for.
    """

    def __init__(self) -> None:
        self._rows: list[Row] = []
        # (sort key, number of arrival): the number makes every key unique, so bisect finds places.
        self._shown: list[_Sorted] = []
        self._order: Order = "arrival"
        self._reversed = False
        self._focus: int | None = None
        # The number of arrival that had the focus when a filter let nothing pass.
        self._left: int | None = None
        self._test: Test | None = None
        self._suits: OutcomeTest | None = None
        # Sort keys of the rows that are shown for another failure than the leading one.
        self._keys: dict[int, str] = {}
        self._years: set[str] = set()
        # Numbers of arrival by key, as far as somebody wanted to know.
        self._numbers: dict[Key, int] = {}
        self._numbered = 0

    def __len__(self) -> int:
        return len(self._shown)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(len(self)))]
        return self._rows[self._arrival(place)]

    def __iter__(self) -> Iterator[Row]:
        return (self[place] for place in range(len(self)))

    @property
    def order(self) -> Order:
        """What the rows are sorted by."""
        return self._order

    @property
    def is_reversed(self) -> bool:
        """True when the last in order comes first."""
        return self._reversed

    @property
    def focus(self) -> int | None:
        """The place of the message looked at; None while there is no row."""
        return None if self._focus is None else self._place(self._focus)

    @property
    def focused(self) -> Row | None:
        """The row looked at."""
        return None if self._focus is None else self._rows[self._focus]

    @property
    def years(self) -> Set[str]:
        """The years, of four digits, that the mails are of, whether the filter lets them pass or not."""
        return self._years

    def add(self, rows: Iterable[Row]) -> None:
        """Take in `rows`, in the order of their arrival.  The first row ever gets the focus."""
        first = len(self._rows)
        self._rows.extend(rows)
        self._years |= _years(self._rows[first:])
        numbers = range(first, len(self._rows))
        self._shown.extend(self._keyed(self._rows, numbers, self._test, self._suits, self._keys))
        if self._order != "arrival":
            # Timsort takes the sorted part as one run, so this is a merge, not a sort from scratch.
            self._shown.sort()
        if self._focus is None and self._shown:
            self._focus = self._arrival(0)

    def renew(self, renewed: Iterable[tuple[Key, Row]]) -> list[tuple[Row, Row]]:
        """Replace rows that have changed, each named by the key that it had; each as it was and as it is.  A
        filter shows or hides them as before, until it is applied again; but a mail that is away by now leaves
        a list that shows none of these."""
        for number in range(self._numbered, len(self._rows)):
            self._numbers[self._rows[number].key] = number
        self._numbered = len(self._rows)
        # Out of the index first: a key that one row gives up may be another's by now.
        found = [(self._numbers.pop(key), row) for key, row in renewed if key in self._numbers]
        pairs = [(self._rows[number], row) for number, row in found]
        self._years |= _years(row for _, row in found)
        moved = {}
        for number, row in found:
            self._numbers[row.key] = number
            before = self._key_of(number)
            self._rows[number] = row
            self._keys.pop(number, None)
            for key, _ in self._keyed(self._rows, (number,), None, self._suits, self._keys):
                if key != before:
                    moved[number] = key
        if moved:
            self._shown = sorted((moved.get(number, key), number) for key, number in self._shown)
        left = {
            number
            for (number, row), (before, _) in zip(found, pairs, strict=True)
            if row.away and not before.away and self._test is not None and not self._test(row)
        }
        if left:
            self._shown = [one for one in self._shown if one[1] not in left]
            if self._focus in left:
                self._refocus(self._focus)
        return pairs

    def arrived(self, start: int) -> list[Row]:
        """The rows from the `start`th on, in the order of their arrival whatever the order shown."""
        return self._rows[start:]

    def look_at(self, place: int) -> None:
        """Move the focus to `place`, or to the nearest end; nothing happens on an empty queue."""
        if self._shown:
            self._focus = self._arrival(max(0, min(place, len(self) - 1)))

    @property
    def total(self) -> int:
        """All rows, whether the filter lets them pass or not."""
        return len(self._rows)

    @property
    def is_filtered(self) -> bool:
        """True while a filter decides which rows are shown."""
        return self._test is not None

    def narrow(self, test: Test | None, step: int, suits: OutcomeTest | None = None) -> Iterator[int]:
        """Show only the rows that pass `test` (None: all), each by its first outcome that passes `suits`.

        Yields the number of rows looked at after every `step`, so that a caller with a screen to keep
        alive can pause or stop; nothing changes before the last.  The focus goes to the next row that is
        shown where its own is not; where none is, it is back with the first filter that lets any pass.
        """
        rows, order = self._rows, self._order
        shown: list[_Sorted] = []
        keys: dict[int, str] = {}
        looked = 0
        while looked < len(self._rows) or rows is not self._rows or order != self._order:
            if rows is not self._rows or order != self._order:
                # Read again or sorted otherwise between two steps.
                rows, order, shown, keys, looked = self._rows, self._order, [], {}, 0
            until = min(looked + step, len(rows))
            shown += self._keyed(rows, range(looked, until), test, suits, keys)
            looked = until
            yield looked
        if order != "arrival":
            shown.sort()
        self._test, self._suits, self._shown, self._keys = test, suits, shown, keys
        self._refocus(self._left if self._focus is None else self._focus)

    def replace(self, rows: Sequence[Row], heirs: SameMail, step: int) -> Iterator[int]:
        """Put `rows` in the place of all that there are; order and filter stay.

        Yields as `narrow` does; nothing changes before the last.  The focus stays on its mail by `heirs`,
        or goes to the mail shown next to it that is still there.
        """
        fresh = list(rows)
        test, order = self._test, self._order
        shown: list[_Sorted] = []
        numbers: dict[Key, int] = {}
        keys: dict[int, str] = {}
        looked = 0
        while looked < len(fresh) or test is not self._test or order != self._order:
            if test is not self._test or order != self._order:
                test, order, shown, looked = self._test, self._order, [], 0
                numbers, keys = {}, {}
            until = min(looked + step, len(fresh))
            # Sorted pieces are merged at the end, which takes a fraction of sorting from scratch.
            piece = sorted(self._keyed(fresh, range(looked, until), test, self._suits, keys))
            numbers |= {fresh[number].key: number for _, number in piece}
            shown += piece
            looked = until
            yield looked
        if order != "arrival":
            shown.sort()
        successors = (heirs.get(row.key) for row in self._from_the_focus_on())
        kept = (numbers[heir.key] for heir in successors if heir is not None and heir.key in numbers)
        focus = next(kept, None)
        if focus is None and self._left is not None:
            heir = heirs.get(self._rows[self._left].key)
            focus = next(
                (at for at, row in enumerate(fresh) if heir is not None and row.key == heir.key), None
            )
        self._rows, self._shown, self._keys, self._years = fresh, shown, keys, _years(fresh)
        self._numbers, self._numbered = {}, 0
        self._refocus(focus)

    def sort(self, order: Order) -> None:
        """Show the rows by `order`, equal ones in the order of arrival."""
        self._order, self._keys = order, {}
        numbers = (number for _, number in self._shown)
        self._shown = list(self._keyed(self._rows, numbers, None, self._suits, self._keys))
        if order == "arrival":
            self._shown.sort(key=lambda one: one[1])
        else:
            self._shown.sort()

    def reverse(self) -> None:
        """Turn the order round."""
        self._reversed = not self._reversed

    def find(self, words: str, start: int, step: int, limit: int) -> tuple[int | None, int]:
        """Look for `words` (any case) from place `start` on, walking by `step` (1 or -1) and around the end.

        Looks at `limit` rows at most, so that a caller with a screen to keep alive can search a long
        queue in slices.  Returns the place found or None, and the place to go on from.
        """
        words = words.casefold()
        size = len(self)
        place = start % size if size else 0
        for _ in range(min(limit, size)):
            if self._shows(self[place], words):
                return place, (place + step) % size
            place = (place + step) % size
        return None, place

    @staticmethod
    def _shows(row: Row, words: str) -> bool:
        return words in haystack(row, row) or any(words in _folded(_told(other)) for other in row.others)

    def _from_the_focus_on(self) -> Iterator[Row]:
        """The rows shown: the one looked at, those behind it, then those before it, the nearest first."""
        place = self.focus
        if place is not None:
            yield from (self[index] for index in range(place, len(self)))
            yield from (self[index] for index in reversed(range(place)))

    def _keyed(
        self,
        rows: Sequence[Row],
        numbers: Iterable[int],
        test: Test | None,
        suits: OutcomeTest | None,
        keys: dict[int, str],
    ) -> Iterator[_Sorted]:
        """The rows of these `numbers` that pass `test`; keys of other failures than the leading one go into
        `keys`, too: marks and verdicts may change what a row suits for while it is shown."""
        key_of, of_outcome = _KEYS[self._order], _OF_OUTCOMES.get(self._order)

        passing = numbers if test is None else (at for at in numbers if test(rows[at]))
        if suits is None or of_outcome is None:
            return ((key_of(rows[at]), at) for at in passing)

        def meant(row: Row, number: int) -> str:
            key = key_of(row)
            if row.others and (other := of_outcome(outcome_meant(row, suits))) != key:
                key = keys[number] = other
            return key

        return ((meant(rows[at], at), at) for at in passing)

    def _key_of(self, number: int) -> str:
        return self._keys.get(number) or _KEYS[self._order](self._rows[number])

    def _refocus(self, arrival: int | None) -> None:
        """Put the focus on number `arrival`, or on the mail shown behind it, or on the last; on the first
        with None."""
        self._left = None if self._shown else arrival
        if not self._shown:
            self._focus = None
        elif arrival is None:
            self._focus = self._arrival(0)
        else:
            place = bisect_left(self._shown, (self._key_of(arrival), arrival))
            self._focus = self._shown[min(place, len(self._shown) - 1)][1]

    def _arrival(self, place: int) -> int:
        if place < 0:
            place += len(self._shown)
        return self._shown[len(self._shown) - 1 - place if self._reversed else place][1]

    def _place(self, arrival: int) -> int:
        place = bisect_left(self._shown, (self._key_of(arrival), arrival))
        return len(self._shown) - 1 - place if self._reversed else place


def _years(rows: Iterable[Row]) -> set[str]:
    return {row.date[:4] for row in rows if row.date}


def haystack(row: Row, outcome: RecipientOutcome) -> str:
    """The text of `row`, shown for `outcome`, that a search looks through: in the words of the list, case
    folded."""
    return _folded((*_told(outcome), row.sender, row.subject, row.file, row.date))


def _told(outcome: RecipientOutcome) -> tuple[str | None, ...]:
    words = outcome.reason and reason_words(outcome.reason)
    codes = (outcome.reply_code, outcome.status)
    return (
        outcome.recipient,
        outcome.written_to,
        outcome.reason,
        words,
        *codes,
        outcome.provider,
        outcome.host,
        outcome.kind,
    )


def _folded(parts: Iterable[str | None]) -> str:
    return "\n".join(part for part in parts if part).casefold()


def found_by(words: str) -> Callable[[Row, RecipientOutcome], bool]:
    """The test whether a search for `words` finds an outcome of a row."""
    folded = words.casefold()
    return lambda row, outcome: folded in haystack(row, outcome)


# Unknown values sort last: "~" stands after every letter and digit of ASCII.
_OF_OUTCOMES: dict[Order, Callable[[RecipientOutcome], str]] = {
    "reason": lambda outcome: outcome.reason or f"~{outcome.kind}",
    "domain": lambda outcome: outcome.domain or "~",
}
_KEYS: dict[Order, Callable[[Row], str]] = {
    "arrival": lambda row: "",
    "date": lambda row: row.date or "~",
    **_OF_OUTCOMES,
}
