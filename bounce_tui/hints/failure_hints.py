"""What was noticed about one failure: light, for all who only show it."""

from msgspec import Struct

from bounce_tui.hints.note import Note


class Mistyped(Struct, frozen=True, gc=False):
    """`seen` is the part that looks wrong, `address` what may have been meant, `words` what speaks for it
    in one sentence that holds both."""

    seen: str
    address: str
    words: str

    @property
    def line(self) -> str:
        """The one line that is shown."""
        return f"Mistyped? {self.words}"


class Hints(Struct, frozen=True):
    """`mistyped` and `notes` as `mistyped.py` and `content.py` find them; `content_first` where the reason
    is about content."""

    mistyped: tuple[Mistyped, ...] = ()
    notes: tuple[Note, ...] = ()
    content_first: bool = False


NONE = Hints()
