"""Rows of a list or table with one address in each, wherever in the row it stands."""

from collections.abc import Callable

from bounce_tui.parsing.addresses import find_all


def address_rows(text: str, wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Each `wanted` address that is the only one of its line, once, with the words behind it and on the lines
    below up to a blank one or the next address; nothing where not all have as many words before them, as
    running text would."""
    rows: dict[str, tuple[str, list[str]]] = {}
    forms: set[int] = set()
    words: list[str] = []
    for line in text.split("\n"):
        named = find_all(line) if "@" in line else []
        if len(named) == 1 and wanted(named[0]):
            before, _, behind = line.partition(named[0])
            words = [behind]
            rows.setdefault(named[0].lower(), (named[0], words))
            forms.add(len(before.split()))
        elif "@" in line or not line.strip():
            words = []
        else:
            words.append(line)
    return [(address, "\n".join(said)) for address, said in rows.values()] if len(forms) == 1 else []
