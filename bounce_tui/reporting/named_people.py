"""The people whom a bounce names, and text without them."""

import re
from collections.abc import Iterator

from bounce_tui.hints.tables import role_mailboxes
from bounce_tui.model import Bounce
from bounce_tui.regex import regex
from bounce_tui.reporting.unnamed_header import LOGIN, OF_ADDRESSES
from bounce_tui.reporting.unnamed_text import GONE

_LOOKED_AT = 64_000
"""Characters of a header in which names are looked for."""
_MOST = 500
_TOKEN = regex(r"[\w.+'-]{3,64}")
_DISPLAY = regex(r"(?:\"([^\"\n<>]{3,80})\"|([^\s\",<>@:;][^\",<>@:;\n]{2,80}))\s{0,3}<")
_IN_BRACKETS = regex(r"\([^()]{0,80}\)")
_FIELD = regex(r"\n(?![ \t])")
_ADDRESS = regex(r"([^\s<>@\"(),;:]{3,64})@")
# Local parts that are no person's either, and words that replies and hand-overs are made of.
_NOBODY = frozenset(
    {
        "bounce", "bounces", "error", "errors", "ftp", "mail", "mailbox", "mailer", "marketing", "message",
        "news", "recipient", "report", "reports", "root", "sender", "server", "test", "usenet", "user",
        "uucp", "www",
    }
)  # fmt: skip
# In a reply: words in quotation marks, and a login behind what it is one of.
_QUOTED = regex(r"([\"“„«])([^\"“”„«»\n]{1,120})([\"”“»])(\s?\([\w.+-]{2,64}\))?")
_WHOSE = regex(
    r"(?i)\b((?:user(?:name)?|mailbox|account|login|alias|recipient|uid)\b(?:\s+name)?[\s:=]{1,3}[<(\[']?)"
    r"(?=[\w.+-]*[a-z_])(?=[\w.+-]*[\d_.+-][\w])([a-z_][\w.+-]{2,63})(?![\w@])"
)
_NO_NAME = regex(
    r"[A-Z]{4,8}|[\d.#:-]+|[A-Z]{0,5}\d[\dA-Z.-]{0,12}|(?:[\w-]{1,63}\.)+[\w-]{2,63}\.?|\[[\dA-Fa-f:.]+\]|https?:\S+"
)
_MOST_WORDS = 4


class Named:
    """The people whom `bounce` names: their local parts, display names and logins."""

    def __init__(self, bounce: Bounce) -> None:
        self._words: set[str] = set()
        self._phrases: set[str] = set()
        for text in _of_addresses(bounce):
            for local in _ADDRESS.findall(text):
                self._add(local)
            for quoted, bare in _DISPLAY.findall(text):
                self._add_display(_IN_BRACKETS.sub("", quoted or bare))
        for field in _fields(bounce):
            for _, login in LOGIN.findall(field):
                self._add(login.partition("@")[0])
        for failure in bounce.failures:
            for address in (failure.recipient, failure.original_recipient):
                # Of a path of machines, "host!user", the last is who it is.
                self._add((address or "").partition("@")[0].rpartition("!")[2])
        self._phrase = _any_of(self._phrases)

    def out_of(self, text: str) -> str:
        """`text` without them."""
        if self._phrase is not None:
            text = self._phrase.sub(GONE, text)
        return _TOKEN.sub(self._without, text) if self._words else text

    def out_of_reply(self, reply: str) -> str:
        """What a server said, without them and without other names that it quotes."""
        return _WHOSE.sub(rf"\1{GONE}", _QUOTED.sub(_unquoted, self.out_of(reply)))

    def _add(self, word: str) -> None:
        word = word.strip("'.-+").lower()
        is_nobody = word in _NOBODY or word in role_mailboxes().offices
        if not is_nobody and len(self._words) < _MOST and _TOKEN.fullmatch(word):
            self._words.add(word)

    def _add_display(self, name: str) -> None:
        last, comma, first = name.partition(",")
        words = (f"{first} {last}" if comma else name).split()
        if len(words) == 1:
            self._add(words[0])
        elif len(self._phrases) < _MOST and 1 < len(words) <= 6:
            self._phrases |= {" ".join(words), f"{words[-1]} {' '.join(words[:-1])}"}

    def _without(self, match: re.Match[str]) -> str:
        word = match[0].strip("'.-+")
        return match[0].replace(word, GONE) if word.lower() in self._words else match[0]


def _of_addresses(bounce: Bounce) -> Iterator[str]:
    """What holds addresses with the names of whom they belong to."""
    yield from filter(None, (bounce.to, bounce.from_))
    yield from (candidate.value for candidate in bounce.envelope_senders)
    if bounce.original is not None:
        yield from filter(None, (bounce.original.from_, bounce.original.to))
    for field in _fields(bounce):
        name, _, value = field.partition(":")
        if name.strip().lower() in OF_ADDRESSES:
            yield value


def _fields(bounce: Bounce) -> Iterator[str]:
    if bounce.original is not None:
        head = bounce.original.content[:_LOOKED_AT].partition(b"\n\n")[0].decode("utf-8", "replace")
        yield from _FIELD.split(head)


def _any_of(phrases: set[str]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    # The longest first; between words there may be a comma, and a line may end.
    said = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    forms = [r"[\s,]{1,3}".join(re.escape(word) for word in phrase.split(" ")) for phrase in said]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


def _unquoted(match: re.Match[str]) -> str:
    """Quoted words without what may be a name (few words), or a login in brackets behind them."""
    words, whole = match[2].split(), match[2].strip() == GONE
    if not whole and (
        GONE in match[2] or len(words) > _MOST_WORDS or all(_NO_NAME.fullmatch(word) for word in words)
    ):
        return match[0]
    return f"{match[1]}{GONE}{match[3]}" + (f" ({GONE})" if match[4] else "")
