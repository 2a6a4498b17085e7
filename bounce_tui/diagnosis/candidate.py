"""One rule against one reply: whether it fits, and how much its words and codes weigh."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bounce_tui.diagnosis.hit import CATCH_WORD, CODE, MEANING, STATUS, STATUS_AND_TEXT, TEXT, VAGUE, Hit
from bounce_tui.diagnosis.reply import Reply
from bounce_tui.diagnosis.rule import Rule, TokenRange

_FEW: Final = 12
"""Characters of wording below which a missing or different code makes a rule too unsure."""
_MANY: Final = 16
"""The same where the status code says something else."""
_NAMED: Final = 24
"""Characters of wording from which a text is a provider's own, whoever is known to speak."""
_AT_HOME: Final = 30
"""What it is worth that the rule's own provider speaks, in characters of wording."""
_COINED: Final = 100
"""Enhanced status codes from here on are a provider's own (5.7.606): the registry has none so high."""
_LONGEST_SPAN: Final = 60
_FIRST_IDEOGRAPH: Final = "\u2e80"
_LETTERS_FIRST: Final = re.compile(r"(?:\\b)?((?:[a-z0-9_ ](?![?*{]))*)")
"""What a pattern, or one of its branches, begins with.  A letter that may be missing is none of them."""

_SAYS_NOTHING: Final = "on_hold"
"""The reason of "try again later", which servers add to any cause: the least of the catch-words."""

_RANK: Final = {
    "code": CODE,
    "text": TEXT,
    "last": TEXT,
    "meaning": MEANING,
    "weak": CATCH_WORD,
    "status": STATUS,
    "reply": VAGUE,
}
_EQUAL, _SAME_DETAIL, _UNKNOWN, _DIFFERENT = range(4)


class Candidate:
    """One way to call a rule: its literals as numbers, the longest of them as the anchor."""

    __slots__ = (
        "anchor",
        "anchor_length",
        "coined",
        "leading",
        "length",
        "others",
        "pattern",
        "points",
        "points_at_home",
        "rank",
        "rule",
        "span",
        "without",
        "words_alone",
    )

    def __init__(
        self, rule: Rule, literals: Sequence[str], numbers: Mapping[str, int], *, of_group: bool = False
    ) -> None:
        longest_first = sorted(literals, key=len, reverse=True)
        self.rule = rule
        self.rank = TEXT if of_group and rule.kind == "code" else _RANK[rule.kind]
        self.anchor = numbers[longest_first[0]] if longest_first else -1
        self.anchor_length = len(longest_first[0]) if longest_first else 0
        self.others = tuple(numbers[words] for words in longest_first[1:])
        self.without = tuple(numbers[words] for words in rule.unless) if longest_first else ()
        self.length = sum(_weight(words) for words in literals)
        self.span = _status_span(rule.status)
        source = "" if of_group else _source(rule)
        self.pattern = re.compile(source) if source else None
        self.leading = _leading(source)
        self.coined = any(number >= _COINED for number in _numbers((rule.status or "0").partition("-")[0]))
        self.words_alone = self.pattern is None and not (
            rule.status
            or rule.reply
            or rule.commands
            or rule.hosted
            or rule.needs_provider
            or rule.not_elsewhere
        )
        # What most rules come to: worked out once, and not for each reply.
        self.points = _in_the_end(self, self.length - (rule.kind == "last"), at_home=False)
        self.points_at_home = _in_the_end(self, self.length - (rule.kind == "last"), at_home=True)


def weigh(candidate: Candidate, reply: Reply, found: Mapping[int, int]) -> Hit | None:
    """The hit of a candidate one of whose words occurs; `found` maps each literal that does to its place."""
    for number in candidate.others:
        if number not in found:
            return None
    for number in candidate.without:
        if number in found:
            return None
    start = found.get(candidate.anchor)
    if start is None:
        return None
    rule = candidate.rule
    at_home = rule.provider in reply.speakers
    end = start + candidate.anchor_length
    if not candidate.words_alone:
        return _weigh_all(candidate, reply, start, end, at_home=at_home)
    points = candidate.points_at_home if at_home else candidate.points
    return Hit(rule, candidate.rank, points, start, end, at_home)


