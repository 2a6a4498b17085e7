"""The recipient of a report in anybody's words that does not say who failed: from the subject, the returned
mail or the only address."""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean, find_all, verp_recipient
from bounce_tui.parsing.free_text.around_address import stands_behind
from bounce_tui.parsing.free_text.each_on_lines import all_arrived
from bounce_tui.parsing.free_text.free_text import ROLES, FreeText
from bounce_tui.parsing.recognition.likeness import addresses_beside, likeness
from bounce_tui.parsing.words.sentences import forms
from bounce_tui.parsing.words.whom_to_ask import CONTACT
from bounce_tui.regex import regex

_LIKELY = 1.0
"""How much a mail must read like a report for an address to be the failed one that no sentence names."""
_MAILED_TO = regex(
    r"\b(?:not|n't|unable to|failed to)\s{1,3}(?:\w{1,20}\s{1,3}){0,4}"
    r"(?:mail|send|sent|deliver|forward|notify)\w{0,4}\s{1,3}(?:\w{1,20}\s{1,3}){0,4}to\s{1,3}[<\"']?$",
    re.I,
)


def in_subject(said: FreeText) -> list[Failure]:
    """The one address of the subject."""
    if "@" not in said.report.subject:
        return []
    named = [one for one in find_all(said.report.subject) if said.foreign(one)]
    return said.about(named) if len(named) == 1 else []


def returned_to(said: FreeText) -> list[Failure]:
    """Whom the returned message was for, or the recipient inside the address that the report came to, a
    mailing list's own mark (VERP)."""
    if not said.fails:
        return []
    returned = said.report.original_recipients
    if returned:
        return said.about(returned[:1])
    named = in_subject(said)
    if named:
        return named
    recipient = verp_recipient(said.report.head.raw("to").strip("<> "))
    if recipient is not None:
        return said.about([recipient])
    # The full mailbox itself writes that it is full.
    sender = clean(said.report.sender) if "@" in said.report.sender else None
    if sender is None or sender not in said.text or sender.lower().startswith(ROLES):
        return []
    return said.about([sender]) if any("full" in one for one in forms(said.text)) else []


def only_one(said: FreeText) -> list[Failure]:
    """The only address of the text, where a mail system's subject says that the delivery failed in words
    that the text says otherwise."""
    words = said.report.subject_words
    if "daemon" not in said.report.sender_words or not (
        "failed_subject" in words or "failed_subject_of_daemon" in words
    ):
        return []
    named = [one for one in find_all(said.text) if not stands_behind(CONTACT, said.text, one)]
    return said.about(named) if len(named) == 1 and said.foreign(named[0]) else []


def of_role(said: FreeText) -> list[Failure]:
    """The one whom "could not be mailed to" names, be it an admin's, where nobody else is named."""
    named = [one for one in find_all(said.text) if stands_behind(_MAILED_TO, said.text, one)]
    return said.about(named) if len(named) == 1 and named[0].lower() not in said.own else []


def likeliest(said: FreeText) -> list[Failure]:
    """The one address that stands nearest to what says most; where the mail answers by itself and names
    nobody, the mailbox that answers."""
    report = said.report
    if likeness(report.subject, said.text) < _LIKELY or all_arrived(said):
        return []
    near = map(clean, addresses_beside(report.subject, said.text))
    beside = [address for address in near if address is not None]
    to_contact = {one for one in beside if stands_behind(CONTACT, said.text, one)}
    named = [one for one in beside if said.foreign(one) and one not in to_contact]
    sender = clean(report.sender) if "@" in report.sender else None
    speaks = not report.inside and (sender in beside or report.answers)
    if not named and sender is not None and speaks:
        named = [sender]
    return said.about(named[:1])
