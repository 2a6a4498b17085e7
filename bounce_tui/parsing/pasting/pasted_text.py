"""A text without the header of a mail, read as what a person copied."""

from collections.abc import Callable, Iterator
from typing import Final

from msgspec.structs import replace

from bounce_tui.model import Bounce
from bounce_tui.parsing.cleaning.misread_codes import with_digits
from bounce_tui.parsing.forwards.inline import shown_message
from bounce_tui.parsing.logs import read_log
from bounce_tui.parsing.mime.mail import Mail
from bounce_tui.parsing.mime.wire import as_wire
from bounce_tui.parsing.pasted import quotes_system
from bounce_tui.parsing.pasted_reply import of_log
from bounce_tui.parsing.pasting.day_order import with_plain_dates
from bounce_tui.parsing.pasting.dialogue import without_dialogue
from bounce_tui.parsing.pasting.markup import recorded_lines, with_objects_as_lines, without_markup
from bounce_tui.parsing.pasting.moment import told_date
from bounce_tui.parsing.pasting.no_failure import LURE, is_lure, is_told, tells_alone, why_no_failure
from bounce_tui.parsing.pasting.page import is_page, says_waiting, with_named_fields
from bounce_tui.parsing.pasting.photo import without_gaps
from bounce_tui.parsing.pasting.server import with_only_server, with_server
from bounce_tui.parsing.pasting.several import with_others
from bounce_tui.parsing.pasting.told import read_told, with_bare_code, without_advised, without_asides
from bounce_tui.parsing.pasting.window import read_window
from bounce_tui.parsing.pasting.wrapping import rejoined
from bounce_tui.parsing.recognition.addressing import is_daemon
from bounce_tui.parsing.recognition.failure_words import speaks_of_failure
from bounce_tui.parsing.recognition.plausible import fails_as_mail
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.given_up import has_given_up
from bounce_tui.regex import regex

_LONGEST: Final = 1 << 18
"""Characters of a text that a person copied; what is longer is a file that a program wrote."""
_MOST_ADVISED: Final = 40
_REPLY: Final = regex(r"\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b")
_OBJECT: Final = regex(r"\{\s{0,20}\"")


def read_copied(report: Report, parsed: Callable[[Report], Bounce]) -> Bounce | None:
    """What the copied `report` tells once markup, breaks and window are undone, as `parsed` reads it; None
    where there was nothing to undo, or what is left tells no more."""
    if len(report.mail.entities) != 1 or not report.texts or len(report.mail.wire) > _LONGEST:
        return None
    given = report.texts[0].text(_LONGEST)
    if _is_title(report) or (report.head and is_page(_fields_of(report))):
        given = as_text(Mail(f"\n\n{report.mail.wire}"))
    elif report.head:
        below = _below_fields(report, given, parsed)
        if _poses(report, given, below, parsed):
            return Bounce(because=LURE)
        if not report.head.has("from"):
            below = _of_nobody(below or parsed(report), report, given)
        return below if below is None else replace(below, failures=tuple(map(with_server, below.failures)))
    text = prepared(given)
    logged = read_log(recorded_lines(given)) if given.lstrip()[:1] in ("{", "[") else None
    if logged is not None:
        return _dated(of_log(logged), text)

    def read(section: str) -> Bounce:
        return parsed(Report(Mail(as_wire(section.strip("\n"))), brief=report.brief))

    found, is_shown = _likeliest(text, lambda mail: parsed(Report(mail, brief=report.brief)), read)
    if is_shown:
        return found
    if found.is_bounce:
        return _dated(_checked(found, text), text)
    told = read_told(text)
    if told is not None:
        return why_no_failure(text, told) or _dated(told, text)
    return found if text != given else None


def _fields_of(report: Report) -> str:
    """What was read as the header of a `report`."""
    return as_text(Mail(f"\n\n{report.mail.wire[: report.mail.body_start]}"))


def _is_title(report: Report) -> bool:
    """True where what looks like a header is the title of a report, as a window shows it, and what it was
    about: "Undeliverable: the minutes"."""
    return not report.head.has("from") and any(
        name.isalpha() and says_failing(name) for name in report.head.fields
    )


def _likeliest(
    text: str, parsed: Callable[[Mail], Bounce], read: Callable[[str], Bounce]
) -> tuple[Bounce, bool]:
    """What the likeliest of the mails that `text` may be tells, and each that stands in it besides, as `read`
    reads a section of it; and whether it is a person's or a lure's, whose header says nothing of it."""
    shown = shown_message(text)
    found, read_of = Bounce(), text
    for mail in _likeliest_first(text, shown):
        found = parsed(mail)
        if found.is_bounce and any(one.recipient for one in found.failures):
            read_of = as_text(mail)
            break
        if shown is not None and mail is shown[0] and shown[1] and not _REPLY.search(text):
            return found, True
    return (with_others(found, read_of, read) if found.is_bounce else found), False


