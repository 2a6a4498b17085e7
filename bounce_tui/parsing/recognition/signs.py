"""Signs that speak for a report or against one, each alone worth little, and what they weigh together.

The rules of `kinds` are sure of what they say, and know certain words only.  What they leave is looked at
once more here: who sends it, how, and above all what its sentences say in any words (`sentences`).  How much
each sign weighs was learnt (tests/parsing/learn_signs.py: logistic regression whose weights keep the
direction that the name of the sign gives).
"""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from math import fsum
from pathlib import Path
from typing import Final

from bounce_tui.parsing.cleaning.plain_words import hides_address
from bounce_tui.parsing.recognition.kinds import (
    came_to_bounces,
    failing_subject,
    is_daemon,
    is_named_daemon,
    is_passed_on,
    without_marks,
)
from bounce_tui.parsing.recognition.likeness import likeness
from bounce_tui.parsing.recognition.plausible import is_mail_server
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.sentences import FORMS, NOTHING, Said, concepts, fold, forms
from bounce_tui.regex import regex

_FILE: Final = Path(__file__).with_name("weights.toml")
BIAS: Final = "bias"
_ENOUGH: Final = 0.0
_UNLIKELY: Final = -2.0
_UNLIKELY_SUBJECT: Final = -3.0
_DUBIOUS: Final = -1.0
"""Below these no words of a report make one: logs, tickets and announcements have them, too.  The second is
for words in the subject, the last for mail that is rather about something else, or names nobody."""
_ELSE: Final = frozenset(
    ("-subject: a ticket", "-text: a ticket", "-text: goods", "-sender: a monitor", "-text: lure")
)
_REPLY: Final = regex(
    r"[#45](?<![\w.,-].)(?:(?<=[45])|(?<=#)[45])\d\d(?:[ -]#?[45]\.\d{1,3}\.\d{1,3})?\b(?![.,]\d)"
)
_REPLY_LINE: Final = regex(r"^[ \t>]{0,12}[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3} ", re.M)
_STATUS: Final = regex(r"[45](?<![\w.][45])\.[0-7]\.\d{1,3}(?![\w.])")
_LABELLED: Final = regex(
    r"^[ \t]{0,8}[^\W\d_][\w ()-]{1,30}[:：][ \t]{0,8}<?[^\s<>@:]{1,64}@[^\s<>@]{1,255}>?[ \t]*$", re.M
)
_ALONE: Final = regex(r"^[ \t>*<-]{0,12}[^\s<>@:]{1,64}@[^\s<>@]{1,255}>?[.:,]?[ \t]*$", re.M)
_GREETING: Final = regex(
    r"^\s{0,20}(?:hi|hello|hey|hallo|dear|liebe[r]?|bonjour|ciao|hola|olá|hej|dag|beste|cześć|ahoj|привет)"
    r"\s{1,3}[^\W\d_]\w{1,30}"
    r"\s{0,3}[,!]",
    re.M | re.I,
)
_COUNTED_ON_LINE: Final = regex(r"^[ \t]{0,12}\d{1,7} {1,8}[^\W\d]", re.M)
_COUNTED: Final = regex(r"\d(?<!\w\d)\d{0,6} (?:times|viruses|mails|messages|e-mails)\b")
_LOGGED: Final = regex(
    r"^[ \t>]{0,8}(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,255} [\w./-]{1,64}(?:\[\d{1,10}\])?: "
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\w.,:+-]{0,20} \S"
    r"|(?:backtrace|stack ?trace|traceback|assertionerror|tests?: \d{1,6} (?:passed|failed))\b)",
    re.M | re.I,
)
_TICKET: Final = regex(
    # No address of a host.
    r"\[(?!\d{1,3}\.\d)[^\]\n]{0,40}\d{2,12}\]|#\d{2,12}\b|(?:^|[\[(])[A-Z]{2,10}-\d{1,6}\b|[(\[][!#]\d{1,6}[)\]]"
    r"|\b(?:ticket|case|issue|request|bug|incident|fall|caso|vorgang|anfrage)[ #:]{1,3}[A-Z-]{0,8}\d{2,12}",
    re.I,
)
_TICKET_TEXT: Final = regex(
    r"reply above this line|(?:your|the) (?:request|ticket|case|incident) \(?#?[A-Z-]{0,8}\d{2,12}\)?"
    r"|your (?:request|ticket|case) (?:\S{1,40} ){0,3}(?:has been|was) (?:updated|closed|resolved|received)",
    re.I,
)
_ASKS: Final = regex(r"^(?![ \t]{0,8}>)[^\n]{0,2000}\?", re.M)
"""What is quoted asks somebody else."""
_REPLY_CODE: Final = regex(r"[45]\d\d[ -]")
_ANSWERED: Final = regex(
    r"^(?![ \t]{0,8}>)[^\n]{0,500}?\b(?:said|says|replied|responded|answered|response|reply|answer|last"
    r"|(?:server|last) (?:message|error))(?: was)?[ \t]?[:=]?[ \t]{0,8}[\"'(<]{0,2}[45]\d\d[ -]",
    re.I | re.M,
)
"""A reply and that a server gave it, as queues keep it; what a ticket quotes is another's."""
_QUOTED_HEAD: Final = regex(
    r"(?:^[>|][ \t>|]{0,4}[^\W\d_][\w -]{0,20}[ \t]?[:：][ \t][^\n]{1,500}\n?){2,}", re.M
)
"""What a program of its own returns of the mail; what follows says nothing of what became of it."""
_PERCENT: Final = regex(r"(?<![\d.,])\d{1,2}(?:[.,]\d{1,2})? ?%")
_FORM: Final = regex(
    r"^[ \t*]{0,8}(?:(?:your |full |first |last )?name|phone|telephone|mobile|company|budget|country"
    r"|(?:message|nachricht|mensaje)(?: body)?|telefon|firma|soci[eé]t[eé]|t[eé]l[eé]phone|empresa)"
    r"[ \t]?[:：]",
    re.M | re.I,
)
_FEWEST_FIELDS: Final = 2
_OUTER: Final = frozenset(
    (
        "+returned mail",
        "+sender: a mail system",
        "+sender: a program",
        "+head: sent by itself",
        "+text: a reply",
        "+text: a status",
        "+text: a labelled address",
        "+text: an address alone",
    )
)
"""Every report that a person's name stands on has one of these.  They are looked for first: most mail between
people has none and costs little."""
_OF_PROGRAMS: Final = frozenset(("+text: what a server said", "+text: a quoted head"))
_BY_ITSELF: Final = frozenset(("+sender: a mail system", "+sender: a program", "+head: sent by itself"))
_OF_MAIL: Final = frozenset(
    ("+text: mail", "+subject: mail", "+text: a reply", "+text: not delivered", "+returned mail")
)
_A_PROGRAM: Final = frozenset(("program", "watcher", "role"))
_STEPS: Final = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0)
"""Steps of how much a mail reads like a report, in logarithms of odds."""
_LONG: Final = 1500
_FIRST_SENTENCES: Final = 8
_MOST_NAMES: Final = 5
_SHORTEST_NAME: Final = 3
_WINDOW: Final = 20_000
"""Characters of the text that forms are looked for in."""
_IN_SUBJECT: Final = (
    "not delivered",
    "undelivered",
    "was refused",
    "refused",
    "cause",
    "waits",
    "given_up",
    "content",
    "full",
    "gone",
    "mail",
    "failed",
)
_IN_TEXT: Final = (*_IN_SUBJECT, "who")
_FAILS_IN_SUBJECT: Final = frozenset(
    (
        "+subject: not delivered",
        "+subject: undelivered",
        "+subject: was refused",
        "+subject: cause",
        "+subject: full",
    )
)
_ABOUT_ONE: Final = ("failed", "was refused", "cause", "waits", "given_up", "content")
_AGAINST: Final = (
    "goods",
    "letter",
    "absence",
    "lure",
    "digest",
    "solved",
    "general",
    "planned",
    "to_many",
    "monitored",
)
_WORDS_AGAINST: Final = ("succeeded", "challenge")
_SUBJECTS_AGAINST: Final = ("absence", "digest")


