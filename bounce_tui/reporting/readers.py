"""Who will see the queries of checks."""

from collections.abc import Sequence

from bounce_tui.model import Check


def readers(checks: Sequence[Check], resolver: str) -> list[str]:
    """One line for the resolver, and one for each circle of readers behind it: `spf, mx: seen by the name
    servers of example.org`."""
    found: dict[str, list[str]] = {}
    for one in checks:
        if one.target:
            found.setdefault(one.seen_by, []).append(one.id)
    return [
        f"every query: seen by the resolver {resolver}",
        *(
            f"{', '.join(ids)}: seen by {seen_by or 'nobody, nothing is asked'}"
            for seen_by, ids in found.items()
        ),
    ]
