"""Received fields that somebody pasted beside a reply: which way the mail went, and so who sent it.

They are taken out first: what stands in them was said by nobody who refused anything.
"""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.domain_name import base_domain, written_domain
from bounce_tui.model import Bounce, Candidate
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.public_address import public
from bounce_tui.parsing.returned_message.received import read_way
from bounce_tui.regex import regex

MARK: Final = "eceived: from "
"""What stands in each field that names a client."""

# With the lines folded below, also where they lost their indent on the way.
_FIELD: Final = regex(
    r"^[ \t>]{0,8}[Rr]eceived: (from [^\n]{0,998}"
    r"(?:\n(?:[ \t]{1,16}|(?=by |with |id |for |\(|;))[^\n]{0,998}){0,12})(?:\n|$)",
    re.M,
)
# Where a field ends that stands on one line with what was pasted behind it.
_DATED: Final = regex(
    r";\s{0,9}(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d(?: [+-]\d{4}| [A-Z]{1,5}\b)?"
    r"(?: \([A-Z]{1,5}\))?"
)
_OF_MAIL: Final = regex(r"^(?:From|To|Subject|Message-I[Dd]|Content-Type):", re.M)
"""Begins a field of a whole message, which has its own readers."""
_FOR: Final = regex(r"\sfor <([^<>\s]{3,320})>")
_MOST: Final = 40


class SplitText(Struct, frozen=True):
    """A text in two: `way`, the values of its Received fields, newest first, and the `rest`."""

    way: tuple[str, ...]
    rest: str


def split_received(text: str) -> SplitText:
    """`text` split into its Received fields and what is left; all of it is left where it is a whole
    message."""
    if _OF_MAIL.search(text) is not None:
        return SplitText((), text)
    way: list[str] = []
    rest: list[str] = []
    at = 0
    for field in _FIELD.finditer(text):
        if len(way) == _MOST:
            break
        dated = _DATED.search(field[1])
        end = field.start(1) + dated.end() if dated is not None else field.end()
        way.append(text[field.start(1) : end])
        rest += text[at : field.start()], text[end : field.end()]
        at = field.end()
    return SplitText(tuple(way), "".join((*rest, text[at:])) if way else text)


def with_received(bounce: Bounce, way: Sequence[str]) -> Bounce:
    """`bounce` with who handed the mail to the server that refused it, by the Received fields of `way`: for
    sure where the reply or the recipient names that server's organization, and else no more than likely.
    Where another organization refused, it is not told from where that one had the mail.  Whom a mail was for
    stands there as well (RFC 5321 section 4.4)."""
    bounce = _meant(bounce, way)
    refusers = {
        base_domain(name)
        for one in bounce.failures
        for name in (one.remote_mta, None if one.remote_mta else written_domain(one.recipient))
        if name
    }
    for value in way:
        helo, _, ip, by = read_way(value)
        address = public(ip)
        is_theirs = by is not None and base_domain(by) in refusers
        if address is None or (refusers and not is_theirs):
            continue
        return replace(
            bounce,
            sending_ips=_with(bounce.sending_ips, Candidate(address, "received", is_theirs)),
            helos=_with(bounce.helos, Candidate(helo, "received", is_theirs)) if helo else bounce.helos,
        )
    return bounce


def _meant(bounce: Bounce, way: Sequence[str]) -> Bounce:
    """`bounce` with the recipient that `way` names where the one reply of it names none."""
    if len(bounce.failures) != 1 or bounce.failures[0].recipient is not None:
        return bounce
    found = next(filter(None, map(_FOR.search, way)), None)
    recipient = clean(found[1]) if found is not None else None
    if recipient is None:
        return bounce
    return replace(bounce, failures=(replace(bounce.failures[0], recipient=recipient),))


def _with(known: tuple[Candidate, ...], one: Candidate) -> tuple[Candidate, ...]:
    """`known` and `one`, what is sure first."""
    if any(other.value == one.value for other in known):
        return known
    return tuple(sorted((*known, one), key=lambda candidate: not candidate.sure))
