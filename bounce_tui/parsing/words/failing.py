"""Where a text says, in any language, that something failed."""

from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.lower_case import lower_case
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.spellings import spellings


@cache
def _failing() -> AhoCorasick:
    # Made when a report in words asks first: a thousand words take longer than most commands.
    return AhoCorasick(sorted(failing_words()), implementation=Implementation.ContiguousNFA)


def failing_words() -> set[str]:
    """What says that something failed; in a paragraph with an address it says whose mail did."""
    failed = lexicon("failed", "subject_and_passage", "anywhere", "text", "passage")
    return spellings((*failed, *lexicon("waiting", "delayed", "delayed_and_goes_on")))


def failing_at(text: str) -> list[int]:
    """Where `text`, in any case, says that something failed."""
    return [start for _, start, _ in _failing().find_matches_as_indexes(lower_case(text))]


def says_failing(text: str) -> bool:
    """True when `text`, in any case, says that something failed."""
    return bool(_failing().find_matches_as_indexes(text.lower()))
