"""The mails of notices.toml: short ones, of which most only speak of failed mail."""

from pathlib import Path

import msgspec

_PARSERS = "Content-Type: text/plain; charset=utf-8\n"


class Notice(msgspec.Struct, frozen=True):
    """One mail in words, what kind it is, and who failed by it."""

    name: str
    kind: str
    head: str
    text: str
    failed: tuple[str, ...] = ()

    @property
    def raw(self) -> bytes:
        """The message, as it came."""
        return f"{self.head}\n{_PARSERS}\n{self.text.lstrip()}".encode()


class _File(msgspec.Struct):
    mail: list[Notice]


NOTICES = tuple(msgspec.toml.decode(Path(__file__).with_name("notices.toml").read_bytes(), type=_File).mail)
