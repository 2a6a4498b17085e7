"""A text without the header of a mail, read as what a person copied."""

from collections.abc import Callable, Iterator
from typing import Final

from msgspec.structs import replace

from bounce_tui.model import Bounce
from bounce_tui.parsing.cleaning.misread_codes import with_digits
from bounce_tui.parsing.forwarded import shown_message
from bounce_tui.parsing.logs import read_log
from bounce_tui.parsing.mime.mail import Mail
from bounce_tui.parsing.mime.wire import as_wire
from bounce_tui.parsing.pasting.markup import with_objects_as_lines, without_markup
from bounce_tui.parsing.pasting.moment import told_date
from bounce_tui.parsing.pasting.several import with_others
from bounce_tui.parsing.pasting.window import read_window
from bounce_tui.parsing.pasting.wrapping import rejoined
from bounce_tui.parsing.recognition.kinds import is_daemon
from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

_LONGEST: Final = 1 << 18
"""Characters of a text that a person copied; what is longer is a file that a program wrote."""
_SHOWN_FIELDS: Final = frozenset(("from", "to", "cc", "subject", "date", "sent", "reply-to", "importance"))
_REPLY: Final = regex(r"\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b")
_OBJECT: Final = regex(r"\{\s{0,20}\"")


def is_copied(report: Report) -> bool:
    """True for a text without a header, or below the few fields that a mail program shows."""
    return report.head.fields.keys() <= _SHOWN_FIELDS and len(report.mail.wire) <= _LONGEST


def read_copied(report: Report, parsed: Callable[[Report], Bounce]) -> Bounce | None:
    """What the copied `report` tells once markup, breaks and window are undone, as `parsed` reads it; None
    where there was nothing to undo, or what is left tells no more."""
    if len(report.mail.entities) != 1 or not report.texts:
        return None
    entity = report.texts[0]
    above = report.mail.wire[: report.mail.body_start]
    given = entity.text(_LONGEST)
    text = rejoined(without_markup(given)) if report.head else prepared(given)

    def read(wire: str) -> Bounce:
        return parsed(Report(Mail(wire), brief=report.brief))

    if report.head:
        return read(above + as_wire(text)) if text != given else None
    shown = shown_message(text)
    if shown is not None:
        found = parsed(Report(shown, brief=report.brief))
        if found.is_bounce and any(one.recipient for one in found.failures):
            return found
        if not is_daemon(Report(shown)) and not _REPLY.search(text):
            return found
    for wire in _likeliest_first(text):
        found = read(wire)
        if found.is_bounce and any(one.recipient for one in found.failures):
            break
    else:
        if text == given:
            return None
        found = read(as_wire(text))
    found = with_others(found, text, lambda section: read(as_wire(section.strip("\n"))))
    return replace(found, date=told_date(text)) if found.is_bounce and found.date is None else found


def prepared(text: str) -> str:
    """The copied `text` as the report was written."""
    text = with_digits(rejoined(without_markup(text)))
    if _OBJECT.search(text) is not None and text.lstrip()[:1] != "{" and read_log(text) is None:
        text = with_objects_as_lines(text)
    return text


def _likeliest_first(text: str) -> Iterator[str]:
    """The mails that `text` may be, the first that tells who failed counts: below the window of a mail
    program, or as it stands."""
    window = read_window(text)
    if window is not None:
        yield as_wire(window.as_mail(subject=True))
        yield as_wire(window.below)
    yield as_wire(text)
