"""Characters that do not belong into an address: blanks, quotes, `mailto:`, a comma for a dot."""

import unicodedata

from msgspec import Struct

from bounce_tui.hints.odd_characters import is_invisible, named
from bounce_tui.hints.tables import typos

LONGEST = 400
_QUOTES = "\"'`<>()[]{}‘’‚“”„‹›«»"
_ENDS = ".,;:!?" + _QUOTES
_ROUNDS = 4
_PAIRS = dict(zip("<([{", ">)]}", strict=True))


class Stray(Struct, frozen=True, gc=False):
    """`address` without what does not belong; `words` name what was taken away."""

    address: str
    words: str


def without_strays(text: str) -> Stray | None:
    """`text`, something written in the place of an address, made an address by taking away and mending
    what can be mended without guessing.  None when nothing is wrong, or when no address comes out; its
    domain may still lack its dot."""
    if "\u2026" in text or not 3 < len(text) <= LONGEST:
        return None
    found: dict[str, None] = {}
    address = _plain_width(text, found)
    address = _visible_only(address, found)
    for _ in range(_ROUNDS):
        before = address
        address = _unwrapped(address, found)
        if address == before:
            break
    address = _mended(address, found)
    if not found or address == text or not address.isprintable() or not _is_address(address):
        return None
    return Stray(address, ", ".join(found))


def _plain_width(text: str, found: dict[str, None]) -> str:
    out = []
    for char in text:
        plain = unicodedata.normalize("NFKC", char) if not char.isascii() else char
        if plain != char and len(plain) == 1 and plain.isascii() and plain != " ":
            found.setdefault(named(char))
            char = plain
        elif char in "。｡":
            found.setdefault(named(char))
            char = "."
        out.append(char)
    return "".join(out)


def _visible_only(text: str, found: dict[str, None]) -> str:
    kept = []
    for char in text:
        if is_invisible(char):
            found.setdefault(named(char))
        else:
            kept.append(char)
    return "".join(kept)


def _unwrapped(text: str, found: dict[str, None]) -> str:
    lower = text.lower()
    for words in typos().clinging.before:
        if lower.startswith(words) and "@" in text[len(words) :]:
            found.setdefault(f"“{words}” before it")
            return text[len(words) :]
    for words in typos().clinging.after:
        if lower.endswith(words):
            found.setdefault(f"“{words}” after it")
            return text[: -len(words)]
    if text and text[-1] in _ENDS and not text.endswith("]"):
        found.setdefault(f"{named(text[-1])} after it")
        return text[:-1]
    closing = f"{_PAIRS.get(text[:1], '')}@"
    if len(closing) > 1 and closing in text:
        found.setdefault("brackets round the name")
        return text[1:].replace(closing, "@", 1)
    if text and text[0] in _ENDS and not _is_quoted_local(text):
        found.setdefault(f"{named(text[0])} before it")
        return text[1:]
    return text


def _is_quoted_local(text: str) -> bool:
    return text.startswith('"') and '"@' in text[1:]


def _mended(text: str, found: dict[str, None]) -> str:
    if text.count("@") > 1 and "@@" in text:
        text = _shrunk(text, "@")
        found.setdefault("two @")
    local, at, domain = text.rpartition("@")
    if not at or "@" in local:
        return text
    if "," in domain or ";" in domain:
        found.setdefault("a comma for a dot" if "," in domain else "a semicolon for a dot")
        domain = domain.replace(",", ".").replace(";", ".")
    if ".." in domain:
        found.setdefault("two dots in a row")
        domain = _shrunk(domain, ".")
    if domain.startswith("."):
        found.setdefault("a dot after the @")
        domain = domain.lstrip(".")
    if ".." in local and not local.startswith('"'):
        found.setdefault("two dots in a row")
        local = _shrunk(local, ".")
    if local.endswith("."):
        found.setdefault("a dot before the @")
        local = local.rstrip(".")
    return f"{local}@{domain}"


def _shrunk(text: str, char: str) -> str:
    while char + char in text:
        text = text.replace(char + char, char)
    return text


def _is_address(text: str) -> bool:
    local, _, domain = text.rpartition("@")
    if not local or not domain or ("@" in local and not local.startswith('"')):
        return False
    return all(char.isalnum() or char in ".-_" for char in domain)
