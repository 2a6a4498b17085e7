"""What `exim -bp` lists of Exim's queue: a message with its age, size and sender, and below it who it is for,
"D" before whom it was delivered to."""

from bounce_tui.model import Action
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.fields import log_failure
from bounce_tui.regex import regex

NAME = "exim -bp"
MARKS = ("*** frozen ***", "\n          ")

_MESSAGE = regex(
    r"\s{0,4}\d{1,3}[smhdwy]\s{1,4}[\d.]{1,6}[KMG]?\s{1,4}([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})"
    r" <([^<>]{0,320})>( \*\*\* frozen \*\*\*)?"
)
_RECIPIENT = regex(r"\s{4,12}(?:\+?(D) )?(\S{1,320})")
_FROZEN = "the message is frozen"


def read(lines: list[str]) -> list[Entry]:
    """Each recipient below a message; the list does not say why they wait."""
    found: list[Entry] = []
    queue = words = ""
    for line in lines:
        message = _MESSAGE.match(line)
        if message is not None:
            queue, words = message[1], _FROZEN if message[3] else ""
            found.append(Entry(queue, sender=message[2] or None))
            continue
        named = _RECIPIENT.fullmatch(line.rstrip()) if queue and "@" in line else None
        if named is None:
            queue = "" if not line.strip() else queue
            continue
        action: Action = "delivered" if named[1] else "delayed"
        found.append(Entry(queue, log_failure(named[2], "" if named[1] else words, action)))
    return found
