"""Exchange's message trace and tracking log, and what sending services export of bounces, as tables: a row
for each recipient, or for each event of a mail, in columns whose names differ by who exported them."""

import csv
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from bounce_tui.model import Action
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.dates import to_utc
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.exchange import last_error
from bounce_tui.parsing.logs.fields import by_class, log_failure
from bounce_tui.regex import regex

NAME = "table of recipients"
MARKS = (
    *("RecipientAddress", "recipient_address", "recipient-address", "Recipient address", "Recipient Address"),
    *("recipient_status", "recipientAddress", "RecipientStatus", " Recipients "),
    *("\tRecipient\t", "\tEmail\t"),
    # What sending services export.
    *(",email", "email,", ";email", "email;", "\temail", "email\t", "Email,", ",Email", "recipient,"),
)

_TO: Final = (
    *("recipientaddress", "recipientaddresses", "recipients", "recipient", "recipientemail"),
    *("emailaddress", "email", "rcptto", "to"),
)
_STATE: Final = ("status", "eventid", "event", "deliverystatus")
_WORDS: Final = (
    *("recipientstatus", "detail", "details", "statusdetail", "reason", "bouncereason", "data"),
    *("error", "errormessage", "diagnosticcode", "diagnostic", "smtpresponse", "description"),
)
_SENDER: Final = ("senderaddress", "sender", "returnpath")
_NUMBER: Final = ("messageid", "networkmessageid", "internalmessageid", "messagetraceid")
_EVENT_TIME: Final = ("datetime", "timestamp", "eventtime")
"""Of the event itself: "Received" and "origin_timestamp_utc" tell when the mail came in."""
_ZONED: Final = regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")
"""What a spreadsheet or a shell wrote in its own language names no zone, and maybe the month first."""
_ACTIONS: Final[dict[str, Action]] = {
    **dict.fromkeys(("fail", "failed", "badmail", "filteredasspam", "quarantined"), "failed"),
    **dict.fromkeys(("pending", "defer", "deferred", "gettingstatus"), "delayed"),
    **dict.fromkeys(("deliver", "delivered", "send"), "delivered"),
}
_CLASS: Final = ("bouncetype", "bounceclass", "bouncecategory", "type", "class")
"""What a sending service calls the kind of a bounce, where it has no reply to tell it by."""
_OF_CLASS: Final[dict[str, Action]] = {
    **dict.fromkeys(("hard", "hardbounce", "hardbounced", "permanent"), "failed"),
    **dict.fromkeys(("soft", "softbounce", "softbounced", "transient", "temporary"), "delayed"),
}
_SAYS_NOTHING: Final = frozenset(
    ("fail", "failed", "badmail", "pending", "defer", "deferred", "gettingstatus")
)
_OF_EACH: Final = "##"
"""Parts a recipient from its events in Exchange Online's summary: "a@b##Receive, Fail;c@d##..."."""
_LETTERS: Final = regex(r"[^a-z]")
_CAPITAL: Final = regex(r"(?<=[a-z])(?=[A-Z])")
_LAST_ERROR: Final = regex(r"\{LED=")
_MOST_ABOVE: Final = 20
_MOST_RULED: Final = 2000
# "---------  ----------": what a shell draws below the names of columns.
_RULED: Final = regex(r"\s{0,40}-{3,}(?: {1,80}-{3,}){1,20}")
_CODE: Final = regex(r"[45]\d\d[ -]|[45]\.\d{1,3}\.\d{1,3}\b")
_DASHES: Final = regex(r"-{3,}")
_SEVERAL: Final = regex(r"; ?|, (?=\S{1,320}@)")
_LONGEST_CELL: Final = 8000


def read(lines: list[str]) -> list[Entry]:
    """The rows below the line that names the columns."""
    for number, line in enumerate(lines[1:_MOST_ABOVE], 1):
        if _RULED.fullmatch(line.rstrip()):
            starts = [found.start() for found in _DASHES.finditer(line)]
            names = [_LETTERS.sub("", name.lower()) for name in _at(starts, lines[number - 1])]
            if not set(_TO).isdisjoint(names):
                return list(_entries(_ruled(lines[number + 1 :], starts), names))
    for number, line in enumerate(lines[:_MOST_ABOVE]):
        separator = max(",;\t", key=line.count)
        names = [_LETTERS.sub("", name.lower()) for name in _cells([line], separator)]
        says = not {*_STATE, *_WORDS}.isdisjoint(names)
        if len(names) > 1 and ("recipientstatus" in names or (says and not set(_TO).isdisjoint(names))):
            names[0] = names[0].removeprefix("fields")
            cells = csv.reader(lines[number + 1 :], delimiter=separator)
            return list(_entries(cells, names))
    return []


