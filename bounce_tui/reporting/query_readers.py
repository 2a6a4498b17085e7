"""Who will see the queries of checks, in words."""

from collections.abc import Sequence

from bounce_tui.check_results import Check

_CONTROL = "the top-level domain of a name that it denies: seen by the resolver alone"


def readers(checks: Sequence[Check], resolver: str) -> list[str]:
    """One line for the resolver, one for what it alone is asked besides, and one for each circle of readers
    behind it: `spf, dmarc: seen by example.org's name servers`."""
    found: dict[str, list[str]] = {}
    for one in checks:
        if one.target:
            found.setdefault(_named(one), []).append(one.id)
    return [
        f"every query: seen by the resolver {resolver}",
        *([_CONTROL] if any("name servers" in seen_by for seen_by in found) else []),
        *(
            f"{', '.join(ids)}: seen by {seen_by or 'nobody, nothing is asked'}"
            for seen_by, ids in found.items()
        ),
    ]


def _named(check: Check) -> str:
    owned = check.seen_by.removeprefix("its ")
    return check.seen_by if owned == check.seen_by else f"{check.target}'s {owned}"
