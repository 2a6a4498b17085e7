"""Which rules a reply calls, best first.

All literals of all rules stand in one Aho-Corasick automaton.  One pass over the reply names the few
rules whose longest word occurs; only those are looked at, and only their regexes run.

The order is that of the facts: a code that means one thing, then wording that the status code bears
out, wording alone (the longest first; of equal ones the K12USA guide's come last), a status code that
says something, a catch-word ("blocked"), and last a vague status or a bare reply code.
"""

import re
from collections.abc import Iterable, Sequence

from ahocorasick_rs import AhoCorasick, Implementation
from msgspec import Struct

from bounce_tui.diagnosis.rule import Rule, StatusMeaning, TokenRange

CODE, STATUS_AND_TEXT, TEXT, STATUS, CATCH_WORD, VAGUE = range(6, 0, -1)
"""Ranks of a hit, the highest first."""

_FEW = 12
"""Characters of wording below which a missing or different code makes a rule too unsure."""
_MANY = 16
_STANDS_ALONE_BELOW = 6
"""Literals shorter than this must be words of their own: "spf" is not in "transpfer"."""
_NAMED = 24
"""Characters of wording from which a text is a provider's own, whoever is known to speak."""
_FIRST_IDEOGRAPH = "\u2e80"
_AT_HOME = 30
"""What it is worth that the rule's own provider speaks, in characters of wording."""

_RANK = {"code": CODE, "text": TEXT, "last": TEXT, "weak": CATCH_WORD, "status": STATUS, "reply": VAGUE}


class Reply(Struct, frozen=True, gc=False):
    """What the matcher looks at: the folded text, the codes, the SMTP command, and who speaks."""

    text: str
    reply: str | None = None
    status: str | None = None
    command: str | None = None
    speakers: frozenset[str] = frozenset()


class Hit(Struct, frozen=True, gc=False):
    """A rule that the reply calls.  `start` and `end` mark the words that decided in the folded text,
    -1 where no words did."""

    rule: Rule
    rank: int
    points: int
    start: int = -1
    end: int = -1
    at_home: bool = False


class _Candidate:
    """One way to call a rule: its literals as numbers, the longest of them as the anchor."""

    __slots__ = (
        "anchor", "anchor_length", "coded", "detail", "length", "others", "pattern", "rank", "rule", "span", "without",
    )  # fmt: skip

    def __init__(self, rule: Rule, literals: Sequence[str], rank: int, numbers: dict[str, int]) -> None:
        longest_first = sorted(literals, key=len, reverse=True)
        self.rule = rule
        self.rank = rank
        self.anchor = numbers[longest_first[0]] if longest_first else -1
        self.anchor_length = len(longest_first[0]) if longest_first else 0
        self.others = tuple(numbers[words] for words in longest_first[1:])
        self.without = tuple(numbers[words] for words in rule.unless)
        self.length = sum(_weight(words) for words in literals)
        self.detail = rule.status[1:] if rule.status else None
        self.span = _status_span(rule.status)
        self.coded = False
        self.pattern: re.Pattern[str] | None = None


def _weight(words: str) -> int:
    """How much `words` say: their length, with a sign of Chinese, Japanese or Korean for three letters."""
    return len(words) if words.isascii() else sum(3 if char >= _FIRST_IDEOGRAPH else 1 for char in words)


def _candidates(rule: Rule, numbers: dict[str, int]) -> Iterable[_Candidate]:
    literals = (*rule.tokens, *rule.contains)
    if rule.token_range:
        literals = (rule.token_range.prefix.lower(), *literals)
    if literals or not rule.any_of:
        candidate = _Candidate(rule, literals, _RANK[rule.kind], numbers)
        candidate.coded = rule.regex is not None or rule.token_range is not None
        yield candidate
    rank = TEXT if rule.kind == "code" else _RANK[rule.kind]
    for group in rule.any_of:
        yield _Candidate(rule, group, rank, numbers)


class Matcher:
    """Finds the hits of a reply.  Built once from the rules; safe to use from several threads."""

    def __init__(self, rules: Sequence[Rule], statuses: dict[str, StatusMeaning]) -> None:
        numbers: dict[str, int] = {}
        tokens: set[str] = set()
        loose: set[str] = set()
        for rule in rules:
            groups = (rule.contains, rule.tokens, rule.unless, *rule.any_of)
            for words in (words for group in groups for words in group):
                numbers.setdefault(words, len(numbers))
            tokens.update(rule.tokens)
            if rule.regex:
                loose.update(rule.contains)
            if rule.token_range:
                numbers.setdefault(rule.token_range.prefix.lower(), len(numbers))
        self._vague = frozenset(detail for detail, status in statuses.items() if status.vague)
        self._bounded = [
            words in tokens or (len(words) < _STANDS_ALONE_BELOW and words not in loose) for words in numbers
        ]
        self._called_by: list[tuple[_Candidate, ...]] = [() for _ in numbers]
        self._by_status: dict[str, Rule] = {}
        self._by_reply: dict[str, tuple[Rule, ...]] = {}
        self._by_provider: dict[str, tuple[_Candidate, ...]] = {}
        for rule in rules:
            self._enter(rule, numbers)
        self._automaton = AhoCorasick(list(numbers), implementation=Implementation.ContiguousNFA)

    def _enter(self, rule: Rule, numbers: dict[str, int]) -> None:
        for candidate in _candidates(rule, numbers):
            if candidate.anchor >= 0:
                self._called_by[candidate.anchor] += (candidate,)
            elif rule.provider and (rule.hosted or rule.needs_provider):
                self._by_provider[rule.provider] = (*self._by_provider.get(rule.provider, ()), candidate)
            elif rule.status:
                self._by_status[rule.status] = rule
            elif rule.reply:
                self._by_reply[rule.reply] = (*self._by_reply.get(rule.reply, ()), rule)

    def match(self, reply: Reply) -> list[Hit]:
        """All hits of `reply`, best first; the same reply gives the same list."""
        text = reply.text
        found: dict[int, int] = {}
        bounded = self._bounded
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if number not in found and not (bounded[number] and _touched(text, start, end)):
                found[number] = start
        hits: list[Hit] = []
        called_by = self._called_by
        for number in found:
            for candidate in called_by[number]:
                hit = _weigh(candidate, reply, found)
                if hit is not None:
                    hits.append(hit)
        for provider in reply.speakers:
            for candidate in self._by_provider.get(provider, ()):
                hit = _weigh_codes(candidate, reply)
                if hit is not None:
                    hits.append(hit)
        hits.extend(self._by_codes(reply))
        hits.sort(key=_order)
        return hits

    def _by_codes(self, reply: Reply) -> Iterable[Hit]:
        if reply.status is not None:
            rule = self._by_status.get(reply.status)
            if rule is not None:
                vague = reply.status[2:] in self._vague
                yield Hit(rule, VAGUE if vague else STATUS, 1)
        if reply.reply is not None:
            for rule in self._by_reply.get(reply.reply, ()) or self._by_reply.get(reply.reply[0] + "00", ()):
                if not rule.commands or reply.command in rule.commands:
                    yield Hit(rule, VAGUE, 0 if not rule.commands else 2)


