"""What `mailq` and `postqueue -p` list of Postfix's queue and Sendmail's: a message with who sent it, and
below it why some of its recipients wait, in brackets, and who they are.  A mark behind its number tells of
one that is being delivered ("*") and of one that is on hold ("!")."""

from typing import Final

from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.queued import State, waiting, without_underway
from bounce_tui.regex import regex

NAME = "mailq"
MARKS = (
    *("-Sender/Recipient-", "\n(host ", "\n(connect to ", "\n(delivery temporarily ", "\n(lost connection "),
    *("\n(Host or domain ", "(Deferred", "(host map:", "(reply: "),
    # A copy may indent them all.
    *(
        "\n (host ",
        "\n (connect to ",
        "\n (delivery temporarily ",
        "\n (lost connection ",
        "\n (Host or domain ",
    ),
)

_MESSAGE = regex(
    r"([0-9A-Za-z]{5,24})([*!#X-]?)\s{1,12}\d{1,12}\s{1,4}[A-Z][a-z]{2}\s([A-Z][a-z]{2}\s{1,2}\d{1,2}\s\d\d:\d\d)"
    r"(:\d\d)?\s{1,8}(\S{1,320})"
)
_STATES: Final[dict[str, State]] = {"*": "active", "!": "hold"}
_LONGEST_REASON = 4000


def read(lines: list[str]) -> list[Entry]:
    """Each recipient that is listed below a message, with the reason that stands above it."""
    found: list[Entry] = []
    queue = why = ""
    state: State = ""
    for line in map(str.strip, lines):
        if queue and why and not why.endswith(")") and len(why) < _LONGEST_REASON:
            why += f" {line}"  # a narrow terminal broke it
            continue
        message = _MESSAGE.match(line)
        if message is not None:
            queue, state, why = message[1], _STATES.get(message[2], ""), ""
            arrived = f"{message[3]}{message[4] or ':00'}"
            found.append(Entry(queue, sender=message[5], arrived=arrived))
        elif queue and line.startswith("("):
            why = line
        elif queue and " " not in line and (address := clean(line)) is not None:
            found.append(Entry(queue, waiting(address, why[1:].removesuffix(")"), state)))
    return without_underway(found)
