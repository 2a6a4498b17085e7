"""All fields of a header for people, decoded, in their order."""

from typing import Final

from bounce_tui.parsing.mime.headers import Head, decode_words, unfold, unfolded

MOST_HEADERS: Final = 2000
_LONGEST_HEADER: Final = 16384


def header_list(head: Head) -> tuple[tuple[str, str], ...]:
    """Names and values of the first `MOST_HEADERS` fields of `head`."""
    return tuple(
        (name, unfold(decode_words(unfolded(value[:_LONGEST_HEADER]))))
        for name, value in head.as_written(MOST_HEADERS)
    )
