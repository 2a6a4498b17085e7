"""The shape of reports that name everything: lines of "Label: value", a recipient's label first.

Recipient address: b@example.net
Reason: Remote SMTP server has rejected address
Diagnostic code: smtp;550 5.1.1 No such user
Remote system: dns;mx.example.net (192.0.2.1)
"""

from msgspec.structs import replace

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.public_address import all_public
from bounce_tui.parsing.replies import failure
from bounce_tui.regex import regex

_LINE = regex(r"[ \t>*]*([A-Za-z][A-Za-z0-9 /_-]{1,40}?)[ \t]*:(?:[ \t]+|(?=[\[<]))(.*)")
_HOST = regex(r"(?:dns;\s?)?([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})")
_LONGEST = 8192
_LONGEST_ADDRESS = 340


def read_labelled(
    text: str,
    action: Action,
    *,
    recipient: tuple[str, ...],
    reason: tuple[str, ...],
    host: tuple[str, ...] = (),
    original: tuple[str, ...] = (),
) -> list[Failure]:
    """One Failure for each line with a `recipient` label; the `reason` lines below it, and what
    continues them, are its words.  An `original` address is the one the sender wrote to: it stands in
    for a recipient that only the last machine knows.  A reason above the first recipient is everybody's.
    Labels are in lower case."""
    entries: list[tuple[str, list[str], list[str]]] = []
    common: list[str] = []
    taking: list[str] | None = None
    for line in text.split("\n"):
        label, value = _split(line)
        if label in recipient:
            address = _malformed(value) or clean(value.replace("SMTP:", "").strip("[] \t"))
            taking = None
            if address:
                entries.append((address, [], []))
        elif label in reason:
            taking = entries[-1][1] if entries else common
            taking.append(value)
        elif label in original:
            taking = None
            address = clean(value)
            if entries and address and "." not in entries[-1][0].rpartition("@")[2]:
                entries[-1] = (address, *entries[-1][1:])
        elif label in host:
            taking = None
            if entries:
                entries[-1][2].append(value)
        elif not line.strip():
            taking = None if taking and taking[-1] else taking
        elif taking is not None and sum(map(len, taking)) < _LONGEST:
            taking.append(line.strip())
    return [_failure(address, words or common, hosts, action) for address, words, hosts in entries]


def _malformed(value: str) -> str | None:
    """What stands in "[SMTP:...]" where it is no address: one found in it would be somebody else's."""
    value = value.strip()
    if not (value.startswith("[SMTP:") and value.endswith("]")) or len(value) > _LONGEST_ADDRESS:
        return None
    written = value[len("[SMTP:") : -1].strip()
    is_address = written.count("@") == 1 and " " not in written
    return None if is_address or "@" not in written or written.startswith('"') else written


def _split(line: str) -> tuple[str, str]:
    """The label of `line` in lower case and what stands behind it; empty without one."""
    found = _LINE.match(line) if ":" in line else None
    return (found[1].lower(), found[2]) if found is not None else ("", "")


def _failure(address: str, words: list[str], hosts: list[str], action: Action) -> Failure:
    found = failure(address, "\n".join(words), action)
    if not hosts:
        return found
    name = _HOST.search(hosts[0])
    # Messaging Server writes "TCP|our address|port|their address|port".
    addresses = all_public(hosts[0].partition("TCP|")[2].partition("|")[2] or hosts[0])
    remote_mta = (
        name[1] if name is not None and not name[1].replace(".", "").isdecimal() else found.remote_mta
    )
    return replace(found, remote_mta=remote_mta, remote_ip=addresses[0][0] if addresses else found.remote_ip)
