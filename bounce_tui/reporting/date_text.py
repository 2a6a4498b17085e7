"""A date and time as every page says it."""


def minute(date: str) -> str:
    """`2026-11-20 09:14`, of a date of RFC 3339."""
    return date[:16].replace("T", " ")


def minute_utc(date: str) -> str:
    """`2026-11-20 09:14 UTC`."""
    return f"{minute(date)} UTC"
