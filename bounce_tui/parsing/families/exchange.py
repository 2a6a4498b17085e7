"""Microsoft Exchange from 5.5 to 365 and Outlook.com, where the words say more than the status part."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import ADDRESS, clean
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, failures, stretches
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

NAME = "Exchange"
_MOST_LINES = 20_000
_SECTION = lexicon("exchange", "administrators_section")
MARKS = (
    "did not reach the following recipient",
    "delivery has failed to these recipients",
    "generating server:",
    "the following recipient(s) could not be reached",
    "the following recipients could not be reached",
    "the following recipient(s) cannot be reached",
    "microsoft exchange",
    "internet mail service",
    "mseXch:".lower(),
    "couldn't be delivered to",
    *_SECTION,
    # what stays English in every language: the reply itself
    "remote server returned",
    "remote server at ",
    " #5",
    " #4",
    " #<",
)

_LISTED = regex(
    r"(?:did not reach the following recipient(?:s|\(s\))"
    r"|following recipient(?:s|\(s\)) (?:could not|cannot) be reached):?[ \t]*\n",
    re.I,
)
_ON_DATE = regex(
    rf"^[ \t]*(?:'([^'\n]{{1,320}})'|({ADDRESS.pattern})"
    rf"|([^\n]{{1,200}}?)) on (?=[A-Z]?[a-z]{{0,9}},? ?\d|\w{{3}}, ?\d|\d)[^\n]*\n",
    re.M,
)
_DATED = regex(r"\d[ ./-]")
# The same line in any language: only the form of the date tells it.
_ON_ANY_DATE = regex(
    rf"^[ \t]{{1,40}}(?:'([^'\n]{{1,320}})'|({ADDRESS.pattern})|([^\n\d:]{{1,200}}?))"
    r"[ \t]+(?:[^\W\d]{1,6}\.?[ \t]+){0,2}"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})\.?,? \d{1,2}[:.]\d\d[^\n]{0,12}\n",
    re.M,
)
_DIAGNOSTICS = regex(rf"(?:{'|'.join(_SECTION)})[^\n:：]{{0,60}}[:：]", re.I)
_HEADERS = regex(
    r"\n(?:Original message headers|En-têtes de message|Ursprüngliche Nachrichtenkopf)[^\n]*", re.I
)
_ENCLOSED = regex(r"<\s?([^\s<>]{1,255}) #(\d\.\d{1,3}\.\d{1,3})(?: smtp;([^>\n]{0,1000}))?", re.I)
_HASHED = regex(r"#\s?(?:<([^\s<>#]{1,255}) )?#?\s?(?:SMTP#\s*$|#\s*$)", re.I)
_REPLY_LINE = regex(
    r"(?:[A-Za-z0-9_.-]{1,255} )?"
    r"(?:#\s?[<#]?(?:[A-Za-z0-9_.-]{1,255} #)?[45]|Remote Server (?:at .{1,300} )?returned ')"
)
_ABOVE = regex(
    r"([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})\.? (?=#|Remote Server (?:at|returned) )", re.I
)
_RETURNED = regex(
    r"(?:Remote Server|The (?:remote )?server)?\s?(?:at\s+(\S{1,255})\s\(([0-9a-fA-F.:]{3,45})\)\s)?"
    r"returned\s'([^'\n]{1,2000}(?:'[^\n']{1,300})?)'",
    re.I,
)


# Where the list has only a name: the address that the server repeats as the one that it refuses.
_ECHOED = regex(
    r"\b[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3} )?<([^<>\s]{3,320})>(?=[.:])(?!\W{1,5}sender)", re.I
)


def read(report: Report) -> list[Failure]:
    """The administrators' section where there is one, else the list of recipients."""
    text = report.text
    return _diagnosed(text) or _listed(text, report)


def _diagnosed(text: str) -> list[Failure]:
    lower = text.lower()
    # The engine tries each heading at each letter, which takes many times as long as to look for them all.
    headed = any(heading in lower for heading in _SECTION)
    words = between(text, _DIAGNOSTICS, _HEADERS) if headed else None
    if words is None:
        start = _replies_at(text)
        if start < 0:
            return []
        words = text[start:]
    found = []
    for one in failures(words, paragraphs=2):
        if not one.diagnostic or one.recipient is None:
            continue
        found.append(_quoted(one))
    return found


def _replies_at(text: str) -> int:
    """Where the first address stands that has a raw reply on the line below it, or below its server's
    name: the administrators' section in a language whose heading we do not know; -1 without one."""
    found, lines_below, at = -1, 0, 0
    for line in text.split("\n", _MOST_LINES)[:_MOST_LINES]:
        bare = line.strip()
        if bare and found >= 0 and _REPLY_LINE.match(bare):
            return found
        if "@" in bare and " " not in bare and clean(bare):
            found, lines_below = at, 0
        elif bare:
            lines_below += 1
            if lines_below > 1:
                found = -1
        at += len(line) + 1
    return -1


def _quoted(one: Failure) -> Failure:
    """The remote server's own words out of what Exchange wraps round them."""
    above = _ABOVE.match(one.diagnostic)
    host = above[1] if above is not None else None
    returned = _RETURNED.search(one.diagnostic) if "returned" in one.diagnostic else None
    if returned is not None:
        again = failure(one.recipient, returned[3].strip("<>"), one.action)
        return replace(
            again,
            remote_mta=returned[1] or again.remote_mta or host,
            remote_ip=returned[2] or again.remote_ip,
        )
    enclosed = _ENCLOSED.search(one.diagnostic)
    if enclosed is not None:
        again = failure(one.recipient, enclosed[3] or one.diagnostic, one.action)
        # Without a reply the host is Exchange itself.
        if enclosed[3] and "." in enclosed[1]:
            host = enclosed[1]
        return replace(again, remote_mta=host, status=again.status or enclosed[2])
    diagnostic = one.diagnostic[above.end() :] if above is not None else one.diagnostic
    diagnostic = diagnostic.lstrip("#<> ").partition(" ##")[0]
    diagnostic = _HASHED.sub("", diagnostic).strip("#<> ")
    again = failure(one.recipient, diagnostic, one.action)
    return replace(again, remote_mta=again.remote_mta or host)


def _listed(text: str, report: Report) -> list[Failure]:
    words = between("\n" + text, _LISTED)
    entries = _entries(words, _ON_DATE) if words is not None and " on " in words else []
    if not entries and _ENCLOSED.search(text) is not None:
        words = text
        entries = _entries(words, _ON_ANY_DATE)
    if words is None:
        return []
    found = []
    for entry, stop in stretches(entries, len(words)):
        named = entry[1] or entry[2] or entry[3]
        # An X.400 address brings the Internet one as its domain-defined attribute.
        recipient = clean(named.rpartition("SMTP=")[2].partition(";")[0]) if "@" in named else None
        if recipient is None and len(report.original_recipients) == 1:
            recipient = report.original_recipients[0]
        said = words[entry.end() : stop].strip()
        echoed = _ECHOED.search(said) if recipient is None else None
        one = failure(clean(echoed[1]) if echoed else recipient, said, action_of(report))
        found.append(_quoted(one) if "<" in one.diagnostic else one)
    return found


def _entries(words: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """The lines that begin an entry; only those with a number that may be a date are looked at."""
    found, at = [], 0
    for line in words.split("\n", _MOST_LINES)[:_MOST_LINES]:
        entry = pattern.match(words, at) if _DATED.search(line) is not None else None
        if entry is not None:
            found.append(entry)
        at += len(line) + 1
    return found
