"""HTML as plain text: enough of it to read a report that comes in no other form.  Linear in its input."""

import re
from html import unescape

from bounce_tui.lower_case import lower_case
from bounce_tui.regex import regex

LIMIT = 1 << 18
_BREAK = regex(r"<br\b[^<>]*>", re.I)
_BLOCK = regex(r"</?(?:div|tr|li|ul|ol|table|blockquote|hr|pre)\b[^<>]*>", re.I)
_PARAGRAPH = regex(r"</?(?:p|h[1-6])\b[^<>]*>", re.I)
# One break or many between two pieces of text: "\1" is the edge of a block, "\2" that of a paragraph.
_BREAKS = regex("[\1\2\n][\1\2\n \t]*")
_CELL = regex(r"</?t[dh]\b[^<>]*>", re.I)
# "<" before an address is text that somebody forgot to escape, not a tag.
_TAG = regex(r"<(?![^<>\s@]{1,64}@)[^<>]*>")
_HIDDEN = ("style", "script", "head", "title")
# A name that stands for its address, as Exchange writes recipients.
_MAILTO = regex(
    r"<a\b[^<>]{0,300}?href\s{0,4}=\s{0,4}[\"']?mailto:([^\"'?<>\s]{3,320})[^<>]{0,300}>([^<@]{1,200})</a>",
    re.I,
)
_BLANKS = regex(r"[ \t\xa0\u200b-\u200f\ufeff]+")
# The blanks before the newline are merged later: looked for here, a run of them would cost its square.
_INDENT = regex(r"^[ \t]{1,200}(?=\S)", re.M)
_DEEPEST_INDENT = 40
_SOURCE_SPACE = regex(r"\n\s*")


def to_text(html: str) -> str:
    """The words of `html`, block elements on lines of their own."""
    html = html[:LIMIT]
    for name in _HIDDEN:
        html = _without(html, name)
    pieces = html.split("<!--")
    html = pieces[0] + "".join(piece.partition("-->")[2] for piece in pieces[1:])
    if "mailto:" in html:
        html = _MAILTO.sub(r"\2 &lt;\1&gt;", html)
    html = _INDENT.sub(_kept, html) if "<pre" in html.lower() else _SOURCE_SPACE.sub(" ", html)
    # Outlook makes a paragraph of each line, without space between them.
    paragraph = "\1" if "MsoNormal" in html else "\2"
    html = _PARAGRAPH.sub(paragraph, _BLOCK.sub("\1", _BREAK.sub("\n", html)))
    text = _BREAKS.sub(_lines, unescape(_TAG.sub("", _CELL.sub(" ", html))))
    return "\n".join(_line(line) for line in text.split("\n"))


def _lines(breaks: re.Match[str]) -> str:
    """The newlines that a browser shows: the edges of blocks that meet are one, and the last break inside
    a block is its edge."""
    run = breaks[0]
    lines = run.count("\n")
    if "\1" in run or "\2" in run:
        lines = max(1, lines) if run[0] == "\n" else lines + 1
        if "\2" in run:
            lines = max(2, lines)
    return "\n" * min(lines, 2)


def _kept(indent: re.Match[str]) -> str:
    return indent[0].expandtabs().replace(" ", "\xa0")


def _line(line: str) -> str:
    """`line` with its blanks merged, behind the indent that no-break spaces give it: a mail program that
    forwards plain text as HTML writes them."""
    words = _BLANKS.sub(" ", line).strip()
    if not words or "\xa0" not in line:
        return words
    indent = len(line) - len(line.lstrip("\xa0 "))
    return " " * min(indent, _DEEPEST_INDENT) + words if "\xa0" in line[:indent] else words


def _without(html: str, name: str) -> str:
    """`html` without its elements `name`; a first one that never closes hides nothing."""
    lower = lower_case(html)
    opening, closing = f"<{name}", f"</{name}"
    out, at = [], 0
    while (start := lower.find(opening, at)) >= 0:
        if lower[start + len(opening) : start + len(opening) + 1].isalnum():
            out.append(html[at : start + len(opening)])
            at = start + len(opening)
            continue
        stop = lower.find(closing, start)
        if stop < 0:
            break
        out.append(html[at:start])
        at = stop + len(closing)
    out.append(html[at:])
    return "".join(out)
