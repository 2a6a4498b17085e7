"""hMailServer: below each address its "Error Type", then the session or what went wrong before one."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.public_address import public
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, failures
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "hMailServer"
MARKS = ("hmailserver", "error type: smtp")

_LISTED = regex(r"following recipient(?:s|\(s\)) could not be reached:?[ \t]*\n", re.I)
_SIGNED = regex(r"\nhMailServer[ \t]*(?:\n|$)")
_TYPE = regex(r"^Error Type: \w{1,40}\s+(?:Error Description:\s+)?", re.I)
_SERVER = regex(r"Remote server \(([0-9a-fA-F.:]{3,45})\)", re.I)
_SENT = regex(r"hMailServer sent:\s+([A-Za-z]{4})\b", re.I)
_REPLIED = regex(r"Remote server (?:replied|said):\s*", re.I)


def read(report: Report) -> list[Failure]:
    """One block a recipient."""
    words = between(report.text, _LISTED, _SIGNED)
    if words is None:
        return []
    return [_told(one) for one in failures(words, action_of(report), paragraphs=2)]


def _told(one: Failure) -> Failure:
    words = _TYPE.sub("", one.diagnostic)
    replied, server, sent = _REPLIED.search(words), _SERVER.search(words), _SENT.search(words)
    told = failure(one.recipient, words[replied.end() :] if replied is not None else words, one.action)
    return replace(
        told,
        command=sent[1].upper() if sent is not None else told.command,
        remote_ip=server[1] if server is not None and public(server[1]) else told.remote_ip,
    )
