"""What a text brings as a sample: documentation, newsletters and courses show bounces that nobody got."""

import re
from functools import cache

from bounce_tui.parsing.recognition.plausible import speaks_of_himself
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of, whole
from bounce_tui.regex import regex

# "| 550 5.1.1 | Recipient unknown |": a code alone in its cell, of a table that explains codes.
_EXPLAINED = regex(
    r"^[ \t|*-]{0,8}(?:[245]\d\d(?: [245]\.\d{1,3}\.\d{1,3})?(?: ?/ ?[245]\d\d)?|[245]\.\d{1,3}\.\d{1,3})"
    r"[ *]{0,20}(?:[|\t=]| {2,}| [–—-] )(?=[^\n@]{0,300}$)",
    re.M,
)
_FEWEST_EXPLAINED = 3
_EVIDENCE = regex(r"^.*?(?:@|\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b)", re.M)
_NEAR = 500
"""Characters above a sample in which it is announced."""


def is_sample(above: str) -> bool:
    """True where what stands `above` a reply or a report announces it as a sample, and speaks of nobody's own
    mail."""
    said = " ".join(above[-_NEAR:].lower().split())
    if _announcement().search(said) is None:
        return False
    return not speaks_of_himself(said) and _own_mail().search(said) is None


@cache
def _announcement() -> re.Pattern[str]:
    spaced, unspaced = lexicon("samples", "announced"), lexicon("samples", "announced_unspaced")
    before_colon = any_of(lexicon("samples", "before_colon"))
    return re.compile(
        # No host or address whose name is such a word: example.com.
        rf"{whole(spaced)}(?!\.\w)|{any_of(unspaced)}|(?<![\w.@-])(?:{before_colon})(?: of [^\n]{{1,60}})?:"
    )


@cache
def _own_mail() -> re.Pattern[str]:
    return re.compile(whole(lexicon("samples", "own")))


def brings_sample(text: str) -> bool:
    """True where the first line of `text` with a reply or an address in it is a sample."""
    first = _EVIDENCE.search(text)
    return first is not None and is_sample(text[: first.end()])


def explains_codes(text: str) -> bool:
    """True for a table of codes and what they mean: no mail met with all of them."""
    rows = _EXPLAINED.findall(text)
    return len(rows) >= _FEWEST_EXPLAINED and len(set(rows)) == len(rows)
