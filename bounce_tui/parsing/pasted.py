"""A report that somebody pasted below words of their own, or that a ticket system wrapped in its form: no
mark of quotation and no header tells it, only the sentence with which a mail system begins."""

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.parsing.report import Report

# Nobody types these: each is a sentence or a form of a mail system's own report.
_OPENINGS = (
    "this is the mail system at host", "this is the postfix program at host", "qmail-send program at",
    "i'm afraid i wasn't able to deliver your message", "a message that you sent could not be delivered",
    "a message that you sent has not yet been delivered", "created automatically by mail delivery software",
    "sorry, we were unable to deliver your message to", "unable to deliver your message to the following",
    "the original message was received at", "had permanent fatal errors", "transcript of session follows",
    "transcript of the session follows",
    "delivery to the following recipient", "google tried to deliver your message",
    "your message wasn't delivered to", "your message couldn't be delivered to",
    "the response from the remote server was:", "the error that the other server returned was",
    "we're writing to let you know that the group you tried to contact",
    "did not reach the following recipient", "delivery has failed to these recipients",
    "diagnostic information for administrators", "remote server returned '", "resolver.adr.",
    "the following recipient(s) could not be reached", "the following recipient(s) cannot be reached",
    "fehler bei der nachrichtenzustellung an folgende", "diagnoseinformationen für administratoren",
    "échec de la remise", "informations de diagnostic", "información de diagnóstico para los admin",
    "informazioni di diagnostica per gli", "diagnostische gegevens voor", "informações de diagnóstico para",
    "диагностические сведения для", "管理者向けの診断情報",
    "] said: ", "smtp error from remote mail server after", "smtp error from remote server for",
    "remote host said: ", "(in reply to ", "final-recipient: ", "reporting-mta: ",
)  # fmt: skip
_MOST_TEXT = 40_000
_LONGEST_LINE = 2000
_FEWEST_WORDS = 3
_WORD = re.compile(r"[^\W\d_]{2,}")
_GREETING = re.compile(r"\s*(?:\S+[ \t]+){0,5}\S+[,!:]?[ \t]*\n\s*\n")
# "{noformat}", "{code:title=x}", "```text", "[quote]": what trackers put round text that keeps its lines.
_FENCE = re.compile(
    r"^[ \t]*(?:\{[a-z]{3,10}(?::[^}\n]{0,60})?\}|```[a-z]{0,12}|\[/?[a-z]{4,10}\])[ \t]*$", re.M
)
_MACHINES = (
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "notification",
    "alert@",
    "root",
)
# Of what trackers send, which a list's marks would hide otherwise.
_OF_TICKETS = (
    "x-jira",
    "x-rt-",
    "rt-",
    "x-otrs",
    "x-zendesk",
    "x-freshdesk",
    "x-redmine",
    "x-ticket",
    "x-helpdesk",
)


@cache
def _openings() -> AhoCorasick:
    # Made for the first mail that is no report by itself.
    return AhoCorasick(list(_OPENINGS), implementation=Implementation.ContiguousNFA)


def pasted(report: Report) -> str | None:
    """The report that begins below the writer's own words, without its header; None for a text that begins
    with it, for a list's mail, and for text without any system's form."""
    if not report.head or _is_a_list_s(report):
        return None
    text = report.whole_text[:_MOST_TEXT]
    lower = text.lower().replace("\u2019", "'")
    if len(lower) != len(text):
        return None  # a letter that grows: no place would be the same
    found = next(iter(_openings().find_matches_as_indexes(lower)), None)
    if found is None:
        return None
    start = _beginning(text, found[1])
    above = text[:start]
    greeted = _GREETING.match(above)
    own = above[greeted.end() :] if greeted is not None else above
    if len(_WORD.findall(own)) < _FEWEST_WORDS:
        return None
    return _dedented(_FENCE.sub("", text[start:]))


def _is_a_list_s(report: Report) -> bool:
    """True for what goes to many, and for what a program sends that nobody answers."""
    head = report.head
    if any(name.startswith(_OF_TICKETS) for name in head.fields):
        return False
    if head.has("list-id") or head.has("list-unsubscribe"):
        return True
    if head.raw("precedence").lower() in ("bulk", "list"):
        return not head.has("x-mailer")
    return any(word in report.sender.lower() for word in _MACHINES)


def _beginning(text: str, at: int) -> int:
    """Where the line of the opening begins, or, of a wrapped reply, the line with its address."""
    line = text.rfind("\n", 0, at) + 1
    address = text.rfind("\n<", max(0, at - _LONGEST_LINE), at) + 1
    if address and "\n\n" not in text[address:at] and text[line : line + 1] != "<":
        return address
    return line


def _dedented(text: str) -> str:
    """`text` without the indent of its first line, as trackers and people set off what they paste."""
    first = text[: len(text) - len(text.lstrip(" \t"))]
    return text.replace(f"\n{first}", "\n")[len(first) :] if first else text
