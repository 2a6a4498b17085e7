"""Words that a program wrote for programs, or against them, as a reader takes them: JSON and XML as lines
"label: value", and addresses in the spelling that is to hide them ("bob (at) example.net")."""

import json
import re
from html import unescape

from bounce_tui.parsing.mime.charsets import without_surrogates
from bounce_tui.regex import regex

_FEWEST_FIELDS = 2
_ADDRESSES = frozenset(("email", "e-mail", "mail", "rcpt", "rcpt_to", "recipient_email", "to_email"))
_STRING = r'"((?:[^"\\]|\\.){0,4000})"'
_JSON_FIELD = regex(
    r'"([A-Za-z][\w .-]{0,60})"\s{0,40}:\s{0,40}'
    rf"(?:{_STRING}|(\d{{1,12}})\b|\[([^\[\]{{}}]{{0,4000}})\])"
)
_JSON_STRING = regex(_STRING)
_XML_FIELD = regex(r"<([A-Za-z][\w.:-]{0,60})(?:\s[^<>]{0,300})?>([^<>]{1,4000})</\1\s{0,8}>")
_HUMP = regex(r"(?<=[a-z0-9])(?=[A-Z])|[_.-]")
_HIDDEN_AT = regex(r"(?<=[\w.+-])[ \t]?[\[({][ \t]?(?:at|@)[ \t]?[\])}][ \t]?(?=\w)", re.I)
_HIDDEN_DOT = regex(
    r"(?<=\w)[ \t]?[\[({<][ \t]?(?:dot|punkt|point|punto|ponto|\.)[ \t]?[\])}>][ \t]?(?=\w)", re.I
)
# As archives of lists write it; only where nothing else can be meant.
_SPELLED_AT = regex(
    r"(?:(?<=<)|^[ \t]{0,20})([\w.+-]{1,64}) at ([\w-]{1,63}(?:\.[\w-]{1,63}){1,10})(?=>|:?[ \t]*$)", re.M
)


def hides_address(text: str) -> bool:
    """True where `text` spells an address so that programs shall not see it."""
    # Most texts end here, so nothing dearer than a look for the closing bracket; for it alone first, as one
    # sign is found many times faster than three.
    closed = ")" in text and ("at)" in text or "AT)" in text or "@)" in text or "at )" in text)
    closed = closed or ("]" in text and ("at]" in text or "AT]" in text or "@]" in text or "at ]" in text))
    return closed and _HIDDEN_AT.search(text) is not None


def plain_words(text: str) -> str:
    """`text`, as it is where it is neither data nor hides an address."""
    start = text.lstrip()[:1]
    if start in ("{", "["):
        text = _lines([(one[1], _json_value(one)) for one in _JSON_FIELD.finditer(text)]) or text
    elif start == "<" and "</" in text:
        text = _lines([(one[1], unescape(one[2])) for one in _XML_FIELD.finditer(text)]) or text
    if hides_address(text):
        text = _HIDDEN_DOT.sub(".", _HIDDEN_AT.sub("@", text))
    if "@" in text:
        return text
    return _SPELLED_AT.sub(r"\1@\2", text) if " at " in text else text


def _lines(fields: list[tuple[str, str]]) -> str:
    if len(fields) < _FEWEST_FIELDS:
        return ""
    return "\n".join(f"{_label(name)}: {' '.join(value.split())}" for name, value in fields)


def _label(name: str) -> str:
    # In a letter "E-mail:" stands before whom to ask, in data nobody is to be asked.
    return "recipient" if name.lower() in _ADDRESSES else _HUMP.sub(" ", name)


def _json_value(field: re.Match[str]) -> str:
    if field[2] is not None:
        return _unescaped(field[2])
    return field[3] or ", ".join(_unescaped(one[1]) for one in _JSON_STRING.finditer(field[4] or ""))


def _unescaped(text: str) -> str:
    # Mailers wrap the long line inside the string.
    text = text.replace("\n", "")
    try:
        return without_surrogates(json.loads(f'"{text}"'))
    except ValueError:
        return text
