"""Pages of consoles, sending services and ticket systems: the name of a field and its value, which a copy
parts by blanks or by the end of the line, as lines "name: value"."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Final

from bounce_tui.lower_case import lower_case
from bounce_tui.parsing.free_text.outcome_words import begins_with_failed, begins_with_waiting
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

_LONGEST: Final = 20_000
_LONGEST_NAME: Final = 40
_FEWEST: Final = 3
_FEWEST_CELLS: Final = 3
_MOST_ABOVE: Final = 20
_LONGEST_STATE: Final = 30
# Of the machine-readable part, which is read as it stands (RFC 3464).
_OF_REPORT: Final = frozenset(("final-recipient", "original-recipient", "reporting-mta", "diagnostic-code"))
_LABELLED: Final = regex(
    r"[ \t>*]{0,8}([^\s:：@][^\n:：\t@]{0,39}?)[ \t]{0,4}[:：][ \t]{1,20}(\S[^\n]{0,4000})"
)
_CELLS: Final = regex(r"\t| {3,60}| > ")
_HOST: Final = regex(r"((?:[A-Za-z0-9-]{1,63}\.){2,8}[A-Za-z]{2,24})\.?(?::\d{1,5}|[ ]?[\[(][^\n]{1,60})?")
_NOTE: Final = regex(r"\s{0,4}\([^()\n]{1,30}\)$")
_CODE: Final = regex(r"\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b")
_BESIDE: Final = regex(
    r"[ \t]{0,12}([^\s:：@][^\n:：\t@]{0,39}?)(?::?\t[ \t]{0,40}| {2,60})(\S[^\n]{0,4000})"
)
_NAMED: Final = regex(r"[ \t>*|-]{0,12}([^\s:：@][^\n:：\t@]{0,39}?)(?:[ \t]{0,8}[:：]|\t| {2,60})")


def with_named_fields(text: str) -> str:
    """`text` with the fields of a page one a line, each behind its name, and without a ticket's people."""
    if len(text) > _LONGEST or "@" not in text:
        return text
    lines = [line for line in text.split("\n") if not _is_of_party(line)]
    lines = _with_plain_names(_without_columns(lines))
    beside = [_beside(line) for line in lines]
    if sum(one is not None for one in beside) >= _FEWEST:
        return "\n".join(one or line for one, line in zip(beside, lines, strict=True))
    names = [_name(line) for line in lines]
    told = sum(name is not None for name in names)
    if told < _FEWEST and "Response" in names and _CODE.search(text) is None:
        # The one field of a history of events that says why.
        names = [name if name == "Response" else None for name in names]
        return "\n".join(_joined(lines, names))
    return "\n".join(_joined(lines, names) if told >= _FEWEST else lines)


def is_page(text: str) -> bool:
    """True where `text` has fields of a page, each behind its name and a colon, as a mail has its header."""
    lines = text[:_LONGEST].split("\n")
    return "@" in text and _with_plain_names(lines) != lines


def says_waiting(text: str) -> bool:
    """True where a page says, in the field or cell of a state, that the mail waits, and in none that it
    failed."""
    waits = False
    for line in text[:_LONGEST].split("\n"):
        for state in _states(line):
            if begins_with_failed(state):
                return False
            waits = waits or begins_with_waiting(state)
    return waits


def _states(line: str) -> list[str]:
    """What a `line` may say of the state of a mail: a field's value, cells, where a page is found."""
    field = _LABELLED.fullmatch(line.rstrip())
    if field is not None:
        return [field[2]] if lower_case(field[1]).strip() in lexicon("pages", "state") else []
    cells = [cell.strip() for cell in _CELLS.split(line)]
    return [cell for cell in cells if 0 < len(cell) <= _LONGEST_STATE] if len(cells) > 1 else []


def _with_plain_names(lines: list[str]) -> list[str]:
    """`lines` with the fields of a paragraph that says to whom and what became of it under the names by which
    reports are read: there "To" is who it was for."""
    plain: list[str] = []
    for _, paragraph in groupby(lines, key=lambda line: not line.strip()):
        together = list(paragraph)
        fields = [_LABELLED.fullmatch(line.rstrip()) for line in together]
        plain += _plain(together, fields) if sum(map(bool, fields)) >= _FEWEST else together
    return plain


