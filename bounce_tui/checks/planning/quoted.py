"""What the reply says of the sender as the receiver saw it: its address, its HELO name, its SPF identity."""

import re
from urllib.parse import unquote

from bounce_tui.check_results import Inputs
from bounce_tui.checks.blocklists.catalog import blocklists
from bounce_tui.checks.names.address import leads_nowhere, parse_ip
from bounce_tui.checks.planning.quoted_words import LONGEST_READ
from bounce_tui.domain_name import domain_of
from bounce_tui.model import Candidate, Failure
from bounce_tui.regex import regex

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
# What receivers call the From header, and say of a domain without records; of SPF and its kin they say other
# things.
_OF_AUTHOR = regex(r"\bfrom[ :-]{0,2} ?header\b|\bheader[ -]?from\b|\bfrom[ -]domain\b|\brfc\.?5322\.?from\b")
_NOT_IN_DNS = regex(
    r"\bno (?:valid |usable )?(?:mx|a|aaaa|dns)\b|\bno such domain\b|\bnxdomain\b|\bunresolvable\b"
    r"|\b(?:not|cannot be|n't) (?:exist|resolv|found)"
)
_OF_AUTHENTICATION = regex(r"\b(?:spf|dkim|dmarc)\b")
# An address as the client's: in brackets, or after a word for it.
_ADDRESS = regex(
    r"(?:\[|\(|\b(?:client|host|ip|address|from)[ =:]{1,2})(\d{1,3}(?:\.\d{1,3}){3})(?![\d.]*\.[a-z])"
)

_HOST_NAME = regex(r"(?:[a-z0-9][a-z0-9-]{0,62}\.){1,8}[a-z][a-z0-9-]{1,62}", re.ASCII)


def listed_address(text: str) -> Candidate | None:
    """The address that the reply shows backwards, as it was asked for at a list that we know."""
    for match in _ASKED.finditer(text[:LONGEST_READ].lower()):
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
    match = _WHY.search(text[:LONGEST_READ])
    if match is None:
        tested = _HELO_TESTED.search(text[:LONGEST_READ].lower())
        return ((null,) if tested else (), ())
    identity = unquote(match[2])
    if match[1].lower() == "helo":
        return (null,), (Candidate(identity.rpartition("@")[2], "diagnostic", sure=True),)
    return ((Candidate(identity, "diagnostic", sure=True),) if "@" in identity else (), ())


def blames_record(failure: Failure | None) -> bool:
    """Whether the receiver says that the SPF record itself is broken, whatever address it is asked for."""
    if failure is None:
        return False
    text = failure.diagnostic[:LONGEST_READ].lower()
    return "spf" in text and ((failure.status or "").endswith(".7.24") or _BROKEN.search(text) is not None)


def unknown_helo(failure: Failure | None) -> str | None:
    """The HELO name that the receiver says it cannot find in DNS, where that is what it refuses for."""
    if failure is None:
        return None
    match = _HELO_UNKNOWN.search(failure.diagnostic[:LONGEST_READ].lower())
    return match[1] if match is not None else None


def from_domain_blamed(failure: Failure | None, inputs: Inputs) -> str | None:
    """The From header's domain, where the reply names it and the mail's envelope sender is of another domain,
    which the reply does not name."""
    author, envelope = inputs.from_domain, inputs.envelope_sender
    if failure is None or author is None or envelope is None:
        return None
    sender = domain_of(envelope.value)
    if sender is None or sender == author.value:
        return None
    named = set(_HOST_NAME.findall(failure.diagnostic[:LONGEST_READ].lower()))
    return author.value if author.value in named and sender not in named else None


def unknown_author(failure: Failure | None, inputs: Inputs) -> str | None:
    """The From header's domain, where the receiver refuses the mail since it does not find that in DNS."""
    domain = from_domain_blamed(failure, inputs)
    if failure is None or domain is None:
        return None
    text = failure.diagnostic[:LONGEST_READ].lower()
    is_missed = _OF_AUTHOR.search(text) is not None and _NOT_IN_DNS.search(text) is not None
    return domain if is_missed and _OF_AUTHENTICATION.search(text) is None else None


def private_client(failure: Failure | None) -> str | None:
    """The private address that the receiver took for the sender's, where its reply names no other."""
    if failure is None:
        return None
    named = [ip for ip in map(parse_ip, _ADDRESS.findall(failure.diagnostic[:LONGEST_READ].lower())) if ip]
    named = [ip for ip in named if str(ip) != failure.remote_ip and not ip.is_loopback]
    if not named or not all(leads_nowhere(ip) for ip in named):
        return None
    return str(named[0]) if int(named[0]) >> 24 else None
