"""The words of a step, with the things of this very bounce put in.

A step may hold placeholders, `{recipient}`.  The values come from a stranger's mail, so they are put
in once, as they are: a value is never read for further placeholders, and no format language is used.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import quote

from bounce_tui.domain_name import base_domain
from bounce_tui.forwarding import forwarded_to, written_to
from bounce_tui.model import Bounce, Failure
from bounce_tui.new_address import new_address
from bounce_tui.regex import regex

SLOTS: Final = {
    "recipient": "the recipient's address",
    "addressee": "the recipient",
    "recipient_domain": "the recipient's domain",
    "sending_ip": "the sending IP address",
    "envelope_sender": "the envelope sender",
    "sender_domain": "the sender's domain",
    "from_domain": "the From domain",
    "dmarc_name": "the name _dmarc below the From domain",
    "remote_mta": "the receiving server",
    "reporting_mta": "the server that wrote the bounce",
    "own_server": "your own server",
    "list": "the public lists, as the reply names none,",
    "list_page": "the list's own page",
    "removal_address": "the address that the reply names",
    "reply_link": "the link in the bounce",
    "limit": "the limit that the server announces",
    "wait": "a while",
    "retry_after": "a while",
    "retry_until": "its lifetime ends",
    "tried_for": "its whole lifetime",
    "x500": "the old internal address",
    "new_address": "the new address",
    "reply_code": "the reply code",
    "status": "the status code",
}
"""Placeholders, each with the words that stand in where the bounce does not say.  `addressee` is who is
asked, `recipient` the address itself."""

LONGEST_VALUE: Final = 254
_MEBIBYTE: Final = 1 << 20
_SLOT: Final = regex(r"\{([a-z_0-9]{1,30})\}")
_SLOT_OR_ASIDE: Final = regex(r"( \()?\{([a-z_0-9]{1,30})\}(?(1)\))")
_SITE: Final = regex(r"[a-z]{1,10}://[^/]*/?")
_PART_OF_NAME: Final = regex(r"[a-z0-9]")
_ENCODED: Final = regex(r"%[0-9a-f]{2}")
_GOES_ON: Final = regex(r"[a-z0-9-]|\.\d")
# Patterns that few bounces need are compiled by the first that does.
# The limit first: many replies give the message's own size as well, and before it.
_AMOUNT: Final = r"\D{0,30}?(\d{2,12}\s?(?:[kmg]i?b|bytes|octets)?)\b"
_LIMITS: Final = tuple(
    rf"(?i)(?:{words}){_AMOUNT}"
    for words in ("limit|maximum|max|allowed", "exceeds?|larger than|bigger than", "size")
)
_REMOVAL: Final = (
    r"(?i)\b(delist@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4})",
    # Behind a word that says to turn there: other addresses of a reply are the sender's or the recipient's.
    r"(?i)\b(?:contact|write to|(?:e-?)?mail to|e-?mail us at|report to)[ :<(]{1,3}"
    r"([a-z0-9._+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4})",
)
"""How a reply names whom to ask for removal."""
_LINK: Final = r"(?i)\bhttps?://[^\s<>\"'()\[\]{}\x00-\x1f]{4,250}"
_LIST_BY_NAME: Final = r"(?i:(?:black|block)-?listed (?:using|by|in|on|at) (?:the )?)([A-Z][\w-]{2,40})"
_WAIT: Final = (
    r"(?i)(?:in|for|after|within|wait)\s{1,3}"
    r"(\d{1,5}\s{0,2}(?:seconds?|secs?|s|minutes?|mins?|min|hours?|days?)|\d\d:\d\d:\d\d)\b"
)
_UNIT: Final = (
    r"\s{0,2}(?:s|secs?|seconds?|sekund\w{0,2}|se[cg]ond\w{0,2}|m|mins?|minut\w{0,3}|h|hrs?|hours?"
    r"|heures?|stunden?|horas?|ore|uur|minút\w{0,2}|days?|tage?n?|jours?|d[ií]as?|giorni)"
)
_TIME: Final = rf"(\d{{1,5}}{_UNIT}|\d\d:\d\d:\d\d)(?!\w)"
_ANY_TIME: Final = rf"(?i)(\d)(?:{_UNIT}|:\d\d:\d\d)(?!\w)"
"""What every time to wait ends in: the engine skips to its digit, and few replies have one."""
_RETRY_AFTER: Final = (
    r"(?i)\b(?:wait|gr[ea]ylisted|blocked)[^\w.,;]{1,4}"
    r"(?:(?:for|at|least|about|another|the|next)[^\w.,;]{1,3}){0,3}" + _TIME,
    r"(?i)\b(?:try(?:ing)?|again|(?:come|try|check) back|retry|resend|erneut|wieder|einmal|warten"
    r"|r[ée]essay\w{1,3}|patient\w{1,3}|intent\w{1,6}|reint\w{1,5}|nuevo|novamente|riprova\w{0,3}"
    r"|attend\w{1,4}|esper\w{1,3}|aguarde|novo|opnieuw|het|wacht|igen|igjen|znovu|ponownie|nou)[^\w.,;]{1,4}"
    r"(?:(?:in|after|at|least|about|another|the|next|sie|bitte|mindestens|nach|dans|apr[èe]s|en|em|tra|fra"
    r"|dopo|over|na|za|om|o|peste|dentro|despu[ée]s|de|ap[óo]s)[^\w.,;]{1,3}){0,3}" + _TIME,
    r"(?i)\b(?:in|nach|dans|en)\s{1,3}"
    + _TIME
    + r"\s{1,3}(?:try|retry|again|erneut|wieder|nochmals?|noch einmal)\b",
)
ASKS: Final = (
    *("again", "retry", "wait", "resend", "ylisted", "blocked for", "erneut", "wieder", "einmal", "warten"),
    *("essay", "patient", "intent", "reint", "nuevo", "novamente", "riprova", "attend", "esper", "opnieuw"),
    *("wacht", "come back", "check back", "aguarde", "novo", "probeer", "igen", "igjen", "znovu", "ponownie"),
    " nou",
)
"""What stands in every folded reply that names a time for the next attempt."""


def unknown_slots(text: str) -> list[str]:
    """Placeholders of `text` that no bounce can fill."""
    return [slot for slot in _SLOT.findall(text) if slot not in SLOTS]


class _Text(NamedTuple):
    """A text of the rulebook, cut at its placeholders: what stands before the first, then each one,
    whether it is an aside in brackets, and the words behind it."""

    front: str
    slots: tuple[tuple[str, bool, str], ...]


# Nothing that a stranger wrote comes here, so that the caches hold our own texts and no more.
@lru_cache(maxsize=4096)
def _cut(text: str) -> _Text | None:
    """`text` at its placeholders, None where it has none."""
    if "{" not in text:
        return None
    pieces = _SLOT_OR_ASIDE.split(text)
    slots = zip(pieces[2::3], pieces[1::3], pieces[3::3], strict=True)
    return _Text(pieces[0], tuple([(slot, aside is not None, behind) for slot, aside, behind in slots]))


@lru_cache(maxsize=4096)
def _cut_all(texts: tuple[str, ...]) -> tuple[tuple[str, _Text | None], ...] | None:
    """`texts`, each with its cut; None where none has a placeholder."""
    cuts = tuple([(text, _cut(text)) for text in texts])
    return cuts if any(cut for _, cut in cuts) else None


class Filler:
    """Fills placeholders from one failure; every value is worked out only when a step asks."""

    __slots__ = ("bounce", "failure", "list_name", "list_page")

    def __init__(self, failure: Failure, bounce: Bounce, list_name: str = "", list_page: str = "") -> None:
        self.failure = failure
        self.bounce = bounce
        self.list_name = list_name
        self.list_page = list_page

    def fill(self, text: str) -> str:
        """`text` with each placeholder replaced by its value, or by plain words."""
        cut = _cut(text) if "{" in text else None
        return text if cut is None else self._joined(cut)

    def fill_all(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """`fill` for each of `texts`."""
        cuts = _cut_all(texts)
        if cuts is None:
            return texts
        return tuple([text if cut is None else self._joined(cut) for text, cut in cuts])

    def knows(self, slot: str) -> bool:
        """Whether the bounce says what goes into `slot`."""
        return bool(self._value(slot))

    def fill_url(self, url: str | None) -> str | None:
        """`url` with its placeholder filled, percent-encoded; the bare page where the value is unknown, the
        site where it is part of the page's path."""
        if url is None or "{" not in url:
            return url
        missing = False

        def encoded(found: re.Match[str]) -> str:
            nonlocal missing
            value = self._value(found[1])
            missing = missing or not value
            return quote(value, safe=".:")

        filled = _SLOT.sub(encoded, url)
        if not missing:
            return filled
        page = url.partition("?")[0]
        site = _SITE.match(page) if "{" in page else None
        return site[0] if site else page.partition("{")[0]

    def page_of_case(self, url: str) -> str:
        """The link of the same domain as `url` by which the reply leads to the very address or domain that is
        refused, where `url` does not; else `url` itself."""
        if "://" not in self.failure.diagnostic or _of_case((url,), self):
            return url
        base = base_domain(_host(url))
        return _of_case((link for link in _links(self) if base_domain(_host(link)) == base), self) or url

    def _joined(self, cut: _Text) -> str:
        filled, slots = cut
        for slot, aside, behind in slots:
            value = self._value(slot)
            if slot == "recipient" and (there := forwarded_to(self.bounce, self.failure)):
                forwarded = f"forwarded to {' '.join(there[:LONGEST_VALUE].split())}"
                value += f", {forwarded}" if aside else f" ({forwarded})"
            if aside:
                # Plain words would only say again what the aside explains.
                filled += f" ({value}){behind}" if value else behind
            else:
                words = value or SLOTS.get(slot) or f"{{{slot}}}"
                filled += (words if value or filled else words[:1].upper() + words[1:]) + behind
        return filled

    def _value(self, slot: str) -> str:
        source = _SOURCES.get(slot)
        value = source(self) if source is not None else None
        return " ".join(value[:LONGEST_VALUE].split()) if value else ""


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].partition("?")[0].partition(":")[0]


