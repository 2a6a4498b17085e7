"""The kinds of checks: for each id its module, what it looks at, its time limit and who sees it.

A check is added by one module in kinds/ with `async def check(check, inputs, lookup)` and one
line here.
"""

from collections.abc import Callable

from msgspec import Struct

from bounce_tui.check_results import Inputs
from bounce_tui.checks.authentication.exchange_online import NO_ADDRESS, hides_address
from bounce_tui.checks.blocklists.catalog import Blocklist, blocklists
from bounce_tui.checks.planning.inputs import sender_domain, spf_identity


class Kind(Struct, frozen=True):
    """One kind of check.

    `subject` gives what it looks at ("" when the bounce does not tell), `missing` the words for
    that, `by_ip` whether it needs the sending IP, `seconds` its time limit, `seen_by` who sees the query
    besides the resolver ("its" being what it looks at).  One that is `on_request` is in no plan: it
    knocks at somebody's door.
    """

    module: str
    subject: Callable[[Inputs], str]
    missing: str
    seconds: float
    seen_by: str
    on_request: bool = False
    by_ip: bool = False

    def missing_of(self, inputs: Inputs) -> str:
        """Why this check cannot start with `inputs`."""
        return NO_ADDRESS if self.by_ip and hides_address(inputs) else self.missing


UNKNOWN_IP = "the sending IP"
_NO_IP = "the bounce does not tell the sending IP: put it into the inputs"
_REGISTRY = "its registry and rdap.org"
_NO_SENDER = "the bounce does not tell the sender: put it into the inputs"
_NO_RECIPIENT = "the bounce does not tell a recipient with a domain: put it into the inputs"


def _recipient(inputs: Inputs) -> str:
    return inputs.recipient_domain or ""


def _ip(inputs: Inputs) -> str:
    return inputs.sending_ip.value if inputs.sending_ip else ""


def _ip_or_words(inputs: Inputs) -> str:
    return _ip(inputs) or UNKNOWN_IP


def _sender(inputs: Inputs) -> str:
    found = sender_domain(inputs)
    return found.value if found else ""


def _spf_domain(inputs: Inputs) -> str:
    identity = spf_identity(inputs)
    # A record that is not there, or broken, is so for every address.
    return identity[1] if identity else ""


def _listed_domain(inputs: Inputs) -> str:
    return _from(inputs) or _sender(inputs)


def _from(inputs: Inputs) -> str:
    return inputs.from_domain.value if inputs.from_domain else ""


def _signed(inputs: Inputs) -> str:
    """The From domain of a returned message, which a signature should be of."""
    if inputs.original is None or not inputs.original.content:
        return ""
    return _from(inputs) or "the returned message"


KINDS: dict[str, Kind] = {
    "domain": Kind("domain", _recipient, _NO_RECIPIENT, 15, "its name servers"),
    "mx": Kind("mx", _recipient, _NO_RECIPIENT, 15, "its name servers and those of its mail hosts"),
    "sender-domain": Kind("sender_domain", _sender, _NO_SENDER, 15, "its name servers"),
    "ptr": Kind("ptr", _ip, _NO_IP, 15, "its reverse zone's name servers", by_ip=True),
    "spf": Kind(
        "spf",
        _spf_domain,
        "SPF needs the sending IP and the envelope sender (or HELO): put them into the inputs",
        # RFC 7208 gives one evaluation 20 seconds; the repair evaluates again, mostly from the cache.
        30,
        "its name servers and those of every domain that its record includes",
        by_ip=True,
    ),
    "tls": Kind("tls", _recipient, _NO_RECIPIENT, 15, "its name servers and those of its mail hosts"),
    "dkim": Kind(
        "dkim",
        _signed,
        "the bounce does not bring back the message, so its DKIM signatures cannot be tried",
        15,
        "the name servers of the domains that signed, and of those above the From domain",
    ),
    "dmarc": Kind("dmarc", _from, _NO_SENDER, 15, "its name servers and those of the domains above it"),
    "bimi": Kind("bimi", _from, _NO_SENDER, 15, "its name servers and those of the domains above it"),
    "dnsbl": Kind("dnsbl", _ip, _NO_IP, 15, "{operator}", by_ip=True),
    "rhsbl": Kind("rhsbl", _listed_domain, _NO_SENDER, 15, "{operator}"),
    "owner": Kind("owner", _ip, _NO_IP, 15, "Team Cymru and Abusix", by_ip=True),
    "smtp": Kind(
        "smtp",
        _recipient,
        _NO_RECIPIENT,
        90,
        "its name servers and its mail host, which learns this machine's address, the sender and the "
        "recipient",
        on_request=True,
    ),
    "rdap": Kind("rdap", _recipient, _NO_RECIPIENT, 30, _REGISTRY, on_request=True),
    "sender-rdap": Kind("rdap", _sender, _NO_SENDER, 30, _REGISTRY, on_request=True),
    "link": Kind("link", _ip_or_words, _NO_IP, 1, "", by_ip=True),
}


def kind_of(check_id: str) -> Kind | None:
    """The kind of a check id ("dnsbl:zen.spamhaus.org" is of kind dnsbl), or None."""
    return KINDS.get(check_id.partition(":")[0])


def list_of(check_id: str) -> Blocklist | None:
    """The blocklist that a dnsbl or rhsbl id asks, or None where we do not know it."""
    return blocklists().by_zone(check_id.partition(":")[2])
