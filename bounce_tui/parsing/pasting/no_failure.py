"""What people paste that only looks like a bounce: receipts, absence notes, a program's source, the settings
of a server, news that a failure is over."""

import re
from typing import Final

from bounce_tui.lower_case import lower_case
from bounce_tui.model import Bounce, Failure
from bounce_tui.parsing.free_text.around_address import stands_behind
from bounce_tui.parsing.mime.mail import Mail
from bounce_tui.parsing.mime.wire import as_wire
from bounce_tui.parsing.pasted import quotes_system
from bounce_tui.parsing.pasted_notice import read_notice, says_opened
from bounce_tui.parsing.pasting.told import is_over, says_returned, without_quotes
from bounce_tui.parsing.recognition.failure_words import speaks_of_failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.whom_to_ask import CONTACT
from bounce_tui.regex import regex

LURE: Final = "it poses as a report: it offers to release messages, behind a link"
_LONGEST: Final = 20_000
_CONNECTING: Final = "CONN"
"""What the words "connection" and "refused" come to, whoever says them."""
_FEWEST_SETTINGS: Final = 2
_LEAD: Final = 60
_LINK: Final = regex(r"https?://|\bwww\.|^[ \t]{0,8}[\[>]{1,2}[ \t]?[^\W\d_][^\]\n]{2,40}(?:\]|<<)", re.M)
# RFC 8098 section 3.2.6.
_DISPOSED: Final = regex(
    r"^[ \t>]{0,8}Disposition[ \t]?:[^;\n]{0,200};[ \t]{0,8}(?:displayed|deleted|read)\b", re.I | re.M
)
_REPLY: Final = regex(r"\b[45]\d\d[ -]")
# As a server gives it, or behind what announces it, and no column of a table.
_GIVEN_REPLY: Final = regex(r"^[ \t>*|-]{0,12}(?:[^\n\"'=]{0,200}: )?[45]\d\d[ -]", re.M)
_IN_QUOTES: Final = regex(r"[\"'`/][^\"'`\n]{0,60}$")
_LINE_OF_CODE: Final = regex(
    r"^[ \t>|+-]{0,40}(?:(?:async )?(?:def|class|func|fn|function|sub) \w{1,60} ?[({:]|#include "
    r"|import \w[\w.]{0,60};?$|from \w[\w.]{0,60} import |(?:const|let|var|my|final) [\w$]{1,60} ?="
    r"|assert \S{1,200} (?:==|in|is) |(?:raise|throw) \w|return [^\n]{0,200}[;)]$|else:$|[}\])]{1,3};$"
    r"|(?:SELECT|FROM|WHERE|INSERT INTO|DELETE FROM|UPDATE|GROUP BY) [A-Za-z*\"`]"
    r"|(?:it|test|describe|expect|assert\w{0,20}|printf?|console\.log)\("
    r"|(?:if|elif|else if|for|while|switch|case|catch|when)\b[^\n]{0,200}[:{]$)",
    re.M,
)
_RAN: Final = regex(r"^Traceback|^[ \t]{0,8}at [\w.$<>]{3,200}\([^\n()]{1,100}\)|Exception: |Error: ", re.M)
_LONGEST_LINE: Final = 400
_WRAPPED: Final = 40
"""Characters of a line that a window may have broken."""
_CODES: Final = regex(r"\b[45]\d\d\b(?:[ -][245]\.\d{1,3}\.\d{1,3})?")
_WORDED: Final = regex(
    r"[45]\d\d[ -][ -]?(?:#?[245]\.\d{1,3}\.\d{1,3})?[ :-]{0,3}[^\W\d_<(]|[45]\d\d[ -][^\n]{0,40}<"
)
_ANNOUNCES: Final = frozenset(":\"'“„«‘([|>=;`")
_ENDS_LINE: Final = frozenset(":.;,>\"'!?)]|")


def why_no_failure(text: str, found: Bounce) -> Bounce | None:
    """What `text` is, of which `found` was read as a bounce, where it tells of no mail that failed; None
    where it may."""
    text = text[:_LONGEST]
    if _is_receipt(text, found):
        return Bounce(kind="delivered", because="it is a receipt (MDN), by its words")
    if any(one.remote_mta or one.remote_ip or one.command for one in found.failures):
        return None
    if _is_code(text):
        return Bounce(because="it is the source of a program, and tells of no mail")
    if _are_settings(text):
        return Bounce(because="it shows the settings of a server, and tells of no mail")
    if quotes_system(text):
        return None
    if _only_speaks(text, found):
        return Bounce(because="it speaks of codes, and of no mail that failed")
    if _names_contacts(text, found) and _shows_codes(text):
        return Bounce(because="it speaks of codes, and names nobody but whom to ask")
    if not any(one.recipient for one in found.failures) and _names_codes(text):
        return Bounce(because="it speaks of codes, and of nobody's mail")
    # A reply inside a sentence is told, too.
    if is_over(text) and (tells_alone(found) or not any(map(_gives, _REPLY.finditer(text)))):
        return Bounce(because="it tells of a failure that is over")
    if tells_alone(found):
        if is_lure(text):
            return Bounce(because=LURE)
        if _names_contacts(text, found):
            return Bounce(because="it names nobody whose mail failed, only whom to ask")
        if found.failures:
            return read_notice(found.failures[0], text)
    return None


