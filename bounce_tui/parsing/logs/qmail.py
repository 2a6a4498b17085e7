"""qmail-send: "delivery 8: failure: words_without_blanks/", and before it "starting delivery 8: msg 5 to
remote address"."""

from typing import Final

from bounce_tui.model import Action
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.fields import log_failure
from bounce_tui.regex import regex

NAME = "qmail"
MARKS = ("delivery ",)

_ACTIONS: Final[dict[str, Action]] = {"failure": "failed", "deferral": "delayed", "success": "delivered"}
_STARTING = regex(r"starting delivery (\d{1,12}): msg (\d{1,20}) to (?:remote|local) (\S{1,320})")
_DELIVERY = regex(r"\bdelivery (\d{1,12}): (failure|deferral|success): (\S.*)")
_SENDER = regex(r"info msg (\d{1,20}): bytes \d{1,12} from <([^<>]{1,320})>")


def read(lines: list[str]) -> list[Entry]:
    """Deliveries and what became of them; who they were to stands in a line before."""
    begun: dict[str, tuple[str, str]] = {}
    found: list[Entry] = []
    for line in lines:
        starts = _STARTING.search(line)
        if starts is not None:
            begun[starts[1]] = starts[2], starts[3]
            continue
        told = _DELIVERY.search(line)
        if told is not None:
            queue, to = begun.get(told[1], ("", None))
            words = told[3].replace("_", " ").replace("/", "\n")
            found.append(Entry(queue, log_failure(to, words, _ACTIONS[told[2]]), line=line))
            continue
        sent = _SENDER.search(line)
        if sent is not None:
            found.append(Entry(sent[1], sender=sent[2]))
    return found
