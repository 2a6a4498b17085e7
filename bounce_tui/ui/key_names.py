"""Keys as people write them, and as Textual names them."""

import string
import unicodedata

_SHORT = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
_NAMED = frozenset(
    (
        *(
            "enter",
            "escape",
            "tab",
            "space",
            "backspace",
            "delete",
            "insert",
            "home",
            "end",
            "pageup",
            "pagedown",
        ),
        *("up", "down", "left", "right"),
        *(f"f{number}" for number in range(1, 25)),
    )
)
_ALSO = {
    "esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown",
    "del": "delete", "ins": "insert",
    "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape",
}  # fmt: skip
"""Other names, and keys that a terminal sends the same bytes for."""
_MODIFIERS = ("ctrl+", "alt+", "shift+")
_WRITTEN = {"escape": "esc", "pagedown": "PgDn", "pageup": "PgUp"}


def _name_of(character: str) -> str:
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _SHORT.get(name, name)


_CHARACTERS = {_name_of(character): character for character in string.punctuation}


def key_of(text: str) -> str | None:
    """Textual's name of the key that `text` ("x", "?", "ctrl+x", "PgDn") is; None where it is no key."""
    if len(text) == 1:
        return _name_of(text) if text.isprintable() else None
    key = text.strip().lower()
    modifiers = ""
    for modifier in _MODIFIERS:
        if key.startswith(modifier):
            modifiers += modifier
            key = key.removeprefix(modifier)
    key = _name_of(key) if len(key) == 1 else key
    whole = _ALSO.get(modifiers + key)
    if whole is not None:
        return whole
    key = _ALSO.get(key, key)
    known = key in _NAMED or key in _CHARACTERS or (len(key) == 1 and modifiers)
    return modifiers + key if known else None


def key_name(key: str) -> str:
    """Textual's `key` as people write it."""
    return _CHARACTERS.get(key) or _WRITTEN.get(key, key)


def is_typed(key: str) -> bool:
    """Whether Textual's `key` puts a character into a text."""
    return len(key) == 1 or key in _CHARACTERS or key == "space"
