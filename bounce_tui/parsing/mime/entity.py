"""A leaf of a message's tree of parts: where its body lies and how to decode it (RFC 2045)."""

import re
from binascii import Error as Base64Error
from binascii import a2b_base64, a2b_qp
from typing import Final

from bounce_tui.parsing.mime.charsets import decode
from bounce_tui.parsing.mime.headers import Head, parameters, unfolded
from bounce_tui.regex import regex

_LONGEST_LINE: Final = 300
_CHARSET: Final = regex(r"charset\s*=\s*\"?([^\s;\"]{1,60})", re.I)
_NOT_BASE64: Final = regex(r"[^A-Za-z0-9+/]+")


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
        return self._field("content-transfer-encoding").lower()

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
        declared = self._field("content-type")
        found = _CHARSET.search(declared) if declared else None
        return decode(body, found[1] if found else None)

    def _field(self, name: str) -> str:
        """`Head.raw`, of a head that may not have been read: most parts are asked for no more than this."""
        if self._head is None:
            lower = self.head_text.lower()
            at = lower.find(name)
            if at < 0:
                return ""
            begin = at + len(name)
            # Else the name stands in another field, or a blank behind it.
            if (at == 0 or lower[at - 1] == "\n") and lower.startswith(":", begin):
                return _value(self.head_text, begin + 1)
        return self.head.raw(name)

    @property
    def filename(self) -> str | None:
        """The file name that the part suggests, without any folder."""
        for field, key in (("content-disposition", "filename"), ("content-type", "name")):
            name = parameters(self.head.raw(field)).get(key)
            if name:
                return re.split(r"[/\\]", name)[-1] or None
        return None


def type_of(head: Head) -> str:
    """The media type that `head` declares, in lower case; text/plain where it declares none (RFC 2045 section
    5.2)."""
    value = head.fields.get("content-type")
    if value is None:
        return "text/plain"
    kind = value.partition(";")[0].strip().lower()
    if "\n" in kind:
        kind = unfolded(kind)
    return kind if "/" in kind else "text/plain"


def _value(head: str, begin: int) -> str:
    """The value that begins at `begin` in the text of a `head`, unfolded."""
    end = head.find("\n", begin)
    while end >= 0 and head.startswith((" ", "\t"), end + 1):
        end = head.find("\n", end + 1)
    value = head[begin:end] if end >= 0 else head[begin:]
    return unfolded(value) if "\n" in value else value.strip()


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
