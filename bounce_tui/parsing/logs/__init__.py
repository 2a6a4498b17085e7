"""Lines of a mail log that somebody pasted in place of a bounce: what became of whose mail, by which server's
words.

A log is written by who tried to deliver, or by who refused: there the client in it is the sending side.
"""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.model import Candidate, Failure, Origin
from bounce_tui.parsing.logs import (
    exchange,
    exchange_protocol,
    exim,
    exim_queue,
    keyed,
    mailq,
    message_trace,
    msmtp,
    opensmtpd,
    postfix,
    postqueue,
    powermta,
    qmail,
    sendmail,
)
from bounce_tui.parsing.logs.entry import Entry, Log
from bounce_tui.parsing.logs.fields import address
from bounce_tui.parsing.logs.remarks import Remarks, remarks
from bounce_tui.parsing.logs.stamps import BEFORE, Clock, clock_of_log, moment
from bounce_tui.parsing.public_address import public
from bounce_tui.parsing.senders import quoted_addresses
from bounce_tui.regex import regex

LOGS: tuple[Log, ...] = (postfix, sendmail, exim, qmail, opensmtpd, msmtp, exchange_protocol, exchange, keyed)
LISTINGS: tuple[Log, ...] = (powermta, message_trace, postqueue, mailq, exim_queue)
"""Tables and lists, whose lines have no stamp: each is one as it stands."""

MOST_TEXT = 1 << 22
"""Characters that are read of a log: some ten thousand lines."""
_MOST_REMARKED = 1 << 16
_ESCAPED = "\\u003c"
"""How Docker writes a bracket in its logs of JSON."""
_LONGEST_LINE = 8_000
_STAMP = regex(
    BEFORE + r"(?:[A-Z][a-z]{2} [ \d]?\d (?:\d{4} )?\d\d:\d\d:\d\d"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|@[0-9a-f]{16,24} |\d{10}\.\d{3,9} "
    r"|\S{0,40}(?:postfix|sendmail|sm-mta|smtpd|qmail)\S{0,40}\[\d{1,10}\]:"
    r"|(?:starting )?delivery \d{1,12}: )"
)
"""How a line of a log begins; one that begins otherwise goes on in what was pasted from a narrow terminal."""


class Logged(Struct, frozen=True):
    """What a log tells: the last that became of each recipient, in the order in which they come first, with
    the candidates for who sent the mail, as far as all mails share them, and the names of the systems that
    wrote it.  `is_whole` is False where only its beginning was read."""

    name: str
    failures: list[Failure]
    sending_ips: tuple[Candidate, ...]
    envelope_senders: tuple[Candidate, ...]
    is_whole: bool = True


def read_log(text: str, *, is_whole: bool = True, written: str | None = None) -> Logged | None:
    """What the lines of a log in `text` tell, None where it holds none that tells what became of a mail.
    `is_whole` is False where `text` is only the beginning of one; `written` is the Date of the mail that
    brings it."""
    if len(text) > MOST_TEXT or not is_whole:
        # Half a line tells something else than the whole.
        text, is_whole = text[: text.rfind("\n", 0, MOST_TEXT) + 1], False
    if _ESCAPED in text:
        text = text.replace("\\u003c", "<").replace("\\u003e", ">")
    names, found = _listed(text)
    if names and all(one.failure is None or one.failure.diagnostic for one in found):
        return _logged(names[0], found, is_whole=is_whole, written=written)
    by_lines, told = _told_by_lines(text)
    explained = {one.failure.recipient for one in told if one.failure is not None}
    found = [
        one
        for one in found
        if one.failure is None or one.failure.diagnostic or one.failure.recipient not in explained
    ]
    told = _of_the_listed(told, found)
    if by_lines and not _tells(found):
        names = []  # the list names nobody of whom the lines do not tell more
    names += by_lines
    return _logged(", ".join(names), found + told, is_whole=is_whole, written=written) if names else None


def _of_the_listed(told: list[Entry], listed: list[Entry]) -> list[Entry]:
    """What lines have `told` of nobody by name, of the only one whom the list above them names; a page shows
    the mail in a table and what happened to it below."""
    named = {one.failure.recipient for one in listed if one.failure is not None}
    if len(named) != 1:
        return told
    (to,) = named
    return [
        Entry(one.queue, replace(one.failure, recipient=to), one.sender)
        if one.failure is not None and one.failure.recipient is None
        else one
        for one in told
    ]


def _told_by_lines(text: str) -> tuple[list[str], list[Entry]]:
    """The systems whose logs have lines in `text`, and what those tell."""
    lines = None
    names: list[str] = []
    found: list[Entry] = []
    for log in LOGS:
        if not any(mark in text for mark in log.MARKS):
            continue
        lines = lines or _lines(text)
        # What a collector of logs keeps is of many hosts; a line that two readers know is the first one's.
        known = {entry.queue for entry in found if entry.queue}
        entries = [entry for entry in log.read(lines) if entry.queue not in known]
        if _tells(entries):
            names.append(log.NAME)
            found += entries
    return names, found