def _domain(address: str | None) -> str | None:
    if not address or "@" not in address:
        return None
    return address.rpartition("@")[2] or None


def tried_for_s(failure: Failure, bounce: Bounce) -> int | None:
    """For how many seconds the system that reports had the mail when it last tried, or when it wrote; None
    where the report does not tell, or its dates go backwards."""
    last = failure.date or bounce.date
    if last is None or bounce.arrived is None:
        return None
    seconds = int((datetime.fromisoformat(last) - datetime.fromisoformat(bounce.arrived)).total_seconds())
    return seconds if seconds >= 0 else None


def _lasting(seconds: int | None) -> str | None:
    """`seconds` in the largest unit that they fill twice, "26 hours"; None without any."""
    if not seconds:
        return None
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds" if seconds > 1 else "1 second"


def _retry_after(diagnostic: str) -> str | None:
    return _first_quoted(_RETRY_AFTER, diagnostic) if _quoted(_ANY_TIME, diagnostic) else None


def _first_quoted(patterns: Iterable[str], diagnostic: str) -> str | None:
    return next((value for one in patterns if (value := _quoted(one, diagnostic))), None)


def _quoted(pattern: str, diagnostic: str) -> str | None:
    found = re.search(pattern, diagnostic[:2000])
    return found[1] if found else None