def signs(report: Report) -> set[str]:
    """The signs of `report`: "+" before those for a report of a failure, "-" before those against."""
    return _with_words(report, _of_form(report) | _of_head(report))


def _with_words(report: Report, outer: set[str]) -> set[str]:
    """`outer`, the signs of head and form, and those of the words."""
    found = (
        outer
        | of_likeness(likeness(report.subject, report.text))
        | _of_words("subject", forms(without_marks(report.subject)), _IN_SUBJECT)
    )
    if "-sender: a person" in found:
        found -= _OF_PROGRAMS  # people quote replies and mails when they ask about them
    if "+subject: an address" in found and not found.isdisjoint(_FAILS_IN_SUBJECT):
        found.add("+subject: fails for an address")
    sentences = forms(_unquoted(report.text))
    found |= _of_words("text", sentences, _IN_TEXT)
    for said, below in zip(sentences, (*sentences, NOTHING)[1:], strict=True):
        found |= _of_sentence(said, below)
    if any("automatic" in said for said in sentences[:_FIRST_SENTENCES]):
        found.add("+text: a program's")
        found.discard("-subject: passed on")
    if found.isdisjoint(_OF_MAIL):
        found.add("-not a word of mail")
    failing = sum(not FORMS.isdisjoint(said) for said in sentences)
    if failing > 1:
        found.add("+text: fails in several sentences")
    if any(not FORMS.isdisjoint(said) for said in sentences[:3]):
        found.add("+text: fails at once")
    if "+head: sent by itself" in found and failing and "-text: absence" not in found:
        found.add("+sent by itself, and it fails")
    if "-subject: a ticket" in found and not found.isdisjoint(("-text: solved", "-subject: solved")):
        found.add("-a ticket that is solved")
    if "-text: letter" in found and _BY_ITSELF.isdisjoint(found):
        found.add("-a person's letter")
    return found


