"""What a report gives itself away by: the words of `vocabulary` and the marks of `families`, all found in
one pass over sender, subject and the beginning of the text."""

from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.parsing.families import FAMILIES
from bounce_tui.parsing.words.vocabulary import GROUPS

Words = dict[str, str]
"""Groups of `vocabulary` with the first word of each that was found."""

# The same word may stand for several: each meaning is a needle of its own, those of `vocabulary` first.
_MEANINGS: Final = [(group, word) for group, words in GROUPS.items() for word in sorted(words)]
_FAMILIES: Final = [(number, mark) for number, family in enumerate(FAMILIES) for mark in family.MARKS]
_AUTOMATON: Final = AhoCorasick(
    [needle for _, needle in (*_MEANINGS, *_FAMILIES)], implementation=Implementation.ContiguousNFA
)
_MARKS_FROM: Final = len(_MEANINGS)


class Marks:
    """The words of From, of the subject and of the text, and the families, by their numbers in
    `FAMILIES`, of which there is a mark."""

    __slots__ = ("families", "sender", "subject", "text")

    def __init__(self, sender: str, subject: str, text: str) -> None:
        """All in lower case, and without line ends."""
        self.sender: Words = {}
        self.subject: Words = {}
        self.text: Words = {}
        self.families: set[int] = set()
        subject_at = len(sender) + 1
        text_at = subject_at + len(subject) + 1
        lead = f"{sender}\n{subject}\n{text}"
        for number, start, _ in _AUTOMATON.find_matches_as_indexes(lead, overlapping=True):
            if number >= _MARKS_FROM:
                self.families.add(_FAMILIES[number - _MARKS_FROM][0])
                continue
            group, word = _MEANINGS[number]
            found = self.text if start >= text_at else self.subject if start >= subject_at else self.sender
            if group not in found:
                found[group] = word
