"""OpenSMTPD: "mta delivery evpid=... to=<...> relay="ip (host)" ... result="PermFail" stat="550 ..."."""

from typing import Final

from bounce_tui.model import Action
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.fields import log_failure
from bounce_tui.regex import regex

NAME = "OpenSMTPD"
MARKS = (" result=",)

_ACTIONS: Final[dict[str, Action]] = {"permfail": "failed", "tempfail": "delayed", "ok": "delivered"}
_DELIVERY = regex(
    r"\bdelivery (?:evpid=([0-9a-f]{8,16}) )?(.*?)\bresult=\"?([A-Za-z]{2,8})\"? stat=\"?(.*?)\"?$"
)
_TO = regex(r"\bto=<([^<>]{1,320})>")
_SENDER = regex(r"\bfrom=<([^<>]{1,320})>")
_RELAY = regex(r"relay=\"([0-9A-Fa-f.:]{3,45})(?: \(([^()\"]{1,255})\))?\"")


def read(lines: list[str]) -> list[Entry]:
    """One line a delivery, with all that is known of it."""
    found = []
    for line in lines:
        told = _DELIVERY.search(line)
        action = _ACTIONS.get(told[3].lower()) if told is not None else None
        if told is None or action is None:
            continue
        to, sender, relay = (pattern.search(told[2]) for pattern in (_TO, _SENDER, _RELAY))
        server = f"{relay[2]} [{relay[1]}]" if relay is not None and relay[2] else None
        one = log_failure(to[1] if to is not None else None, told[4], action, relay=server)
        # The envelope's number begins with the message's.
        found.append(Entry((told[1] or "")[:8], one, sender[1] if sender is not None else None, line=line))
    return found
