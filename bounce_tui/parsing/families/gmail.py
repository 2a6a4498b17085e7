"""Gmail and Google Groups: the words of their notices in any language, X-Failed-Recipients beside them."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.families.blocks import failures
from bounce_tui.parsing.families.wording import action_of
from bounce_tui.parsing.replies import failure, one_line, remote_of
from bounce_tui.parsing.report import Report

NAME = "Gmail"
MARKS = (
    "@googlemail.com",
    "@google.com",
    "delivery to the following recipient",
    "google tried to deliver your message",
    "google groups",
)

_RETURNED = re.compile(
    r"(?:the other server returned was|the response(?: from the remote server)? was|La réponse [^:\n]{0,60}"
    r"|La respuesta [^:\n]{0,60}|Die Antwort [^:\n]{0,60}|response was)\s*:\s*",
    re.I,
)
_DETAILS = re.compile(
    r"(?:Technical details of (?:permanent|temporary) failure|Technische Details[^:\n]{0,60}):\s*", re.I
)


def read(report: Report) -> list[Failure]:
    """The recipients below the introduction or in the header, with the words of the other server."""
    text = report.text
    action = action_of(report)
    returned = _RETURNED.search(text)
    details = _DETAILS.search(text)
    said = text[returned.end() :] if returned else text[details.end() :] if details else ""
    listed = [one for one in failures(text, action) if one.recipient]
    if not said and not report.failed_recipients and any(one.diagnostic for one in listed):
        return listed
    named = report.failed_recipients or [one.recipient for one in listed[:1] if one.recipient]
    words = said.strip() or text.strip()
    host, ip = remote_of(one_line(text[: returned.start()])) if returned is not None else (None, None)
    found = [failure(address, words[:2000], action) for address in named]
    return [replace(one, remote_mta=one.remote_mta or host, remote_ip=one.remote_ip or ip) for one in found]
