"""Whether a rule's regex has a bound: on what it repeats, and on the ways in which it can match.

Replies come from strangers, and a pattern is tried at every character of one.  So nothing may repeat
without end or repeat what itself varies, and the choices left over (each `?`, each `{0,40}`, each
branch), multiplied, stay below a limit: that is the most steps a pattern takes at one place.
"""

import re
import warnings

from bounce_tui.regex import regex

LONGEST = 400
"""Characters of a pattern."""
_DEEPEST = 8
"""Groups within groups."""
_WIDEST = 200
"""What a count in braces may be."""
_MOST_CHOICES = 5_000

_COUNT = regex(r"\{(\d*+)(,?)(\d*+)\}")
_CLASS = regex(r"\[\^?\]?(?>(?:[^\]\\]|\\.)*)\]", re.DOTALL)
_OPENING = regex(r"\((?:\?(?::|=|!|<=|<!|[imsx]{1,4}:|P<\w{1,30}>))?")
_UNBOUNDED = ("the regex is unbounded", "write .{0,40} where you mean * or +")


def ways(pattern: str) -> int:
    """In how many ways `pattern`, which has no fault, can match at one place at most."""
    bounds = _Bounds(pattern)
    bounds.fault()
    return bounds.ways


def fault_of(pattern: str) -> tuple[str, str] | None:
    """What is wrong with `pattern` and what to write instead; None when it may be used."""
    if len(pattern) > LONGEST:
        return f"the regex is longer than {LONGEST} characters", "write two rules"
    if fault := _Bounds(pattern).fault():
        return fault
    try:
        with warnings.catch_warnings():
            # What Python only warns of (a set within a set) would be said again at every start.
            warnings.simplefilter("error")
            re.compile(pattern)
    except (re.error, OverflowError, FutureWarning, DeprecationWarning) as error:
        return f"the regex does not compile ({error})", "mend the pattern"
    return None


class _Bounds:
    """A walk over one pattern.  Each open group holds the ways of its finished branches and of the one
    under way; `item` is what a count behind it would repeat: its ways, 0 for nothing."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._groups = [(0, 1)]
        self._item = 0
        self._is_group = False

    @property
    def ways(self) -> int:
        """The ways of the innermost open group, or of the whole."""
        return sum(self._groups[-1])

    def fault(self) -> tuple[str, str] | None:
        pattern = self._pattern
        at = 0
        while at < len(pattern):
            sign = pattern[at]
            if sign in "*+":
                return _UNBOUNDED
            if sign == "{" and (count := _COUNT.match(pattern, at)):
                if fault := self._repeat(count):
                    return fault
                at = count.end()
            elif sign == "?":
                # Behind another count it only says that the shortest comes first.
                if self._item:
                    self._take(self._item + 1)
                    self._item = 0
                at += 1
            else:
                step = self._step(at)
                if isinstance(step, tuple):
                    return step
                at = step
            if self.ways > _MOST_CHOICES:
                return (
                    "the regex can match in too many ways",
                    "give it fewer of ?, {0,40} and |, or add fixed words to contains",
                )
        return None

    def _step(self, at: int) -> int | tuple[str, str]:
        """Walk over what is no count; where it ends, or what is wrong with it."""
        pattern, sign = self._pattern, self._pattern[at]
        if sign == "(":
            opening = _OPENING.match(pattern, at)
            if opening is None or pattern.startswith("?", opening.end()):
                return "the regex has a group of a kind that rules do not need", "write (?:...)"
            if len(self._groups) > _DEEPEST:
                return "the regex nests too many groups", "write two rules"
            self._groups.append((0, 1))
            self._item = 0
            return opening.end()
        if sign == ")":
            if len(self._groups) > 1:
                done, under_way = self._groups.pop()
                self._put(done + under_way, is_group=True)
            return at + 1
        if sign == "|":
            done, under_way = self._groups[-1]
            self._groups[-1] = (done + under_way, 1)
            self._item = 0
            return at + 1
        if sign == "\\":
            if pattern[at + 1 : at + 2].isdigit():
                return "the regex is unbounded: it refers to a group", "write the words out"
            self._put(1)
            return at + 2
        if sign == "[" and (found := _CLASS.match(pattern, at)):
            self._put(1)
            return found.end()
        self._put(1)
        return at + 1

    def _put(self, ways: int, *, is_group: bool = False) -> None:
        """Another item that matches in so many `ways`."""
        self._groups[-1] = (self._groups[-1][0], self._groups[-1][1] * ways)
        self._item = ways
        self._is_group = is_group

    def _take(self, ways: int) -> None:
        """The last item matches in so many `ways` after all."""
        done, under_way = self._groups[-1]
        self._groups[-1] = (done, under_way // self._item * ways)

    def _repeat(self, count: re.Match[str]) -> tuple[str, str] | None:
        low, comma, high = count.groups()
        if comma and not high:
            return _UNBOUNDED
        if self._is_group and self._item:
            return "the regex is unbounded: it repeats a group", "write out what it repeats"
        most = int(high or low or 0)
        if most > _WIDEST:
            return f"the regex repeats more than {_WIDEST} times", "give a smaller count"
        if self._item:
            self._take(max(1, most - int(low or 0) + 1) if comma else 1)
            self._item = 0
        return None
