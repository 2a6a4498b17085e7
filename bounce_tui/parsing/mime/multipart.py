"""The leaves of a multipart body (RFC 2046 section 5.1), cut at its boundaries.

Boundaries are looked for in one pass over the lines that begin with "--", so the time is linear in the
message whatever its depth or number of parts.
"""

import re
from typing import Final

from bounce_tui.parsing.mime.entity import Entity, type_of
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.regex import regex

MOST_ENTITIES: Final = 50_000
"""Parts beyond these are not looked at: no report has so many, and no reader would scroll so far."""
DEEPEST: Final = 5000
"""Multiparts nested deeper than this are left as one part."""

_LONGEST_LINE: Final = 300
_DIGEST: Final = "multipart/digest"
_FIRST_PART: Final = 65536
_MOST_GUESSES: Final = 8
_BOUNDARY: Final = regex(r"boundary\s*=\s*(?:\"([^\"\n]{1,200})\"|([^\s;\"]{1,200}))", re.I)
_UNDECLARED: Final = regex(
    r"^--([^\s-][^\n]{2,120}|-+[^\n]{4,120})\n(?:Content-[A-Za-z-]{4,20}[ \t]*:)", re.M | re.I
)
# The type of a part as nearly all write it; below the line of dashes, so that no part's head has to be read
# for it.
_PART_TYPE: Final = re.compile(
    r"\ncontent-type[ \t]*+:[ \t]*+(?:([^\s;/]++/[^\s;]++)[ \t]*+(?=;|\n(?![ \t])|\Z))?", re.I
)