def _plain(lines: list[str], fields: Sequence[re.Match[str] | None]) -> list[str]:
    named = [_plain_field(one) if one is not None else None for one in fields]
    names = {one[0] for one in named if one is not None}
    tells = "Response" in names or any(
        one is not None and lower_case(one[1]).strip() in lexicon("pages", "state") for one in fields
    )
    is_report = any(one is not None and lower_case(one[1]) in _OF_REPORT for one in fields)
    if not tells or is_report or "Recipient" not in names or _is_by_system(named):
        return lines
    return [
        f"{one[0]}: {one[1]}" if one is not None else line for one, line in zip(named, lines, strict=True)
    ]


def _is_by_system(named: Sequence[tuple[str, str] | None]) -> bool:
    system = lexicon("pasted", "window_sender")
    return any(
        one is not None and one[0] == "Sender" and any(word in lower_case(one[1]) for word in system)
        for one in named
    )


def _plain_field(field: re.Match[str]) -> tuple[str, str] | None:
    """The name by which reports are read and the value of a `field`; None for one without such a name."""
    name, value = _known(field[1]), field[2]
    if name == "Recipient" and "@" not in value:
        host = _HOST.fullmatch(value)
        return ("Remote server", host[1]) if host is not None else None
    if name is not None and lower_case(name) in lexicon("pages", "state") and _CODE.search(value):
        return "Response", value
    return (name, value) if name is not None else None


def _without_columns(lines: list[str]) -> list[str]:
    """`lines` with each row of a table, whose cells tabs part below their names, as a paragraph of fields."""
    for at, line in enumerate(lines[:_MOST_ABOVE]):
        cells = line.strip().split("\t")
        names = [_known(cell) for cell in cells]
        known = sum(name is not None for name in names)
        if len(cells) < _FEWEST_CELLS or "Recipient" not in names or 2 * known <= len(names) + 1:
            continue
        titles = [name or cell.strip() for name, cell in zip(names, cells, strict=True)]
        below: list[str] = []
        arrived = frozenset(lexicon("pages", "arrived"))
        for row in lines[at + 1 :]:
            values = row.split("\t")
            if not arrived.isdisjoint(lower_case(value).strip() for value in values):
                continue
            if len(values) == len(cells) and "@" in row:
                fields = zip(titles, values, strict=True)
                below += [
                    "",
                    *(f"{name}: {value.strip()}" for name, value in fields if name and value.strip()),
                ]
            else:
                below.append(row.strip())
        return [*lines[:at], *below]
    return lines


def _is_of_party(line: str) -> bool:
    """True for a line that names one of a ticket's people by an address."""
    found = _NAMED.match(line) if "@" in line and not line[:1].isdecimal() else None
    return found is not None and lower_case(found[1]).strip() in lexicon("pages", "party")


def _beside(line: str) -> str | None:
    """A `line` of a name and a value with blanks between, with a colon there; None for any other."""
    found = _BESIDE.fullmatch(line.rstrip())
    name = _known(found[1]) if found is not None else None
    return f"{name}: {found[2]}" if found is not None and name is not None else None


def _name(line: str) -> str | None:
    """What a `line` calls a field, of which it says nothing else; None for any other."""
    name = line.strip()
    return _known(name.rstrip(":：")) if 0 < len(name) <= _LONGEST_NAME else None


def _known(name: str) -> str | None:
    """The name by which reports are read for the `name` that a page has; None for no field's."""
    lower = lower_case(_NOTE.sub("", name.strip()))
    return _names().get(lower, name.strip() if lower in lexicon("pages", "date", "other", "state") else None)


@cache
def _names() -> dict[str, str]:
    return {
        **dict.fromkeys(lexicon("recipients", "label"), "Recipient"),
        **dict.fromkeys(lexicon("pages", "recipient"), "Recipient"),
        **dict.fromkeys(lexicon("pages", "sender"), "Sender"),
        **dict.fromkeys(lexicon("pages", "server"), "Remote server"),
        **dict.fromkeys(lexicon("pages", "reply"), "Response"),
    }


def _joined(lines: list[str], names: list[str | None]) -> list[str]:
    """`lines` with the value of each field behind its name, which stands alone above it."""
    joined: list[str] = []
    waiting: str | None = None
    for line, name in zip(lines, names, strict=True):
        # "Delivery failed" is the name of a field, and a state as well.
        if name is not None and (
            waiting is None or lower_case(waiting) not in lexicon("pages", "other", "state")
        ):
            if waiting is not None:
                joined.append(waiting)
            waiting = name
        elif waiting is not None and line.strip():
            joined.append(f"{waiting}: {line.strip()}")
            waiting = None
        else:
            joined.append(line)
    return [*joined, waiting] if waiting is not None else joined
