"""Mail that left through Exchange Online: how that is seen, and what its reports do not tell."""

from typing import Final

from bounce_tui.check_results import Inputs
from bounce_tui.domain_name import base_domain

_EXCHANGE_ONLINE: Final = ("outlook.com", "exchangelabs.com")
INCLUDE: Final = "include:spf.protection.outlook.com"
NO_ADDRESS: Final = "Exchange Online's outgoing IP is not in this report"


def left_through(inputs: Inputs) -> bool:
    """True for mail that began in Exchange Online and left through it.  It signs at the very end: its reports
    return the message as it was before, and name none of the addresses that others see."""
    if not _is_of(inputs.reporting_mta):
        return False
    remote = inputs.failure.remote_mta if inputs.failure is not None else None
    if remote is not None and not _is_of(remote):
        return True
    # Where one tenant refuses another's mail, what came from outside came signed.
    hops = inputs.original.hops if inputs.original is not None else ()
    if not hops:
        # Who gets mail puts a Received field above it (RFC 5321 section 4.4).
        answered = inputs.failure is not None and inputs.failure.reply_code is not None
        return answered and inputs.original is not None and bool(inputs.original.content)
    return all(_is_of(hop.by) for hop in hops) and not any(
        hop.from_host is not None and not _is_of(hop.from_host) for hop in hops
    )


def hides_address(inputs: Inputs) -> bool:
    """Whether the sending IP is unknown because Exchange Online does not tell it."""
    return inputs.sending_ip is None and left_through(inputs)


def _is_of(host: str | None) -> bool:
    name = (host or "").lower().rstrip(".")
    return name.endswith((".outlook.com", ".exchangelabs.com")) and base_domain(name) in _EXCHANGE_ONLINE
