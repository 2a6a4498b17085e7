"""The head that a mail program or webmail shows above a report: who wrote it, to whom, when, and buttons.

Copied with the report it has no fields, or translated ones; its addresses are the mail system's and the
reader's, never those of who failed.
"""

import re
from typing import Final

from msgspec import Struct

from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.dates import to_utc
from bounce_tui.parsing.words.field_words import field_words
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

_LOWEST: Final = 25
"""Lines among which the sender stands."""
_BELOW: Final = 9
"""Lines below the sender in which the rest of the head ends."""
_LONGEST: Final = 120
_MOST_WORDS: Final = 7
_SHORTEST: Final = 12
_FULL_STOPS: Final = frozenset(".。!")
_GAP: Final = regex(r"\t| {3,}")
_LABELLED: Final = regex(r"\s{0,8}([^\s:：][^\n:：\t]{0,24}?)[ \t]*(?:[:：]|\t)[ \t]*(.*)")
_TO_READER: Final = regex(
    r"\s{0,8}(?:to|an|à|a|para|aan|til|till|do|per|kime|кому)"
    r" (?:me|mich|moi|mí|mim|mij|mig|meg|mnie|\S+@\S+)\s*$",
    re.I,
)
_MOMENT: Final = regex(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:19|20)\d\d\b")
_SENTENCE_ENDS: Final = (".", ":", "!", "?", ",", ";")


class Window(Struct, frozen=True):
    """What the window shows: the `sender`, the addresses of its `readers`, the `subject` above, a `date` in
    UTC, and the text `below`."""

    sender: str
    readers: tuple[str, ...]
    subject: str
    date: str | None
    below: str

    def as_mail(self, *, subject: bool) -> str:
        """The text below, under a header that says the same."""
        named = f"Subject: {self.subject}\n" if subject else ""
        to = f"To: {', '.join(self.readers)}\n" if self.readers else ""
        date = f"Date: {self.date}\n" if self.date else ""
        return f"Return-Path: <>\nFrom: {self.sender}\n{to}{named}{date}\n{self.below}"


def read_window(text: str) -> Window | None:
    """The window that `text` begins with; None where it shows no mail system as the sender."""
    lines = text.split("\n", _LOWEST + _BELOW + 1)
    at, sender = next(
        ((number, name) for number, line in enumerate(lines[:_LOWEST]) if (name := _sender(line))), (-1, "")
    )
    if at < 0:
        return None
    last, date, readers = at, None, dict[str, None]()
    for number, line in enumerate(lines[at : at + _BELOW], at):
        if number > at and _is_sentence(line):
            break
        to_reader = number > at and _is_to_reader(line)
        if to_reader:
            readers.update(dict.fromkeys(find_all(line)))
        elif len(line) > _LONGEST or not _is_moment(line, first=number == at):
            continue
        else:
            date = date or to_utc(line)
        last = number
    if last == at and "<" not in sender and date is None:
        return None  # a line that only names a postmaster
    subject = next((line for line in lines[:at] if line.strip()), "")
    return Window(
        sender,
        tuple(readers),
        _GAP.split(_value(subject, "Subject: ").strip())[0],
        date,
        "\n".join(lines[last + 1 :]).lstrip("\n"),
    )


def _sender(line: str) -> str:
    """The mail system that `line` shows as who wrote the mail; "" for any other line."""
    if len(line) > 2 * _LONGEST or not line.strip():
        return ""
    for cell in _GAP.split(_value(line, "From: ").strip()):
        name = cell.strip()
        lower = name.lower()
        if (
            any(word in lower for word in lexicon("pasted", "window_sender"))
            and len(name.split()) < _MOST_WORDS
            and not name.endswith(_SENTENCE_ENDS)
            and ":" not in name
            and not lower.startswith(("the ", "this "))
        ):
            return name
    return ""


def _value(line: str, field: str) -> str:
    """What stands behind a label of `field` in any language, or the `line` without one."""
    found = _LABELLED.match(line)
    if found is not None and field_words().get("".join(found[1].split()).lower()) == field:
        return found[2]
    return line


def _is_sentence(line: str) -> bool:
    """True for a line of the report itself: the head has none that ends as a sentence does."""
    return len(line) > _SHORTEST and line.rstrip()[-1:] in _FULL_STOPS and len(find_all(line)) == 0


def _is_to_reader(line: str) -> bool:
    return len(line) <= 2 * _LONGEST and (_TO_READER.match(line) is not None or _value(line, "To: ") != line)


def _is_moment(line: str, *, first: bool) -> bool:
    """True for a line that shows a time; the `first` one, with the sender, where it has another cell."""
    if _MOMENT.search(line) is None:
        return False
    return first or (
        "@" not in line and len(line.split()) < 2 * _MOST_WORDS and line.rstrip()[-1] not in ".:"
    )