def _weigh_all(candidate: Candidate, reply: Reply, start: int, end: int, *, at_home: bool) -> Hit | None:
    """The hit of a candidate whose words, from `start` to `end`, are not all that its rule asks for."""
    rule = candidate.rule
    if (rule.needs_provider and not at_home) or (rule.commands and reply.command not in rule.commands):
        return None
    if rule.not_elsewhere and reply.host_known and not at_home:
        return None
    rank, points = candidate.rank, candidate.length
    if candidate.pattern is not None:
        span = _called(candidate.pattern, candidate.leading, rule.token_range, reply.text)
        if span is None:
            return None
        start, end = span
        points = max(points, (points + min(end - start, _LONGEST_SPAN)) // 2)
    points -= rule.kind == "last"
    agrees = _UNKNOWN if rule.status is None else _status_agrees(candidate, reply.status)
    if agrees == _EQUAL and candidate.coined:
        at_home = at_home or rule.hosted
    # Words that a provider's page quotes but that others write as well prove little in a strange mouth.
    strange = rule.hosted and not at_home and rank != CODE and candidate.length < _NAMED
    if strange and reply.speakers:
        return None
    points -= strange
    if rule.status is not None:
        more = _for_status(rule, agrees, rank, points, strange=strange)
        if more is None:
            return None
        points += more
        if agrees == _EQUAL and not strange and rank >= TEXT:
            rank = max(rank, STATUS_AND_TEXT)
    if rule.reply is not None:
        more = _for_reply_code(rule, reply.reply, rank, points, strange=strange)
        if more is None:
            return None
        points += more
    return Hit(rule, rank, _in_the_end(candidate, points, at_home=at_home), start, end, at_home)


def _for_status(rule: Rule, agrees: int, rank: int, points: int, *, strange: bool) -> int | None:
    """What the enhanced status code of the reply adds to `points`; None where the rule does not fit without
    another one."""
    if agrees == _EQUAL:
        return 0 if strange else 10
    if rule.exact or (rank <= TEXT and points < _needed(agrees, strange=strange)):
        return None
    return -6 if agrees == _DIFFERENT else 0


def _for_reply_code(rule: Rule, code: str | None, rank: int, points: int, *, strange: bool) -> int | None:
    """The same for the reply code."""
    if code == rule.reply:
        return 0 if strange else 6
    if rule.exact or (rank <= TEXT and points < _FEW):
        return None
    if code is None or rule.reply is None:
        return 0
    return -3 if code[0] == rule.reply[0] else -8


def _in_the_end(candidate: Candidate, points: int, *, at_home: bool) -> int:
    if candidate.rank == CATCH_WORD and candidate.rule.reason == _SAYS_NOTHING:
        return 1
    return points + _AT_HOME if at_home else points


def weigh_codes(candidate: Candidate, reply: Reply) -> Hit | None:
    """The hit of a rule of the provider that speaks, when it has codes but no words."""
    rule = candidate.rule
    if rule.reply is not None and rule.reply != reply.reply:
        return None
    if rule.status is not None and _status_agrees(candidate, reply.status) != _EQUAL:
        return None
    return Hit(rule, STATUS, 2 + (rule.reply is not None), at_home=True)


def _needed(agrees: int, *, strange: bool) -> int:
    """Characters of wording that a rule needs when the status code does not bear it out."""
    if strange:
        return _NAMED
    return _MANY if agrees == _DIFFERENT else _FEW


def _weight(words: str) -> int:
    """How much `words` say: their length, with a sign of Chinese, Japanese or Korean for three letters."""
    return len(words) if words.isascii() else sum(3 if char >= _FIRST_IDEOGRAPH else 1 for char in words)


def _status_agrees(candidate: Candidate, status: str | None) -> int:
    if status is None:
        return _UNKNOWN
    own = candidate.rule.status
    if status == own:
        return _EQUAL
    if candidate.span is not None:
        numbers = _numbers(status)
        return _EQUAL if numbers and candidate.span[0] <= numbers <= candidate.span[1] else _DIFFERENT
    return _SAME_DETAIL if own is not None and status[1:] == own[1:] else _DIFFERENT


def _status_span(status: str | None) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    if not status or "-" not in status:
        return None
    low, high = status.split("-")
    return _numbers(low), _numbers(high)


def _numbers(status: str) -> tuple[int, ...]:
    parts = status.split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()


def _source(rule: Rule) -> str:
    if rule.token_range:
        prefix, digits = re.escape(rule.token_range.prefix.lower()), rule.token_range.digits
        return rf"{prefix}[a-z-]{{0,10}}(\d{{{digits}}})(?!\d)"
    return rule.regex or ""


def _leading(source: str) -> str:
    """Letters with which all begins that the pattern of `source` fits; none where that is not plain to see.
    Where all parts between its bars begin alike, its branches do."""
    begins = {found[1] for part in source.split("|") if (found := _LETTERS_FIRST.match(part))}
    return begins.pop() if len(begins) == 1 else ""


def _called(
    pattern: re.Pattern[str], leading: str, range_: TokenRange | None, text: str
) -> tuple[int, int] | None:
    # The engine tries a pattern that begins with a border at each character.
    begin = text.find(leading)
    if begin < 0:
        return None
    for found in pattern.finditer(text, begin):
        if range_ is None or range_.low <= int(found[1]) <= range_.high:
            return found.span()
    return None
