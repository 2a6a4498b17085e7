"""GMX, 1&1, IONOS and mail.com: Exim's frame, but the host and the reply in words of their own."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.public_address import public
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, failures
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "GMX"
MARKS = ("smtp error from remote server",)

_LISTED = regex(r"following\s+address(?:es|\(es\))?\s+failed:[ \t]*\n", re.I)
_ENDED = regex(r"\n-{3,} ?(?:The header of|Der Header)", re.I)
_SAID = regex(
    r"SMTP error from remote server (?:(?:for|after) ([A-Z]{4})\b[^,\n]{0,40}|in (greeting)"
    r"|after (?:transfer of|end of) ?(mail text|data)"
    r"|[^,\n]{1,60}),\s+host:\s+([A-Za-z0-9_.-]{1,255})\s+\(([0-9a-fA-F.:]{3,45})\)\s+reason:\s*"
)


def read(report: Report) -> list[Failure]:
    """One block a recipient: "SMTP error from remote server for RCPT TO command, host: ... reason: ..."."""
    words = between(report.text, _LISTED, _ENDED)
    if words is not None:
        return [_said(one) for one in failures(words, action_of(report))]
    # The introduction in another language: the address and the sentence below it stay.
    found = failures(_ENDED.split(report.text, maxsplit=1)[0], action_of(report))
    return [_said(one) for one in found if _SAID.search(one.diagnostic) is not None]


def _said(one: Failure) -> Failure:
    said = _SAID.search(one.diagnostic)
    if said is None:
        return one
    reply = failure(one.recipient, one.diagnostic[said.end() :], one.action)
    command = "CONN" if said[2] else "DATA" if said[3] else said[1]
    return replace(
        reply,
        command=command or reply.command,
        remote_mta=said[4],
        remote_ip=said[5] if public(said[5]) else None,
    )
