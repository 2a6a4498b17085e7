"""A header block (RFC 5322): fields found by name, decoded only when asked for."""

import re
from binascii import Error as Base64Error
from binascii import a2b_base64, a2b_qp
from itertools import islice
from typing import Final

from bounce_tui.parsing.mime.charsets import codec_name, decode
from bounce_tui.regex import regex

# Any one of these makes a first paragraph a header; text that a person pasted has none.
_OF_MAIL: Final = frozenset(
    {
        "from",
        "to",
        "subject",
        "date",
        "received",
        "return-path",
        "message-id",
        "mime-version",
        "content-type",
        "delivered-to",
        "x-failed-recipients",
        "auto-submitted",
        "sender",
        "reply-to",
        "x-mailer",
    }
)
# A field with what is folded below it; "Subject :" was legal in RFC 822 and is still met.
# (A name is [^:\s] of Latin-1, spelt without the class that the engine tests apart from the rest.)
_FIELD: Final = re.compile(r"\n([^:\t-\r\x1c-\x20\x85\xa0]++)[ \t]*+:(.*+(?:\n[ \t].*+)*)")
_WORD: Final = regex(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\n]*)\?=")
_BETWEEN_WORDS: Final = regex(r"\?=\s+(?==\?)")
# Two white spaces or a tab or line end alone, spelt so that the engine skips to the first white space.
_SPACE: Final = regex(r"\s(?:\s+|(?<=[\t\n]))")
_PARAMETER: Final = regex(r";\s*([A-Za-z0-9_*-]{1,60})\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^;\s\"]+))")
_LONGEST_VALUE: Final = 16384


class Head:
    """The fields of one header block.  Of a repeated field the first one counts, as the newest
    stands on top; `each` gives the others.  Names are in lower case everywhere."""

    __slots__ = ("_pairs", "fields", "text")

    def __init__(self, wire: str) -> None:
        self.text = wire
        self._pairs: list[tuple[str, str]] = _FIELD.findall("\n" + wire)
        self.fields = {name.lower(): value for name, value in reversed(self._pairs)}

    def __bool__(self) -> bool:
        return bool(self.fields)

    def has(self, name: str) -> bool:
        """True when the field is there."""
        return name in self.fields

    def says(self, name: str, words: str) -> bool:
        """True when the field holds `words`, given in lower case and without a blank, which no fold parts."""
        return words in self.fields.get(name, "").lower()

    def raw(self, name: str) -> str:
        """The field's value as it travelled, unfolded; "" when absent."""
        value = self.fields.get(name)
        if value is None:
            return ""
        return unfolded(value) if "\n" in value else value.strip()

    def get(self, name: str) -> str | None:
        """The field's value as text, encoded words decoded (RFC 2047); None when absent or empty."""
        value = self.fields.get(name)
        if value is None:
            return None
        value = value[:_LONGEST_VALUE]
        value = unfolded(value) if "\n" in value else value.strip()
        if "=?" in value or not value.isascii() or "\x1b" in value:
            value = unfold(decode_words(value))
        elif "  " in value or "\t" in value:
            value = unfold(value)
        return value or None

    def each(self, name: str, most: int = 1000) -> list[str]:
        """The values of a repeated field in order, as they travelled, at most `most` of them."""
        if name not in self.fields:
            return []
        if len(self.fields) == len(self._pairs):
            return [self.fields[name]]  # nothing is repeated
        size = len(name)
        found = [value for field, value in self._pairs if len(field) == size and field.lower() == name]
        return found[:most]

    def as_written(self, most: int) -> list[tuple[str, str]]:
        """The first `most` fields with their names and values as they stand."""
        return [(found[1], found[2]) for found in islice(_FIELD.finditer("\n" + self.text), most)]

    @property
    def is_mail(self) -> bool:
        """True when this is a mail's header and not a paragraph of text with a colon in it: that one does
        not begin with a field."""
        if not self._pairs:
            return False
        first = self._pairs[0][0]
        if self.text.startswith(first + ":") and first.lower() in _OF_MAIL:
            return True  # nearly always
        begins = self.text[: self.text.find(":")].rstrip(" \t") == first
        named = len(self.fields.keys() & _OF_MAIL)
        return named > 1 or (named == 1 and begins)


def unfolded(value: str) -> str:
    """A value as it stands in `Head.fields`, its folds undone (RFC 5322 section 2.2.3)."""
    return value.replace("\n\t", " ").replace("\n", "").strip()


def unfold(text: str) -> str:
    """`text` on one line, runs of white space made one blank."""
    if "  " in text or "\t" in text or "\n" in text:
        return _SPACE.sub(" ", text).strip()
    return text.strip()


def decode_words(value: str) -> str:
    """RFC 2047 encoded words and bare 8-bit text, decoded; adjacent words of one character set are
    joined before decoding, for mailers that cut characters in two."""
    value = value[:_LONGEST_VALUE]
    if "=?" not in value:
        return value if value.isascii() and "\x1b" not in value else decode(value)
    value = _BETWEEN_WORDS.sub("?=", value)
    out: list[str] = []
    pending, charset, at = "", "", 0
    for word in _WORD.finditer(value):
        if word.start() > at or word[1].lower() != charset:
            if pending:
                out.append(decode(pending, charset))
                pending = ""
            out.append(decode(value[at : word.start()]))
        charset, at = word[1].partition("*")[0].lower(), word.end()
        pending += _word_bytes(word[2], word[3])
    if pending:
        out.append(decode(pending, charset))
    out.append(decode(value[at:]))
    return "".join(out)


def _word_bytes(encoding: str, text: str) -> str:
    data = text.encode("latin-1", "replace")
    if encoding in "qQ":
        return a2b_qp(data, header=True).decode("latin-1")
    try:
        return a2b_base64(data + b"=" * (-len(data) % 4)).decode("latin-1")
    except Base64Error:
        return text


def parameters(value: str) -> dict[str, str]:
    """Parameters of a Content-Type or Content-Disposition, RFC 2231 continuations and charsets
    included; names in lower case."""
    found: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(value[:_LONGEST_VALUE]):
        name, text = match[1].lower(), match[3] or match[2] or ""
        base, star, rest = name.partition("*")
        if not star:
            found.setdefault(base, decode_words(text))
            continue
        number = rest.rstrip("*")
        order = int(number) if number.isdecimal() and len(number) < 5 else 0
        pieces.setdefault(base, []).append((order, name.endswith("*"), text))
    for base, several in pieces.items():
        several.sort(key=lambda piece: piece[0])
        charset, joined = None, []
        for order, encoded, text in several:
            if encoded and order == 0 and text.count("'") >= 2:
                charset, _, text = text.split("'", 2)
            joined.append(_percent(text) if encoded else text)
        known = charset if charset and codec_name(charset) else None
        found[base] = decode("".join(joined), known)
    return found


_PERCENT: Final = regex(r"%([0-9A-Fa-f]{2})")


def _percent(text: str) -> str:
    return _PERCENT.sub(lambda match: chr(int(match[1], 16)), text)
