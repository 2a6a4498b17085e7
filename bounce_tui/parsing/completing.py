"""What a status part leaves out, filled in from the words beside it and from the meaning of exit statuses."""

import re
from collections.abc import Iterable
from functools import cache

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.public_address import public
from bounce_tui.parsing.replies import better_status, command_of
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.echo import is_echo
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.regex import regex

_SAY_LITTLE = frozenset({"Diagnostic -1 (Unknown)", "Tried all MXs"})
"""What X.400 gateways put for no diagnostic, and Haraka for what each of the servers said."""
_FIRST_LINE = regex(r"[245]\d\d (?:[A-Za-z0-9_-]{1,63}\.){1,8}[A-Za-z0-9-]{1,63}")
"""A reply of several lines of which the first was taken: it holds no more than the server's name."""
_MOST_PLACED = 20
_NEAR = 1000
_BRACKETS = (("[", "]"), (" (", ")"), (" [", "]"))
_FIRST_WORDS = 8192
_LONGEST_BEGINNING = 60
_MOST_BEGUN = 50
_LONGEST_SALUTATION = 100
_AROUND_NOTHING = " \t\"'`<>()[]{}«»“”.,:;-"
_EXCEPTION = regex(r"(?:[a-z_]\w{0,40}\.){1,8}[A-Z_]\w{0,60}(?:Exception|Error|Refused)")
"""The name of a class, of Java, .NET or Python: of what James and others met with, and not what it said."""
_NAME_ONLY = regex(r"[45]\d\d [A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10}")

# sysexits.h, which "X-Unix; 67" in a Diagnostic-Code is a number of.
_EXIT_STATUSES = {
    "64": "command line usage error (EX_USAGE)",
    "65": "data format error (EX_DATAERR)",
    "66": "cannot open input (EX_NOINPUT)",
    "67": "user unknown (EX_NOUSER)",
    "68": "host name unknown (EX_NOHOST)",
    "69": "service unavailable (EX_UNAVAILABLE)",
    "70": "internal software error (EX_SOFTWARE)",
    "71": "system error (EX_OSERR)",
    "72": "critical system file missing (EX_OSFILE)",
    "73": "can't create user output file (EX_CANTCREAT)",
    "74": "input/output error (EX_IOERR)",
    "75": "temporary failure (EX_TEMPFAIL)",
    "76": "remote error in protocol (EX_PROTOCOL)",
    "77": "permission denied (EX_NOPERM)",
    "78": "configuration error (EX_CONFIG)",
}


def without_repeats(failures: list[Failure]) -> list[Failure]:
    """`failures`, each recipient with the same words once; of those that name nobody, each status once, as
    that may be all that tells two apart."""
    if len(failures) < 2:
        return failures
    return list(
        {
            (one.recipient or one.status, one.original_recipient, one.diagnostic): one for one in failures
        }.values()
    )


def completed(failures: list[Failure], words: Iterable[Failure]) -> list[Failure]:
    """`failures` of a status part with what `words`, read from the text beside it, know besides."""
    spoken = list(words)
    by_address = {one.recipient.lower(): one for one in spoken if one.recipient}
    left = iter(_left(failures, by_address))
    complete = []
    for one in failures:
        said = by_address.get((one.recipient or "").lower())
        if said is None and one.recipient is None and one.original_recipient is None:
            said = next(left, None)
        if said is None and one.original_recipient:
            said = by_address.get(one.original_recipient.lower())
        if said is None and len(failures) == 1 and len(spoken) == 1:
            said = spoken[0]
        complete.append(_spelled(_joined(one, said) if said is not None else one))
    return complete


def _left(failures: list[Failure], by_address: dict[str, Failure]) -> list[Failure]:
    """Those of `by_address` whom no one of `failures` names, in order, where as many of these name nobody: a
    status part may know a mailbox only by the name that it has on its machine."""
    named = {(one.recipient or "").lower() for one in failures}
    named |= {(one.original_recipient or "").lower() for one in failures}
    left = [one for address, one in by_address.items() if address not in named]
    nameless = sum(one.recipient is None and one.original_recipient is None for one in failures)
    return left if len(left) == nameless else []


def needs_words(failures: list[Failure], report: Report) -> bool:
    """True when one of `failures` lacks a diagnostic or a recipient, only begins to say what the words of
    `report` may go on with, or repeats what was said before."""
    for one in failures:
        if one.recipient is None or _says_little(one) or is_echo(one.diagnostic):
            return True
    begun = {one.diagnostic for one in failures if _only_begins(one)}
    return bool(begun) and _may_go_on(begun, report)


def placed(failures: list[Failure], report: Report) -> list[Failure]:
    """`failures` with the addresses of their remote MTAs, from the words beside a status part that has
    only names."""
    if not report.texts or len(failures) > _MOST_PLACED:
        return failures
    first = report.texts[0]
    text = first.wire[first.start : min(first.end, first.start + _FIRST_WORDS)]
    return [
        one
        if one.remote_mta is None or (one.remote_ip is not None and one.command is not None)
        else _placed(one, one.remote_mta, _without_others(text, one, failures))
        for one in failures
    ]


