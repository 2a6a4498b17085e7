"""The host that says in the text of a report that it speaks; nothing is concluded from addresses."""

import re
from functools import cache
from typing import Final

from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.regex import regex

_SPEAKING: Final = (
    "at host ",
    "program at ",
    "Generating server: ",
    "Mail Agent v",
    "Reporting-MTA: ",
)
_HOST: Final = r"([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})"
_SPEAKER: Final = regex(
    r"(?:at host |program at |Generating server: |Mail Agent v[\d.]{1,12} at "
    rf"|Reporting-MTA: {{1,8}}<?(?:dns; ?)?){_HOST}"
)


@cache
def _exchange_server() -> re.Pattern[str]:
    """The server that Exchange names first in its section for administrators, or by a label that we know, in
    the reader's language."""
    section = any_of(lexicon("exchange", "administrators_section"))
    label = any_of(lexicon("exchange", "generating_server"))
    return re.compile(
        rf"(?:(?:{section})[^\n:：]{{0,60}}[:：]\s{{1,8}}[^\s:：][^\n:：]{{1,40}}|(?:{label})[ \xa0]?)"
        rf"[:：][ \xa0]{{0,3}}{_HOST}",
        re.IGNORECASE,
    )


def speaking_host(text: str) -> str | None:
    """The host that names itself in `text` as the one that speaks, in lower case."""
    if not any(words in text for words in _SPEAKING):
        return None
    return _name(_SPEAKER.search(text))


def exchange_host(text: str) -> str | None:
    """The Exchange server that generated a report with this `text`, in lower case."""
    return _name(_exchange_server().search(text))


def _name(found: re.Match[str] | None) -> str | None:
    return found[1].rstrip(".").lower() if found is not None else None
