"""Recipients who share one line and its words: "anna@example.net and bert@example.net: no such users"."""

import re
from functools import cache

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import ADDRESS
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.regex import regex

_MOST = 20
_WORDS_FOLLOW = regex(r"[>\"']?[ \t]?(?:[:：]|[-–—]{1,2}[ \t])")


def with_joined(found: list[Failure], text: str) -> list[Failure]:
    """`found`, each of whom begins a line of `text`, and behind it whom that line names together with it
    before the words that are about all of them."""
    told: list[Failure] = []
    known = {one.recipient for one in found}
    for one in found:
        more = _behind(one.recipient or "", text) if "@" in one.diagnostic else []
        if not more or not known.isdisjoint(more) or more[-1] not in one.diagnostic:
            told.append(one)
            continue
        words = one.diagnostic.partition(more[-1])[2].lstrip(">\"' \t:：-–—")
        told += [failure(recipient, words, one.action) for recipient in (one.recipient, *more)]
    return told


def _behind(address: str, text: str) -> list[str]:
    """The addresses joined to `address` where it stands first in `text`; none where no words follow them."""
    end = text.find(address) + len(address)
    more: list[str] = []
    while len(more) < _MOST and (following := _next().match(text, end)) is not None:
        more.append(following[1])
        end = following.end()
    return more if _WORDS_FOLLOW.match(text, end) is not None else []


@cache
def _next() -> re.Pattern[str]:
    joining = any_of(lexicon("joining", "and", "and_between_addresses", "and_in_a_list", "or"))
    return re.compile(
        # A comma needs its blank: without one it parts the cells of a table, which may name the sender first.
        rf"[>\"']?(?:[ \t]?[,、，][ \t\n]{{1,40}}|,?[ \t\n]{{1,40}}(?:{joining}|&|\+)[ \t\n]{{1,40}})"
        rf"[<\"']?({ADDRESS.pattern})"
    )
