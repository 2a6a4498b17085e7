"""A message cut into its MIME entities (RFC 2045, 2046): once, without recursion, nothing decoded.

Boundaries are looked for in one pass over the lines that begin with "--", so the time is linear in
the message whatever its depth or number of parts.
"""

import re
from binascii import Error as Base64Error
from binascii import a2b_base64, a2b_qp
from typing import Final

from bounce_tui.parsing.charsets import decode
from bounce_tui.parsing.headers import Head, parameters, unfolded
from bounce_tui.parsing.wire import to_wire

MOST_ENTITIES: Final = 50_000
"""Parts beyond these are not looked at: no report has so many, and no reader would scroll so far."""
DEEPEST: Final = 5000
"""Multiparts nested deeper than this are left as one part."""

_LONGEST_LINE: Final = 300
_DIGEST: Final = "multipart/digest"
_FIRST_PART: Final = 65536
_MOST_GUESSES: Final = 8
_BOUNDARY: Final = re.compile(r"boundary\s*=\s*(?:\"([^\"\n]{1,200})\"|([^\s;\"]{1,200}))", re.I)
_CHARSET: Final = re.compile(r"charset\s*=\s*\"?([^\s;\"]{1,60})", re.I)
_UNDECLARED: Final = re.compile(
    r"^--([^\s-][^\n]{2,120}|-+[^\n]{4,120})\n(?:Content-[A-Za-z-]{4,20}[ \t]*:)", re.M | re.I
)
# The type of a part as nearly all write it; below the line of dashes, so that no part's head has to be read
# for it.
_PART_TYPE: Final = re.compile(
    r"\ncontent-type[ \t]*+:[ \t]*+(?:([^\s;/]++/[^\s;]++)[ \t]*+(?=;|\n(?![ \t])|\Z))?", re.I
)
_NOT_BASE64: Final = re.compile(r"[^A-Za-z0-9+/]+")


class Entity:
    """One leaf of the tree: its type, where its body lies in the wire text, and how to decode it."""

    __slots__ = ("_head", "content_type", "end", "head_text", "start", "wire")

    def __init__(
        self, wire: str, head_text: str, start: int, end: int, content_type: str, head: Head | None = None
    ) -> None:
        self.wire = wire
        self.head_text = head_text
        self.start = start
        self.end = end
        self.content_type = content_type
        self._head = head

    @property
    def head(self) -> Head:
        """The fields above the body."""
        if self._head is None:
            self._head = Head(self.head_text)
        return self._head

    @property
    def encoding(self) -> str:
        """The transfer encoding in lower case, "" when there is none."""
        if self._head is None and "ransfer-" not in self.head_text.lower():
            return ""
        return self.head.raw("content-transfer-encoding").lower()

    def body(self, limit: int = 1 << 20) -> str:
        """The body with its transfer encoding undone, at most `limit` encoded characters of it, still
        Latin-1."""
        body = self.wire[self.start : min(self.end, self.start + limit)]
        encoding = self.encoding
        return _untransfer(body, encoding) if encoding else body

    def text(self, limit: int = 1 << 20) -> str:
        """The body as text."""
        return self.decoded(self.body(limit))

    def decoded(self, body: str) -> str:
        """`body`, this entity's or a piece of it, in the charset that the entity declares."""
        if self._head is None and "charset" not in self.head_text.lower():
            return decode(body)
        declared = self.head.raw("content-type")
        found = _CHARSET.search(declared) if declared else None
        return decode(body, found[1] if found else None)

    @property
    def filename(self) -> str | None:
        """The file name that the part suggests, without any folder."""
        for field, key in (("content-disposition", "filename"), ("content-type", "name")):
            name = parameters(self.head.raw(field)).get(key)
            if name:
                return re.split(r"[/\\]", name)[-1] or None
        return None


