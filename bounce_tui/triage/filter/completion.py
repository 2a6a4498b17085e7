"""What could follow in a filter that is being typed."""

import re
from collections.abc import Iterable

from bounce_tui.triage.filter.terms import ASKING, FLAGS

MOST = 20
_LAST = re.compile(r'(?:([A-Za-z_]+):)?([^\s()&|!":]*)$')


def complete(text: str, values: dict[str, Iterable[str]], saved: Iterable[str] = ()) -> list[str]:
    """The texts that `text` may be completed to, at most `MOST`, best first.

    Args:
        values: For each name what the loaded rows hold, as "reason": the reasons met.
        saved: The names of saved filters.
    """
    found = _LAST.search(text)
    if found is None:
        return []
    before, name, begun = text[: found.start()], (found[1] or "").lower(), found[2].casefold()
    if name:
        known = sorted({value for value in values.get(name, ()) if value.casefold().startswith(begun)})
        return [f"{before}{name}:{_quoted(value)}" for value in known if value.casefold() != begun][:MOST]
    if not begun:
        return []
    if begun[0] == "@":
        return [f"{before}@{name}" for name in sorted(saved) if f"@{name}".casefold().startswith(begun)][
            :MOST
        ]
    names = [f"{asking.name}{asking.signs[0]}" for asking in ASKING.values()]
    return [f"{before}{word}" for word in (*names, *FLAGS) if word.startswith(begun) and word != begun][:MOST]


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"[\s()&|]", value) else value