class Cutter:
    """Cuts the wire text of one message into `entities`, and notes in `preamble_end` where the first boundary
    stands, None where there is none."""

    __slots__ = ("_digests", "_guesses", "_levels", "_opened", "_wire", "entities", "preamble_end")

    def __init__(self, wire: str, boundary: str, content_type: str) -> None:
        self._wire = wire
        self._levels = {boundary: 0}
        """The boundaries that are open, the innermost last."""
        self._digests = {boundary} if content_type == _DIGEST else set()
        self._guesses = 0
        self._opened: Entity | None = None
        self.entities: list[Entity] = []
        self.preamble_end: int | None = None

    def cut(self, start: int) -> None:
        """All the leaves of the body that begins at `start`."""
        wire, size, levels = self._wire, len(self._wire), self._levels
        # With one level open only its boundary counts, and what is longer is found in fewer steps.
        only = f"\n--{next(iter(levels))}"
        following = start if wire.startswith("--", start) else wire.find(only, start) + 1
        while following > 0:
            at = following
            stop = wire.find("\n", at)
            if stop < 0:
                stop = size
            following = wire.find(only if len(levels) == 1 else "\n--", stop) + 1
            line = wire[at + 2 : stop if stop - at < _LONGEST_LINE else at + _LONGEST_LINE]
            level, closing = levels.get(line), False
            if level is None:
                level, closing = _level_of(line, levels)
                if level is None:
                    continue
            self._close(at)
            if len(self.entities) >= MOST_ENTITIES:
                return
            # The innermost level came last into the dict, so it leaves first.
            kept = (level or 1) if closing else level + 1
            while len(levels) > kept:
                levels.popitem()
            if not closing and self._open(stop, following):
                following = wire.find("\n--", stop) + 1
        if self._opened is not None:
            self._close(size + 1)

    def _close(self, at: int) -> None:
        """Ends the part that is open, before the line at `at`."""
        part = self._opened
        if part is not None:
            part.end = at - 1 if at > part.start else part.start
            self.entities.append(part)
            self._opened = None
        elif self.preamble_end is None:
            self.preamble_end = at

    def _open(self, stop: int, following: int) -> bool:
        """Opens the part below the boundary that ends at `stop`; the next line of dashes begins at
        `following`, 0 for none.  True where the part holds others and gave them a boundary."""
        wire, size, after = self._wire, len(self._wire), stop + 1
        if wire.startswith("\n", after) or after >= size:
            end, start = after, after + 1
        else:
            end = wire.find("\n\n", after, following) if following else -1
            start = end + 2
            if end < 0:
                end, start = self._end_of_head(after, following)
        typed = _PART_TYPE.search(wire, stop, end)
        if typed is not None and typed[1]:
            kind = typed[1].lower()
            if not kind.startswith("multipart/"):
                self._opened = Entity(wire, wire[after:end], min(start, size), size, kind)
                return False
        head = Head(wire[after:end])
        kind = type_of(head)
        if kind.startswith("multipart/"):
            inner, kind = self._inner_boundary(head, kind, start)
            if inner is not None:
                self._levels[inner] = len(self._levels)
                if kind == _DIGEST:
                    self._digests.add(inner)
                return True
        elif not head.has("content-type"):
            kind, start = self._undeclared(head, after, start)
        self._opened = Entity(wire, head.text, min(start, size), size, kind, head)
        return False

    def _inner_boundary(self, head: Head, kind: str, start: int) -> tuple[str | None, str]:
        """The boundary of the multipart with `head` whose body begins at `start`, and the type that it has;
        None for one that is taken as a leaf."""
        inner = boundary_of(head) if len(self._levels) < DEEPEST else None
        if self._guesses < _MOST_GUESSES and not self._comes(inner, start):
            self._guesses += 1
            inner = guessed_boundary(self._wire, kind, start - 1)
            if inner is None or inner in self._levels:
                return None, "text/plain"
        return (None if inner in self._levels else inner), kind

    def _comes(self, boundary: str | None, start: int) -> bool:
        """True when `boundary` comes soon after `start`."""
        return boundary is not None and self._wire.find(f"--{boundary}", start, start + _FIRST_PART) >= 0

    def _undeclared(self, head: Head, after: int, start: int) -> tuple[str, int]:
        """The type of a part that declares none, and where its body begins: `start`, or already at `after`,
        where its head should be."""
        levels = self._levels
        if self._digests and next(reversed(levels)) in self._digests:
            return "message/rfc822", start  # what a part of a digest is by default (RFC 2046 section 5.1.5)
        if head.has("received") or head.has("message-id"):
            # Some systems return the message as a part without a header of its own.
            return "message/rfc822", after
        if any(name.startswith("content-") for name in head.fields):
            return "text/plain", start
        return "text/plain", min(start, after + 1 if self._wire.startswith("\n", after) else after)

    def _end_of_head(self, after: int, dashes: int) -> tuple[int, int]:
        """Where the head that begins at `after` ends and where the body begins: at a blank line, or at a
        boundary that comes before one.  `dashes` is where the next line with dashes begins, 0 for none.

        Without the boundary a stranger has a thousand parts read the rest of the message as their head."""
        wire = self._wire
        searched = after
        while dashes > 0:
            end = wire.find("\n\n", searched, dashes)
            if end >= 0:
                return end, end + 2
            stop = wire.find("\n", dashes)
            stop = len(wire) if stop < 0 else stop
            if _level_of(wire[dashes + 2 : min(stop, dashes + _LONGEST_LINE)], self._levels)[0] is not None:
                return max(dashes - 1, after), max(dashes - 1, after)
            searched = dashes
            dashes = wire.find("\n--", stop) + 1
        end = wire.find("\n\n", searched)
        return (len(wire), len(wire)) if end < 0 else (end, end + 2)


def guessed_boundary(wire: str, content_type: str, start: int) -> str | None:
    """A boundary that the header of what begins at `start` does not declare or declares wrongly: the first
    line of dashes with a Content- field right below."""
    if content_type.startswith("text/plain") and not wire.startswith("--", start):
        return None
    found = _UNDECLARED.search(wire, start, start + _FIRST_PART)
    return found[1].rstrip() if found else None


def boundary_of(head: Head) -> str | None:
    """The boundary that `head` declares, None for none."""
    value = head.raw("content-type")
    # Nearly all write boundary="...", which is found without the engine.
    _, _, quoted = value.partition('boundary="')
    boundary, quote, _ = quoted.partition('"')
    if quote and 0 < len(boundary) <= 200 and "\n" not in boundary:
        return boundary.rstrip()
    found = _BOUNDARY.search(value)
    if found is None and "boundary=" in head.text:
        found = _BOUNDARY.search(head.text)  # folded without the blank that makes it a continuation
    return (found[1] or found[2]).rstrip() if found is not None else None


def _level_of(line: str, levels: dict[str, int]) -> tuple[int | None, bool]:
    """The level whose boundary `line` is, less its first two dashes, and whether it closes that level;
    None for a line that is no boundary."""
    line = line.rstrip()
    level = levels.get(line)
    if level is None and line.endswith("--"):
        return levels.get(line[:-2]), True
    return level, False
