"""The result of one look at the mail at some paths."""

from collections.abc import Callable, Iterator

from bounce_tui.mailbox.refusal import Refusal
from bounce_tui.mailbox.span import Span


class Look(Iterator[Span | Refusal]):
    """What one look brings: spans to read, and, known before the first of them, `gone`: the files whose mail
    is no longer there or is other mail now; and `moved`: files that are the same under another name, each
    with that.  `total_bytes` grows while the first look enters folders.  Some may come into any
    folder, so none is told to be without."""

    folders: tuple[str, ...] = ()

    def __init__(
        self,
        items: "Callable[[Look], Iterator[Span | Refusal]]",
        gone: tuple[str, ...] = (),
        moved: tuple[tuple[str, str], ...] = (),
        total: int = 0,
    ) -> None:
        self.gone = gone
        self.moved = moved
        self.total_bytes = total
        self._items = items(self)

    def __next__(self) -> Span | Refusal:
        return next(self._items)

    @property
    def likely_bytes(self) -> int:
        """The same: nothing more is to be expected."""
        return self.total_bytes

    def add(self, size: int) -> None:
        """There is more mail than was known."""
        self.total_bytes += size