def _at(starts: list[int], line: str) -> list[str]:
    """The cells of `line` in columns that begin at `starts`."""
    return [line[start:end].strip() for start, end in pairwise([*starts, len(line) + starts[-1] + 1])]


def _ruled(lines: list[str], starts: list[int]) -> Iterator[list[str]]:
    """The rows of a table as a shell shows it, each cell whole that goes on in the lines below: what fills
    its column was cut there, else a blank ended it."""
    rows: list[list[list[str]]] = []
    for line in lines[:_MOST_RULED]:
        if not line.strip():
            continue
        cells = _at(starts, line)
        if cells[0] or not rows:
            rows.append([[] for _ in starts])
        for column, cell in zip(rows[-1], cells, strict=True):
            if cell:
                column.append(cell)
    widths = [
        max((len(piece) for row in rows for piece in row[column]), default=0) for column in range(len(starts))
    ]
    for row in rows:
        yield [_whole(pieces, width) for pieces, width in zip(row, widths, strict=True)]


def _whole(pieces: list[str], width: int) -> str:
    """The pieces of a cell as one, without the braces round a list."""
    cell = "".join(piece if len(piece) == width else f"{piece} " for piece in pieces).strip()
    return cell[1:-1] if cell[:1] == "{" and cell[-1:] == "}" else cell


def _cells(lines: list[str], separator: str) -> list[str]:
    try:
        return next(csv.reader(lines, delimiter=separator), [])
    except csv.Error:
        return []


def _entries(rows: Iterator[list[str]], names: list[str]) -> Iterator[Entry]:
    while True:
        try:
            row = next(rows)
        except (StopIteration, csv.Error):
            return
        cells = {name: cell.strip()[:_LONGEST_CELL] for name, cell in zip(names, row, strict=False)}
        queue, sender = _first(cells, _NUMBER), clean(_first(cells, _SENDER))
        time = _first(cells, _EVENT_TIME)
        date = to_utc(time) if _ZONED.fullmatch(time) is not None else None
        for to, state, words in _told(cells):
            action = _ACTIONS.get(state.lower().replace(" ", ""))
            error, relay = last_error(words) or (words, None)
            if action is None and (relay is not None or _CODE.match(error)):
                action = by_class(error)  # a table of failures alone has no column for what became of them
            if action is None:
                action = _OF_CLASS.get(_LETTERS.sub("", _first(cells, _CLASS).lower()))
            if action is not None and "@" in to:
                one = log_failure(to, error or _said(state), action, relay=relay)
                yield Entry(queue, replace(one, date=date) if date is not None else one, sender)


def _told(cells: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Each recipient of a row, what became of it in a word, and what was said of it."""
    summary = cells.get("recipientstatus", "")
    if _OF_EACH in summary:
        for one in summary.split(";"):
            to, _, events = one.partition(_OF_EACH)
            yield to, events.rpartition(",")[2].strip(), ""
        return
    state, words = _first(cells, _STATE), _first(cells, _WORDS)
    addresses = _SEVERAL.split(_first(cells, _TO))
    each = _answers(words) if len(addresses) > 1 else []
    for number, to in enumerate(addresses):
        yield to, state, each[number] if len(each) == len(addresses) else words


def _answers(words: str) -> list[str]:
    """The answers of a row, of which one of several recipients has as many: each last error, or what stands
    between semicolons."""
    begins = [found.start() for found in _LAST_ERROR.finditer(words)]
    if not begins:
        return words.split(";")
    return [words[start:end] for start, end in pairwise([*begins, len(words)])]


def _first(cells: dict[str, str], names: tuple[str, ...]) -> str:
    return next((cells[name] for name in names if cells.get(name)), "")


def _said(state: str) -> str:
    """The words of a `state` that says more than its action does: "FilteredAsSpam"."""
    return "" if state.lower() in _SAYS_NOTHING else _CAPITAL.sub(" ", state)
