"""Gmail and Google Groups: the words of their notices in any language, X-Failed-Recipients beside them."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.replies import failure, one_line
from bounce_tui.parsing.replying_host import remote_of
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import failures
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "Gmail"
MARKS = (
    "@googlemail.com",
    "@google.com",
    "delivery to the following recipient",
    "google tried to deliver your message",
    "google groups",
    "the group you tried to contact (",
    "wasn't delivered to ",
    "the response was:",
    "the email account that you tried to reach",
    "response from the remote server was:",
)

_RETURNED = regex(r"(?:other server returned was|response(?: from the remote server)? was)\s*:\s*")
# Behind the same sentence in any other language: only the reply itself stands alone on its line.
_REPLY = regex(r"(?:\n|^)[ \t]*(?=[45]\d\d[ -])")
# The host that gave no answer, in brackets with its preference.
_SILENT = regex(r"\[([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})\.? \(\d{1,4}\): ")
_GROUP = regex(r"the group you tried to contact \(([^\s()@]{1,64})\)")
_GROUP_S_DOMAIN = regex(
    r"support\.google\.com/a/([A-Za-z0-9.-]{3,255})/"
    r"|\n[ \t]*([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10}) admins"
)
_LONGEST_NOTICE = 4000
_DETAILS = regex(
    r"(?:Technical details of (?:permanent|temporary) failure|Technische Details[^:\n]{0,60}):\s*", re.I
)


def read(report: Report) -> list[Failure]:
    """The recipients below the introduction or in the header, with the words of the other server."""
    text = report.text
    action = action_of(report)
    returned = _RETURNED.search(text) or _REPLY.search(text)
    details = _DETAILS.search(text)
    said = text[returned.end() :] if returned else text[details.end() :] if details else ""
    listed = [one for one in failures(text, action) if one.recipient]
    if not said and not report.failed_recipients and any(one.diagnostic for one in listed):
        return listed
    named = report.failed_recipients or [one.recipient for one in listed[:1] if one.recipient]
    if not named and returned is not None:
        named = find_all(text[: returned.start()])[:1]  # in a sentence of any language
    if not named:
        named = _group(text)
    words = said.strip() or text.strip()
    host, ip = remote_of(one_line(text[: returned.start()])) if returned is not None else (None, None)
    silent = _SILENT.search(words) if host is None and "): " in words else None
    host = silent[1] if silent is not None else host
    found = [failure(address, words[:2000], action) for address in named]
    return [replace(one, remote_mta=one.remote_mta or host, remote_ip=one.remote_ip or ip) for one in found]


def _group(text: str) -> list[str]:
    """The group that a notice names, which has its address in two pieces: "(team)" and, where its help or
    its administrators are named, the domain."""
    group = _GROUP.search(text)
    if group is None:
        return []
    domain = _GROUP_S_DOMAIN.search(text, group.end(), group.end() + _LONGEST_NOTICE)
    return [f"{group[1]}@{domain[1] or domain[2]}"] if domain is not None else []
