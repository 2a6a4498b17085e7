"""Sendmail: "sm-mta[1]: QUEUE: to=<...>, delay=..., relay=host. [ip], dsn=5.1.1, stat=User unknown"; its
rules refuse by "ruleset=check_rcpt, arg1=<...>, relay=host [ip], reject=553 ..."."""

import re

from msgspec.structs import replace

from bounce_tui.model import Action
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.fields import by_class, log_failure, writer
from bounce_tui.parsing.public_address import public
from bounce_tui.regex import regex

NAME = "Sendmail"
MARKS = (" stat=", " reject=")

_QUEUE = regex(r"(?:^|[\]:] )([0-9A-Za-z]{8,24}): (?=to=|from=)")
_DELIVERY = regex(
    r"to=(\S{1,2000}?), .{0,600}?(?:\brelay=([^,]{0,300}), )?(?:dsn=([245]\.\d{1,3}\.\d{1,3}), )?"
    r"(?:reply=(.{0,1000}?), )?stat=(.*)"
)
_SENDER = regex(r": from=<?([^<>,\s]{1,320}@[^<>,\s]{1,255})>?, size=")
_REFUSED = regex(
    r"\bruleset=([a-z_]{3,30}), arg1=([^,]{0,400}),(?: arg2=[^,]{0,400},)?"
    r" relay=[^,\[]{0,255}\[(?:IPv6:)?([0-9A-Fa-f.:]{2,45})\][^,]{0,60}, reject=([45]\d\d.*)"
)
_SAID = regex(
    r"(?:^|[\]:] )([0-9A-Za-z]{8,24}): (?:(?:\.\.\. )?while talking to [^\s:]{1,255}: )?(?:<<< )?"
    r"([45]\d\d[ -].{1,1000})"
)
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
        told = _DELIVERY.match(line, named.end()) if named is not None and " stat=" in line else None
        if told is not None:
            to, relay, status, reply, stat = told.groups()
            # The reply is the server's own, "stat" what Sendmail makes of it.
            words = reply if reply and _NO_CODE.match(reply) else stat
            for one in to.split(","):
                told_of = log_failure(one, words, _action(stat, status), status=status, relay=relay)
                found.append(Entry(queue, told_of, line=line))
            continue
        said = _SAID.search(line)
        if said is not None:
            found = [_with_reply(one, *said.groups()) for one in found]
            continue
        refused = _REFUSED.search(line) if " reject=" in line else None
        if refused is not None:
            found.append(_refusal(line, refused))
            continue
        sent = _SENDER.search(line)
        if sent is not None:
            found.append(Entry(queue, sender=sent[1]))
    return found


def _with_reply(entry: Entry, queue: str, reply: str) -> Entry:
    """`entry`, where it is of `queue` and has only Sendmail's own words, with the server's `reply`, which is
    logged below them."""
    told = entry.failure
    if entry.queue != queue or told is None or told.reply_code is not None or told.action == "delivered":
        return entry
    found = log_failure(
        told.recipient, reply, told.action, original=told.original_recipient, status=told.status
    )
    return replace(
        entry, failure=replace(found, remote_mta=told.remote_mta, remote_ip=told.remote_ip or found.remote_ip)
    )


def _refusal(line: str, refused: re.Match[str]) -> Entry:
    """What a rule says of a client: the argument of each is what the client had named last."""
    rule, named, client, words = refused.groups()
    server = writer(line, refused.start())
    to, sender = named if rule == "check_rcpt" else None, named if rule == "check_mail" else None
    is_own = public(client) is None
    one = log_failure(to, words, by_class(words), relay=server if is_own else None)
    return Entry("", one, sender, client, server=None if is_own else server, line=line)


def _action(stat: str, status: str | None) -> Action:
    said = stat.lower()
    if said.startswith(_SENT):
        return "delivered"
    return "delayed" if said.startswith(_WAITS) or (status or "").startswith("4") else "failed"
