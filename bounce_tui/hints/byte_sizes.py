"""Bytes in words."""


def amount(size: int) -> str:
    """`size` in bytes as people say it: 1,234 bytes, 25.0 MiB."""
    if size < 10_000:
        return f"{size:,} bytes"
    for unit, one in (("GiB", 1 << 30), ("MiB", 1 << 20)):
        if size >= one:
            return f"{size / one:.1f} {unit}"
    return f"{size / 1024:.0f} KiB"