class Mail:
    """A message: its header and its leaves in the order in which they stand."""

    __slots__ = ("body_start", "entities", "head", "preamble", "wire")

    def __init__(self, wire: str) -> None:
        self.wire = wire
        self.head, self.body_start = _split_head(wire)
        self.preamble = (self.body_start, self.body_start)
        self.entities: list[Entity] = []
        self._cut()

    @property
    def body(self) -> str:
        """Everything after the header, as it travelled."""
        return self.wire[self.body_start :]

    def _cut(self) -> None:
        head, wire, size = self.head, self.wire, len(self.wire)
        content_type = _type_of(head)
        boundary = _boundary_of(head) if content_type.startswith("multipart/") else None
        if boundary is None and content_type.startswith(("multipart/", "text/plain")):
            boundary = self._guessed_boundary(content_type, self.body_start)
        if boundary is None:
            self.entities.append(Entity(wire, head.text, self.body_start, size, content_type, head))
            return
        self._cut_multipart(boundary, content_type)
        if not self.entities:
            boundary = self._guessed_boundary("multipart/mixed", self.body_start)
            if boundary is not None:
                self._cut_multipart(boundary, content_type)
        if not self.entities:
            plain = "text/plain" if content_type.startswith("multipart/") else content_type
            self.entities.append(Entity(wire, head.text, self.body_start, size, plain, head))

    def _guessed_boundary(self, content_type: str, start: int) -> str | None:
        """A boundary that the header of what begins at `start` does not declare or declares wrongly: the
        first line of dashes with a Content- field right below."""
        if content_type.startswith("text/plain") and not self.wire.startswith("--", start):
            return None
        found = _UNDECLARED.search(self.wire, start, start + _FIRST_PART)
        return found[1].rstrip() if found else None

    def _has(self, boundary: str | None, start: int) -> bool:
        """True when `boundary` comes soon after `start`."""
        return boundary is not None and self.wire.find(f"--{boundary}", start, start + _FIRST_PART) >= 0

    def _cut_multipart(self, boundary: str, content_type: str) -> None:
        wire, size, add = self.wire, len(self.wire), self.entities.append
        levels = {boundary: 0}
        guesses = 0
        digests = {boundary} if content_type == _DIGEST else set()
        # With one level open only its boundary counts, and what is longer is found in fewer steps.
        only = f"\n--{boundary}"
        opened: Entity | None = None
        first = True
        at = (
            self.body_start
            if wire.startswith("--", self.body_start)
            else wire.find(only, self.body_start) + 1
        )
        following = at
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
            if opened is not None:
                opened.end = at - 1 if at > opened.start else opened.start
                add(opened)
                opened = None
            elif first:
                self.preamble, first = (self.body_start, at), False
            if len(self.entities) >= MOST_ENTITIES:
                return
            # The innermost level came last into the dict, so it leaves first.
            kept = (level or 1) if closing else level + 1
            while len(levels) > kept:
                levels.popitem()
            if closing:
                continue
            after = stop + 1
            if wire.startswith("\n", after) or after >= size:
                end, start = after, after + 1
            else:
                end = wire.find("\n\n", after, following) if following else -1
                start = end + 2
                if end < 0:
                    end, start = self._end_of_head(after, following, levels)
            typed = _PART_TYPE.search(wire, stop, end)
            if typed is not None and typed[1]:
                kind = typed[1].lower()
                if not kind.startswith("multipart/"):
                    opened = Entity(wire, wire[after:end], min(start, size), size, kind)
                    continue
            head = Head(wire[after:end])
            kind = _type_of(head)
            inner = _boundary_of(head) if kind.startswith("multipart/") and len(levels) < DEEPEST else None
            if kind.startswith("multipart/") and guesses < _MOST_GUESSES and not self._has(inner, start):
                guesses += 1
                inner = self._guessed_boundary(kind, start - 1)
                if inner is None or inner in levels:
                    inner, kind = None, "text/plain"
            if inner is not None and inner not in levels:
                levels[inner] = len(levels)
                if kind == _DIGEST:
                    digests.add(inner)
                following = wire.find("\n--", stop) + 1
                continue
            if kind == "text/plain" and not head.has("content-type"):
                if digests and next(reversed(levels)) in digests:
                    kind = "message/rfc822"  # what a part of a digest is by default (RFC 2046 section 5.1.5)
                elif head.has("received") or head.has("message-id"):
                    # Some systems return the message as a part without a header of its own.
                    kind, start = "message/rfc822", after
                elif not any(name.startswith("content-") for name in head.fields):
                    start = min(start, after + 1 if wire.startswith("\n", after) else after)
            opened = Entity(wire, head.text, min(start, size), size, kind, head)
        if opened is not None:
            add(opened)

    def _end_of_head(self, after: int, dashes: int, levels: dict[str, int]) -> tuple[int, int]:
        """Where the head that begins at `after` ends and where the body begins: at a blank line, or at a
        boundary that comes before one.  `dashes` is where the next line with dashes begins, 0 for none.

        Without the boundary a stranger has a thousand parts read the rest of the message as their head."""
        wire = self.wire
        searched = after
        while dashes > 0:
            end = wire.find("\n\n", searched, dashes)
            if end >= 0:
                return end, end + 2
            stop = wire.find("\n", dashes)
            stop = len(wire) if stop < 0 else stop
            if _level_of(wire[dashes + 2 : min(stop, dashes + _LONGEST_LINE)], levels)[0] is not None:
                return max(dashes - 1, after), max(dashes - 1, after)
            searched = dashes
            dashes = wire.find("\n--", stop) + 1
        end = wire.find("\n\n", searched)
        return (len(wire), len(wire)) if end < 0 else (end, end + 2)


def cut(raw: bytes) -> Mail:
    """`raw` as a Mail.  Never raises."""
    return Mail(to_wire(raw))


def _split_head(wire: str) -> tuple[Head, int]:
    stop = wire.find("\n\n")
    end, body = (len(wire), len(wire)) if stop < 0 else (stop, stop + 2)
    head = Head(wire[:end])
    return (head, body) if head.is_mail else (Head(""), 0)


def _level_of(line: str, levels: dict[str, int]) -> tuple[int | None, bool]:
    """The level whose boundary `line` is, less its first two dashes, and whether it closes that level;
    None for a line that is no boundary."""
    line = line.rstrip()
    level = levels.get(line)
    if level is None and line.endswith("--"):
        return levels.get(line[:-2]), True
    return level, False


def _type_of(head: Head) -> str:
    value = head.fields.get("content-type")
    if value is None:
        return "text/plain"
    kind = value.partition(";")[0].strip().lower()
    if "\n" in kind:
        kind = unfolded(kind)
    return kind if "/" in kind else "text/plain"


def _boundary_of(head: Head) -> str | None:
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


def _untransfer(body: str, encoding: str) -> str:
    if encoding.startswith("quoted-printable"):
        return a2b_qp(body.encode("latin-1")).decode("latin-1") if "=" in body else body
    if encoding.startswith("base64"):
        if ":" in body[:_LONGEST_LINE].lstrip("\n").partition("\n")[0]:
            return body  # a gateway decoded it and left the header as it was
        try:
            return _unix(a2b_base64(body.encode("latin-1")).decode("latin-1"))
        except Base64Error:
            kept = _NOT_BASE64.sub("", body)
            kept = kept[: len(kept) - (1 if len(kept) % 4 == 1 else 0)]
            return _unix(a2b_base64((kept + "=" * (-len(kept) % 4)).encode()).decode("latin-1"))
    return body


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
