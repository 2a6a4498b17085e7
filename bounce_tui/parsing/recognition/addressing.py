"""How a message is addressed: by a mail system, to an address for bounces, to many readers."""

import re
from typing import Final

from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

_TO_BOUNCES: Final = regex(r"[^@]{0,200}[-+.<](?:bounces?|returns?)(?:[-+=][^@\s]{0,300})?@", re.I)


def is_daemon(report: Report) -> bool:
    """True when the report comes from a mail system: a daemon's name in From, or an empty return path.  Some
    newsletters and lists have that, too, but nobody can be unsubscribed from reports, nor post to them (RFC
    2369 sections 3.2 and 3.4)."""
    if is_named_daemon(report):
        return True
    head = report.head
    return head.raw("return-path") == "<>" and not head.has("list-unsubscribe") and not head.has("list-post")


def is_named_daemon(report: Report) -> bool:
    """True where From is empty or a mail system's name."""
    return report.sender.strip() in ("", "<>") or "daemon" in report.sender_words


def came_to_bounces(report: Report) -> bool:
    """True for a mail to a list's own sender, where nothing but reports and automatic answers is sent."""
    return _TO_BOUNCES.match(report.head.raw("to")) is not None


def is_of_list(report: Report) -> bool:
    """True for a mail that names its list (RFC 2919), or how to leave it (RFC 2369 section 3.2)."""
    return report.head.has("list-unsubscribe") or report.head.has("list-id")


def is_bulk(report: Report) -> bool:
    """True where Precedence says that the mail went to many."""
    return report.head.raw("precedence").lower() in ("bulk", "list")


def is_for_many(report: Report) -> bool:
    """True for the mail of a list, and any that says that it went to many."""
    return is_of_list(report) or is_bulk(report)
