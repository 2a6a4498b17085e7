"""The SMTP service of Windows and old Hotmail: a list of addresses, and at most one passage about all of
them.  Gateways that copied its first sentence put "Technical details" below the list."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.public_address import public
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "Windows SMTP service"
MARKS = ("this is an automatically generated delivery status notification",)

_LISTED = regex(r"Delivery to the following recipients?\b[^\n]{0,80}(?:fail|delay)[^\n]{0,40}\n", re.I)
_DETAILS = regex(r"^[ \t]*Technical details:?[ \t]*$", re.I | re.M)
_GMAIL = regex(r"Technical details of ", re.I)
_RULE = regex(r"\n[ \t]*[=_-]{8,}")
_STEP = regex(r"SMTP:([A-Z]{4}) host ([0-9a-fA-F.:]{3,45}?): ")


def read(report: Report) -> list[Failure]:
    """Each address of the list; the words below are everybody's."""
    listed = between(report.text, _LISTED)
    if listed is None or _GMAIL.search(listed) is not None:
        return []
    recipients, rest = _list(listed)
    details = between(rest, _DETAILS)
    words = _RULE.split("\n" + (rest if details is None else details).strip())[0].strip()
    step = _STEP.search(words)
    said = words[step.end() :] if step is not None else words
    found = [failure(address, said, action_of(report)) for address in recipients]
    if step is None:
        return found
    return [replace(one, command=step[1], remote_ip=step[2] if public(step[2]) else None) for one in found]


def _list(text: str) -> tuple[list[str], str]:
    """The addresses that stand alone on the first lines, and the text below them."""
    recipients: dict[str, None] = {}
    at = 0
    for line in text.split("\n"):
        bare = line.strip(" \t*<>•-")
        address = clean(bare) if "@" in bare and " " not in bare else None
        if address:
            recipients.setdefault(address)
        elif bare:
            break
        at += len(line) + 1
    return list(recipients), text[at:]
