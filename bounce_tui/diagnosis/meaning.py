"""What a reply of unknown wording is about, by concepts that stand close together in it.

"Das Benutzerkonto wurde gesperrt" is in no list, but it speaks of an account and of being shut.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bounce_tui.diagnosis.concept_stems import FIRST_IDEOGRAPH, StemFinder
from bounce_tui.diagnosis.hit import CATCH_WORD, MEANING, Hit
from bounce_tui.diagnosis.reply import Reply
from bounce_tui.diagnosis.rulebook import Meaning, MeaningIndex, Rules
from bounce_tui.regex import regex

_WIDEST = 100
"""Characters between the first and the last word of one meaning."""
_ENOUGH = 3
"""Weight from which concepts say more than a status code."""
_LONGEST_REST = 24
"""Letters that a word may have before and behind its stem."""
_ASIDE = "aside"
"""The concept of idioms whose words do not count: "in this domain" says where, not what."""
_PLACES = 8
_POINTS = 4
_HOST = r"https?://\S{1,400}|(?<![\w.-])(?:[a-z0-9_-]{1,63}+\.){1,8}[a-z]{2,24}(?![\w-])"
_SHAPES = (
    r"\d(?:(?P<ip>(?<![\w.]\d)\d{0,2}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w.]))"
    r"|(?P<data_amount>(?<!\d\.\d\.\d)(?<!\.\d\.\d\d)"
    r" ?(?:[kmg](?:i?b|o)|bytes|octets|[кмг]б)(?![a-zа-я])"
    r"(?<!go(?= (?:ahead|away|back|elsewhere|home|on|to)\b))))"
)
"""Concepts that are known by their shape: each begins with a digit, to which the engine skips."""
_OF_A_CODE = regex(r"[2-5]\d\d [kmg]o\b")
"""A reply code and a word: "550 Go", "550 KO".  French amounts end so, too."""
_SAID = " said: "
"""Before it stands the receiving host with its own address."""
_IN_REPLY = " (in reply to "
"""Behind it stands the command that was answered."""
_DIGRAPH = regex(r"e(?<=[aou]e)(?<![aeiouq][aou]e)|a(?<=aa)(?<![aeiou]aa)|'(?<=[aeiou]')(?![a-z])")
"""Umlauts in ASCII, not behind another vowel or a q ("neue", "queue"), and Italian accents ("piu'").  Each
begins with its own sign, to which the engine skips."""
_WORD = regex(r"[^\W\d_]{2}")
_OF_HOST = regex(r"\.[a-z]|://")
"""What every name of a host or a link has, found in a fraction of the time."""
_FILE_TYPES = (
    *(".exe", ".scr", ".bat", ".zip", ".js", ".vbs", ".docm", ".xlsm", ".iso", ".img", ".jar", ".lnk"),
    *(".ps1", ".rar", ".7z", ".cab", ".vhd", ".msi", ".hta", ".doc", ".xls", ".pif", ".cmd"),
)

Place = tuple[int, int]


class _Weighed(NamedTuple):
    """A meaning, and what a hit of it comes to."""

    rule: int
    concepts: tuple[str, ...]
    rank: int
    points: int


class Meanings:
    """Reads replies by the concepts of the rulebook."""

    def __init__(self, index: MeaningIndex, rules: Rules) -> None:
        self._rules = rules
        weighed = [
            _weighed(meaning, sum(index.weights[name] for name in meaning.concepts), order)
            for order, meaning in enumerate(index.meanings)
        ]
        self._meanings = sorted(weighed, key=lambda one: (-one.rank, -one.points))
        self._with = _by_rarest(self._meanings)
        self._stems = StemFinder(index.stems)
        self._host = re.compile(_HOST)
        self._shapes = re.compile(_SHAPES)

    def hits(self, reply: Reply) -> list[Hit]:
        """A hit for each meaning whose concepts stand close together in the folded reply, behind what the
        sending side put before it ("SMTP error from remote mail server after MAIL FROM: ...")."""
        begin = said_from(reply)
        said = reply.text.partition(_IN_REPLY)[0]
        words = self._without_hosts(said)
        hits = self._meant(reply, self._places(words, begin))
        if words.isascii() and not any(hit.rank == MEANING for hit in hits):
            short, dropped = _without_digraphs(words)
            if dropped:
                places = self._places(short, begin - bisect_left(dropped, begin))
                spots = _put_back(places, dropped)
                hits = self._meant(reply, spots) or hits
        return hits

    def _without_hosts(self, said: str) -> str:
        """`said` with stars for links and names of hosts, which are looked for in words that have a mark of
        one: the engine begins anew at each letter."""
        pieces: list[str] = []
        done = 0
        for found in _OF_HOST.finditer(said):
            mark = found.start()
            if mark >= done:
                begin = said.rfind(" ", done, mark) + 1 or done
                end = said.find(" ", mark)
                end = len(said) if end < 0 else end
                pieces += (said[done:begin], self._host.sub(_mask_host, said[begin:end]))
                done = end
        return "".join([*pieces, said[done:]]) if pieces else said

    def _meant(self, reply: Reply, places: dict[str, list[Place]]) -> list[Hit]:
        """The best hit of each rule that says something by itself, and all catch-words."""
        present = frozenset(places)
        met = [at for name in present for at, concepts in self._with.get(name, ()) if concepts <= present]
        met.sort()
        hits = []
        told: set[int] = set()
        stretches: dict[Place, Place] = {}
        for at in met:
            number, concepts, rank, points = self._meanings[at]
            if number in told:
                continue
            rule = self._rules[number]
            window = _window([places[name] for name in concepts])
            if window is None or (rule.commands and reply.command not in rule.commands):
                continue
            if rule.reply is not None and rule.reply != reply.reply:
                continue
            # Many meanings stand in the same few words.
            stretch = stretches.get(window)
            if stretch is None:
                stretch = stretches[window] = _whole_words(reply.text, *window)
            hits.append(Hit(rule, rank, points, *stretch))
            if rank == MEANING:
                told.add(number)
        return hits

    def _places(self, text: str, begin: int) -> dict[str, list[Place]]:
        places: dict[str, list[Place]] = {}
        size = len(text)
        kinds = self._stems.kinds
        for number, start, end in self._stems.find(text):
            name, begins_word, ends_word = kinds[number]
            if (
                start < begin
                or (begins_word and start and _is_letter(text[start - 1]))
                or (ends_word and end < size and _is_letter(text[end]))
            ):
                continue
            spots = places.get(name)
            if spots is None:
                places[name] = [(start, end)]
            elif len(spots) < _PLACES:
                spots.append((start, end))
        quoted: dict[str, list[Place]] = {}
        for found in self._shapes.finditer(text, begin + 3 if _OF_A_CODE.match(text, begin) else begin):
            quoted.setdefault(found.lastgroup or "", []).append(found.span())
        for name, spots in quoted.items():
            places[name] = [*places.get(name, ()), *spots[:_PLACES]]
        aside = places.pop(_ASIDE, None)
        if aside:
            outside = {name: _outside(spots, aside) for name, spots in places.items()}
            places = {name: spots for name, spots in outside.items() if spots}
        return places


def said_from(reply: Reply) -> int:
    """Where the words of the server begin, behind what the sending side put before them: with the code,
    unless that is all that was quoted of the reply and stands behind what it means in words, in brackets
    maybe."""
    said = reply.text.find(_SAID) if _SAID in reply.text else 0
    code = reply.text.find(reply.reply) if reply.reply else 0
    if code <= said or reply.text[code - 1] + reply.text[code + 3 : code + 4] == "()":
        return said
    return code if _WORD.search(reply.text, code) else said


def _weighed(meaning: Meaning, weight: int, order: int) -> _Weighed:
    """Of meanings of one weight the first is the best."""
    if weight >= _ENOUGH:
        return _Weighed(meaning.rule, meaning.concepts, MEANING, weight * 1000 - order)
    return _Weighed(meaning.rule, meaning.concepts, CATCH_WORD, weight * _POINTS)


def _by_rarest(meanings: Sequence[_Weighed]) -> dict[str, list[tuple[int, frozenset[str]]]]:
    """The places of `meanings`, and their concepts, by that concept of each which the fewest of them have."""
    common = Counter(name for meaning in meanings for name in meaning.concepts)
    found: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for place, meaning in enumerate(meanings):
        rarest = min(meaning.concepts, key=lambda name: common[name])
        found.setdefault(rarest, []).append((place, frozenset(meaning.concepts)))
    return found


def _is_letter(char: str) -> bool:
    """True for a letter of a script that writes words apart."""
    return char.isalnum() and char < FIRST_IDEOGRAPH


def _window(found: Sequence[Sequence[Place]]) -> Place | None:
    """The narrowest stretch that holds one place of each concept, None when all are too wide."""
    best: Place | None = None
    width = _WIDEST + 1
    # No min() and max(): each costs as much as the rest.
    for start, end in found[0]:
        low, high = start, end
        for spots in found[1:]:
            nearest = None
            for begins, ends in spots:
                apart = begins - start if begins > start else start - begins
                if nearest is None or apart < nearest:
                    nearest, first, last = apart, begins, ends
            low = first if first < low else low
            high = last if last > high else high
        if high - low < width:
            best, width = (low, high), high - low
    return best


def _outside(spots: list[Place], aside: list[Place]) -> list[Place]:
    """The spots that stand in none of the stretches of `aside`."""
    return [
        (start, end) for start, end in spots if not any(low <= start and end <= high for low, high in aside)
    ]


def _whole_words(text: str, start: int, end: int) -> Place:
    """The stretch with the rest of the words that it begins and ends in, where words stand apart."""
    first, last = start - _LONGEST_REST, end + _LONGEST_REST
    last = len(text) if last > len(text) else last
    while start > 0 and start > first and _is_letter(text[start - 1]) and _is_letter(text[start]):
        start -= 1
    while end < last and _is_letter(text[end - 1]) and _is_letter(text[end]):
        end += 1
    return start, end


def _without_digraphs(text: str) -> tuple[str, list[int]]:
    """`text` as it would fold had its author had accents at hand ("Empfaenger", "piu'"), and where the
    characters stood that it lacks."""
    dropped = [found.start() for found in _DIGRAPH.finditer(text)]
    if not dropped:
        return text, dropped
    begins = [0, *[place + 1 for place in dropped]]
    return "".join([text[begin:end] for begin, end in zip(begins, [*dropped, None], strict=True)]), dropped


def _put_back(places: dict[str, list[Place]], dropped: Sequence[int]) -> dict[str, list[Place]]:
    """`places` in a text without the characters that were `dropped`, as they are in the text with them."""
    # How far along the shorter text each was dropped.
    before = [place - count for count, place in enumerate(dropped)]
    return {
        name: [
            (low + bisect_right(before, low), high + bisect_right(before, high - 1)) for low, high in spots
        ]
        for name, spots in places.items()
    }


def _mask_host(found: re.Match[str]) -> str:
    return found[0] if found[0].endswith(_FILE_TYPES) else "*" * len(found[0])
