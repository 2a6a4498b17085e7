"""One pass over a reply for all that is looked for in each.

The words of English rules, the hosts and words that tell who speaks, the letters without which nothing is
denied and those without which nobody is asked to wait stand in one Aho-Corasick automaton: a pass costs what
it reads, however much it looks for.
"""

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.diagnosis.hit import Sight, Sights


class Lookout:
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

    def look(self, text: str) -> Sights:
        """What occurs in the folded `text` of a reply, each kind numbered by its own place."""
        words: list[Sight] = []
        speakers: list[Sight] = []
        denials: list[int] = []
        may_wait = False
        for sight in self._automaton.find_matches_as_indexes(text, overlapping=True):
            number = sight[0]
            if number < self._speakers_from:
                words.append(sight)
            elif number < self._denials_from:
                speakers.append((number - self._speakers_from, sight[1], sight[2]))
            elif number < self._waits_from:
                denials.append(number - self._denials_from)
            else:
                may_wait = True
        return Sights(words, speakers, denials, may_wait)
