"""The clauses of a paragraph that speaks of several recipients, each about its own."""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.free_text.around_address import groups
from bounce_tui.parsing.free_text.recipient_outcomes import says_waiting
from bounce_tui.parsing.replies import Reply, failure
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.parsing.words.sentences import forms, tells
from bounce_tui.regex import regex

_SENTENCE_ENDS = regex(r"[.!?]\s+|[。！？।]\s*")
_PARTS = (
    _SENTENCE_ENDS,
    regex(r"[;；]\s*"),
    regex(r"[,،、，]\s*"),
    # A line that begins with the next address; behind these comes an "and" before it.
    regex(r"\n[ \t>*•·-]{0,40}<?$"),
)
_CAUSES = frozenset(("gone", "full", "content"))
_COLON = regex(r"[:：]\s{1,4}")


def in_clauses(
    wanted: list[str], paragraph: str, action: Action, says: Callable[[str], bool] | None = None
) -> list[Failure]:
    """Those `wanted` of whom several clauses of `paragraph` each say, as `says` knows it, that mail to them
    failed or waits."""
    says = says or _tells_outcome
    each = [(group, said) for group, said in _clauses(paragraph, wanted) if says(said)]
    if len(each) < 2:
        return []
    each[0] = (each[0][0], _without_announcement(each[0][1], each[0][0][0]))
    return [failure(one, said, action) for group, said in each for one in group]


def _without_announcement(clause: str, address: str) -> str:
    """`clause` without what announces all of those named, up to a colon before the first `address`, where the
    rest says enough and the cause, if any is named."""
    colons = [one.end() for one in _COLON.finditer(clause, 0, clause.find(address))]
    if not colons:
        return clause
    announced, rest = clause[: colons[-1]], clause[colons[-1] :]
    says_why = _names_cause(announced) and not _names_cause(rest)
    return clause if says_why or not _tells_outcome(rest) else rest


def _names_cause(words: str) -> bool:
    return any(said & _CAUSES for said in forms(words))


def _tells_outcome(clause: str) -> bool:
    return says_failing(clause) or tells(clause) or says_waiting(clause) or Reply(clause).code is not None


def _clauses(paragraph: str, wanted: list[str]) -> list[tuple[list[str], str]]:
    """The addresses `wanted` of `paragraph` that are named together, with the clause about them: parted at
    the last end of a sentence between them, else at the last semicolon or comma; nothing where none is."""
    named = groups(wanted, paragraph)
    if len(named) < 2:
        return []
    found: list[tuple[list[str], str]] = []
    start = _sentence_start(paragraph, named[0][0])
    for group, following in pairwise(named):
        end = paragraph.find(group[-1], start) + len(group[-1])
        cut = _last_cut(paragraph, end, paragraph.find(following[0], end))
        if cut < 0:
            return []
        found.append((group, paragraph[start:cut].strip()))
        start = cut
    found.append((named[-1], paragraph[start:].strip()))
    return found


def _sentence_start(paragraph: str, address: str) -> int:
    starts = [one.end() for one in _SENTENCE_ENDS.finditer(paragraph, 0, max(paragraph.find(address), 0))]
    return starts[-1] if starts else 0


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{any_of(lexicon('joining', 'and'))})\s")


def _last_cut(paragraph: str, start: int, end: int) -> int:
    for ends in (*_PARTS, _and()):
        cuts = [one.end() for one in ends.finditer(paragraph, start, end)]
        if cuts:
            return cuts[-1]
    return -1


def sentence_of(paragraph: str, address: str) -> str:
    """The sentence of `paragraph` that names `address` first."""
    start = _sentence_start(paragraph, address)
    end = _SENTENCE_ENDS.search(paragraph, paragraph.find(address, start) + len(address))
    return paragraph[start : end.end() if end is not None else None]
