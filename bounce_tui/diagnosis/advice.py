"""The words of a step, with the things of this very bounce put in.

A step may hold placeholders, `{recipient}`.  The values come from a stranger's mail, so they are put
in once, as they are: a value is never read for further placeholders, and no format language is used.
"""

import re
from functools import lru_cache
from urllib.parse import quote

from bounce_tui.model import Bounce, Failure

SLOTS = {
    "recipient": "the recipient's address",
    "recipient_domain": "the recipient's domain",
    "sending_ip": "the sending IP address",
    "envelope_sender": "the envelope sender",
    "sender_domain": "the sender's domain",
    "from_domain": "the From domain",
    "remote_mta": "the receiving server",
    "reporting_mta": "the server that wrote the bounce",
    "list": "the named list",
    "list_page": "the list's own page",
    "limit": "the limit that the server announces",
    "wait": "a while",
    "x500": "the old internal address",
    "reply_code": "the reply code",
    "status": "the status code",
}
"""Placeholders, each with the words that stand in where the bounce does not say."""

LONGEST_VALUE = 254
_SLOT = re.compile(r"\{([a-z_0-9]{1,30})\}")
_SLOT_OR_ASIDE = re.compile(r"( \()?\{([a-z_0-9]{1,30})\}(?(1)\))")
# Patterns that few bounces need are compiled by the first that does.
_LIMIT = (
    r"(?i)(?:limit|maximum|max|size|exceeds?|larger than|bigger than)\D{0,30}?"
    r"(\d{2,12}\s?(?:[kmg]i?b|bytes|octets)?)\b"
)
_WAIT = (
    r"(?i)(?:in|for|after|within|wait)\s{1,3}"
    r"(\d{1,5}\s{0,2}(?:seconds?|secs?|s|minutes?|mins?|min|hours?|days?)|\d\d:\d\d:\d\d)\b"
)


def unknown_slots(text: str) -> list[str]:
    """Placeholders of `text` that no bounce can fill."""
    return [slot for slot in _SLOT.findall(text) if slot not in SLOTS]


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[str, ...]:
    """A text of the rulebook, plain pieces with an aside mark and a slot between each two.  Nothing
    that a stranger wrote comes here, so the cache holds our own texts and no more."""
    return tuple(_SLOT_OR_ASIDE.split(text))


class Filler:
    """Fills placeholders from one failure; every value is worked out only when a step asks."""

    def __init__(self, failure: Failure, bounce: Bounce, list_name: str = "", list_page: str = "") -> None:
        self._failure = failure
        self._bounce = bounce
        self._list = (list_name, list_page)

    def fill(self, text: str) -> str:
        """`text` with each placeholder replaced by its value, or by plain words."""
        if "{" not in text:
            return text
        pieces = _cut(text)
        filled = [pieces[0]]
        for at in range(1, len(pieces), 3):
            aside, slot, plain = pieces[at : at + 3]
            filled.append(self._words(slot, aside=aside is not None))
            filled.append(plain)
        return "".join(filled)

    def fill_all(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """`fill` for each of `texts`."""
        return tuple([self.fill(text) for text in texts])

    def fill_url(self, url: str | None) -> str | None:
        """`url` with its placeholder filled, percent-encoded; the bare page where the value is unknown."""
        if url is None or "{" not in url:
            return url
        missing = False

        def encoded(found: re.Match[str]) -> str:
            nonlocal missing
            value = self._value(found[1])
            missing = missing or not value
            return quote(value, safe=".:")

        filled = _SLOT.sub(encoded, url)
        return url.partition("?")[0].partition("{")[0] if missing else filled

    def _words(self, slot: str, *, aside: bool) -> str:
        value = self._value(slot)
        if aside:
            # Plain words would only say again what the aside explains.
            return f" ({value})" if value else ""
        return value or SLOTS.get(slot, f"{{{slot}}}")

    def _value(self, slot: str) -> str:
        failure, bounce = self._failure, self._bounce
        match slot:
            case "recipient":
                value = failure.recipient or failure.original_recipient
            case "recipient_domain":
                value = _domain(failure.recipient or failure.original_recipient)
            case "sending_ip":
                value = bounce.sending_ips[0].value if bounce.sending_ips else None
            case "envelope_sender":
                value = bounce.envelope_senders[0].value if bounce.envelope_senders else None
            case "sender_domain":
                sender = bounce.envelope_senders[0].value if bounce.envelope_senders else None
                value = _domain(sender) or bounce.from_domain
            case "from_domain":
                value = bounce.from_domain
            case "remote_mta":
                value = failure.remote_mta
            case "reporting_mta":
                value = bounce.reporting_mta
            case "list":
                value = self._list[0]
            case "list_page":
                value = self._list[1]
            case "limit":
                value = _quoted(_LIMIT, failure.diagnostic)
            case "wait":
                value = _quoted(_WAIT, failure.diagnostic)
            case "x500":
                value = failure.x500
            case "reply_code":
                value = failure.reply_code
            case "status":
                value = failure.status
            case _:
                value = None
        return " ".join(value[:LONGEST_VALUE].split()) if value else ""


def _domain(address: str | None) -> str | None:
    if not address or "@" not in address:
        return None
    return address.rpartition("@")[2] or None


def _quoted(pattern: str, diagnostic: str) -> str | None:
    found = re.search(pattern, diagnostic[:2000])
    return found[1] if found else None
