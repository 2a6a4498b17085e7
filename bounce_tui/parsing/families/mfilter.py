"""Digital Arts m-FILTER: what the server said, at which command, the mail."""

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "m-FILTER"
MARKS = ("-------server message",)

_MESSAGE = regex(r"(?<!-)-{5,}server message[ \t]*\n")
_COMMAND = regex(r"(?<!-)-{5,}SMTP command[ \t]*\n")
_NEXT = regex(r"\n-{5,}")


def read(report: Report) -> list[Failure]:
    """The address in the server's words, else who the mail was for."""
    text = report.text
    words = between(text, _MESSAGE, _NEXT)
    if words is None:
        return []
    command = (between(text, _COMMAND, _NEXT) or "").split()
    recipients = find_all(words)[:1] or report.original_recipients[:1]
    found = [failure(address, words, action_of(report)) for address in recipients]
    return [replace(one, command=command[0].upper()) for one in found] if command else found