def _order(hit: Hit) -> tuple[int, int, int, str]:
    return -hit.rank, -hit.points, hit.start, hit.rule.id


def _weigh(candidate: _Candidate, reply: Reply, found: dict[int, int]) -> Hit | None:
    for number in candidate.others:
        if number not in found:
            return None
    for number in candidate.without:
        if number in found:
            return None
    rule = candidate.rule
    at_home = rule.provider in reply.speakers
    if rule.needs_provider and not at_home:
        return None
    if rule.commands and reply.command not in rule.commands:
        return None
    rank, points = candidate.rank, candidate.length
    start = found[candidate.anchor]
    end = start + candidate.anchor_length
    if candidate.coded:
        span = _called(candidate, reply.text)
        if span is None:
            return None
        start, end = span
        points = max(points, (points + min(end - start, 60)) // 2)
    if rule.kind == "last":
        points -= 1
    # Words that a provider's page quotes but that others write as well prove little in a strange mouth.
    strange = rule.hosted and not at_home and rank != CODE and candidate.length < _NAMED
    if strange:
        if reply.speakers:
            return None
        points -= 1
    if rule.status is not None:
        agrees = _status_agrees(candidate, reply.status)
        if agrees == _EQUAL:
            if not strange:
                rank = max(rank, STATUS_AND_TEXT) if rank >= TEXT else rank
                points += 10
        elif rule.exact or (rank <= TEXT and points < _needed(agrees, strange)):
            return None
        elif agrees == _DIFFERENT:
            points -= 6
    if rule.reply is not None:
        if reply.reply == rule.reply:
            points += 0 if strange else 6
        elif rule.exact or (rank <= TEXT and points < _FEW):
            return None
        elif reply.reply is not None:
            points -= 3 if reply.reply[0] == rule.reply[0] else 8
    if at_home:
        points += _AT_HOME
    return Hit(rule, rank, points, start, end, at_home)


def _needed(agrees: int, strange: bool) -> int:
    """Characters of wording that a rule needs when the status code does not bear it out."""
    if strange:
        return _NAMED
    return _MANY if agrees == _DIFFERENT else _FEW


def _weigh_codes(candidate: _Candidate, reply: Reply) -> Hit | None:
    rule = candidate.rule
    if rule.reply is not None and rule.reply != reply.reply:
        return None
    if rule.status is not None and _status_agrees(candidate, reply.status) != _EQUAL:
        return None
    return Hit(rule, STATUS, 2 + (rule.reply is not None), at_home=True)


_EQUAL, _SAME_DETAIL, _UNKNOWN, _DIFFERENT = range(4)


def _status_agrees(candidate: _Candidate, status: str | None) -> int:
    if status is None:
        return _UNKNOWN
    if status == candidate.rule.status:
        return _EQUAL
    if candidate.span is not None:
        numbers = _numbers(status)
        return _EQUAL if numbers and candidate.span[0] <= numbers <= candidate.span[1] else _DIFFERENT
    return _SAME_DETAIL if status[1:] == candidate.detail else _DIFFERENT


def _status_span(status: str | None) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    if not status or "-" not in status:
        return None
    low, high = status.split("-")
    return _numbers(low), _numbers(high)


def _numbers(status: str) -> tuple[int, ...]:
    parts = status.split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()


def _called(candidate: _Candidate, text: str) -> tuple[int, int] | None:
    rule = candidate.rule
    pattern = candidate.pattern
    if pattern is None:
        pattern = candidate.pattern = re.compile(
            _range_pattern(rule.token_range) if rule.token_range else rule.regex or ""
        )
    for found in pattern.finditer(text):
        if rule.token_range and not rule.token_range.low <= int(found[1]) <= rule.token_range.high:
            continue
        return found.span()
    return None


def _range_pattern(range_: TokenRange) -> str:
    return rf"{re.escape(range_.prefix.lower())}[a-z-]{{0,10}}(\d{{{range_.digits}}})(?!\d)"


def _touched(text: str, start: int, end: int) -> bool:
    """True when a letter or digit touches the words, so that they are part of a longer one."""
    if start > 0 and text[start].isalnum() and text[start - 1].isalnum() and text[start - 1].isascii():
        return True
    return end < len(text) and text[end - 1].isalnum() and text[end].isalnum() and text[end].isascii()
