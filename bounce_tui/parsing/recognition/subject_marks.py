"""The marks that mail programs put before the subject of an answer or a forward: "Re:", "WG:"."""

import re
from typing import Final

from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.regex import regex

_MARK: Final = any_of(lexicon("subjects", "passed_on"))
_MARKED: Final = regex(rf"(?:\[[^\]\n]{{1,60}}\]\s{{0,3}})?(?:{_MARK})\s?(?:\[\d{{1,3}}\])?[:：]", re.I)
_MOST_MARKS: Final = 5


def is_passed_on(subject: str) -> bool:
    """True for a subject with the mark of an answer or a forward."""
    # Most subjects have no colon, and looking for one takes a fraction of trying all marks.
    return (":" in subject or "：" in subject) and _MARKED.match(subject) is not None


def without_marks(subject: str) -> str:
    """`subject` without the marks of answers and forwards before it, at most five of them."""
    for _ in range(_MOST_MARKS):
        mark = _MARKED.match(subject)
        if mark is None:
            break
        subject = subject[mark.end() :].lstrip()
    return subject
