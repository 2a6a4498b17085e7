"""What the reply itself says of the sender as the receiver saw it: list queries, SPF identities,
HELO names, addresses."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import unquote

from bounce_tui.check_results import Inputs
from bounce_tui.checks.blocklists.catalog import blocklists
from bounce_tui.checks.names.address import leads_nowhere, parse_ip
from bounce_tui.hints.tables import role_mailboxes
from bounce_tui.model import Candidate, Failure
from bounce_tui.regex import regex

_LONGEST_READ = 4000
# The name that a list was asked for: octets, last first, before a zone (RFC 5782 section 2.1).
_ASKED = regex(r"(?<![\w.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.([a-z][a-z0-9.-]{3,100})")
# The explanation's link of openspf.org, which policyd-spf and its kin print: s=helo;id=NAME.
_WHY = regex(r"(?:[?;&\s]|^)s=(mfrom|helo)(?:;|&amp;|&|%3b)id=([^;&\s>\"']{1,320})", re.IGNORECASE)
_HELO_TESTED = regex(r"spf[ -]helo|helo (?:identity|spf)|spf (?:fail\w* |check |\w{1,12} )?(?:for|of) helo")
# What receivers say of a record that is a permanent error (RFC 7208 section 2.6.7).
_BROKEN = regex(
    r"perm-?error|permanent (?:spf )?error"
    r"|(?:multiple|several|two|more than one|duplicate)\b[^.;]{0,40}\brecords?\b"
    r"|too many|lookup limit|invalid|malformed|syntax|broken|cannot be parsed|could not be parsed"
)
# Postfix's reject_unknown_helo_hostname and what others say of a HELO name without records.
_HELO_UNKNOWN = regex(
    r"<?([a-z0-9][a-z0-9.-]{2,250}\.[a-z][a-z0-9-]{1,62})>?:? {0,2}(?:helo|ehlo) command rejected: "
    r"(?:host not found|domain not found|malformed dns)"
)
# An address as the client's: in brackets, or after a word for it.
_ADDRESS = regex(
    r"(?:\[|\(|\b(?:client|host|ip|address|from)[ =:]{1,2})(\d{1,3}(?:\.\d{1,3}){3})(?![\d.]*\.[a-z])"
)

_MAILBOX = regex(r"(?<![\w.+@-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z][a-z0-9-]{1,62}", re.ASCII)
# "... Reference <4f3c@mx.example.net>": the name of a message, not of a mailbox.
_OF_MESSAGE = regex(r"\b(?:(?:message|queue|mail|e?smtp|log)?[ -]?id|ref(?:erence)?)\b[ :=#(<\[\"']{0,4}\Z")
_PAGE = regex(r"https?://[^\s\x00-\x1f\x7f-\x9f<>\"']{4,300}")
# What stands before a place to turn to; of "mail" only where it is what one is told to do.
_TURN_TO = regex(
    r"\b(?:contact|ask|write|report|support|unblock|delist|removal|see|visit|questions?|appeal)\b"
    r"|\bmail (?:to|us)\b|\be-?mail(?: us| me)?(?: at| to)?:?[ <(]{0,3}\Z|\bmailto:\Z"
)
_NEAR = 80
"""Characters between such a word and a mailbox."""
# "try again in 300 seconds", "come back in 00:05:00", "retry after 5 minutes", "in 300 Sekunden".
_WAIT = regex(
    r"(?:again|retry|back|wait|erneut|nouveau|nuevo|riprova\w{0,4}|opnieuw|igen|ponownie)[^\d]{0,40}?"
    r"(?:(\d{1,2}):(\d\d):(\d\d)"
    r"|(\d{1,5}) {0,2}(s(?![a-z])|se[ckg]|m(?![a-z])|min|h(?![a-z])|hour|stund|heure|hora|uur))"
)
# "blocked for the day", "banned for 24 hours", "refused for the next hour".
_LASTS = regex(
    r"\b(?:blocked|banned|denied|refused|rejected|throttled|suspended|locked out|limited)\b[^.;:@]{0,40}? "
    r"for (?:the )?(?:(?:rest|remainder) of )?(?:the )?(?:next )?(?:an? |one )?(\d{1,3})? ?"
    r"(minute|hour|day)s?\b"
)
_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
# By the first letters of the unit; of "stund" the first alone would be seconds.
_SECONDS = {"st": 3600, "s": 1, "m": 60, "h": 3600, "u": 3600}


def listed_address(text: str) -> Candidate | None:
    """The address that the reply shows backwards, as it was asked for at a list that we know."""
    for match in _ASKED.finditer(text[:_LONGEST_READ].lower()):
        ip = parse_ip(".".join(reversed(match.groups()[:4])))
        zone = match[5].rstrip(".-")
        if ip is not None and not leads_nowhere(ip) and blocklists().by_zone(zone) is not None:
            return Candidate(str(ip), "diagnostic", sure=True)
    return None


def spf_identity_quoted(text: str) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Candidates for the envelope sender and the HELO name, as the receiver's SPF test names them.

    A test of the HELO name (RFC 7208 section 2.3) is that of the null sender, whatever the mail's sender is.
    """
    null = Candidate("<>", "diagnostic", sure=True)
    match = _WHY.search(text[:_LONGEST_READ])
    if match is None:
        tested = _HELO_TESTED.search(text[:_LONGEST_READ].lower())
        return ((null,) if tested else (), ())
    identity = unquote(match[2])
    if match[1].lower() == "helo":
        return (null,), (Candidate(identity.rpartition("@")[2], "diagnostic", sure=True),)
    return ((Candidate(identity, "diagnostic", sure=True),) if "@" in identity else (), ())


