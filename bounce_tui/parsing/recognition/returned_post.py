"""A post that a list manager (Mailman, LISTSERV, Sympa, Majordomo, ezmlm) gives back to its author instead of
distributing it: the list is whom it failed to reach, and never the owner who answers questions."""

import re
from typing import Final

from bounce_tui.domain_name import written_domain
from bounce_tui.parsing.addresses import clean, find_all
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

FIELDS: Final = (
    "mailing-list",
    "x-mailing-list",
    "x-mailman-version",
    "x-list-administrivia",
    "x-beenthere",
    "x-lsv-listid",
    "list-id",
)
"""What only list managers put into a header."""
MANAGER: Final = regex(
    r"(?:mailman|sympa|majordomo|listserv|listproc|listmaster|list-?manager|list-?admin|ezmlm|mlmmj|lyris)\b"
    r"|owner-|[^@]{1,64}[-+](?:owner|request|help|admin|editor|bounces?|return|errors?)@",
    re.I,
)
"""How the addresses begin from which they write."""


def list_refusing(report: Report) -> str | None:
    """The address of the list that refused the post which `report` gives back, or None."""
    brought = report.original_head if _is_by_manager(report) else None
    if brought is None:
        return None
    # Commands that nobody understood come back as well, and bounces are passed on to the owner.
    if brought.says("content-type", "report") or not _is_of_reader(report, brought.raw("from")):
        return None
    lead = report.lead
    if not says_failing(lead) or any(words in lead for words in lexicon("other_mail", "held")):
        return None
    return _list_of(report)


def _is_by_manager(report: Report) -> bool:
    if any(map(report.head.has, FIELDS)):
        return True
    return MANAGER.match(clean(report.sender) or "") is not None


def _is_of_reader(report: Report, author: str) -> bool:
    """True where the post's `author` is whom `report` is sent to."""
    readers = {one.lower() for one in find_all(report.head.raw("to"))}
    return any(one.lower() in readers for one in find_all(author))


def _list_of(report: Report) -> str | None:
    """The one whom the post was for at the list manager's own domain."""
    posted = report.original_recipients
    named = (clean(report.head.raw("x-beenthere")) or "").lower()
    for one in posted:
        if one.lower() == named:
            return one
    if named:
        return None
    theirs = [one for one in posted if written_domain(one) == report.sender_domain]
    theirs = [one for one in theirs if MANAGER.match(one) is None]
    return theirs[0] if len(theirs) == 1 else None