def _readable(amount: str | None) -> str | None:
    """A long number of bytes with the mebibytes that people think in."""
    digits = amount.removesuffix("bytes").rstrip() if amount else ""
    if not digits.isdecimal() or int(digits) < _MEBIBYTE:
        return amount
    return f"{int(digits):,} bytes ({int(digits) / _MEBIBYTE:.1f} MiB)"


def _recipient(of: Filler) -> str | None:
    return of.failure.recipient or of.failure.original_recipient


def _written_to(of: Filler) -> str | None:
    return written_to(of.bounce, of.failure)


def _sending_ip(of: Filler) -> str | None:
    found = of.bounce.sending_ips_of(of.failure)
    return found[0].value if found else None


def _envelope_sender(of: Filler) -> str | None:
    found = of.bounce.envelope_senders_of(of.failure)
    return found[0].value if found else None


def _links(of: Filler) -> list[str]:
    """The web links of the reply."""
    diagnostic = of.failure.diagnostic[:2000]
    if "://" not in diagnostic:
        return []
    return [link.rstrip(".,;:!?") for link in re.findall(_LINK, diagnostic)]


def _of_case(links: Iterable[str], of: Filler) -> str | None:
    """The first of `links` that names the sending IP or a domain of the sender, behind its own host."""
    names = [name for name in (_sending_ip(of), of.bounce.from_domain, _domain(_envelope_sender(of))) if name]
    return next((link for link in links if any(_is_named(name, link) for name in names)), None)


