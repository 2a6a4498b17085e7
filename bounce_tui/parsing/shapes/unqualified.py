"""Recipients whom a machine knows without a domain: its own users, and paths of machines ("host!user")."""

from collections.abc import Iterable

from bounce_tui.parsing.report import Report


def whole_addresses(names: Iterable[str], report: Report) -> dict[str, str]:
    """For each of `names` without a domain the one address that begins with it among those that the returned
    message was for; else the name, which is all that the mail says."""
    bare = [name for name in names if "@" not in name]
    same: dict[str, list[str]] = {}
    for address in report.original_recipients if bare else ():
        same.setdefault(address.rpartition("@")[0].lower(), []).append(address)
    known = {name: same.get(name.lower(), []) for name in bare}
    return {name: found[0] if len(found) == 1 else name for name, found in known.items()}
