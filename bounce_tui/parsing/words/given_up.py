"""Whether a report says, in any language, that the server has stopped trying: then a mail that it calls
delayed, or that was answered with a 4xx, has failed.

Only what is done counts: "we gave up", and neither "we give up after five days" nor "if we have given up".
"""

import re
from functools import cache

from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of, whole
from bounce_tui.parsing.words.sentences import fold
from bounce_tui.regex import regex

_LONGEST = 3000
_SENTENCE_ENDS = regex(r"[.!?:;]\s|[。！？；]|\n[ \t]*\n")


@cache
def _stopped() -> tuple[str, ...]:
    return tuple(map(fold, lexicon("given_up", "stopped")))


@cache
def _if() -> re.Pattern[str]:
    spaced, unspaced = lexicon("given_up", "condition"), lexicon("given_up", "condition_unspaced")
    return re.compile(f"{whole(spaced)}|{any_of(unspaced)}")


def has_given_up(text: str) -> bool:
    """True where the beginning of `text` says that the server stopped trying."""
    said = fold(text[:_LONGEST])
    for stopped in _stopped():
        if stopped in said:
            above = said.partition(stopped)[0]
            if _if().search(_SENTENCE_ENDS.split(above)[-1]) is None:
                return True
    return False
