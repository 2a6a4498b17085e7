"""Headers of a returned message that are missing or odd by RFC 5322."""

import re
from collections import Counter
from collections.abc import Iterator
from ipaddress import ip_address

from bounce_tui.hints.note import Note
from bounce_tui.opened_message import Returned
from bounce_tui.regex import regex

_ONCE = (
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "bcc",
    "message-id",
    "in-reply-to",
    "references",
    "subject",
    "date",
)
_WANTED = (("from", "From"), ("date", "Date"), ("message-id", "Message-ID"))
_LONGEST_LINE = 998
_ADDRESS = regex(r"<([^<>]{0,320})>\s*\Z")
_READ = 4000


def header_notes(returned: Returned) -> Iterator[Note]:
    """A note for each oddity; what is missing is said only of a header that came back whole.

    RFC 5322 section 3.6 says which fields must be there and which only once, section 2.1.1 how long a
    line may be.
    """
    counts = Counter(name.lower() for name, _ in returned.headers)
    values = {name.lower(): value for name, value in reversed(returned.headers)}
    for name in _ONCE:
        if counts[name] > 1:
            yield _odd(f"{counts[name]} {_title(name)} fields where one is allowed")
    if returned.complete_head:
        for name, title in _WANTED:
            if not counts[name]:
                yield _odd(f"no {title} field")
        if not counts["to"] and not counts["cc"] and not counts["bcc"]:
            yield _odd("neither To nor Cc")
    if counts["from"]:
        yield from _from(values["from"])
    for name in ("date", "message-id", "subject", "to"):
        if counts[name] and not values[name].strip():
            yield _odd(f"the {_title(name)} field is blank")
    message_id = values.get("message-id", "").strip()
    if message_id and not re.fullmatch(r"<[^<>\s@]{1,500}@[^<>\s@]{1,500}>", message_id[:1010]):
        yield _odd("the Message-ID is not of the form <a@b>")
    if returned.eight_bit_head:
        yield _odd("letters beyond ASCII in the header that no encoding announces")
    if returned.longest_line > _LONGEST_LINE:
        yield _odd(f"a line of {returned.longest_line:,} characters, where {_LONGEST_LINE} are allowed")


def _from(value: str) -> Iterator[Note]:
    value = value[:_READ].strip()
    found = _ADDRESS.search(value)
    address = found[1].strip() if found is not None else value
    if not value or not address:
        yield _odd("the From field is blank")
        return
    if "@" not in address:
        yield _odd("the From field holds no address")
        return
    domain = address.rpartition("@")[2].strip("[]> ").removeprefix("IPv6:")
    try:
        ip_address(domain)
    except ValueError:
        if "." not in domain:
            yield _odd(f"the From domain “{domain}” is no full name")
    else:
        yield _odd(f"the From domain is an IP address, {domain}")


def _title(name: str) -> str:
    return {"message-id": "Message-ID"}.get(name, name.title())


def _odd(words: str) -> Note:
    return Note("headers", words, odd=True)
