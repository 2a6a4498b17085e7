"""What a report gives itself away by: the words of `vocabulary` and the marks of `families`, all found in
one pass over sender, subject and the beginning of the text."""

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.parsing.families import FAMILIES
from bounce_tui.parsing.vocabulary import GROUPS

Words = dict[str, str]
"""Groups of `vocabulary` with the first word of each that was found."""

_GROUPS_OF: dict[str, list[str]] = {}
_FAMILIES_OF: dict[str, list[int]] = {}
for _group, _words in GROUPS.items():
    for _word in _words:
        _GROUPS_OF.setdefault(_word, []).append(_group)
for _number, _family in enumerate(FAMILIES):
    for _word in _family.MARKS:
        _FAMILIES_OF.setdefault(_word, []).append(_number)
_ALL = sorted(_GROUPS_OF.keys() | _FAMILIES_OF.keys())
_MEANING = [(word, _GROUPS_OF.get(word, []), _FAMILIES_OF.get(word)) for word in _ALL]
_AUTOMATON = AhoCorasick(_ALL, implementation=Implementation.ContiguousNFA)


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
            word, groups, families = _MEANING[number]
            found = self.text if start >= text_at else self.subject if start >= subject_at else self.sender
            for group in groups:
                if group not in found:
                    found[group] = word
            if families is not None:
                self.families.update(families)
