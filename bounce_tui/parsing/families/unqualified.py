"""Recipients whom a machine knows without a domain: its own users, and paths of machines ("host!user")."""

from bounce_tui.parsing.report import Report


def whole_address(name: str, report: Report) -> str:
    """The one address that the returned message was for whose local part is `name`; else `name`, which is all
    that the mail says."""
    if "@" in name:
        return name
    lower = name.lower()
    same = [one for one in report.original_recipients if one.rpartition("@")[0].lower() == lower]
    return same[0] if len(same) == 1 else name