def _is_named(name: str, link: str) -> bool:
    """Whether `name` stands in `link` behind its host, and not as a part of a longer name or address."""
    # By hand: a pattern of each name would have to be compiled, which takes as long as a whole diagnosis.
    behind, name = link.partition("://")[2].partition("/")[2].lower(), name.lower()
    at = behind.find(name)
    while at >= 0:
        begins = at == 0 or _PART_OF_NAME.match(behind, at - 1) is None or _ENCODED.match(behind, at - 3, at)
        if begins and _GOES_ON.match(behind, at + len(name)) is None:
            return True
        at = behind.find(name, at + 1)
    return False


def _reply_link(of: Filler) -> str | None:
    """The link of the reply that names the case, else its first."""
    links = _links(of)
    return _of_case(links, of) or (links[0] if links else None)


def _own_server(of: Filler) -> str | None:
    name = of.failure.origin.refused_by if of.failure.origin is not None else None
    return f"your server {name}" if name else None


def _new_address(of: Filler) -> str | None:
    """The address to write to instead, with who says so."""
    found = new_address(of.failure.diagnostic)
    return f"the reply gives {found}" if found and found.lower() != (_recipient(of) or "").lower() else None


_SOURCES: Final[dict[str, Callable[[Filler], str | None]]] = {
    "recipient": _written_to,
    "addressee": _written_to,
    "recipient_domain": lambda of: _domain(_recipient(of)),
    "sending_ip": _sending_ip,
    "envelope_sender": _envelope_sender,
    "sender_domain": lambda of: _domain(_envelope_sender(of)) or of.bounce.from_domain,
    "from_domain": lambda of: of.bounce.from_domain,
    "dmarc_name": lambda of: f"_dmarc.{of.bounce.from_domain}" if of.bounce.from_domain else None,
    "remote_mta": lambda of: of.failure.remote_mta,
    "reporting_mta": lambda of: of.bounce.reporting_mta,
    "list": lambda of: of.list_name or _quoted(_LIST_BY_NAME, of.failure.diagnostic),
    "list_page": lambda of: of.list_page,
    "removal_address": lambda of: _first_quoted(_REMOVAL, of.failure.diagnostic),
    "reply_link": _reply_link,
    "limit": lambda of: _readable(_first_quoted(_LIMITS, of.failure.diagnostic)),
    "wait": lambda of: _quoted(_WAIT, of.failure.diagnostic),
    "retry_after": lambda of: _retry_after(of.failure.diagnostic),
    "retry_until": lambda of: of.failure.will_retry_until,
    "tried_for": lambda of: _lasting(tried_for_s(of.failure, of.bounce)),
    "x500": lambda of: of.failure.x500,
    "own_server": _own_server,
    "new_address": _new_address,
    "reply_code": lambda of: of.failure.reply_code,
    "status": lambda of: of.failure.status,
}
