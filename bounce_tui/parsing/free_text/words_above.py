"""The words about a recipient that stand above it and not beside it, as old systems and filters put them.

SERVER unable to connect for 3 days to host:
    MX.EXAMPLE.NET
mail not delivered to recipient(s):
    <b@example.net>
"""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.free_text.description import begins_with_subject, is_description
from bounce_tui.parsing.free_text.free_text import says_failure
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.shapes.closing import is_closing
from bounce_tui.parsing.words.sentences import forms
from bounce_tui.regex import regex

_PARAGRAPH = regex(r"\n[ \t]*\n")
_BRACKETS = regex(r"\(([^()]{10,300}[.!])\)\s*$")
_ANNOUNCES = regex(r"^[^\n:]{12,200}:[ \t]*\n", re.M)
_WHY = frozenset(("gone", "full", "refused", "content", "given_up"))
_COLONS = (":", "：")
_GREETED = (",", "!", *_COLONS)
_MOST = 200
_MOST_ABOVE = 5


def with_words_above(found: list[Failure], text: str) -> list[Failure]:
    """`found`; those beside whom nothing is said, or no more than what their mail was or that now they come,
    with what stands above them in `text`."""
    if len(found) > _MOST or all(map(_has_words, found)):
        return found
    paragraphs = _PARAGRAPH.split(text)
    return [one if _has_words(one) else _told(one, paragraphs) for one in found]


def _has_words(one: Failure) -> bool:
    if not one.diagnostic:
        return False
    if one.reply_code is not None or one.status is not None:
        return True
    said = one.diagnostic
    if begins_with_subject(said):
        return False
    return not said.endswith(_COLONS) and not is_description(said) and not is_closing(said)


def _told(one: Failure, paragraphs: list[str]) -> Failure:
    words = _above(one, paragraphs) if one.recipient else ""
    if words:
        return failure(one.recipient, words, one.action)
    return replace(one, diagnostic="", quoted="") if is_description(one.diagnostic) else one


def _above(one: Failure, paragraphs: list[str]) -> str:
    """What is said above the recipient in its paragraph, or before that where recipients begin it."""
    recipient = one.recipient or ""
    at = next((number for number, text in enumerate(paragraphs) if recipient in text), -1)
    if at < 0:
        return ""
    lines = paragraphs[at].partition(recipient)[0].split("\n")[:-1]
    said = "\n".join(line for line in lines if not find_all(line))
    if said.strip():
        return _said(said)
    told = heading(paragraphs[:at])
    return _headline(paragraphs[:at]) if not told and begins_with_subject(one.diagnostic) else told


def _headline(paragraphs: list[str]) -> str:
    """The last of `paragraphs`, in whatever words: below it stand only a recipient and what the mail was."""
    last = paragraphs[-1].strip() if paragraphs else ""
    return "" if "@" in last or last.endswith(_GREETED) else last


def heading(paragraphs: list[str]) -> str:
    """What the last of `paragraphs` says; where that announces who failed, what those before it say, with it
    where it names a cause itself."""
    if not paragraphs or find_all(paragraphs[-1]):
        return ""
    last = paragraphs[-1].strip()
    said = _said(last)
    if said or not last.endswith(_COLONS):
        return said
    above: list[str] = []
    for paragraph in reversed(paragraphs[:-1]):
        if "@" in paragraph or len(above) == _MOST_ABOVE:
            break
        above.insert(0, paragraph.strip())
    told = _said("\n".join(above))
    names_cause = any(not _WHY.isdisjoint(sentence) for sentence in forms(last))
    return f"{told}\n{last}" if told and names_cause else told


def _said(words: str) -> str:
    """`words` where they say why; what stands in brackets at their end alone where that is a sentence."""
    words = words.strip()
    reason = _BRACKETS.search(words)
    if reason is not None:
        return reason[1]
    if words.endswith(_COLONS):
        # What it announces are those who failed; a line that announces something else says what befell them.
        return words if _ANNOUNCES.search(words[:-1]) else ""
    return words if says_failure(words) else ""