def blames_record(failure: Failure | None) -> bool:
    """Whether the receiver says that the SPF record itself is broken, whatever address it is asked for."""
    if failure is None:
        return False
    text = failure.diagnostic[:_LONGEST_READ].lower()
    return "spf" in text and ((failure.status or "").endswith(".7.24") or _BROKEN.search(text) is not None)


def unknown_helo(failure: Failure | None) -> str | None:
    """The HELO name that the receiver says it cannot find in DNS, where that is what it refuses for."""
    if failure is None:
        return None
    match = _HELO_UNKNOWN.search(failure.diagnostic[:_LONGEST_READ].lower())
    return match[1] if match is not None else None


def private_client(failure: Failure | None) -> str | None:
    """The private address that the receiver took for the sender's, where its reply names no other."""
    if failure is None:
        return None
    named = [ip for ip in map(parse_ip, _ADDRESS.findall(failure.diagnostic[:_LONGEST_READ].lower())) if ip]
    named = [ip for ip in named if str(ip) != failure.remote_ip and not ip.is_loopback]
    if not named or not all(leads_nowhere(ip) for ip in named):
        return None
    return str(named[0]) if int(named[0]) >> 24 else None


def wait_asked_for(failure: Failure | None) -> timedelta | None:
    """How long the receiver wants a sender to wait before it tries again, where the reply says so."""
    match = _WAIT.search(failure.diagnostic[:_LONGEST_READ].lower()) if failure is not None else None
    if match is None:
        return None
    if match[5]:
        seconds = next(size for letters, size in _SECONDS.items() if match[5].startswith(letters))
        return timedelta(seconds=int(match[4]) * seconds)
    return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3]))


def block_lasts(failure: Failure | None) -> timedelta | None:
    """For how long the receiver says that it refuses, where the reply says so."""
    match = _LASTS.search(failure.diagnostic[:_LONGEST_READ].lower()) if failure is not None else None
    return None if match is None else int(match[1] or 1) * _UNITS[match[2]]


def new_address(inputs: Inputs) -> str | None:
    """The address that a reply gives in place of the recipient's ("551 please try <ann@new.example>")."""
    mine = (inputs.recipient or "").partition("@")[0].lower()
    # Whoever moved, moved to no office.
    offices = role_mailboxes().offices
    of_person = (one[0] for one in _mailboxes(inputs) if mine in offices or _local(one[0]) not in offices)
    return next(of_person, None)


def contact(inputs: Inputs) -> str | None:
    """Whom the reply itself names to turn to: a mailbox, or a page, after a word that says so."""
    text = _said(inputs).lower()
    for one in _mailboxes(inputs):
        before = text[max(0, one.start() - _NEAR) : one.start()].rpartition("://")[2]
        if _TURN_TO.search(before) is not None and _local(one[0]) not in role_mailboxes().read_by_nobody:
            return one[0]
    for one in _PAGE.finditer(_said(inputs)):
        if _TURN_TO.search(text[: one.start()]) is not None:
            return one[0].rstrip(".,;)")
    return None


def _mailboxes(inputs: Inputs) -> Iterator[re.Match[str]]:
    """The addresses in the reply that are neither the recipient's nor the sender's, nor a message's name."""
    text = _said(inputs).lower()
    sender = inputs.envelope_sender.value if inputs.envelope_sender is not None else ""
    known = {(one or "").lower() for one in (inputs.recipient, inputs.original_recipient, sender)}
    home = sender.rpartition("@")[2].lower()
    of_sender = f".{home}" if home and home != inputs.recipient_domain else None
    for match in _MAILBOX.finditer(text):
        domain = f".{match[0].rpartition('@')[2]}"
        if match[0] in known or (of_sender is not None and domain.endswith(of_sender)):
            continue
        if _OF_MESSAGE.search(text[: match.start()][-_NEAR:]) is None:
            yield match


def _said(inputs: Inputs) -> str:
    return inputs.failure.diagnostic[:_LONGEST_READ] if inputs.failure is not None else ""


def _local(address: str) -> str:
    return address.partition("@")[0]
