"""Lures that pose as a report, so that somebody opens what they bring."""

from typing import Final

from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.lexicon import lexicon

_LURES: Final = lexicon("other_mail", "lure")
_PROGRAMS: Final = lexicon("other_mail", "lure_file")
_READ: Final = 8000
_MOST_PARTS: Final = 8


def poses_as_report(report: Report) -> bool:
    """True for the lure that only looks like a report: it names nobody who failed, but brings a button or
    a program."""
    if report.head.raw("return-path") == "<>" or report.status_parts or report.message_parts:
        return False
    lower = report.whole_text[:_READ].lower()
    return any(words in lower for words in _LURES) or any(
        (entity.filename or "").lower().endswith(_PROGRAMS)
        for entity in report.mail.entities[:_MOST_PARTS]
        if entity.content_type.startswith("application/")
        or "attachment" in entity.head.raw("content-disposition")
    )
