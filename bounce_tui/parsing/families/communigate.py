"""CommuniGate Pro: "Failed to deliver to 'address'", the module that reports, what its host says."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.public_address import public
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import stretches
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "CommuniGate"
MARKS = ("failed to deliver to '", "message delivery to '")

_STARTS = regex(
    r"^[ \t>]*(?:Failed to deliver to|Message delivery to) '([^'\n]{3,320})'(?: delayed)?", re.M | re.I
)
_REPORTS = regex(r"^\s*[A-Z]{2,12} module ?\([^)\n]{0,300}\) reports:\s*", re.I)
_HOST = regex(r"^\s*host ([A-Za-z0-9_.-]{1,255}) says:\s*", re.I)


def read(report: Report) -> list[Failure]:
    """One Failure for each "Failed to deliver"."""
    text = report.text
    found = []
    for start, stop in stretches(list(_STARTS.finditer(text)), len(text)):
        words = _REPORTS.sub("", text[start.end() : stop])
        host = _HOST.match(words)
        one = failure(clean(start[1]), words[host.end() :] if host is not None else words, action_of(report))
        found.append(one if host is None else _from(one, host[1]))
    return [one for one in found if one.recipient and one.diagnostic]


def _from(one: Failure, host: str) -> Failure:
    if host.replace(".", "").isdecimal():
        return replace(one, remote_ip=host if public(host) else None)
    return replace(one, remote_mta=host)
