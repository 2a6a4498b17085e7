"""Replies that name no recipient: they only say why mail was refused."""

import re
from itertools import pairwise

from msgspec.structs import replace

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.free_text.named_server import served
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.replying_host import remote_of
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.parsing.words.given_up import has_given_up
from bounce_tui.regex import regex

_WINDOW = 20_000
_MOST = 20
_LONGEST = 2000
_LONGEST_LEAD = 400
# At the beginning of a line or behind what announces a reply, or with an enhanced status anywhere.
_REPLY = regex(
    r"(?:^[ \t>*•-]{0,12}|[:(\"'<][ \t]?|\b(?:with|said|replied|answered|returned|error|code)[ \t]{1,3}"
    r"|\b(?=\d{3}[ -]{1,3}#?[45]\.\d{1,3}\.\d))(421|4[345]\d|50[0-4]|521|53[0458]|541|55[0-7])([ -])"
    r"[ -]{0,2}(?=[#<(\w])",
    re.M,
)
_BLANK_LINE = regex(r"\n[ \t>]*\n")


def _action(report: Report, reply: str) -> Action:
    """What the report says became of the mail; of a reply that somebody pasted, what its class says."""
    if report.head or reply[0] != "4":
        return action_of(report)
    return "failed" if has_given_up(report.text) else "delayed"


def replies_alone(report: Report) -> list[Failure]:
    """One failure without a recipient for each different reply that the text quotes."""
    text = report.text[:_WINDOW]
    starts: list[int] = []
    goes_on: str | None = None
    for reply in _REPLY.finditer(text):
        if reply[1] != goes_on:
            starts.append(reply.start(1))
        goes_on = reply[1] if reply[2] == "-" else None  # "550-5.1.1 ..." before "550 5.1.1 ..."
    found: dict[tuple[str | None, str | None], Failure] = {}
    before = 0
    # What stands in front of a reply on its line is about that reply, and not the end of the one before.
    ends = [text.rfind("\n", before, at) for before, at in pairwise(starts)]
    stops = [end if end > 0 else at for end, at in zip(ends, starts[1:], strict=True)]
    for start, stop in zip(starts, (*stops, len(text)), strict=False):
        words = _BLANK_LINE.split(text[start : min(stop, start + _LONGEST)], maxsplit=1)[0]
        one = failure(None, words, _action(report, words))
        found.setdefault((one.reply_code, one.status), _of_server(one, text[before:start], words))
        if len(found) >= _MOST:
            break
        before = start + len(words)
    return served(list(found.values()), report)


def _of_server(one: Failure, before: str, words: str) -> Failure:
    """`one` with the server that its `words` name, or what stands directly `before` them: "host
    mx.example.net[192.0.2.1] said:"."""
    if one.remote_mta is not None or one.remote_ip is not None:
        return one
    lead = _BLANK_LINE.split(before[-_LONGEST_LEAD:])[-1]
    host, ip = remote_of(" ".join((lead + words[:_LONGEST_LEAD]).split())) if lead.strip() else (None, None)
    return one if host is None and ip is None else replace(one, remote_mta=host, remote_ip=ip)
