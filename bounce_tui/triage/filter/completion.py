"""What could follow in a filter that is being typed."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from bounce_tui.regex import regex
from bounce_tui.triage.filter.synonyms import FIELD_OF
from bounce_tui.triage.filter.terms import AGES, VALUE_TERMS, VERDICTS, WORD_TERMS

MOST = 20
# The term at the end of a text: a name with its sign, and as much of a value as stands there.
_UNQUOTED = regex(r'(?:([A-Za-z_]+)([:<>]))?([^\s()&|"]*)$')
_QUOTED = regex(r'(?:([A-Za-z_]+)([:<>]))?"([^"]*)$')
_TO_QUOTE = regex(r"[\s()&|]")


class Completion(Struct, frozen=True):
    """`line` is the text with all that is certain of its end; `words` are what may be meant, best first, at
    most `MOST`, and `lines` the texts with each of them, where the end is a value."""

    line: str
    words: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def complete(text: str, values: Callable[[str], Iterable[str]], saved: Iterable[str] = ()) -> Completion:
    """How `text` may go on: with a term, or with a value of the term at its end.

    Args:
        values: What the loaded rows hold under a name, as "reason": the reason of each row.  The value that
            most rows have comes first.
        saved: The names of saved filters.
    """
    is_quoted = text.count('"') % 2 == 1
    found = (_QUOTED if is_quoted else _UNQUOTED).search(text)
    if found is None:
        return Completion(text)
    name, sign, begun = (found[1] or "").lower(), found[2], found[3]
    name = FIELD_OF.get(name, name)
    if name:
        return _with_value(f"{text[: found.start()]}{name}{sign}", begun, _values(name, values), is_quoted)
    if is_quoted:
        return Completion(text)
    negated = len(begun) - len(begun.lstrip("!"))
    return _with_term(text[: found.start() + negated], begun[negated:].casefold(), saved)


def _with_term(before: str, begun: str, saved: Iterable[str]) -> Completion:
    names = [f"{term.name}{sign}" for term in VALUE_TERMS.values() for sign in term.signs]
    offered = [*names, *WORD_TERMS, *(f"@{name}" for name in sorted(saved))]
    words = tuple(word for word in offered if word.casefold().startswith(begun))
    certain = _certain(words, begun)
    # A word that can be nothing else is whole, and the next one may follow; a name waits for its value.
    end = " " if len(words) == 1 and words[0] not in names else ""
    return Completion(f"{before}{certain}{end}", words if len(words) > 1 else ())


def _with_value(before: str, begun: str, values: Iterable[str], is_quoted: bool) -> Completion:
    counts = Counter(value for value in values if value and '"' not in value)
    known = [value for value, _ in counts.most_common()]
    start = begun.casefold()
    fitting = [value for value in known if value.casefold().startswith(start)]
    certain = _certain(fitting, begun)
    if not fitting:
        # The filter looks for a part of the value, so a part can be completed, too.
        fitting = [value for value in known if start in value.casefold()]
    if len(fitting) == 1:
        return Completion(f"{before}{_written(fitting[0])} ")
    opening = '"' if is_quoted or _TO_QUOTE.search(certain) else ""
    words = tuple(fitting[:MOST])
    return Completion(
        f"{before}{opening}{certain}", words, tuple(f"{before}{_written(value)}" for value in words)
    )


def _values(name: str, values: Callable[[str], Iterable[str]]) -> Iterable[str]:
    if name == "verdict":
        return VERDICTS
    return AGES if name == "age" else values(name)


def _certain(fitting: Sequence[str], begun: str) -> str:
    """What all of `fitting` begin with: at least `begun`."""
    if not fitting:
        return begun
    first, last = min(fitting), max(fitting)
    same = (number for number, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1])
    certain = first[: next(same, len(first))]
    return certain if len(certain) >= len(begun) else begun


def _written(value: str) -> str:
    return f'"{value}"' if _TO_QUOTE.search(value) else value
