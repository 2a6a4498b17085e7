"""What the reply itself says of the sender as the receiver saw it: list queries, SPF identities,
HELO names, addresses."""

import re
from urllib.parse import unquote

from bounce_tui.checks.address import leads_nowhere, parse_ip
from bounce_tui.checks.blocklists import blocklists
from bounce_tui.model import Candidate, Failure

_LONGEST_READ = 4000
# The name that a list was asked for: octets, last first, before a zone (RFC 5782 section 2.1).
_ASKED = re.compile(r"(?<![\w.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.([a-z][a-z0-9.-]{3,100})")
# The explanation's link of openspf.org, which policyd-spf and its kin print: s=helo;id=NAME.
_WHY = re.compile(r"(?:[?;&\s]|^)s=(mfrom|helo)(?:;|&amp;|&|%3b)id=([^;&\s>\"']{1,320})", re.IGNORECASE)
_HELO_TESTED = re.compile(
    r"spf[ -]helo|helo (?:identity|spf)|spf (?:fail\w* |check |\w{1,12} )?(?:for|of) helo"
)
# Postfix's reject_unknown_helo_hostname and what others say of a HELO name without records.
_HELO_UNKNOWN = re.compile(
    r"<?([a-z0-9][a-z0-9.-]{2,250}\.[a-z][a-z0-9-]{1,62})>?:? {0,2}(?:helo|ehlo) command rejected: "
    r"(?:host not found|domain not found|malformed dns)"
)
# An address as the client's: in brackets, or after a word for it.
_ADDRESS = re.compile(
    r"(?:\[|\(|\b(?:client|host|ip|address|from)[ =:]{1,2})(\d{1,3}(?:\.\d{1,3}){3})(?![\d.]*\.[a-z])"
)


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
