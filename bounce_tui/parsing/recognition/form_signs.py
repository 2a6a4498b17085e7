"""Signs of a report, or against one, in the form of its text: replies, addresses alone, tickets, logs."""

import re
from typing import Final

from bounce_tui.parsing.cleaning.plain_words import hides_address
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.parsing.words.spellings import spellings
from bounce_tui.regex import regex

WINDOW: Final = 20_000
"""Characters of the text that forms are looked for in."""
_LONG: Final = 1500
_REPLY: Final = regex(
    r"[#45](?<![\w.,-].)(?:(?<=[45])|(?<=#)[45])\d\d(?:[ -]#?[45]\.\d{1,3}\.\d{1,3})?\b(?![.,]\d)"
)
_REPLY_LINE: Final = regex(r"^[ \t>]{0,12}[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3} ", re.M)
_STATUS: Final = regex(r"[45](?<![\w.][45])\.[0-7]\.\d{1,3}(?![\w.])")
_LABELLED: Final = regex(
    r"^[ \t]{0,8}[^\W\d_][\w ()-]{1,30}[:：][ \t]{0,8}<?[^\s<>@:]{1,64}@[^\s<>@]{1,255}>?[ \t]*$", re.M
)
_ALONE: Final = regex(r"^[ \t>*<-]{0,12}[^\s<>@:]{1,64}@[^\s<>@]{1,255}>?[.:,]?[ \t]*$", re.M)
_GREETED: Final = any_of(lexicon("mail", "salutations"))
_GREETING: Final = regex(rf"^\s{{0,20}}(?:{_GREETED})\s{{1,3}}[^\W\d_]\w{{1,30}}\s{{0,3}}[,!]", re.M | re.I)
_COUNTED_ON_LINE: Final = regex(r"^[ \t]{0,12}\d{1,7} {1,8}[^\W\d]", re.M)
_COUNTED_THINGS: Final = any_of(lexicon("other_mail", "counted"))
_COUNTED: Final = regex(rf"\d(?<!\w\d)\d{{0,6}} (?:{_COUNTED_THINGS})\b")
_LOGGED: Final = regex(
    r"^[ \t>]{0,8}(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,255} [\w./-]{1,64}(?:\[\d{1,10}\])?: "
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\w.,:+-]{0,20} \S"
    r"|(?:backtrace|stack ?trace|traceback|assertionerror|tests?: \d{1,6} (?:passed|failed))\b)",
    re.M | re.I,
)
_TICKET_NAMES: Final = any_of(lexicon("other_mail", "ticket", "ticket_named", "ticket_of_subject"))
_TICKET: Final = regex(
    # No address of a host.
    r"\[(?!\d{1,3}\.\d)[^\]\n]{0,40}\d{2,12}\]|#\d{2,12}\b|(?:^|[\[(])[A-Z]{2,10}-\d{1,6}\b|[(\[][!#]\d{1,6}[)\]]"
    rf"|\b(?:{_TICKET_NAMES})[ #:]{{1,3}}[A-Z-]{{0,8}}\d{{2,12}}",
    re.I,
)
_TICKETS: Final = any_of(lexicon("other_mail", "ticket"))
_NAMED_TICKETS: Final = any_of(lexicon("other_mail", "ticket", "ticket_named"))
_TICKET_CHANGED: Final = any_of(lexicon("other_mail", "ticket_changed"))
_TICKET_TEXT: Final = regex(
    rf"{any_of(lexicon('other_mail', 'ticket_reply'))}"
    rf"|(?:your|the) (?:{_NAMED_TICKETS}) \(?#?[A-Z-]{{0,8}}\d{{2,12}}\)?"
    rf"|your (?:{_TICKETS}) (?:\S{{1,40}} ){{0,3}}(?:{_TICKET_CHANGED})",
    re.I,
)
_ASKS: Final = regex(r"^(?![ \t]{0,8}>)[^\n]{0,2000}\?", re.M)
"""What is quoted asks somebody else."""
_REPLY_CODE: Final = regex(r"[45]\d\d[ -]")
_GAVE: Final = any_of(lexicon("replies", "given"))
_ANSWERED: Final = regex(
    rf"^(?![ \t]{{0,8}}>)[^\n]{{0,500}}?\b(?:{_GAVE})(?: was)?[ \t]?[:=]?"
    r"[ \t]{0,8}[\"'(<]{0,2}[45]\d\d[ -]",
    re.I | re.M,
)
"""A reply and that a server gave it, as queues keep it; what a ticket quotes is another's."""
_QUOTED_HEAD: Final = regex(
    r"(?:^[>|][ \t>|]{0,4}[^\W\d_][\w -]{0,20}[ \t]?[:：][ \t][^\n]{1,500}\n?){2,}", re.M
)
"""What a program of its own returns of the mail; what follows says nothing of what became of it."""
_PERCENT: Final = regex(r"(?<![\d.,])\d{1,2}(?:[.,]\d{1,2})? ?%")
_FIELDS: Final = any_of(sorted(spellings(lexicon("other_mail", "form_field"))))
_FORM: Final = regex(rf"^[ \t*]{{0,8}}(?:{_FIELDS})[ \t]?[:：]", re.M | re.I)
_FEWEST_FIELDS: Final = 2
_WORDS_AGAINST: Final = ("succeeded", "challenge")
_SUBJECTS_AGAINST: Final = ("absence", "digest")


def of_form(report: Report) -> set[str]:
    """The signs of the form of `report`."""
    text = report.text[:WINDOW]
    tests = {
        "+text: a reply": _REPLY.search(text),
        "+text: a line that is a reply": _REPLY_LINE.search(text),
        "+text: what a server said": _REPLY_CODE.search(text) and _ANSWERED.search(text),
        "+text: a status": _STATUS.search(text),
        "+text: a quoted head": quoted_head(text),
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


def quoted_head(text: str) -> re.Match[str] | None:
    """The head of a mail that `text` quotes, of two fields at least; None where it quotes none."""
    return _QUOTED_HEAD.search(text) if "\n>" in text or "\n|" in text else None


def unquoted(text: str) -> str:
    """`text` up to the head of a mail that it quotes."""
    head = quoted_head(text[:WINDOW])
    return text[: head.start()] if head is not None else text
