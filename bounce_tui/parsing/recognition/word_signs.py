"""Signs of a report, or against one, in what its words mean in any language (`words/sentences.py`)."""

from typing import Final

from bounce_tui.parsing.words.sentences import FORMS, NOTHING, Said

_IN_SUBJECT: Final = (
    "not delivered",
    "undelivered",
    "was refused",
    "refused",
    "cause",
    "waits",
    "given_up",
    "content",
    "full",
    "gone",
    "mail",
    "failed",
)
_IN_TEXT: Final = (*_IN_SUBJECT, "who")
_ABOUT_ONE: Final = ("failed", "was refused", "cause", "waits", "given_up", "content")
_AGAINST: Final = (
    "goods",
    "letter",
    "absence",
    "lure",
    "digest",
    "solved",
    "general",
    "planned",
    "to_many",
    "monitored",
)
_FIRST_SENTENCES: Final = 8
"""Sentences in which a program says that it is one."""
_AT_ONCE: Final = 3
"""Sentences in which most reports come to the point."""


def of_subject(sentences: list[Said]) -> set[str]:
    """The signs of the subject, of which `sentences` is what it says."""
    return _of_words("subject", sentences, _IN_SUBJECT)


def of_text(sentences: list[Said]) -> set[str]:
    """The signs of the text, of which `sentences` is what each says."""
    found = _of_words("text", sentences, _IN_TEXT)
    for said, below in zip(sentences, (*sentences, NOTHING)[1:], strict=True):
        found |= _of_sentence(said, below)
    if any("automatic" in said for said in sentences[:_FIRST_SENTENCES]):
        found.add("+text: a program's")
    fails = [not FORMS.isdisjoint(said) for said in sentences]
    if sum(fails) > 1:
        found.add("+text: fails in several sentences")
    if any(fails[:_AT_ONCE]):
        found.add("+text: fails at once")
    return found


def _of_sentence(said: Said, below: Said) -> set[str]:
    """The signs of what one sentence says; `below` is what the next one does."""
    found = set()
    yours = "mail" in said and "yours" in said
    if yours:
        found.add("+text: your mail")
        found |= {f"+text: {name} of your mail" for name in _ABOUT_ONE if name in said}
    if "address" in said:
        found |= {f"+text: {name} beside an address" for name in _ABOUT_ONE if name in said}
    if yours and "address" in said:
        found.add("+text: your mail to an address")
        if not FORMS.isdisjoint(said | below) or "not delivered" in said | below:
            found.add("+text: your mail to an address fails")
    return found


def _of_words(where: str, sentences: list[Said], names: tuple[str, ...]) -> set[str]:
    said = set().union(*sentences)
    found = {f"+{where}: {name}" for name in names if name in said}
    return found | {f"-{where}: {name}" for name in _AGAINST if name in said}
