"""Which patterns a rule may have."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.diagnosis import rules
from bounce_tui.diagnosis.bounded_regex import LONGEST, fault_of, ways


@pytest.mark.parametrize(
    ("pattern", "number"),
    [("abc", 1), ("ab?c", 2), ("(?:over)?full", 2), (".{0,40}", 41), ("a{3}b", 1), ("[+*]{1,2}?x", 2),
     ("a|b|c", 3), ("(a|b)(c|d)", 4), ("(?:is|was) (?:a |b )?x", 6), (r"\{2,9\}", 1), (r"a\?", 1)],
)  # fmt: skip
def test_the_ways_of_a_pattern_are_counted(pattern: str, number: int) -> None:
    assert fault_of(pattern) is None
    assert ways(pattern) == number


@pytest.mark.parametrize(
    "pattern",
    ["a*", "a+", "a{2,}", "a{,}", "(ab){2,9}", "(a{0,9}){0,9}", r"(a)\1", "(?P<x>a)(?P=x)", "(?(1)a|b)",
     "(a?)" * 20, "a?" * 20, ".{0,99}" * 2, "(a|a)" * 20, "a{0,4294967294}", "a{99999999999}", "(" * 200,
     "(", ")", "[a", "[[a]b]", "?", "a{0,5}{0,5}", "(?i)a", "x" * (LONGEST + 1)],
    ids=lambda pattern: pattern[:24],
)  # fmt: skip
def test_what_has_no_bound_or_no_meaning_is_refused_in_words(pattern: str) -> None:
    fault = fault_of(pattern)
    assert fault is not None
    problem, fix = fault
    assert problem.startswith("the regex ")
    assert fix


def test_all_our_own_patterns_have_bounds() -> None:
    patterns = {rule.regex for rule in rules() if rule.regex}
    assert len(patterns) > 20
    assert [pattern for pattern in patterns if fault_of(pattern)] == []


@given(st.text(st.sampled_from("ab?{}|()[]^\\d0,19.:=!<P>#+*$-"), max_size=30))
def test_a_pattern_that_passes_compiles(pattern: str) -> None:
    if fault_of(pattern) is None:
        re.compile(pattern)
        assert ways(pattern) >= 1