def _unquoted(text: str) -> str:
    """`text` up to the head of a mail that it quotes."""
    head = _QUOTED_HEAD.search(text[:_WINDOW]) if "\n>" in text or "\n|" in text else None
    return text[: head.start()] if head is not None else text


def of_likeness(like: float) -> set[str]:
    """The signs of how much a mail reads like a report (`likeness`), one for each step: what is far off has
    all of its side."""
    found = {f"+reads like a report: {step:g}" for step in _STEPS if like > step}
    return found | {f"-reads like none: {step:g}" for step in _STEPS if like < -step}


def _of_sentence(said: Said, below: Said) -> set[str]:
    """The signs of what one sentence says; `below` is what the next one does."""
    found = set()
    yours = "mail" in said and "yours" in said
    if yours:
        found.add("+text: your mail")
        found |= {f"+text: {name} of your mail" for name in _ABOUT_ONE if name in said}
    if "address" in said:
        found |= {f"+text: {name} beside an address" for name in _ABOUT_ONE if name in said}
    if yours and "address" in said:
        found.add("+text: your mail to an address")
        if not FORMS.isdisjoint(said | below) or "not delivered" in said | below:
            found.add("+text: your mail to an address fails")
    return found


def _of_words(where: str, sentences: list[Said], names: tuple[str, ...]) -> set[str]:
    said = set().union(*sentences)
    found = {f"+{where}: {name}" for name in names if name in said}
    return found | {f"-{where}: {name}" for name in _AGAINST if name in said}