def _says_little(one: Failure) -> bool:
    """True without a diagnostic, with the bare exit status of a program, with words that stand for none,
    with a salutation or the recipient's address, or with the name of who refused and no more."""
    said = one.diagnostic
    if not said or said.isdecimal() or said in _SAY_LITTLE:
        return True
    if one.reply_code is None and len(said) <= _LONGEST_SALUTATION and _says_nothing(said, one):
        return True
    # One blank stands in such a line, which is found out before the engine tries names on a whole reply.
    return said.count(" ") == 1 and _FIRST_LINE.fullmatch(said) is not None


def _says_nothing(said: str, one: Failure) -> bool:
    """True for a type and no words ("smtp"), an empty quotation, the address of who failed, the name of a
    program's exception, and for the first line of a letter."""
    core = said.strip(_AROUND_NOTHING).lower()
    addresses = ((one.recipient or "").lower(), (one.original_recipient or "").lower())
    if core in ("", "smtp", *addresses) or _EXCEPTION.fullmatch(said) is not None:
        return True
    return _salutation().fullmatch(said) is not None


@cache
def _salutation() -> re.Pattern[str]:
    names = r"(?:[ \t]{1,3}[^\s,;:!]{1,80}){0,5}"
    return re.compile(
        rf"(?:{any_of(lexicon('mail', 'salutations'))}){names}[ \t]*[,!:\uff0c\uff01\uff1a]", re.I
    )


def _only_begins(one: Failure) -> bool:
    """True for a few words without any code, and for a reply of which there is no more than the host's name
    at its head: the words beside may go on with it."""
    said = one.diagnostic
    if len(said) > _LONGEST_BEGINNING:
        return False
    if one.reply_code is not None:
        return _NAME_ONLY.fullmatch(said) is not None
    return _is_vague(one.status)


def _is_vague(status: str | None) -> bool:
    """True without a status code, and for one that names no subject."""
    return status is None or status.endswith(".0.0")


def _only_announces(said: Failure) -> bool:
    """True for a heading without a reply: what it announces ("Delivery is delayed to these recipients or
    groups:") are the recipients, and a status code tells more than that."""
    return said.reply_code is None and said.diagnostic.endswith((":", "\uff1a"))


def _may_go_on(begun: set[str], report: Report) -> bool:
    """False where the report itself has not even the words of one of `begun`, which it would have to repeat.
    For many it is not asked: to look for each takes as long as the report is."""
    return len(begun) > _MOST_BEGUN or any(
        all(word in report.text or word in report.subject for word in said.split()) for said in begun
    )


def _spelled(one: Failure) -> Failure:
    meaning = _EXIT_STATUSES.get(one.diagnostic)
    return (
        replace(one, diagnostic=f"exit status {one.diagnostic}: {meaning}", quoted="")
        if meaning is not None
        else one
    )


def _joined(one: Failure, said: Failure) -> Failure:
    if is_echo(one.diagnostic) and said.reply_code is not None and not is_echo(said.diagnostic):
        # The code and the status are of the echo as well.
        one = replace(one, diagnostic="", quoted="", reply_code=None, status=None, command=None)
    goes_on = _only_begins(one) and said.diagnostic.startswith(one.diagnostic)
    if not goes_on and not _says_little(one):
        return replace(one, recipient=one.recipient or said.recipient)
    if _only_announces(said) and not _is_vague(one.status):
        said = replace(said, diagnostic="", quoted="")
    return replace(
        one,
        recipient=one.recipient or said.recipient,
        diagnostic=said.diagnostic or one.diagnostic,
        quoted=said.quoted if said.diagnostic else one.quoted,
        reply_code=said.reply_code or one.reply_code,
        status=better_status(one.status, said.status),
        command=one.command or said.command,
        remote_mta=one.remote_mta or said.remote_mta,
        remote_ip=one.remote_ip or said.remote_ip,
        local_program=one.local_program or said.local_program,
    )


def _placed(one: Failure, host: str, text: str) -> Failure:
    """`one` with the address of `host` and what it refused, by `text`.  The words about this recipient come
    first: in a report of several each has a paragraph, and one host may have refused them differently."""
    told = text.find(one.recipient) if one.recipient else -1
    for start in (told, 0) if told > 0 else (0,):
        for opening, end in _BRACKETS:
            at = text.find(f"{host}{opening}", start)
            if at >= 0:
                ip = text[at + len(host) + len(opening) :].partition(end)[0].removeprefix("IPv6:")
                return replace(
                    one,
                    remote_ip=one.remote_ip or (ip if public(ip) else None),
                    command=one.command or command_of(_paragraph(text, at)),
                )
    if told < 0 or one.command is not None:
        return one
    # No address beside the name; what stands about the recipient may still say to what was refused.
    return replace(one, command=command_of(_paragraph(text, told)))


def _without_others(text: str, one: Failure, failures: list[Failure]) -> str:
    """`text` up to the line below that of `one` which begins with another of `failures`: Exim puts no blank
    line between."""
    told = text.find(one.recipient) if one.recipient else -1
    if told < 0 or len(failures) < 2:
        return text
    begun = {other.recipient for other in failures if other.recipient and other.recipient != one.recipient}
    at = told
    for line in text[told:].splitlines(keepends=True):
        first = line.split(None, 1)[0].strip("<>:") if at > told and line.strip() else ""
        if first in begun:
            return text[:at]
        at += len(line)
    return text


def _paragraph(text: str, at: int) -> str:
    return text[at : at + _NEAR].partition("\n\n")[0]
