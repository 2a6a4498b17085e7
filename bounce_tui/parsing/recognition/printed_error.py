"""The error that a program like msmtp printed, which hands mail in, and cron or a script passed on."""

import re
from typing import Final

from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

_PRINTED: Final = regex(
    r"^(?:\S{0,60}/)?(?:msmtp|ssmtp|esmtp|nullmailer-\w{1,10}|send-?mail|s-nail|mailx?|mutt|dma|swaks|sendEmail)"
    r"(?:\[\d{1,8}\])?: (?=[^\n]*\S)",
    re.M,
)
_READ: Final = 4000
_CRON: Final = regex(r"\s{0,4}(?:cron|anacron|\[?systemd|output from your job)\b", re.I)


def printed_error(report: Report) -> str | None:
    """The program's name, as its line begins, or None: nothing stands above it, or only what other programs
    printed.  People quote such lines below words of their own."""
    opening = report.opening
    if "smtp: " not in opening and "mail" not in opening:
        return None
    printed = _PRINTED.search(report.text[:_READ])
    if printed is None or (printed.start() and not _CRON.match(report.subject)):
        return None
    return printed[0].strip()
