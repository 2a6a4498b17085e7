"""Whether a mail that SPF refuses was forwarded: the sender's domain then has nothing to mend."""

from email.utils import getaddresses
from typing import Literal

from msgspec import Struct

from bounce_tui.check_results import Inputs
from bounce_tui.checks.authentication.spf import evaluate
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.names.address import leads_nowhere, parse_ip
from bounce_tui.checks.names.public_suffix import registered_domain
from bounce_tui.domain_name import domain_of, parents, to_ascii
from bounce_tui.model import Hop, Original

_MOST_HOPS = 3
_MOST_ADDRESSED = 5
_LONGEST = 2000
# RFC 3848: the client gave a password, so it is a sender's machine and no server before this one.
_BY_LOGIN = ("ESMTPA", "ESMTPSA", "LMTPA", "LMTPSA", "HTTP", "HTTPS")


class Forwarding(Struct, frozen=True):
    """`likelihood` is "sure" where the mail itself shows the forwarding, "foreign" where the sender's domain
    is none of the admin's, "strange_host" where the sending host has another domain's name, "none" where
    nothing speaks for it.  `why` is a line that says what was seen."""

    likelihood: Literal["sure", "foreign", "strange_host", "none"]
    why: str = ""


async def forwarding(domain: str, sender: str, inputs: Inputs, lookup: Lookup) -> Forwarding:
    """What speaks for it that the sending IP forwarded the mail of `sender`, whose domain is `domain`."""
    redirected = await _redirected(domain, inputs)
    if redirected is not None:
        return Forwarding("sure", redirected)
    if _is_of(domain, inputs.own_domains):
        return Forwarding("none")
    handed_over = await _handed_over(domain, sender, inputs, lookup)
    if handed_over is not None:
        return Forwarding("sure", handed_over)
    if inputs.own_domains:
        return Forwarding("foreign", f"{domain} is none of your own domains")
    helo = inputs.helo.value if inputs.helo else None
    if helo is not None and not await _same_owner(helo, domain):
        return Forwarding("strange_host", f"the sending host calls itself {helo}, which is not of {domain}")
    return Forwarding("none")


async def _redirected(domain: str, inputs: Inputs) -> str | None:
    """The recipient that was written to is another domain's than the one that refused (RFC 3461 section 4.2),
    and no alias of the sender's own domain."""
    first = domain_of(inputs.original_recipient) if inputs.original_recipient else None
    if first is None or inputs.recipient_domain is None or await _same_owner(first, inputs.recipient_domain):
        return None
    if _is_of(first, inputs.own_domains) or await _same_owner(first, domain):
        return None
    return f"the mail was written to {inputs.original_recipient} and passed on to {inputs.recipient}"


async def _handed_over(domain: str, sender: str, inputs: Inputs, lookup: Lookup) -> str | None:
    """A server that the sender's domain allows gave the mail to one of the domain that it was written to, and
    another domain refused it."""
    original = inputs.original
    if original is None or inputs.recipient_domain is None:
        return None
    addressed = _addressed(original)
    if inputs.recipient_domain in addressed:
        return None
    asked = 0
    for hop in original.hops:
        ip = _public_client(hop, inputs)
        by = to_ascii(hop.by) if hop.by and len(hop.by) < _LONGEST else None
        if ip is None or by is None or await _same_owner(by, domain):
            continue
        if not any([await _same_owner(by, one) for one in addressed]):
            continue
        asked += 1
        if asked > _MOST_HOPS:
            break
        if (await evaluate(ip, sender, hop.helo or domain, lookup)).result == "pass":
            return f"{ip}, which {domain} allows, had handed the mail to {by}, where it was written to"
    return None


def _public_client(hop: Hop, inputs: Inputs) -> str | None:
    """The public address that this hop came from, unless it is the sending IP itself or gave a password."""
    ip = parse_ip(hop.from_ip or "")
    if ip is None or leads_nowhere(ip) or (hop.protocol or "").upper() in _BY_LOGIN:
        return None
    return None if inputs.sending_ip is not None and str(ip) == inputs.sending_ip.value else str(ip)


def _addressed(original: Original) -> list[str]:
    """The domains that the message was written to, a few of them."""
    if original.to is None or len(original.to) > _LONGEST:
        return []
    domains = (domain_of(address) for _, address in getaddresses([original.to]))
    return [domain for domain in dict.fromkeys(domains) if domain is not None][:_MOST_ADDRESSED]


def _is_of(domain: str, owned: tuple[str, ...]) -> bool:
    return any(one in owned for one in (domain, *parents(domain)))


async def _same_owner(one: str, other: str) -> bool:
    if one == other:
        return True
    above = await registered_domain(one)
    return above is not None and above == await registered_domain(other)
