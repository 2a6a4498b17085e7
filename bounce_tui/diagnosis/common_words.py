"""How common words are in replies, as far as the examples of our rules tell."""

from collections import Counter
from collections.abc import Collection, Iterable

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.diagnosis.folding import fold_reply


def how_common(literals: Collection[str], examples: Iterable[str]) -> Counter[str]:
    """In how many of the `examples` each of the folded `literals` occurs."""
    automaton = AhoCorasick(sorted(literals), implementation=Implementation.ContiguousNFA)
    common: Counter[str] = Counter()
    for example in examples:
        common.update(set(automaton.find_matches_as_strings(fold_reply(example), overlapping=True)))
    return common
