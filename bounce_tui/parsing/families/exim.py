"""Exim and the many that speak like it: GMX, 1&1, Mail.ru, MXLogic, cPanel hosts."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean, find_all
from bounce_tui.parsing.families.blocks import between, failures
from bounce_tui.parsing.families.wording import action_of
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report

NAME = "Exim"
MARKS = (
    "this message was created automatically by",
    "a message that you sent could not be delivered",
    "a message that you sent has not yet been delivered",
    "a message that you sent contained one or more recipient",
    "a message that you have sent could not",
    "the following address(es) failed",
    "the following addresses failed",
    "mail.ru",
)

_LISTED = re.compile(
    r"(?:(?:following|these)\s+(?:address\(es\)|addresses?)[^\n]{0,40}\s?(?:failed"
    r"|delivered)[^\n:]{0,40}:?[ \t]*\n"
    r"|address(?:es)?\s+failed:|(?:has|have)\s+not\s+yet\s+been\s+delivered\s+(?:is|are):"
    r"|incorrectly\s+constructed:|could not be delivered[^\n]{0,80}:\n)",
    re.I,
)
_ENDED = re.compile(
    r"\n(?:No action is required|Delivery attempts will|The (?:text|original)|For further|Reporting-MTA:"
    r"|\*{5,}"
    r"|This address has been ignored|Please direct)|\n-{2,}[ \t]"
)
_GENERATED = re.compile(r"\(?(?:ultimately )?generated from ([^\s)]+)\)?", re.I)
_MALFORMED = re.compile(r":\s+(?:malformed|missing or malformed|unqualified|domain missing)[^\n]*", re.I)
_LOCAL_ONLY = re.compile(r"^[ \t]{1,6}<?([^\s<>@:]{1,64})>?:?[ \t]*\n(?=[ \t]{3,})", re.M)
_DELAY_REASON = re.compile(r"Delay reason:\s*", re.I)


def read(report: Report) -> list[Failure]:
    """The indented list below the introduction."""
    words = between(report.text, _LISTED, _ENDED)
    action = action_of(report)
    if words is None:
        words = report.text
    found = [_with_source(one) for one in _malformed(words, action)] or [
        _with_source(one) for one in failures(_DELAY_REASON.sub("", words), action)
    ]
    named = report.failed_recipients
    if named and not found:
        found = _unqualified(words, named, report)
    return found


def _with_source(found: Failure) -> Failure:
    """The address before an alias or a forward stands in brackets."""
    if "generated from" not in found.diagnostic:
        return found
    source = _GENERATED.search(found.diagnostic)
    if source is None:
        return found
    rest = (found.diagnostic[: source.start()] + found.diagnostic[source.end() :]).strip()
    again = failure(found.recipient, rest, found.action)
    return replace(again, original_recipient=clean(source[1]))


def _malformed(words: str, action: str) -> list[Failure]:
    reason = _MALFORMED.search(words)
    if reason is None:
        return []
    line = words[words.rfind("\n", 0, reason.start()) + 1 : reason.start()]
    recipient = clean(line) or next(iter(find_all(line)), None)
    return [failure(recipient, line.strip() + reason[0])] if recipient else []


def _unqualified(words: str, named: list[str], report: Report) -> list[Failure]:
    """A local part alone stands in the text; X-Failed-Recipients has the whole address."""
    found = []
    text = words if words.strip() else report.text
    local = _LOCAL_ONLY.search("\n" + text)
    rest = text[max(local.end() - 1, 0) :].partition("\n\n")[0] if local is not None else ""
    for address in named:
        found.append(failure(address, rest or _first_reply(text), action_of(report)))
    return found


def _first_reply(text: str) -> str:
    for paragraph in text.split("\n\n"):
        if re.search(r"\b[45]\d\d[ -]", paragraph):
            return paragraph
    return ""
