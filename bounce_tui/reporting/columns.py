"""Text cut and padded to terminal columns, where wide characters take two and combining ones none."""

from bounce_tui.reporting.visible import visible


def fit(text: str, columns: int) -> str:
    """`text` made visible and exactly `columns` wide; what does not fit ends in "…"."""
    text = visible(text)
    if text.isascii():
        if len(text) <= columns:
            return text.ljust(columns)
        return text[: columns - 1] + "…"
    # Its tables take longer to load than most scans; ASCII needs none of them.
    from wcwidth import wcswidth, wcwidth

    width = wcswidth(text)
    if 0 <= width <= columns:
        return text + " " * (columns - width)
    used = 0
    kept: list[str] = []
    for char in text:
        step = max(0, wcwidth(char))
        if used + step > columns - 1:
            break
        kept.append(char)
        used += step
    return "".join(kept) + "…" + " " * (columns - 1 - used)


def fit_end(text: str, columns: int) -> str:
    """`text` made visible and at most `columns` wide; of what does not fit the end stays, behind "…"."""
    text = visible(text)
    if text.isascii():
        return text if len(text) <= columns else "…" + text[len(text) - columns + 1 :]
    # As in `fit`.
    from wcwidth import wcswidth, wcwidth

    if 0 <= wcswidth(text) <= columns:
        return text
    used = 0
    for start in range(len(text) - 1, -1, -1):
        used += max(0, wcwidth(text[start]))
        if used > columns - 1:
            return "…" + text[start + 1 :]
    return text
