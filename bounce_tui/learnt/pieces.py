"""A folded reply cut into the pieces that a reader can learn: words, pairs of them, and parts of words.

Parts carry what endings and compounds hide in many languages ("Postfach" in "Postfachspeicher"), and are all
that is known where a script writes no words apart.  What stands in the first or the last of several clauses
is a piece of its own besides: in any language one cause is denied before the true one is named, or granted
behind it.
"""

from collections.abc import Iterator
from typing import Final

from bounce_tui.regex import regex

_UNSPACED: Final = (
    "\u0900-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f"
)
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese; the scripts of India, of whose vowel signs Python makes no
letters; and Korean, which puts its particles behind its nouns."""
_TOKEN: Final = regex(
    # Each name stands behind what it names: the engine passes at once over an alternative that begins with
    # another character than the text, and would not if a group began it.
    # What none begins with is passed over by one look, not by one for each alternative.
    r"(?=[\"*\w-])(?:"
    # Most are words with nothing about them that is the beginning of something else, and of ASCII letters,
    # which are told in a fraction of the time.
    r"[a-z]++(?>(?:'[a-z]+)?)(?![\w.-]|://)(?P<ascii>)"
    rf"|[^\W\d_{_UNSPACED}]++(?>(?:'[a-z]+)?)(?![\w.-]|://)(?P<word>)"
    # A recipient that is a program, in the words of its owner.
    r"|\"\|[^\"]{1,300}\"(?P<program>)"
    r"|https?://\S{1,400}(?P<url>)"
    r"|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?P<ip>)"
    r"|\*{3,320}(?P<star>)"
    r"|\d+(?:\.\d+)? ?(?:[kmg]i?b?|bytes|octets|mbytes|megabytes?)\b(?P<amount>)"
    r"|\d+(?:\.\d+)*(?P<number>)"
    r"|[a-z0-9_-]{1,63}+(?=\.)(?:\.[a-z0-9_-]{1,63}){0,8}\.[a-z]{2,24}\b(?P<host>)"
    rf"|[{_UNSPACED}]+(?P<run>)"
    rf"|[^\W\d_{_UNSPACED}]+(?:'[a-z]+)?(?P<rest>))"
)
_ASIDE: Final = regex(r"(?:recipient|sender|client host|helo command|data command) (?:address )?rejected:")
_MARK_OF_ASIDE: Final = "rejected:"
_THINGS: Final = {name: f"<{name}>" for name in ("number", "host", "star", "ip", "amount")}
"""What of the things that are recognised is a piece."""
_PART: Final = 4
"""Letters of a part of a word, its ends counted as letters."""
_LONGEST_WORD: Final = 40
"""Letters of a word whose parts are taken: longer ones are no words."""
_IN_RUN: Final = (1, 2, 3)
"""Letters of a part where no blanks tell words apart."""
_RUN_AS_WORDS: Final = 3
"""Letters of such a script that make up a word, more or less."""


FIRST, LAST = "^", "$"
"""What stands before a word or part that is in the first clause of several, or in the last."""
_MARKED_PART: Final = 3
"""Letters of a part of a run that is marked so."""
_END_OF_CLAUSE: Final = regex(
    # All signs in one class, to which the engine skips; those of scripts without blanks need none behind.
    r"[,;:.!?)(\u2013\u2014\u060c\u061b\u06d4\u3001\u3002\uff0c\uff1a\uff1b\uff1f\uff01]"
    r"(?:(?<![,;:.!?)(\u2013\u2014])|\s|$)"
)
_NO_WORD: Final = regex(r"[\W_]+")

Token = tuple[str, int, int, bool]
"""A word, a run of a script that writes none apart, or what stands for a thing (`<ip>`); where it begins and
ends; and whether it is a run.  No struct: a reply has fifty, and half of all replies are cut."""


def tokens(text: str, begin: int, end: int) -> Iterator[Token]:
    """The tokens of the folded `text` between `begin` and `end`."""
    if _MARK_OF_ASIDE in text:
        text = _ASIDE.sub(lambda found: " " * len(found[0]), text)
    for found in _TOKEN.finditer(text, begin, end):
        kind = found.lastgroup
        start, stop = found.span()
        if kind == "ascii" or kind == "word" or kind == "rest":
            yield text[start:stop], start, stop, False
        elif kind in _THINGS:
            yield _THINGS[kind], start, stop, False
        elif kind == "run":
            yield text[start:stop], start, stop, True


def words_in(word: str, *, run: bool) -> float:
    """How many words a token counts as."""
    return len(word) / _RUN_AS_WORDS if run else 1.0


def stands_for(word: str) -> bool:
    """Whether a token stands for a thing, and is no word: such are of every language."""
    return word[0] == "<"


def pair(one: str, other: str) -> str:
    """The piece for two words that follow each other."""
    return f"{one} {other}"


def parts(word: str) -> list[str]:
    """The parts of a `word` as pieces; none of a token that stands for a thing (`<ip>`)."""
    if stands_for(word):
        return []
    whole = f"_{word[:_LONGEST_WORD]}_"
    return [f"~{whole[at : at + _PART]}" for at in range(len(whole) - _PART + 1)]


def run_parts(run: str) -> Iterator[tuple[str, int]]:
    """The parts of a `run` as pieces, and where in it they begin."""
    for length in _IN_RUN:
        for at in range(len(run) - length + 1):
            yield f"~{run[at : at + length]}", at


def clauses(text: str, begin: int, end: int) -> tuple[int, int]:
    """Where the first clause of the `text` between `begin` and `end` ends, and where the last begins; `begin`
    and `end` where there is one."""
    blank = _NO_WORD.match(text, begin, end)
    start = blank.end() if blank is not None else begin
    first, last = begin, end
    for found in _END_OF_CLAUSE.finditer(text, start, end):
        if _NO_WORD.fullmatch(text, found.start(), end):
            break
        if first == begin:
            first = found.start()
        last = found.end()
    return first, last


def marked(word: str, mark: str, *, run: bool) -> list[str]:
    """The further pieces of a token that stands in the first clause or in the last; `mark` (FIRST or LAST)
    says in which."""
    if not run:
        return [mark + word]
    return [mark + word[at : at + _MARKED_PART] for at in range(len(word) - _MARKED_PART + 1)]
