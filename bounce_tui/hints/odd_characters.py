"""Characters that do not show or look like others: named, and what was meant in their place."""

import unicodedata

from bounce_tui.hints.tables import typos

_NAMES = {
    " ": "a space", "\t": "a tab", "\n": "a line break", "\r": "a line break", "\xa0": "a no-break space",
    ",": "a comma", ";": "a semicolon", ":": "a colon", '"': "a quotation mark", "'": "an apostrophe",
    "`": "a backtick", "<": "an angle bracket", ">": "an angle bracket", "(": "a bracket", ")": "a bracket",
    "[": "a bracket", "]": "a bracket", ".": "a dot", "\u200b": "a zero-width space",
    "\ufeff": "a byte order mark", "\xad": "a soft hyphen", "\u200e": "a left-to-right mark",
    "\u200f": "a right-to-left mark",
}  # fmt: skip
_LABEL = 63


def named(char: str) -> str:
    """`char` in words, with its code point unless everybody knows it: "a zero-width space (U+200B)"."""
    name = _NAMES.get(char)
    if name is not None:
        return name if char.isascii() else f"{name} (U+{ord(char):04X})"
    words = unicodedata.name(char, "a control character").lower()
    return f"{words} (U+{ord(char):04X})"


def is_invisible(char: str) -> bool:
    """True for a character that takes no place on paper or is a blank: it is in no address on purpose."""
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp")


def latin_for(text: str) -> tuple[str, str]:
    """`text` with each letter that looks like a Latin one replaced by that one, and the name of the first."""
    table = typos().look_alikes
    out, strange = [], ""
    for char in text.lower():
        plain = table.get(char)
        if plain is None and not char.isascii():
            folded = unicodedata.normalize("NFKC", char)
            plain = folded if folded.isascii() and folded else None
        if plain is not None and not strange:
            strange = named(char)
        out.append(plain if plain is not None else char)
    return "".join(out), strange


def unpunycoded(domain: str) -> str:
    """`domain` with its xn-- labels as people read them (RFC 3492); a label that is none stays."""
    if "xn--" not in domain:
        return domain
    return ".".join(_label(label) for label in domain.split("."))


def _label(label: str) -> str:
    # The decoder is quadratic in the label, so only labels of a legal length are decoded.
    if not label.startswith("xn--") or len(label) > _LABEL or not label.isascii():
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
