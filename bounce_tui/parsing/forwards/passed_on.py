"""What a person passed on inside a mail, in every way in which mail is passed on."""

import re
from collections.abc import Iterator
from typing import Final

from bounce_tui.parsing.forwards.attached import attached
from bounce_tui.parsing.forwards.inline import (
    NEAR,
    begins_with_fields,
    inline_starts,
    is_whole_header,
    with_plain_fields,
)
from bounce_tui.parsing.forwards.quotation import (
    MARK,
    head_of_answered,
    is_announced,
    is_quoted,
    is_readers_own,
    quoted,
    unquoted,
)
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.parsing.mime.mail import Mail
from bounce_tui.parsing.mime.wire import as_wire
from bounce_tui.parsing.pasted import pasted
from bounce_tui.parsing.recognition.subject_marks import is_passed_on
from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

_DIGEST: Final = regex(r"\bdigest\b", re.I)


def passed_on(report: Report) -> Iterator[Mail]:
    """The messages inside `report`, likeliest first: attached ones, then the inline one, then what is
    quoted, then what begins as a mail system's report does."""
    yield from attached(report)
    enclosed = _enclosed(report)
    if enclosed is not None:
        yield enclosed
    yield from _in_text(report)


def _in_text(report: Report) -> Iterator[Mail]:
    for_many = _is_for_many(report.head)
    if for_many and _DIGEST.search(report.subject) is not None:
        return  # it tells what many wrote
    text = report.whole_text
    talk = _is_talk(report)
    starts = inline_starts(text, answers=not talk)
    first = MARK.search(text) if not talk and is_quoted(text) else None
    if first is not None and is_readers_own(report, text, first.start()):
        return  # an answer to the reader's own question about a bounce brings none
    # What looks like a forward far below the first quoted line is part of what is quoted.
    if first is not None and starts and starts[0] > first.start() + NEAR:
        yield quoted(report, text, first.start())
        first = None
    for start in starts:
        if for_many and not is_whole_header(text, start, report.head):
            continue  # an article shows what a bounce looks like
        is_answered = is_announced(text, start) and not begins_with_fields(text, start)
        head = head_of_answered(report, text, start) if is_answered else ""
        yield Mail(as_wire(with_plain_fields(head + unquoted(text[start:]), report.head)))
    if first is not None:
        yield quoted(report, text, first.start())
    for below in () if talk else pasted(report):
        yield Mail(as_wire("\n" + below))


def _enclosed(report: Report) -> Mail | None:
    """The bounce that stands with all of its header in the text of `report`, below the words of who encloses
    it.  No mail program shows an empty return path, so nothing of that header is anybody's own spelling."""
    if report.message_parts or report.header_parts:
        return None
    head = report.original_head
    if head is None or head.raw("return-path") != "<>" or report.returned is None:
        return None
    return Mail(report.returned[0].lstrip("\n \t-="))


def _is_talk(report: Report) -> bool:
    """True for an answer on a mailing list: what it quotes is talked about, not passed on."""
    head = report.head
    if not _is_for_many(head):
        return False
    return head.has("in-reply-to") or head.has("references") or is_passed_on(report.subject)


def _is_for_many(head: Head) -> bool:
    return head.has("list-id") or head.has("list-post") or head.raw("precedence").lower() == "list"
