"""What is said of an input that cannot be read."""

from collections.abc import Container, Iterable

from msgspec import Struct


class Refusal(Struct, frozen=True, gc=False):
    """One line for people: "bounce-tui: FILE: REASON".  `file` is as in `Message.file`, so it may hold
    lone surrogates for bytes that are no UTF-8; `reason` is our own words, or the system's.  `no_mail` is
    True of a file that can be read and is something else, as a README beside the mail, `waits` of one that
    is followed and may hold mail yet."""

    file: str
    reason: str
    no_mail: bool = False
    waits: bool = False


class UnreadableSource(Exception):  # noqa: N818 - the contract's name: it says what is the matter
    """A file, or a message in it, that cannot be read (now).  Its text is the reason."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(reason)
        self.file = file
        self.reason = reason

    @property
    def refusal(self) -> Refusal:
        """The same as a value."""
        return Refusal(self.file, self.reason)


def still_refused(refusals: Iterable[Refusal], files: Container[str]) -> list[Refusal]:
    """`refusals` without those of `files` that only waited for their first mail, which has come."""
    return [one for one in refusals if not (one.waits and one.file in files)]
