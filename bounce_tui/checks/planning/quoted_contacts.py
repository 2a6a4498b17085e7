"""The mailboxes and pages that a reply names: whom to turn to, and where the recipient has moved."""

import re
from collections.abc import Iterator
from functools import cache

from bounce_tui.check_results import Inputs
from bounce_tui.checks.planning.quoted_words import LONGEST_READ, one_of, quoted_words
from bounce_tui.hints.tables import role_mailboxes
from bounce_tui.regex import regex

_MAILBOX = regex(r"(?<![\w.+@-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z][a-z0-9-]{1,62}", re.ASCII)
# "... Reference <4f3c@mx.example.net>": the name of a message, not of a mailbox.
_OF_MESSAGE = regex(r"\b(?:(?:message|queue|mail|e?smtp|log)?[ -]?id|ref(?:erence)?)\b[ :=#(<\[\"']{0,4}\Z")
_PAGE = regex(r"https?://[^\s\x00-\x1f\x7f-\x9f<>\"']{4,300}")
_NEAR = 80
"""Characters between such a word and a mailbox."""


def new_address(inputs: Inputs) -> str | None:
    """The address that a reply gives in place of the recipient's ("551 please try <ann@new.example>")."""
    mine = (inputs.recipient or "").partition("@")[0].lower()
    # Whoever moved, moved to no office.
    offices = role_mailboxes().offices
    of_person = (one[0] for one in _mailboxes(inputs) if mine in offices or _local(one[0]) not in offices)
    return next(of_person, None)


def contact(inputs: Inputs) -> str | None:
    """Whom the reply itself names to turn to: a mailbox, or a page, after a word that says so."""
    text = _said(inputs).lower()
    for one in _mailboxes(inputs):
        before = text[max(0, one.start() - _NEAR) : one.start()].rpartition("://")[2]
        if _turn_to().search(before) is not None and _local(one[0]) not in role_mailboxes().read_by_nobody:
            return one[0]
    for one in _PAGE.finditer(_said(inputs)):
        if _turn_to().search(text[: one.start()]) is not None:
            return one[0].rstrip(".,;)")
    return None


def _mailboxes(inputs: Inputs) -> Iterator[re.Match[str]]:
    """The addresses in the reply that are neither the recipient's nor the sender's, nor a message's name."""
    text = _said(inputs).lower()
    sender = inputs.envelope_sender.value if inputs.envelope_sender is not None else ""
    known = {(one or "").lower() for one in (inputs.recipient, inputs.original_recipient, sender)}
    home = sender.rpartition("@")[2].lower()
    of_sender = f".{home}" if home and home != inputs.recipient_domain else None
    for match in _MAILBOX.finditer(text):
        domain = f".{match[0].rpartition('@')[2]}"
        if match[0] in known or (of_sender is not None and domain.endswith(of_sender)):
            continue
        if _OF_MESSAGE.search(text[: match.start()][-_NEAR:]) is None:
            yield match


def _said(inputs: Inputs) -> str:
    return inputs.failure.diagnostic[:LONGEST_READ] if inputs.failure is not None else ""


def _local(address: str) -> str:
    return address.partition("@")[0]


@cache
def _turn_to() -> re.Pattern[str]:
    """Finds what stands before a place to turn to."""
    words = quoted_words()
    return re.compile(
        rf"\b{one_of(words.turn_to)}\b"
        rf"|\b{one_of(words.mail_to)}(?: us| me)?(?: at| to)?:?[ <(]{{0,3}}\Z|\bmailto:\Z"
    )
