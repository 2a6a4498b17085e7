"""Lines that label an address as the recipient's: "Recipient: bob@example.net", in any language."""

from typing import Final

from bounce_tui.parsing.addresses import ADDRESS, clean, find_all
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

_LABELS: Final = frozenset(lexicon("recipients", "label"))
_WORD = regex(r"[^\W\d_]{3}")


def labelled_as_recipient(line: str) -> list[str]:
    """The addresses behind a recipient's label, when nothing but they stand there."""
    label, colon, value = line.replace("：", ":").partition(":")
    label = label.strip(" \t*>-").lower()
    if not colon or (label not in _LABELS and label.removesuffix("s") not in _LABELS):
        return []
    value = value.strip()
    if " " not in value:
        address = clean(value)
        return [address] if address else []
    if value.endswith(">") and value.count("@") == 1:
        return find_all(value)
    return [] if _WORD.search(ADDRESS.sub("", value)) else find_all(value)
