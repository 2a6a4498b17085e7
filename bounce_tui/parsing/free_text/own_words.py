"""The words about each of several recipients, where one passage speaks of all of them, or only says that what
stands above holds here, too."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.sentences import forms
from bounce_tui.regex import regex

_SENTENCE_ENDS = regex(r"(?<=[.!?;])\s+|(?<=[。！？；])\s*")
_MOST = 200
"""Recipients of one report that are told apart by sentences: reading them takes time for each pair."""
_DITTO: Final = frozenset(lexicon("recipients", "same_as_above"))
_WHY = frozenset(("gone", "full", "refused", "content", "given_up"))
_DENIES = _WHY | {"not"}
_LONGEST_DITTO = 40
_AROUND = " \t\n>()[]<>*-–—:.,;!\"'„“”«»"


def own_words(found: list[Failure]) -> list[Failure]:
    """`found`, each with the words that are about it."""
    if len(found) < 2:
        return found
    return _repeated(_apart(found))


def without_announcement(one: Failure) -> Failure:
    """`one` without a first sentence that only says that the mail failed, where the next ones say why: what
    was tried with the mail is no cause of it."""
    if one.reply_code is not None or one.status is not None or one.recipient is None:
        return one
    first, *rest = _SENTENCE_ENDS.split(one.diagnostic, maxsplit=1)
    if not rest or one.recipient not in first:
        return one
    said = frozenset().union(*forms(first))
    why = frozenset().union(*forms(rest[0]))
    if "failed" not in said or not said.isdisjoint(_WHY) or why.isdisjoint(_DENIES) or "waits" in why:
        return one
    return _with(one, rest[0])


def _repeated(found: list[Failure]) -> list[Failure]:
    """`found`; who only has "same as above" with what is said of the one above."""
    told: list[Failure] = []
    for one in found:
        words = one.diagnostic
        if told and len(words) <= _LONGEST_DITTO and words.strip(_AROUND).lower() in _DITTO:
            told.append(replace(told[-1], recipient=one.recipient, original_recipient=one.original_recipient))
        else:
            told.append(one)
    return told


def _apart(found: list[Failure]) -> list[Failure]:
    """`found`; those that share a passage in which each has sentences of its own with these."""
    shared: dict[str, list[Failure]] = {}
    for one in found:
        if one.recipient and one.reply_code is None and one.status is None:
            shared.setdefault(one.diagnostic, []).append(one)
    own: dict[str, str] = {}
    for words, together in shared.items():
        if 1 < len(together) <= _MOST and all((one.recipient or "") in words for one in together):
            said = _sentences(words, [one.recipient or "" for one in together])
            own.update(said if len(said) == len(together) else {})
    return [_with(one, own[one.recipient]) if one.recipient in own else one for one in found]


def _sentences(words: str, recipients: Sequence[str]) -> dict[str, str]:
    """What `words` say of each of `recipients` alone: from the sentence that names it, and no other, to the
    next that names another."""
    said: dict[str, list[str]] = {}
    about: str | None = None
    for sentence in _SENTENCE_ENDS.split(words):
        named = [one for one in recipients if one in sentence]
        if named:
            about = named[0] if len(named) == 1 else None
        if about is not None:
            said.setdefault(about, []).append(sentence)
    return {one: " ".join(sentences) for one, sentences in said.items()}


def _with(one: Failure, words: str) -> Failure:
    return failure(one.recipient, words, one.action)
