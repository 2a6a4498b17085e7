"""A folded reply cut into the pieces that a reader can learn: words, pairs of them, and parts of words.

Parts carry what endings and compounds hide in many languages ("Postfach" in "Postfachspeicher"), and are all
that is known where a script writes no words apart.  What stands in the first or the last of several clauses
is a piece of its own besides: in any language one cause is denied before the true one is named, or granted
behind it.
"""

from collections.abc import Iterator
from typing import Final

from bounce_tui.regex import regex

_UNSPACED: Final = (
    "\u0900-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f"
)
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese; the scripts of India, of whose vowel signs Python makes no
letters; and Korean, which puts its particles behind its nouns."""
_IPV4: Final = r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}"
_TOKEN: Final = regex(
    # What none begins with is passed over by one look, not by one for each alternative.
    r"(?=[\"*\w-])(?:"
    # Most are words with nothing about them that is the beginning of something else, and of ASCII letters,
    # which are told in a fraction of the time.
    r"[a-z]++(?>(?:'[a-z]+)?)(?![\w-]|\.[\w-]|://)"
    rf"|[^\W\d_{_UNSPACED}]++(?>(?:'[a-z]+)?)(?![\w-]|\.[\w-]|://)"
    # A recipient that is a program, in the words of its owner.
    r"|\"\|[^\"]{1,300}\""
    # A link,
    r"|https?://\S{1,400}"
    # the address of a host,
    rf"|{_IPV4}"
    # the stars for a mailbox,
    r"|\*{3,320}"
    # an amount, another number,
    r"|\d+(?:\.\d+)? ?(?:[kmg]i?b?|bytes|octets|mbytes|megabytes?)\b"
    r"|\d+(?:\.\d+)*"
    # the name of a host,
    r"|[a-z0-9_-]{1,63}+(?=\.)(?:\.[a-z0-9_-]{1,63}){0,8}\.[a-z]{2,24}\b"
    # a run of signs, and what is left of words.
    rf"|[{_UNSPACED}]+"
    rf"|[^\W\d_{_UNSPACED}]+(?:'[a-z]+)?)"
)
_RUN: Final = regex(rf"[{_UNSPACED}]")
_ASIDE: Final = regex(r"(?:recipient|sender|client host|helo command|data command) (?:address )?rejected:")
_MARK_OF_ASIDE: Final = "rejected:"
_IP, _STAR, _AMOUNT, _NUMBER, _HOST = "<ip>", "<star>", "<amount>", "<number>", "<host>"
"""What of the things that are recognised is a piece."""
_OF_IP: Final = regex(_IPV4)
_PROGRAM: Final = '"|'
_LINK: Final = "://"
_PART: Final = 4
"""Letters of a part of a word, its ends counted as letters."""
_LONGEST_WORD: Final = 40
"""Letters of a word whose parts are taken: longer ones are no words."""
_IN_RUN: Final = (1, 2, 3)
"""Letters of a part where no blanks tell words apart."""
_RUN_AS_WORDS: Final = 3
"""Letters of such a script that make up a word, more or less."""


FIRST, LAST = "^", "$"
"""What stands before a word or part that is in the first clause of several, or in the last."""
_MARKED_PART: Final = 3
"""Letters of a part of a run that is marked so."""
_END_OF_CLAUSE: Final = regex(
    # All signs in one class, to which the engine skips; those of scripts without blanks need none behind.
    r"[,;:.!?)(\u2013\u2014\u060c\u061b\u06d4\u3001\u3002\uff0c\uff1a\uff1b\uff1f\uff01]"
    r"(?:(?<![,;:.!?)(\u2013\u2014])|\s|$)"
)
_NO_WORD: Final = regex(r"[\W_]+")

Token = tuple[str, int, int, bool]
"""A word, a run of a script that writes none apart, or what stands for a thing (`<ip>`); where it begins and
ends; and whether it is a run.  No struct: a reply has fifty, and half of all replies are cut."""


def tokens(text: str, begin: int, end: int) -> Iterator[Token]:
    """The tokens of the folded `text` between `begin` and `end`."""
    for found in _TOKEN.finditer(_without_asides(text), begin, end):
        said = word_of(found[0])
        if said is not None:
            yield said[0], found.start(), found.end(), said[1]


def written_tokens(text: str, begin: int, end: int) -> tuple[list[str], list[str], list[str]]:
    """The tokens of the folded `text` between `begin` and `end` as they are written (`word_of`): those of the
    first clause of several, those between, and those of the last.  To find all at once takes a fifth of the
    time of `tokens`, which tells where each stands."""
    said = _without_asides(text)
    find = _TOKEN.findall
    first_end, last_begin = clauses(text, begin, end)
    if first_end == begin:
        return [], find(said, begin, end), []
    if _PROGRAM in said or (_LINK in said and not said.isascii()):
        # Only such reach from one clause into the next.
        cut = [(found[0], *found.span()) for found in _TOKEN.finditer(said, begin, end)]
        first = [token for token, _, stop in cut if stop <= first_end]
        last = [token for token, start, _ in cut if start >= last_begin]
        return first, [token for token, _, _ in cut[len(first) : len(cut) - len(last)]], last
    behind = first_end + 1  # of the sign that ends the clause: a link may have it
    return find(said, begin, behind), find(said, behind, last_begin), find(said, last_begin, end)


def word_of(token: str) -> tuple[str, bool] | None:
    """The word or run that a token as it is written is, or what stands for the thing that it is, and whether
    it is a run; None for links and programs, of which nothing is learnt."""
    first = token[0]
    if first == '"' or _LINK in token:
        return None
    if first == "*":
        return _STAR, False
    if first.isdecimal():
        if not token[-1].isdecimal():
            return _AMOUNT, False
        return (_NUMBER if _OF_IP.fullmatch(token) is None else _IP), False
    if "." in token:
        return _HOST, False
    return token, _RUN.match(token) is not None


def _without_asides(text: str) -> str:
    return _ASIDE.sub(lambda found: " " * len(found[0]), text) if _MARK_OF_ASIDE in text else text


def words_in(word: str, *, run: bool) -> float:
    """How many words a token counts as."""
    return len(word) / _RUN_AS_WORDS if run else 1.0


def stands_for(word: str) -> bool:
    """Whether a token stands for a thing, and is no word: such are of every language."""
    return word[0] == "<"


def pair(one: str, other: str) -> str:
    """The piece for two words that follow each other."""
    return f"{one} {other}"


def parts(word: str) -> list[str]:
    """The parts of a `word` as pieces; none of a token that stands for a thing (`<ip>`)."""
    if stands_for(word):
        return []
    whole = f"_{word[:_LONGEST_WORD]}_"
    return [f"~{whole[at : at + _PART]}" for at in range(len(whole) - _PART + 1)]


def run_parts(run: str) -> Iterator[tuple[str, int]]:
    """The parts of a `run` as pieces, and where in it they begin."""
    for length in _IN_RUN:
        for at in range(len(run) - length + 1):
            yield f"~{run[at : at + length]}", at


def clauses(text: str, begin: int, end: int) -> tuple[int, int]:
    """Where the first clause of the `text` between `begin` and `end` ends, and where the last begins; `begin`
    and `end` where there is one."""
    blank = _NO_WORD.match(text, begin, end)
    start = blank.end() if blank is not None else begin
    ends = list(_END_OF_CLAUSE.finditer(text, start, end))
    while ends and _NO_WORD.fullmatch(text, ends[-1].start(), end):
        ends.pop()
    return (ends[0].start(), ends[-1].end()) if ends else (begin, end)


def marked(word: str, mark: str, *, run: bool) -> list[str]:
    """The further pieces of a token that stands in the first clause or in the last; `mark` (FIRST or LAST)
    says in which."""
    if not run:
        return [mark + word]
    return [mark + word[at : at + _MARKED_PART] for at in range(len(word) - _MARKED_PART + 1)]
