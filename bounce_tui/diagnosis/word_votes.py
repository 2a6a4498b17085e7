"""What the single words and codes of an English reply speak for, where no wording is known that says it.

Each word and code has learnt from replies with known reasons how far it speaks for each
(`knowledge/words.tsv`, made by tests/diagnosis/learn_words.py: multinomial logistic regression over what
occurs).  Most replies are decided by wording and never come here.
"""

import math
import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from bounce_tui.regex import regex

_TOKEN: Final = regex(
    # Each name stands behind what it names: the engine passes at once over an alternative that begins with
    # another character than the text, and would not if a group began it.
    # What none begins with is passed over by one look, not by one for each alternative.
    r"(?=[\"*\da-z_-])(?:"
    r"(?:recipient|sender|client host|helo command|data command) (?:address )?rejected:(?P<aside>)"
    # A recipient that is a program, in the words of its owner.
    r"|\"\|[^\"]{1,300}\"(?P<program>)"
    r"|https?://\S{1,400}(?P<url>)"
    r"|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?P<ip>)"
    r"|\*{3,320}(?P<star>)"
    r"|\d+(?:\.\d+)? ?(?:[kmg]i?b?|bytes|octets|mbytes|megabytes?)\b(?P<amount>)"
    r"|[a-z0-9_-]{1,63}+(?=\.)(?:\.[a-z0-9_-]{1,63}){0,8}\.[a-z]{2,24}\b(?P<host>)"
    r"|[a-z]+(?:'[a-z]+)?(?P<word>))"
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
_MIDDLE: Final = 0x8000
"""What stands for a weight of zero (`_lanes`)."""
_LANE: Final = 16
_LANE_MASK: Final = 0xFFFF
"""Bits of a reason's weight."""
_KNOWN_WORDS: Final = 4
_ENOUGH: Final = re.compile(rf"(?:[^a-z]*+[a-z]++){{{_KNOWN_WORDS}}}")
"""Where a reply has fewer words than must be known: seen much sooner than what each of them is."""
_STRANGE: Final = 0.4
"""Share of unknown words from which a reply is not taken for English."""
_IN_REPLY: Final = " (in reply to "
"""Behind it stands the command that was answered."""
_LOUDEST: Final = 4
"""How many words are shown as what decided, where they stand together."""
_WIDEST: Final = 60
_LONGEST: Final = 2_000
"""Characters that are looked at."""
NOTHING_HELD: Final[Mapping[str, float]] = MappingProxyType({})


class Vote(Struct, frozen=True):
    """What words speak for: the reason, its chance among all, and where the words that say most stand."""

    reason: str
    share: float
    start: int
    end: int


class WordWeights(Struct, frozen=True, array_like=True):
    """How far each word speaks for each of `reasons`, in tenths: of `bias`, what is so before any word is
    heard, and of `rows` by word, packed (`_lanes`)."""

    reasons: tuple[str, ...] = ()
    bias: bytes = b""
    rows: dict[str, bytes] = {}


def read_weights(lines: Iterable[str]) -> WordWeights:
    """The weights in `lines` (words.tsv): the reasons, then each word with places of reasons and weights."""
    told = (line.split("\t") for line in lines if line and not line.startswith("#"))
    reasons = tuple(next(told, ()))
    lanes = _lanes(reasons)
    rows = {}
    for word, *pairs in told:
        row = [_MIDDLE] * len(reasons)
        for place, weight in map(str.split, pairs):
            row[int(place)] += round(float(weight) * 10)
        rows[word] = lanes.pack(*row)
    return WordWeights(reasons, rows.pop(_BIAS, lanes.pack(*[_MIDDLE] * len(reasons))), rows)


def _lanes(reasons: Sequence[str]) -> struct.Struct:
    """A row of weights as bytes: 16 bits a reason, with zero in their middle.  Read as one long number, rows
    are added up for all reasons at once; a reason's bits would run over into the next only beyond weights
    of 3276, and all words of the table together do not reach that."""
    return struct.Struct(f"<{len(reasons)}H")


class WordVotes:
    """Asks the learnt weights."""

    def __init__(self, weights: WordWeights) -> None:
        self._reasons = weights.reasons
        # As numbers: to make each anew from its bytes costs more than to add it.
        self._rows = {word: int.from_bytes(row, "little") for word, row in weights.rows.items()}
        self._lanes = _lanes(weights.reasons)
        self._zero = int.from_bytes(self._lanes.pack(*[_MIDDLE] * len(weights.reasons)), "little")
        self._bias = [(weight - _MIDDLE) / 10 for weight in self._lanes.unpack(weights.bias)]
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
        rows = self._rows
        places: dict[str, re.Match[str]] = {}
        said: list[int] = []
        strange = known = 0
        for word, found in words(text, begin, end):
            if word in places:
                continue
            row = rows.get(word)
            if row is None:
                strange += 1
                continue
            places[word] = found
            said.append(row)
            # Addresses and amounts are of every language.
            known += word[0] != "<"
        if known < _KNOWN_WORDS or strange > _STRANGE * (strange + known):
            return None
        spoken = len(said)
        said += [rows[code] for code in codes if code in rows]
        total = sum(said) - (len(said) - 1) * self._zero
        scale = 0.1 / math.sqrt(len(said))
        # The middle that is left in all of them alike moves no reason before another.
        weights = self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))
        scores = [bias + weight * scale for bias, weight in zip(self._bias, weights, strict=True)]
        for reason, weight in held.items():
            if reason in self._places:
                scores[self._places[reason]] += weight
        top = max(scores)
        best = scores.index(top)
        if self._reasons[best] == rival:
            return None
        share = 1 / sum([math.exp(score - top) for score in scores])
        shift = best * _LANE
        said_for = [row >> shift & _LANE_MASK for row in said[:spoken]]
        found_at = list(places.values())
        loudest = sorted(range(spoken), key=said_for.__getitem__, reverse=True)[:_LOUDEST]
        heard = [found_at[at] for at in loudest if said_for[at] > _MIDDLE] or [found_at[loudest[0]]]
        return Vote(self._reasons[best], share, *_stretch(heard))


def _stretch(found: Sequence[re.Match[str]]) -> tuple[int, int]:
    """Where the first of the words `found` stands, with those of the others that stand near: hardly ever is
    it one word that decides."""
    low, high = found[0].span()
    for one in found[1:]:
        start, end = min(low, one.start()), max(high, one.end())
        if end - start <= _WIDEST:
            low, high = start, end
    return low, high


def code_words(reply: str | None, status: str | None) -> list[str]:
    """The reply code and the enhanced status code as words: the detail counts apart from the class."""
    said = [f"#{reply}"] if reply else []
    return [*said, f"#{status[0]}", f"#{status[1:]}"] if status else said


def words(text: str, begin: int = 0, end: int | None = None) -> Iterator[tuple[str, re.Match[str]]]:
    """The words of the folded `text`, without their endings, and where they stand; other things by kind."""
    for found in _TOKEN.finditer(text, begin, _end(text, begin) if end is None else end):
        kind = found.lastgroup
        if kind == "word":
            word = found[0]
            yield (_stem(word) if word[-1] in _ENDINGS else word), found
        elif kind not in ("url", "aside", "program"):
            yield f"<{kind}>", found


def _end(text: str, begin: int) -> int:
    """Where the words of the server end."""
    said = text.find(_IN_REPLY, begin)
    return min(begin + _LONGEST, said if said >= 0 else len(text))


def _stem(word: str) -> str:
    """A `word` that ends in one of the letters of _ENDINGS without its ending."""
    for ending in _ENDINGS[word[-1]]:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
