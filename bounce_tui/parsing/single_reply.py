"""One SMTP reply that somebody pasted, as a failure."""

import re
from typing import Final

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.new_address import is_announced, new_address
from bounce_tui.parsing.addresses import find_all, x500
from bounce_tui.parsing.mime.mojibake import mend
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.words.given_up import has_given_up
from bounce_tui.parsing.words.who_wrote import SENDER
from bounce_tui.parsing.words.whom_to_ask import is_contact_of_reply
from bounce_tui.regex import regex

_OF_SENDER: Final = regex(
    r"\bsender (?:address|verify|verification|domain|is|not|rejected|refused|denied|blocked)"
    r"|^\d{3} \S+@\S+ (?:invalid spf record|ip addresses are not allowed as a from)",
    re.I,
)
_ROLE: Final = regex(r"(?:postmaster|hostmaster|abuse|delist\w*|unblock\w*|support|helpdesk|noc|tosa)@", re.I)


def _names_another(found: Failure) -> bool:
    if _OF_SENDER.search(found.diagnostic) is not None:
        return True
    # The address in a 551 is where to write instead (RFC 5321 section 3.4), unless that one stands beside.
    return found.reply_code == "551" and new_address(found.diagnostic) is None


def _refused_among(named: list[str], text: str) -> list[str]:
    """Those of the addresses `named` in `text` that are not there to turn to, or to use instead.  A role's
    address is one, but for where a refusal has its recipient: in angle brackets or in front."""
    found = []
    for address in named:
        at = text.find(address)
        before = text[max(0, at - 60) : at]
        if SENDER.search(before) or is_contact_of_reply(before) or is_announced(before):
            continue
        is_in_place = before.endswith("<") or at < len("550 5.1.100 ")
        if is_in_place or not _ROLE.match(address):
            found.append(address)
    return found


def read_reply(text: str) -> Failure:
    """A pasted SMTP reply as a Failure.  A recipient is named when the reply names exactly one
    address, and that is not the sender's, the one to use instead or the one to turn to."""
    text = mend(text.encode("utf-8", "replace").decode("utf-8")[:65536])
    found = failure(None, text)
    named = _refused_among(find_all(found.diagnostic), found.diagnostic)
    if found.reply_code and found.reply_code[0] == "4" and not has_given_up(found.diagnostic):
        found = replace(found, action="delayed")
    if len({address.lower() for address in named}) != 1 or _names_another(found):
        return found
    return replace(found, recipient=named[0], x500=x500(named[0]))
