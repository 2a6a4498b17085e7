"""A command for a POSIX shell, in lines that can be copied from a narrow screen."""

import shlex
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_ON = " \\"
_INDENT = "  "
_LEAST = 8
"""Characters of a value that each line takes, however narrow the screen is."""


class Piece(NamedTuple):
    """What stays on one line: words as they are, then a value that is quoted.  `name` is the variable that
    holds the value where no line has room for it."""

    front: str
    value: str = ""
    name: str = "value"

    @property
    def text(self) -> str:
        """As a shell takes it."""
        return self.front + (shlex.quote(self.value) if self.value else "")


def piece_a_line(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """A line for each of `pieces`, however long; all but the last end in a backslash."""
    *before, last = [(_INDENT if number else "") + piece.text for number, piece in enumerate(pieces)]
    return (*(line + _ON for line in before), last)


def fitted(pieces: Sequence[Piece], width: int) -> list[str]:
    """`pieces` in as few lines as `width` columns allow.  A value that no line holds is put together in a
    variable first: broken anywhere else, blanks that are copied with the second line would part it."""
    room = width - len(_INDENT) - len(_ON)
    lines: list[str] = []
    words: list[str] = []
    for piece in pieces:
        if len(piece.text) <= room or not piece.value:
            words.append(piece.text)
        else:
            lines += _assigned(piece, width)
            words.append(f'{piece.front}"${piece.name}"')
    command = words[:1]
    for number, word in enumerate(words[1:], 2):
        # Every line but the last needs room for the backslash.
        if len(command[-1]) + 1 + len(word) + (len(_ON) if number < len(words) else 0) <= width:
            command[-1] += f" {word}"
        else:
            command[-1] += _ON
            command.append(_INDENT + word)
    return lines + command


def whole(pieces: Sequence[Piece]) -> str:
    """`pieces` in one line, as it is copied."""
    return " ".join(piece.text for piece in pieces)


def _assigned(piece: Piece, width: int) -> Iterator[str]:
    before = f"{piece.name}="
    rest = piece.value
    while rest:
        part = _part(rest, max(width - len(before), _LEAST))
        yield before + shlex.quote(part)
        rest = rest[len(part) :]
        before = f'{piece.name}="${piece.name}"'


def _part(text: str, room: int) -> str:
    """The beginning of `text` that takes `room` columns when quoted, up to a slash in its second half."""
    size = min(room, len(text))
    while size > 1 and len(shlex.quote(text[:size])) > room:
        size -= 1
    slash = text.rfind("/", size // 2, size) + 1
    return text[: slash if slash and size < len(text) else size]
