"""Paragraphs: text made visible and broken at blanks."""

import textwrap

from bounce_tui.reporting.visible import visible


def wrapped(text: str, width: int, lead: str = "") -> list[str]:
    """`text` made visible, in lines of at most `width` characters where words allow: `lead` stands before the
    first one, as many blanks before the others.  No line where there is no word."""
    return textwrap.wrap(
        visible(text),
        width,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_on_hyphens=False,
        break_long_words=False,
    )
