"""Takes off what editors, trackers and transfer encodings leave in a copied text: HTML, quoted-printable,
wiki markup, escaped signs and the typographic ones that Word writes."""

import json
import re
from binascii import a2b_qp
from html import unescape
from itertools import islice
from typing import Final

from bounce_tui.parsing.cleaning.html_text import to_text
from bounce_tui.parsing.cleaning.plain_words import plain_words
from bounce_tui.parsing.mime.charsets import decode, without_surrogates
from bounce_tui.regex import regex

_UNSEEN: Final = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_LIKENESSES: Final = {0x2010: "-", 0x2011: "-", 0xFE63: "-", 0xFF0D: "-", 0xFF20: "@", 0xFE6B: "@"}
_SIGNS: Final = {**_UNSEEN, **_LIKENESSES, 0xA0: " ", 0x202F: " "}
"""What looks like another sign, or like none, and breaks the address or the code that it stands in."""

_SOFT_BREAK: Final = regex(r"=(?:(?<=\S=)[ \t]{0,4}|20)\n")
_ENCODED: Final = regex(r"=(?:3D|20|09|40|2E|C[23]=[89AB][0-9A-F]|E2=80=[89A][0-9A-F])")
_FEWEST_ENCODED: Final = 2

_TAG: Final = regex(
    r"</?(?:html|body|p|br|div|span|table|tr|td|font|pre|b|strong|a|li)(?:\s[^<>]{0,400})?/?>", re.I
)
_FEWEST_TAGS: Final = 3
_ENTITY: Final = regex(r"&(?:lt|gt|amp|nbsp|quot|commat|#\d{2,5}|#x[0-9A-Fa-f]{2,4});")
_FEWEST_ENTITIES: Final = 2

# "[mailto:bob@example.net]", "[Bob|mailto:bob@example.net]", "[Bob](mailto:bob@example.net)" and
# "<mailto:bob@example.net|bob@example.net>": how Jira, Markdown and Slack write a link to an address.
_LINKED: Final = regex(
    r"\[(?:[^\[\]|\n]{1,200}\|)?mailto:([^\[\]|\s]{3,320})\]"
    r"|\[[^\[\]\n]{1,200}\]\(mailto:([^()\s]{3,320})\)"
    r"|<mailto:([^<>|\s]{3,320})\|[^<>\n]{1,320}>"
)
# "{color:#de350b}", "{code:json}", "{{", "h3. " of Jira's wiki, and the bars of its tables.
_WIKI: Final = regex(
    r"\{(?:color|code|noformat|quote|panel)(?::[^{}\n]{0,120})?\}|\{\{|\}\}|^h[1-6]\. |\|\|", re.M
)
# How a console marks words: "\\x1b[1;31m".
_COLOUR: Final = regex(r"\x1b\[[\d;]{0,20}[mK]")
_SPACED_AT: Final = regex(r"(?<=[a-z0-9])(?: @ |@ )(?=[A-Za-z0-9][A-Za-z0-9-]{0,62}\.[A-Za-z])")
# Alone on its line, as GMX writes who failed.
_QUOTED_ALONE: Final = regex(
    r"^([ \t]{0,8})[\"']([^\s\"'<>@]{1,64}@[\w.-]{1,255})[\"'](?=:?[ \t]{0,8}$)", re.M
)
_ESCAPED: Final = regex(r"\\(?=[_<>@*])")
_OBJECT: Final = regex(
    r"^[ \t]{0,40}(\{\s{0,20}\"[^\n]{0,8000}(?:\n[^\n]{0,8000}){0,60}?\})[ \t,;]{0,4}$", re.M
)


_RECORDED: Final = regex(
    r'"(?:message|MESSAGE|msg|log|line|short_message|textPayload|_raw)"\s{0,9}:\s{0,9}"((?:[^"\\]|\\.){20,4000})"'
)
_MOST_RECORDS: Final = 2000


def recorded_lines(text: str) -> str:
    """The lines of a log that stand in JSON, as who collects logs shows them; "" where there are none."""
    lines = []
    for record in islice(_RECORDED.finditer(text), _MOST_RECORDS):
        try:
            lines.append(without_surrogates(json.loads(f'"{record[1]}"', strict=False)))
        except ValueError:
            continue
    return "\n".join(lines)


def without_markup(text: str) -> str:
    """`text` as its reader saw it."""
    if "\x1b" in text:
        text = _COLOUR.sub("", text)
    if "=" in text:
        text = _transferred(text)
    if "<" in text and len(_some(_TAG, text, _FEWEST_TAGS)) == _FEWEST_TAGS:
        text = to_text(text)
    elif "&" in text and len(_some(_ENTITY, text, _FEWEST_ENTITIES)) == _FEWEST_ENTITIES:
        text = unescape(text)
    if not text.isascii():
        text = text.translate(_SIGNS)
    if "@ " in text:
        text = _SPACED_AT.sub("@", text)
    if "@" in text:
        text = _QUOTED_ALONE.sub(r"\1\2", text)
    if "mailto:" in text:
        text = _LINKED.sub(lambda link: link[1] or link[2] or link[3], text)
    if "{" in text:
        text = _WIKI.sub(_gap, text)
    return _ESCAPED.sub("", text) if "\\" in text else text


def with_objects_as_lines(text: str) -> str:
    """`text` with the objects of JSON among its words, an event of a sending service, as lines "label:
    value"."""
    return _OBJECT.sub(lambda found: plain_words(found[1]), text)


def _some(pattern: re.Pattern[str], text: str, most: int) -> list[str]:
    """The first `most` finds of `pattern`."""
    found: list[str] = []
    for one in pattern.finditer(text):
        found.append(one[0])
        if len(found) == most:
            break
    return found


def _gap(mark: re.Match[str]) -> str:
    """What stands in the place of a wiki `mark`: only a bar keeps two words apart."""
    return " " if mark[0] == "||" else ""


def _transferred(text: str) -> str:
    """`text` with quoted-printable undone, where it is left in it (RFC 2045 section 6.7)."""
    breaks = len(_some(_SOFT_BREAK, text, _FEWEST_ENCODED))
    if breaks + len(_some(_ENCODED, text, _FEWEST_ENCODED)) < _FEWEST_ENCODED or not breaks:
        return text
    return decode(a2b_qp(text.encode("utf-8", "replace")).decode("latin-1"))