def _checked(found: Bounce, text: str) -> Bounce:
    """The bounce that was `found` in `text`, with what its words say besides; what else `text` is, where it
    tells of none."""
    if read_log(text) is not None:
        return found
    no_failure = why_no_failure(text, found)
    if no_failure is not None:
        return no_failure
    if not tells_alone(found) or not quotes_system(text):
        told = [without_asides(one) if is_told(one) else one for one in found.failures]
        found = replace(found, failures=tuple(told))
    if len(found.failures) == 1 and not (found.failures[0].reply_code or found.failures[0].remote_mta):
        found = replace(found, failures=(with_bare_code(found.failures[0], text),))
    failures = without_advised(found.failures[:_MOST_ADVISED], text) + list(found.failures[_MOST_ADVISED:])
    failures = with_only_server(list(map(with_server, failures)), text)
    return _of_class(replace(found, failures=tuple(failures)), text)


def _of_class(found: Bounce, text: str) -> Bounce:
    """`found` as a delay where all its replies are of class 4 and nothing in `text` says that the mail failed
    for good."""
    codes = [one.reply_code or "" for one in found.failures]
    if found.kind == "failed" and says_waiting(text):
        return _delayed(found)
    if found.kind != "failed" or not codes or not all(code.startswith("4") for code in codes):
        return found
    if has_given_up(text) or speaks_of_failure(Report(Mail(as_wire(f"\n\n{text}")))):
        return found
    return _delayed(found)


def _delayed(found: Bounce) -> Bounce:
    delayed = tuple([replace(one, action="delayed") for one in found.failures])
    return replace(found, kind="delayed", failures=delayed)


def _dated(found: Bounce, text: str) -> Bounce:
    """`found` with the date that `text` tells, where it has none."""
    if not found.is_bounce or found.date is not None:
        return found
    return replace(
        found, date=next((one.date for one in found.failures if one.date), None) or told_date(text)
    )


def _below_fields(report: Report, given: str, parsed: Callable[[Report], Bounce]) -> Bounce | None:
    """What a text below a few fields tells, None where it is as its writer left it and no log."""
    above = report.mail.wire[: report.mail.body_start]
    text = _undressed(given)
    logged = read_log(text) if not report.head.has("from") else None
    if logged is not None:
        return of_log(logged)
    if text == given and report.head.has("date"):
        return None
    return _dated(
        parsed(Report(Mail(above + as_wire(text)), brief=report.brief)), _undressed(f"{above}{text}")
    )


def _poses(report: Report, given: str, below: Bounce | None, parsed: Callable[[Report], Bounce]) -> bool:
    """True where a text below a few fields, as a window shows them, reports nothing and is a lure."""
    if not is_lure(given):
        return False
    found = below or parsed(report)
    return found.is_bounce and tells_alone(found)


def _of_nobody(found: Bounce, report: Report, given: str) -> Bounce:
    """`found` of a `report` whose fields name no sender, which no mail system left out; what it tells besides
    where it is none."""
    if not found.is_bounce:
        return read_told(given) or found
    if tells_alone(found) and not report.failed_recipients:
        told = read_told(given)
        if told is not None and _recipients(told) == _recipients(found):
            # What else stands there is no error.
            found = replace(found, failures=told.failures)
        elif told is None and not speaks_of_failure(report):
            return Bounce(because="it speaks of failures, and tells of none")
        if told is not None and not speaks_of_failure(report):
            # What tells of one is read best by whom it names together.
            return found
        said = f"{report.subject.lower()}. {report.opening}"
        if not fails_as_mail(said):
            return Bounce(because="it says that something failed, but not that it was mail")
    return why_no_failure(f"{report.subject}\n\n{given}", found) or found


def _recipients(found: Bounce) -> list[str]:
    return sorted(one.recipient or "" for one in found.failures)


def as_text(mail: Mail) -> str:
    """The body of a `mail` made of text."""
    return mail.body.encode("latin-1", "replace").decode("utf-8", "replace")


def prepared(text: str) -> str:
    """The copied `text` as the report was written."""
    text = _undressed(text)
    if read_log(text) is not None:
        return text
    if _OBJECT.search(text) is not None and text.lstrip()[:1] != "{":
        text = with_objects_as_lines(text)
    named = with_named_fields(text)
    # No header of a mail: the name of a page's first field stands for no field of it.
    return f"\n\n{named}" if named != text else text


def _undressed(text: str) -> str:
    return with_plain_dates(with_digits(rejoined(without_gaps(without_markup(without_dialogue(text))))))


def _likeliest_first(text: str, shown: tuple[Mail, bool] | None) -> Iterator[Mail]:
    """The mails that `text` may be, the first that tells who failed counts: `shown` with translated fields,
    below the window of a mail program, or as it stands."""
    if shown is not None and (shown[1] or is_daemon(Report(shown[0]))):
        yield shown[0]
    window = read_window(text)
    if window is not None:
        yield Mail(as_wire(window.as_mail(subject=True)))
        yield Mail(as_wire(window.below))
    yield Mail(as_wire(text))
