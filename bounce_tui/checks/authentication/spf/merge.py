"""Several SPF records of one domain as one."""

from collections.abc import Sequence

_SOFTEST_FIRST = ("?", "~", "-")


def merge(records: Sequence[Sequence[str]], changes: list[str]) -> list[str]:
    """The terms of one record for those of several: every mechanism once, in order, under the softest
    "all" that closed any of them, so that nobody is refused whom one of the records let through.

    "+all" becomes "~all": nobody means to merge a lock with an open door.  `changes` gets a sentence
    for each thing that is not plain."""
    changes.append(f"{len(records)} records merged into one: more than one is a permanent error")
    mechanisms: dict[str, None] = {}
    modifiers: dict[str, str] = {}
    ends: list[str] = []
    for terms in records:
        closed = any(is_all(term) for term in terms)
        for term in terms:
            if is_all(term):
                ends.append(term[0] if term[0] in _SOFTEST_FIRST else "~")
                break
            name, equals, value = term.partition("=")
            if not equals or ":" in name or "/" in name:
                mechanisms[term] = None
            elif name.lower() != "redirect":
                modifiers.setdefault(name.lower(), term)
            elif not closed:
                mechanisms[f"include:{value}"] = None
                changes.append(f"“{term}” written as “include:{value}”: a redirect cannot be merged")
    end = min(ends, key=_SOFTEST_FIRST.index, default="~")
    if len(set(ends)) > 1:
        changes.append(f"closed with “{end}all”, the softer of the two endings")
    return [*mechanisms, *modifiers.values(), f"{end}all"]


def is_all(term: str) -> bool:
    """Whether the term is an "all" of any qualifier."""
    return term.lstrip("+-~?").lower() == "all"
