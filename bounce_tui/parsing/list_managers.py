"""List managers that pass a bounce on to the owner of the list or to the member: ezmlm, Mailman, Majordomo,
Sympa, LISTSERV, SmartList and their kin.  What they say themselves names the list, which failed nobody."""

import re
from collections.abc import Iterable
from typing import Final

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean, find_all
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.parsing.recognition.addressing import is_named_daemon
from bounce_tui.parsing.recognition.returned_post import FIELDS, MANAGER
from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

_OWN_WORDS: Final = 2_000
"""Characters in which a list manager has said what it has to say; behind them stands the bounce."""
_LONGEST: Final = 200
_ACTION: Final = regex(r"^[ \t]{0,8}Action:[ \t]{1,8}(\S[^\n]{2,120})$", re.M)
"""The line of Mailman's "bounce action notice"."""
_SENTENCE_ENDS: Final = regex(r"(?<=[.!?])\s+")
_MEMBERSHIP: Final = regex(r"\b(?:subscription|membership|mailing list|subscriber)\b", re.I)
_DONE: Final = regex(
    r"\b(?:unsubscribed|(?:been|was|is|were) (?:now )?"
    r"(?:disabled|suspended|removed|deleted|deactivated|taken off))\b",
    re.I,
)
_NEAR: Final = 400
"""Characters between what was done and what it was done to."""


def passes_on(report: Report, brought: Head, failures: Iterable[Failure]) -> bool:
    """True where `report`, whose words name `failures`, comes from nobody, as a bounce does, and yet only
    passes on the report with the header `brought`: a list manager sent it, or that report was to none of
    those named."""
    if report.failed_recipients or is_named_daemon(report):
        return False
    if is_by_list_manager(report):
        return True
    # Of a bounce of a bounce the outer one counts, and that names whom the inner one was for.
    written_to = {one.lower() for one in find_all(brought.raw("to"))}
    return not any((one.recipient or "").lower() in written_to for one in failures)


def is_by_list_manager(report: Report) -> bool:
    """True where the header of `report` tells that a list manager sent it."""
    return any(map(report.head.has, FIELDS)) or MANAGER.match(clean(report.sender) or "") is not None


def what_it_did(report: Report) -> str:
    """What the list manager that wrote `report` says that it did to the member, in its own words; "" where it
    says nothing of that."""
    own = report.text[:_OWN_WORDS]
    named = _ACTION.search(own)
    if named is not None:
        return named[1].strip()
    return next(filter(_says_done, _SENTENCE_ENDS.split(" ".join(own.split()))), "")[:_LONGEST]


def _says_done(sentence: str) -> bool:
    """True where `sentence` says that a membership was ended or put on hold."""
    members = [found.start() for found in _MEMBERSHIP.finditer(sentence)]
    return any(abs(found.start() - at) <= _NEAR for found in _DONE.finditer(sentence) for at in members)
