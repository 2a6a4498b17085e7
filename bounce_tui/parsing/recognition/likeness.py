"""How much a mail reads like a report of a failure, by the pieces of its subject and text in any language.

What each piece weighs was learnt from mails that we wrote: reports in words of their own, and mail that comes
close to one (`likeness.bin`, made by tests/parsing/learn_reports.py).
"""

import math
from functools import cache
from pathlib import Path
from typing import Final

from bounce_tui.learnt.text_pieces import located_pieces, pieces_of, strongest
from bounce_tui.learnt.weights import Weights, load
from bounce_tui.parsing.recognition.subject_marks import without_marks
from bounce_tui.parsing.words.sentences import fold
from bounce_tui.regex import regex

FILE: Final = Path(__file__).with_name("likeness.bin")
FAILED, DELAYED, OTHER = ("failed", "delayed", "other")
_WAITS: Final = -1.0
"""How much more like a mail that waits than like one that failed it must read."""
_SUBJECT, _TEXT = 200, 1_000
"""Characters of the subject and of the text that are looked at."""
_ADDRESS: Final = regex(r"[^\s<>@:,;\"'()\[\]]{1,64}+@[^\s<>@:,;\"'()\[\]]{1,255}")


def likeness(subject: str, text: str) -> float:
    """How much a mail with this `subject` and `text` reads like a report, in logarithms of odds.  Raises
    DamagedWeightsError where the program is not wholly installed."""
    return likeness_by(_weights(), words_of(subject, text))


def likeness_by(weights: Weights, words: str) -> float:
    """How much `words` (`words_of`) read like a report's by `weights`."""
    said = _scores(weights, words)
    top = max(said[FAILED], said[DELAYED])
    report = top + math.log(sum(math.exp(said[reading] - top) for reading in (FAILED, DELAYED)))
    return report - said[OTHER]


def waits(subject: str, text: str) -> bool:
    """Whether a report with this `subject` and `text` reads as if the mail still waited."""
    said = _scores(_weights(), words_of(subject, text))
    return said[DELAYED] - said[FAILED] > _WAITS


def _scores(weights: Weights, words: str) -> dict[str, float]:
    heard = pieces_of(weights, words, 0, len(words))
    return dict(zip(weights.readings, heard.scores(weights), strict=True))


def addresses_beside(subject: str, text: str) -> list[str]:
    """The addresses of the `text`, those first that stand nearest to what makes a mail read like a report."""
    said = words_of(subject, text)
    weights = _weights()
    # That there is an address at all says most.
    words = [one for one in located_pieces(weights, said, 0, len(said)) if "*" not in said[slice(*one[1])]]
    if not words:
        return []
    start, end = strongest(weights, words, weights.readings.index(FAILED))
    near = []
    looked_at = _looked_at(subject, text)
    for named, place in zip(_ADDRESS.findall(looked_at), _ADDRESS.finditer(fold(looked_at)), strict=False):
        near.append((max(place.start() - end, start - place.end(), 0), place.start(), named))
    return list(dict.fromkeys(named for _, _, named in sorted(near)))


def words_of(subject: str, text: str) -> str:
    """What of a mail is looked at: folded, and with stars for addresses."""
    said = fold(_looked_at(subject, text))
    return _ADDRESS.sub(lambda found: "*" * len(found[0]), said) if "@" in said else said


def _looked_at(subject: str, text: str) -> str:
    # The marks of answers and forwards tell nothing: programs answer with them, too.
    return f"{without_marks(subject)[:_SUBJECT]}\n{text[:_TEXT]}"


@cache
def _weights() -> Weights:
    return load(FILE)
