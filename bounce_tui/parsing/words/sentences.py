"""What the sentences of a text say of a mail, in any language: of what its words speak
(`concepts.toml`), and which of them stand together.

"Your letter to bob@example.net was not handed over" and the same in Hungarian are one sentence here: a "not"
near something that is done with mail.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.parsing.words.lexicon import WordsError, groups_of
from bounce_tui.regex import regex

_LONGEST: Final = 3000
_MOST_SENTENCES: Final = 60
_NEAR: Final = 60
"""Characters between a "not" and what it denies."""
# The two begin with all signs that one of theirs begins with, to which the engine skips.
_SENTENCE: Final = regex(
    r"[\s。！？；](?:(?<=[.!?;:]\s)\s*|(?<=[。！？；])|(?<=\n)(?:[ \t]*\n|(?=[^\n:]{1,30}:\s)|(?=[ \t]+)))"
)
_LETTERS: Final = {"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "ı": "i", "đ": "d", "’": "'", "œ": "oe"}
_QUOTED: Final = regex(
    r"([\"'„“«「])(?:(?<=[\"'])(?<!\w.)(?=\S)[^\"\n]{1,80}?\1(?!\w)"
    r"|(?<=„)[^“”\n]{1,80}[“”]|(?<=“)[^”\n]{1,80}”|(?<=«)[^»\n]{1,80}»|(?<=「)[^」\n]{1,80}」)"
)
"""What is quoted is another's: the subject of the mail that failed, the name of its file."""
Said = frozenset[str]
_ADDRESS: Final = regex(r"[\w.+=%-]{1,64}+@[\w.-]{1,255}(?<![.-])", re.A)
_SHORT: Final = frozenset(("not delivered", "refused"))
_YOUR_MAIL: Final = frozenset(("mail", "yours", "address"))
NOTHING: Said = frozenset()
FORMS: Final = frozenset(("failed", "was refused", "cause"))
"""The forms in which a sentence says that mail failed."""
_UNSPACED: Final = "\u0590"
"""From here on scripts put no blank between words, or write small words together with the next."""


def fold(text: str) -> str:
    """`text` in lower case and without accents."""
    if text.isascii():
        return text.lower()
    lower = text.lower()
    # One letter after the other: a table has every character of the text looked up.
    for letter, plain in _LETTERS.items():
        lower = lower.replace(letter, plain)
    apart = unicodedata.normalize("NFD", lower)
    for mark in filter(unicodedata.combining, set(apart)):
        apart = apart.replace(mark, "")
    return unicodedata.normalize("NFC", apart)


def stem_of(written: str) -> tuple[str, bool, bool]:
    """A stem of `concepts.toml` as it is looked for, and whether it may stand inside a word and must end one.
    Raises WordsError for one that occurs nowhere."""
    inside, ends = written.startswith("~"), written.endswith("$")
    stem = fold(written.removeprefix("~").removesuffix("$"))
    if not stem.strip() or "$" in stem or "~" in stem:
        raise WordsError(
            f'concepts.toml: "{written}" occurs nowhere: "~" stands before a stem, "$" behind it'
        )
    return stem, inside, ends


class _Words:
    """The stems of all concepts, found in one pass."""

    def __init__(self) -> None:
        stems: dict[tuple[str, bool, bool], set[str]] = {}
        for concept, written in groups_of("concepts").items():
            for one in written:
                stem, inside, ends = stem_of(one)
                begins = not inside and stem[0] < _UNSPACED
                stems.setdefault((stem, begins, ends), set()).add(concept)
        self._meanings = [(*key, frozenset(concepts)) for key, concepts in stems.items()]
        self._automaton = AhoCorasick(
            [stem for stem, *_ in self._meanings], implementation=Implementation.ContiguousNFA
        )

    def find(self, text: str) -> list[tuple[int, int, frozenset[str]]]:
        """Where concepts stand in folded `text`: start, end, which.  A piece of a longer one is none."""
        found = []
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            _, begins, ends, concepts = self._meanings[number]
            if begins and start and (text[start - 1].isalnum() or text[start - 1] in "@_"):
                continue
            if ends and end < len(text) and text[end].isalnum():
                continue
            found.append((start, end, concepts))
        found.sort(key=lambda one: (one[0], -one[1]))
        kept: list[tuple[int, int, frozenset[str]]] = []
        for one in found:
            if not kept or one[1] > kept[-1][1] or one[:2] == kept[-1][:2]:
                kept.append(one)
        return kept


@cache
def _words() -> _Words:
    return _Words()


def forms(text: str) -> list[Said]:
    """What each sentence of `text` says: the concepts that it has, and the forms that they make."""
    return list(each_form(text))


def each_form(text: str) -> Iterator[Said]:
    """`forms`, each read when it is asked for."""
    told = _QUOTED.sub(" ", fold(text[:_LONGEST]))
    if "@" in told:
        told = _ADDRESS.sub("@", told)
    above = NOTHING
    for sentence in _SENTENCE.split(told)[:_MOST_SENTENCES]:
        if sentence and not sentence.isspace():
            said = _of(sentence)
            # "Your mail to bob@example.net has 60 MB.  It was not passed on."
            if _SHORT & said and "mail" in above and above & {"yours", "address"}:
                said |= {"failed"}
            yield said
            above = said


def concepts(text: str) -> set[str]:
    """Of what all of `text` speaks."""
    return set().union(*(found for _, _, found in _words().find(fold(text[:_LONGEST]))))


def names_mail(text: str) -> bool:
    """True when a sentence of `text` says whom the reader's mail was for."""
    return any(said >= _YOUR_MAIL for said in each_form(text))


def tells(text: str) -> bool:
    """True when a sentence of `text` says that mail failed, was refused or cannot be had."""
    return any(not FORMS.isdisjoint(said) for said in each_form(text))


def _of(sentence: str) -> Said:
    said: set[str] = set()
    nots: list[tuple[int, int]] = []
    done: list[tuple[int, int]] = []
    for start, end, concepts in _words().find(sentence):
        said |= concepts
        if "not" in concepts:
            nots.append((start, end))
        if "delivered" in concepts:
            done.append((start, end))
    if "@" in sentence:
        said.add("address")
    if any(a - f <= _NEAR and c - b <= _NEAR for a, b in nots for c, f in done):
        said.add("not delivered")
    about = said & {"mail", "yours", "address", "who"}
    ended = "given_up" in said and done
    if ("not delivered" in said or "undelivered" in said or ended) and about:
        said.add("failed")
    if "refused" in said and said & {"mail", "yours"}:
        said.add("was refused")
    if said & {"box", "who", "address"} and said & {"gone", "full"}:
        said.add("cause")
    return frozenset(said)
