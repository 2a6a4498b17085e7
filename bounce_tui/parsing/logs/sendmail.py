"""Sendmail: "sm-mta[1]: QUEUE: to=<...>, delay=..., relay=host. [ip], dsn=5.1.1, stat=User unknown"."""

from bounce_tui.model import Action
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.fate import fate
from bounce_tui.regex import regex

NAME = "Sendmail"
MARKS = (" stat=",)

_QUEUE = regex(r"(?:^|[\]:] )([0-9A-Za-z]{8,24}): (?=to=|from=)")
_FATE = regex(
    r"to=(\S{1,2000}?), .{0,600}?(?:\brelay=([^,]{0,300}), )?(?:dsn=([245]\.\d{1,3}\.\d{1,3}), )?"
    r"(?:reply=(.{0,1000}?), )?stat=(.*)"
)
_SENDER = regex(r": from=<?([^<>,\s]{1,320}@[^<>,\s]{1,255})>?, size=")
_SENT = ("sent", "ok", "delivered")
_WAITS = ("deferred", "queued", "transient", "please try", "low load")
_NO_CODE = regex(r"[245]\d\d[ -]")


def read(lines: list[str]) -> list[Entry]:
    """Deliveries of one recipient or several, and who sent what."""
    found: list[Entry] = []
    for line in lines:
        named = _QUEUE.search(line)
        queue = named[1] if named is not None else ""
        # Nowhere but behind the number: a line of many "to=" would be gone through for each.
        told = _FATE.match(line, named.end()) if named is not None and " stat=" in line else None
        if told is not None:
            to, relay, status, reply, stat = told.groups()
            # The reply is the server's own, "stat" what Sendmail makes of it.
            words = reply if reply and _NO_CODE.match(reply) else stat
            for one in to.split(","):
                told_of = fate(one, words, _action(stat, status), status=status, relay=relay)
                found.append(Entry(queue, told_of, line=line))
            continue
        sent = _SENDER.search(line)
        if sent is not None:
            found.append(Entry(queue, sender=sent[1]))
    return found


def _action(stat: str, status: str | None) -> Action:
    said = stat.lower()
    if said.startswith(_SENT):
        return "delivered"
    return "delayed" if said.startswith(_WAITS) or (status or "").startswith("4") else "failed"
