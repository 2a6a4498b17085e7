"""One pass over a reply for all that is looked for in each.

The words of English rules, the hosts and words that tell who speaks, the letters without which nothing is
denied and those without which nobody is asked to wait stand in one Aho-Corasick automaton: a pass costs what
it reads, however much it looks for.
"""

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.diagnosis.reply import FoundLiterals, LiteralMatch


class LiteralFinder:
    """Built once from what is looked for; safe to use from several threads."""

    def __init__(
        self, words: Sequence[str], speakers: Sequence[str], denials: Sequence[str], waits: Sequence[str]
    ) -> None:
        self._speakers_from = len(words)
        self._denials_from = self._speakers_from + len(speakers)
        self._waits_from = self._denials_from + len(denials)
        self._automaton = AhoCorasick(
            [*words, *speakers, *denials, *waits],
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def find(self, text: str) -> FoundLiterals:
        """What occurs in the folded `text` of a reply, each kind numbered by its own place."""
        words: list[LiteralMatch] = []
        speakers: list[LiteralMatch] = []
        denials: list[int] = []
        may_wait = False
        for match in self._automaton.find_matches_as_indexes(text, overlapping=True):
            number = match[0]
            if number < self._speakers_from:
                words.append(match)
            elif number < self._denials_from:
                speakers.append((number - self._speakers_from, match[1], match[2]))
            elif number < self._waits_from:
                denials.append(number - self._denials_from)
            else:
                may_wait = True
        return FoundLiterals(words, speakers, denials, may_wait)
