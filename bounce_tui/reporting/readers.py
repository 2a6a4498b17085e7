"""Who will see the queries of checks."""

from collections.abc import Sequence

from bounce_tui.model import Check


def readers(checks: Sequence[Check]) -> list[str]:
    """One line for each circle of readers: `spf, mx: seen by the name servers of example.org`."""
    found: dict[str, list[str]] = {}
    for one in checks:
        if one.target:
            found.setdefault(one.seen_by, []).append(one.id)
    return [f"{', '.join(ids)}: seen by {seen_by}" for seen_by, ids in found.items()]
