"""What was pasted as an error and reports no failure: an absence note, a complaint that a provider handed on,
a notice that the mail arrived."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from bounce_tui.lower_case import lower_case
from bounce_tui.model import Bounce, Failure, Kind
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.sentences import FORMS, forms
from bounce_tui.regex import regex

_LONGEST: Final = 4000
_SENTENCE: Final = regex(r"(?<=[^\d][.!?;])\s+|[。！？；]|\n\s*\n")
_LEAD: Final = 60
_ENDS: Final = str.maketrans(dict.fromkeys(',.;:!?()"\n\t', " "))
_FAILED: Final = frozenset({"not", "undelivered", "refused", "gone", "full", "waits", "given_up"})


def read_notice(failure: Failure, text: str) -> Bounce | None:
    """`text`, of which `failure` was read, as a notice; None where a code stands in it or it says that
    something failed."""
    if failure.reply_code is not None or failure.status is not None or len(text) > _LONGEST:
        return None
    lower = lower_case(text)
    complaint = _first(lexicon("notices", "complaint"), lower)
    if complaint is not None:
        return _notice("feedback", complaint, failure)
    away = _away(kept := _without_unread(lower))
    if away is not None and not says_failing(kept):
        return _notice("auto_reply", away, failure)
    if says_failing(text):
        return None
    receipt = _first(lexicon("notices", "no_receipt"), lower)
    if receipt is not None:
        return _notice("delivered", receipt, replace(failure, action="relayed"))
    arrived = _arrived(lower)
    if arrived is None:
        return None
    return _notice("delivered", arrived, replace(failure, action="delivered"))


def says_opened(text: str) -> bool:
    """True for a receipt in words: the mail was opened, or thrown away unread."""
    lower = lower_case(text[:_LONGEST])
    return any(all(piece in lower for piece in words.split(" + ")) for words in lexicon("notices", "opened"))


def _notice(kind: Kind, words: str, failure: Failure) -> Bounce:
    return Bounce(kind=kind, because=f"its text says {words.strip()!r}", failures=(failure,))


def _first(lines: Iterable[str], text: str) -> str | None:
    return next((words for words in lines if words in text), None)


def _without_unread(text: str) -> str:
    for words in lexicon("notices", "stays_unread"):
        text = text.replace(words, " ")
    return text


def _arrived(text: str) -> str | None:
    """The words of `text` by which a sentence says that the mail arrived, and nothing that denies it."""
    for sentence in _SENTENCE.split(text):
        found = _first(lexicon("notices", "arrival"), sentence)
        found = found or _first(lexicon("other_mail", "succeeded"), sentence)
        if found is not None and _said(sentence.replace(found, " ")).isdisjoint(_FAILED):
            return found
    return None


def _away(text: str) -> str | None:
    """The words of `text` by which its writer says that he is away."""
    for sentence in _SENTENCE.split(text):
        padded = f" {sentence.translate(_ENDS)} "
        found = _first(lexicon("notices", "away"), padded)
        speaks = found is not None and _first(lexicon("notices", "first_person"), padded) is not None
        if speaks and FORMS.isdisjoint(_said(sentence)):
            return found
    # "Out of office: ...", as the subject of such a note begins.
    label, colon, rest = text[:_LEAD].partition(":")
    if not colon or not rest.strip():
        return None
    return next((words for words in lexicon("other_mail", "absence") if _is_label(label, words)), None)


def _is_label(label: str, words: str) -> bool:
    """True where `label` is `words` or the one word that begins with them; "vacation:" is how the program of
    that name begins its errors."""
    return label.startswith(words) and label != "vacation" and " " not in label[len(words) :]


def _said(sentence: str) -> frozenset[str]:
    return frozenset().union(*forms(sentence))
