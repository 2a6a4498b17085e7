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
from bounce_tui.parsing.families.description import is_description
from bounce_tui.parsing.families.free_text import says_failure
from bounce_tui.parsing.replies import failure
from bounce_tui.regex import regex

_PARAGRAPH = regex(r"\n[ \t]*\n")
_BRACKETS = regex(r"\(([^()]{10,300}[.!])\)\s*$")
_ANNOUNCES = regex(r"^[^\n:]{12,200}:[ \t]*\n", re.M)
_COLONS = (":", "：")
_MOST = 200


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
    return not one.diagnostic.endswith(_COLONS) and not is_description(one.diagnostic)


def _told(one: Failure, paragraphs: list[str]) -> Failure:
    words = _above(one.recipient, paragraphs) if one.recipient else ""
    if words:
        return failure(one.recipient, words, one.action)
    return replace(one, diagnostic="") if is_description(one.diagnostic) else one


def _above(recipient: str, paragraphs: list[str]) -> str:
    """What is said above `recipient` in its paragraph, or in the one before where it begins its own."""
    at = next((number for number, text in enumerate(paragraphs) if recipient in text), -1)
    lines = paragraphs[at].partition(recipient)[0].split("\n")[:-1] if at >= 0 else []
    if not lines:
        return _said(paragraphs[at - 1]) if at > 0 and not find_all(paragraphs[at - 1]) else ""
    return _said("\n".join(line for line in lines if not find_all(line)))


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