def _of_form(report: Report) -> set[str]:
    text = report.text[:_WINDOW]
    tests = {
        "+text: a reply": _REPLY.search(text),
        "+text: a line that is a reply": _REPLY_LINE.search(text),
        "+text: what a server said": _REPLY_CODE.search(text) and _ANSWERED.search(text),
        "+text: a status": _STATUS.search(text),
        "+text: a quoted head": ("\n>" in text or "\n|" in text) and _QUOTED_HEAD.search(text),
        "+text: a labelled address": _LABELLED.search(text),
        "+text: an address alone": _ALONE.search(text),
        "-text: no address": "@" not in text and not hides_address(text),
        "-text: a question": "?" in text and _ASKS.search(text),
        "-text: a link": "http://" in text or "https://" in text,
        "-text: a greeting": _GREETING.search(text),
        "-text: counts": _COUNTED_ON_LINE.search(text) or _COUNTED.search(text),
        "-text: long": len(text) > _LONG,
        "-text: lines of a log": _LOGGED.search(text),
        "-text: a ticket": _TICKET_TEXT.search(text),
        "-text: a percentage": "%" in text and _PERCENT.search(text),
        "-text: a form": len(_FORM.findall(text)) >= _FEWEST_FIELDS,
        "-subject: a ticket": _TICKET.search(report.subject),
        "+subject: an address": "@" in report.subject,
        "+subject: a reply": _REPLY.search(report.subject),
        "+subject: a report's words": "failed_subject" in report.subject_words,
        "+text: a report's words": "failed_words" in report.text_words,
        "+returned mail": report.returned is not None,
    }
    found = {name for name, holds in tests.items() if holds}
    found |= {f"-text: {group}" for group in _WORDS_AGAINST if group in report.text_words}
    return found | {f"-subject: {group}" for group in _SUBJECTS_AGAINST if group in report.subject_words}


def _of_head(report: Report) -> set[str]:
    head = report.head
    submitted = head.raw("auto-submitted").lower()
    auto = bool(submitted) and submitted != "no"
    daemon = is_daemon(report)
    sender = concepts(report.sender)
    program = "program" in sender
    tests = {
        "+sender: a mail system": daemon,
        "+sender: a program": program,
        "-sender: another program": not daemon and "watcher" in sender,
        "-sender: a monitor": "monitored" in sender,
        "-sender: a person": _A_PROGRAM.isdisjoint(sender) and not daemon and _is_person(report.sender),
        "+head: sent by itself": auto,
        "-head: a list": head.has("list-id") or head.has("list-unsubscribe"),
        "-head: for many": head.raw("precedence").lower() in ("bulk", "list"),
        "-head: an answer": not auto and (head.has("in-reply-to") or head.has("references")),
        "-subject: passed on": not auto and is_passed_on(report.subject),
        "-head: a tracker": any(name.startswith(lexicon("pasted", "tracker")) for name in head.fields),
    }
    return {name for name, holds in tests.items() if holds}


def _is_person(sender: str) -> bool:
    """True for a name before an address that has a piece of it: "Jane Roe <jane@example.com>"."""
    name, _, address = sender.rpartition("<")
    local = fold(address.partition("@")[0])
    words = [fold(word).strip("\"',.()") for word in name.split()]
    if name.strip() == address.partition("@")[0] and name.islower():
        return False  # the name of an account
    if not 0 < len(words) <= _MOST_NAMES:
        return False
    return any(len(word) >= _SHORTEST_NAME and word in local for word in words)


def watches(report: Report) -> bool:
    """True for what counts and watches, and speaks of many mails or of none."""
    return "watcher" in concepts(report.sender)


@cache
def weights() -> dict[str, float]:
    """How far each sign speaks for a report."""
    learnt = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: float(value) for name, value in learnt["weights"].items()}


def weight(found: Collection[str]) -> float:
    """What signs weigh together: above zero for what is rather a report than not."""
    of = weights()
    # Summed without rounding: a set has no order that the next process would keep.
    return fsum((of[BIAS], *(of.get(name, 0.0) for name in found)))


def is_likely_report(report: Report) -> bool:
    """True where the signs together speak for a report."""
    outer = _of_form(report) | _of_head(report)
    if "-sender: a person" in outer and _OUTER.isdisjoint(outer):
        return False
    return weight(_with_words(report, outer)) > _ENOUGH


def is_unlikely_report(report: Report, *, named: bool) -> bool:
    """True where a mail has a report's words, and its signs together speak so much against a report that
    somebody only speaks of one.  `named`: it says who failed."""
    if report.returned is not None or report.failed_recipients or came_to_bounces(report):
        return False
    in_subject = not is_passed_on(report.subject) and failing_subject(report) is not None
    named_so = is_mail_server(report) or (in_subject and is_named_daemon(report))
    if named_so and "://" not in report.text:
        return False  # but for a lure nobody poses as a mail system
    found = signs(report)
    least = _UNLIKELY_SUBJECT if in_subject else _UNLIKELY
    if not named or not _ELSE.isdisjoint(found):
        least = _DUBIOUS
    return weight(found) < least
