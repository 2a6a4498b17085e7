"""The reply to DATA that only repeats that every RCPT was refused: "554 5.5.1 Error: no valid recipients"."""

import re

from bounce_tui.regex import regex

_ECHO = regex(
    r"(?:503|554)[ -](?:#?5\.\d{1,3}\.\d{1,3} )?(?:error: )?"
    r"(?:no valid recipients|need rcpt(?: command)?|(?:valid )?rcpt command must precede data)"
    r"\.?(?: \(in reply to [^()\n]{1,60}\))?",
    re.I,
)
_CODES = ("503", "554")
_LONGEST = 120


def is_echo(said: str) -> bool:
    """True for such a reply and nothing besides: why the recipient was refused, an earlier one tells."""
    said = said.strip() if len(said) < _LONGEST else ""
    return said.startswith(_CODES) and _ECHO.fullmatch(said) is not None
