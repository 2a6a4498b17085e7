"""What the single words and codes of an English reply speak for, where no wording is known that says it.

Each word and code has learnt from replies with known reasons how far it speaks for each
(`knowledge/words.tsv`, made by tests/diagnosis/learn_words.py: multinomial logistic regression over what
occurs).  Read on first use; most replies are decided by wording and never come here.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from msgspec import Struct

_FILE: Final = Path(__file__).with_name("knowledge") / "words.tsv"
_TOKEN: Final = re.compile(
    # Each name stands behind what it names: the engine passes at once over an alternative that begins with
    # another character than the text, and would not if a group began it.
    r"(?:recipient|sender|client host|helo command|data command) (?:address )?rejected:(?P<aside>)"
    # A recipient that is a program, in the words of its owner.
    r"|\"\|[^\"]{1,300}\"(?P<program>)"
    r"|https?://\S{1,400}(?P<url>)"
    r"|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?P<ip>)"
    r"|\*{3,320}(?P<star>)"
    r"|\d+(?:\.\d+)? ?(?:[kmg]i?b?|bytes|octets|mbytes|megabytes?)\b(?P<amount>)"
    r"|[a-z0-9_-]{1,63}+(?=\.)(?:\.[a-z0-9_-]{1,63}){0,8}\.[a-z]{2,24}\b(?P<host>)"
    r"|[a-z]+(?:'[a-z]+)?(?P<word>)"
)
_ENDINGS: Final = {
    "d": ("ied", "ed"),
    "g": ("ing",),
    "n": ("ation",),
    "r": ("er",),
    "s": ("ations", "ings", "ies", "ers", "es", "s"),
    "y": ("ingly", "edly", "ly"),
}
"""What words lose, by its last letter."""
_SHORTEST_STEM: Final = 3
_BIAS: Final = "*"
_KNOWN_WORDS: Final = 4
_ENOUGH: Final = re.compile(rf"(?:[^a-z]*+[a-z]++){{{_KNOWN_WORDS}}}")
"""Where a reply has fewer words than must be known: seen much sooner than what each of them is."""
_STRANGE: Final = 0.5
"""Share of unknown words from which a reply is not taken for English."""
_IN_REPLY: Final = " (in reply to "
"""Behind it stands the command that was answered."""
_LONGEST: Final = 2_000
"""Characters that are looked at."""
NOTHING_HELD: Final[Mapping[str, float]] = MappingProxyType({})


class Vote(Struct, frozen=True):
    """What words speak for: the reason, its chance among all, and where the word that says most stands."""

    reason: str
    share: float
    start: int
    end: int


class WordVotes:
    """The learnt weights: by word, then by the place of the reason."""

    def __init__(self, lines: Iterator[str]) -> None:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        self._reasons = tuple(next(rows))
        self._weights = {
            word: {int(place): float(weight) for place, weight in map(str.split, pairs)}
            for word, *pairs in rows
        }
        self._bias = tuple(self._weights.pop(_BIAS).values())
        self._places = {reason: place for place, reason in enumerate(self._reasons)}

    def vote(
        self,
        text: str,
        begin: int = 0,
        codes: Iterable[str] = (),
        held: Mapping[str, float] = NOTHING_HELD,
        rival: str | None = None,
    ) -> Vote | None:
        """What the folded `text` of a reply from `begin` on and its `codes` speak for, on top of what is
        `held` of it already (by reason, in logarithms of odds); None if the text is short or no English, and
        where all of it speaks for `rival`."""
        end = _end(text, begin)
        if _ENOUGH.match(text, begin, end) is None:
            return None
        places: dict[str, re.Match[str]] = {}
        strange = 0
        for word, found in words(text, begin, end):
            if word in self._weights:
                places.setdefault(word, found)
            else:
                strange += 1
        # Addresses and amounts are of every language.
        known = sum([word[0] != "<" for word in places])
        if known < _KNOWN_WORDS or strange > _STRANGE * (strange + known):
            return None
        said = [*places, *[code for code in codes if code in self._weights]]
        scores = list(self._bias)
        scale = 1 / math.sqrt(len(said))
        for word in said:
            for place, weight in self._weights[word].items():
                scores[place] += weight * scale
        for reason, weight in held.items():
            if reason in self._places:
                scores[self._places[reason]] += weight
        top = max(scores)
        best = scores.index(top)
        if self._reasons[best] == rival:
            return None
        share = 1 / sum([math.exp(score - top) for score in scores])
        told = max(places, key=lambda word: self._weights[word].get(best, 0.0))
        return Vote(self._reasons[best], share, *places[told].span())


def code_words(reply: str | None, status: str | None) -> list[str]:
    """The reply code and the enhanced status code as words: the detail counts apart from the class."""
    said = [f"#{reply}"] if reply else []
    return [*said, f"#{status[0]}", f"#{status[1:]}"] if status else said


def words(text: str, begin: int = 0, end: int | None = None) -> Iterator[tuple[str, re.Match[str]]]:
    """The words of the folded `text`, without their endings, and where they stand; other things by kind."""
    for found in _TOKEN.finditer(text, begin, _end(text, begin) if end is None else end):
        kind = found.lastgroup
        if kind == "word":
            yield _stem(found[0]), found
        elif kind not in ("url", "aside", "program"):
            yield f"<{kind}>", found


def _end(text: str, begin: int) -> int:
    """Where the words of the server end."""
    said = text.find(_IN_REPLY, begin)
    return min(begin + _LONGEST, said if said >= 0 else len(text))


def read_word_votes() -> WordVotes:
    """Those that come with the program."""
    with _FILE.open(encoding="utf-8") as lines:
        return WordVotes(lines)


def _stem(word: str) -> str:
    for ending in _ENDINGS.get(word[-1], ()):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