def is_lure(text: str) -> bool:
    """True for what offers to free messages, or a mailbox, behind a link or a button."""
    lower = lower_case(text)
    return _LINK.search(lower) is not None and any(words in lower for words in lexicon("pasted", "lure"))


def _names_contacts(text: str, found: Bounce) -> bool:
    """True where each recipient of `found` stands behind words that say whom to ask."""
    named = [one.recipient for one in found.failures if one.recipient]
    return bool(named) and all(_is_contact(text, address) for address in named)


def _is_contact(text: str, address: str) -> bool:
    label = text[: text.find(address)][-_LEAD:].rstrip(" <\t")
    if stands_behind(CONTACT, text, address):
        return True
    words = lower_case(label[:-1]).split()
    return label.endswith((":", "\uff1a")) and bool(words) and words[-1] in lexicon("contact_labels", "label")


def _only_speaks(text: str, found: Bounce) -> bool:
    """True where no server gives a reply in `text`: its codes stand inside sentences, none of which says that
    mail failed."""
    if (
        not all(one.reply_code for one in found.failures)
        or any(map(_gives, _REPLY.finditer(text)))
        or says_returned(text)
    ):
        return False
    lower = lower_case(text)
    if any(words in lower for words in lexicon("samples", "for_many")):
        return True
    rest = Report(Mail(as_wire(f"\n\n{_CODES.sub(' ', text)}")))
    return not speaks_of_failure(rest)


def _shows_codes(text: str) -> bool:
    """True where `text` has several codes, or none that a server gives in it."""
    replies = list(_REPLY.finditer(text))
    codes = {text[one.start() : one.start() + 3] for one in replies}
    return len(codes) > 1 or (bool(replies) and not any(map(_gives, replies)))


def _names_codes(text: str) -> bool:
    """True where the codes of `text` stand inside its sentences, or in brackets, and nobody says that mail
    came back."""
    replies = list(_REPLY.finditer(text))
    given = [one for one in replies if _gives(one) and text[one.start() - 1 : one.start()] != "("]
    return bool(replies) and not given and not says_returned(without_quotes(text))


def _gives(reply: re.Match[str]) -> bool:
    """True where a `reply` begins a line or stands behind what announces one, and words follow."""
    text, at = reply.string, reply.start()
    if _WORDED.match(text, at) is None:
        return False
    above, _, before = text[max(0, at - _LONGEST_LINE) : at].rpartition("\n")
    if before.strip(" \t>*|-"):
        return before.rstrip(" \t")[-1:] in _ANNOUNCES or _announces(before)
    line = above.rpartition("\n")[2].rstrip()
    # A sentence goes on in the line below.
    return len(line) < _WRAPPED or line[-1] in _ENDS_LINE or _announces(line)


def _announces(before: str) -> bool:
    """True where what stands `before` a reply ends in words behind which one comes."""
    return before.rstrip().endswith(tuple(lexicon("replies", "before_reply")))


def tells_alone(found: Bounce) -> bool:
    """True where nothing but a writer's own words tells of the failures of `found`."""
    return all(map(is_told, found.failures))


def is_told(one: Failure) -> bool:
    """True where nothing of a mail system's says why `one` failed, but a writer's own words."""
    return not (one.reply_code or one.status or one.remote_mta or one.command not in (None, _CONNECTING))


def _is_receipt(text: str, found: Bounce) -> bool:
    if _GIVEN_REPLY.search(text) is not None:
        return False
    if _DISPOSED.search(text) is not None:
        return "rejected" not in lower_case(text)
    return tells_alone(found) and says_opened(text)


def _is_code(text: str) -> bool:
    """True where each reply of `text` is a string of a program."""
    if _LINE_OF_CODE.search(text) is None or _RAN.search(text) is not None:
        return False
    replies = [line for line in text.split("\n") if _REPLY.search(line) is not None]
    return bool(replies) and all(
        _IN_QUOTES.search(line[: reply.start()]) is not None
        for line in replies
        for reply in _REPLY.finditer(line[:400])
    )


def _are_settings(text: str) -> bool:
    if _GIVEN_REPLY.search(text) is not None:
        return False
    lower = lower_case(text)
    named = 0
    for words in lexicon("settings", "server"):
        named += words in lower
        if named == _FEWEST_SETTINGS:
            return True
    return False