def _listed(text: str) -> tuple[list[str], list[Entry]]:
    """The name of the listing that `text` is, and what it lists; empty where it is none."""
    for log in LISTINGS:
        if any(mark in text for mark in log.MARKS):
            entries = log.read(text.splitlines())
            if _tells(entries):
                return [log.NAME], entries
    return [], []


def _tells(entries: list[Entry]) -> bool:
    return any(entry.failure is not None or entry.given_up for entry in entries)


def read_remarks(text: str) -> Remarks:
    """The lines of a log in `text` that report no refusal, and the rest of it."""
    is_stamped = _STAMP.match(text.lstrip()) is not None
    return remarks(_lines(text[:_MOST_REMARKED]) if is_stamped else text[:_MOST_REMARKED].splitlines())


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        if lines and line.strip() and _STAMP.match(line) is None and len(lines[-1]) < _LONGEST_LINE:
            lines[-1] += _joint(lines[-1], line) + line.strip()
        elif line.strip():
            lines.append(line.strip())
    return [line[:_LONGEST_LINE] for line in lines]


def _joint(before: str, behind: str) -> str:
    """A terminal breaks a line anywhere, a mail program at a blank that it drops."""
    return (
        "" if before.endswith((" ", "=", "<", "@", ".")) or behind.startswith((",", "@", ".", ">")) else " "
    )


def _logged(name: str, entries: list[Entry], *, is_whole: bool, written: str | None = None) -> Logged:
    """What `entries` tell.  Where they are about several mails, each failure has an origin of its own."""
    failures = _failures(entries, written)
    mails = {mail for mail, _ in failures}
    origins = {mail: origin for mail, origin in _origins(entries, written).items() if mail in mails}
    shared = _shared(list(origins.values()))
    needs_own = len(mails) > 1 or any(one.refused_by is not None or one.arrived for one in origins.values())
    return Logged(
        name,
        [replace(one, origin=origins[mail]) if needs_own else one for (mail, _), one in failures.items()],
        shared.sending_ips,
        shared.envelope_senders,
        is_whole,
    )


def _failures(entries: list[Entry], written: str | None) -> dict[tuple[str, str | None], Failure]:
    """The last that became of each recipient of each mail, in the order in which they come first."""
    last: dict[tuple[str, str | None], tuple[Failure, str]] = {}
    for entry in entries:
        if entry.given_up:
            waiting = [
                key for key, one in last.items() if key[0] == entry.mail and one[0].action == "delayed"
            ]
            for key in waiting:
                last[key] = replace(last[key][0], action="failed"), entry.line
            if not waiting:
                last[entry.mail, None] = Failure(diagnostic="expired, returned to sender"), entry.line
        elif entry.failure is not None:
            last[entry.mail, entry.failure.recipient] = entry.failure, entry.line
    clock = clock_of_log([line for _, line in last.values()], written)
    return {key: _dated(one, line, clock) for key, (one, line) in last.items()}


def _dated(failure: Failure, line: str, clock: Clock) -> Failure:
    """`failure` with the moment at which its `line` was written."""
    date = moment(line, clock) if line else None
    return replace(failure, date=date) if date is not None else failure


def _origins(entries: list[Entry], written: str | None) -> dict[str, Origin]:
    """Who sent each mail: who the log says, or else what the replies to it quote."""
    together: dict[str, list[Entry]] = {}
    for entry in entries:
        together.setdefault(entry.mail, []).append(entry)
    clock = clock_of_log([entry.arrived for entry in entries if entry.arrived], written)
    return {mail: _origin(of_mail, clock) for mail, of_mail in together.items()}


def _origin(entries: list[Entry], clock: Clock) -> Origin:
    clients = dict.fromkeys(entry.client for entry in entries if entry.client is not None)
    senders = dict.fromkeys(address(entry.sender) for entry in entries if entry.sender)
    helos = dict.fromkeys(entry.helo for entry in entries if entry.helo)
    missed = [one.failure for one in entries if one.failure is not None and one.failure.action != "delivered"]
    quoted = [] if clients else sorted(quoted_addresses(missed), key=lambda one: not one.sure)
    return Origin(
        (*(Candidate(one, "log", True) for one in clients if public(one)), *_once(quoted)),
        tuple([Candidate(sender, "log", True) for sender in senders if sender]),
        tuple([Candidate(helo, "log", True) for helo in helos]),
        next((one.server for one in entries if one.server is not None), None),
        next((moment(one.arrived, clock) for one in entries if one.arrived), None),
    )


def _once(found: list[Candidate]) -> Iterable[Candidate]:
    """The first of each value of `found`."""
    first: dict[str, Candidate] = {}
    for one in found:
        first.setdefault(one.value, one)
    return first.values()


def _shared(origins: list[Origin]) -> Origin:
    """The candidates that all `origins` share."""
    first = origins[0] if origins else Origin()
    return Origin(
        first.sending_ips if all(one.sending_ips == first.sending_ips for one in origins) else (),
        first.envelope_senders
        if all(one.envelope_senders == first.envelope_senders for one in origins)
        else (),
    )
