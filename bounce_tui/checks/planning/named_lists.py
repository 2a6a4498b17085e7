"""Which blocklists a reply names, and whether it asked them for an address or for a domain."""

import re

from bounce_tui.check_results import Inputs
from bounce_tui.checks.blocklists.catalog import blocklists
from bounce_tui.checks.names.address import parse_ip
from bounce_tui.model import Diagnosis, Failure
from bounce_tui.regex import regex

_LONGEST_READ = 4000
_ZEN, _DBL = "zen.spamhaus.org", "dbl.spamhaus.org"
_PARTS_OF_ZEN = ("sbl", "xbl", "pbl", "css")
# Postfix's rbl_reply_maps by default: "Sender address [a@example.org] blocked using rhsbl.example.net".
_BLOCKED_USING = regex(r"\[([^\]\s]{1,320})\] blocked using ([a-z0-9][a-z0-9.-]{2,250}[a-z0-9])")
# A name by which lists are called; one that is none proves nothing when it is asked, and so does no harm.
_ZONE = regex(
    r"(?<![\w.@/-])((?:[a-z0-9-]{1,63}\.){0,3}(?:rbl|dnsbl|rhsbl|dnsrbl|bl|dul)\d{0,2}"
    r"\.[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}\.[a-z]{2,20})(?![\w-]|\.\w)"
)
# Spamhaus's pages for one subject, ".../query/domain/example.org" and "...?searchterm=example.org".
_SUBJECT = regex(
    r"spamhaus\.org/[^\s?]{0,80}[/?](?:[a-z]{1,20}=)?([a-z0-9][a-z0-9.-]{1,250}\.[a-z]{2,20})(?![\w.-])"
)


def named_lists(failure: Failure, diagnosis: Diagnosis, inputs: Inputs) -> tuple[str, ...]:
    """The check ids of the lists that the reply names; else of those that the diagnosis knows it to mean
    (IB104 stands for the SBL)."""
    known = blocklists()
    text = failure.diagnostic[:_LONGEST_READ].lower()
    # A list of the receiver's own that the rule read out of the reply.
    own = [check_id.partition(":")[2] for check_id in diagnosis.checks if ":" in check_id]
    zones = known.named_in(text) + tuple(zone for zone in own if "." in zone and zone.lower() in text)
    asked = {zone: subject for subject, zone in _BLOCKED_USING.findall(text) if "." in zone}
    if asked:
        # Whatever else such a reply mentions is a remark.
        zones = tuple(asked)
    else:
        zones += tuple(zone for zone in _ZONE.findall(text) if not any(zone.endswith(one) for one in zones))
    zones = _spamhaus(text, zones, inputs) or diagnosis.lists
    ids = (list_id(zone, of_domain=zone in asked and parse_ip(asked[zone]) is None) for zone in zones)
    return tuple(dict.fromkeys(ids))


def list_id(zone: str, *, of_domain: bool = False) -> str:
    """The id that asks `zone`: for a part of a list the whole, whose answer names the part.  `of_domain`
    tells what a list that we do not know was asked for."""
    entry = blocklists().by_zone(zone)
    if entry is None:
        return f"{'rhsbl' if of_domain else 'dnsbl'}:{zone}"
    return f"{'rhsbl' if entry.of_domains else 'dnsbl'}:{entry.zone}"


def _spamhaus(text: str, zones: tuple[str, ...], inputs: Inputs) -> tuple[str, ...]:
    """Spamhaus has a list of addresses and one of domains, and receivers write its name alone."""
    if _ZEN not in zones or _ZEN in text:
        return zones
    if _SUBJECT.search(text) is not None:
        return tuple(_DBL if zone == _ZEN else zone for zone in zones)
    by_address = inputs.sending_ip is not None and inputs.sending_ip.source == "diagnostic"
    if by_address or any(re.search(rf"\b{part}\b", text) for part in _PARTS_OF_ZEN):
        return zones
    return (*zones, _DBL)
