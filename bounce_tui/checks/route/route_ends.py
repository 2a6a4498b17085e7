"""Where the present mail route leads, against the hosts that the bounce tells of."""

from bounce_tui.check_outcome import RouteEnd
from bounce_tui.check_results import Inputs
from bounce_tui.checks.authentication.sending_services import sending_service
from bounce_tui.checks.dns.answer import Lookup, RecordType
from bounce_tui.checks.names.address import parse_ip
from bounce_tui.checks.planning.inputs import sender_domain
from bounce_tui.checks.route.mail_route import MailRoute
from bounce_tui.domain_name import base_domain, to_ascii

_LONGEST_READ = 4000
_ADDRESS_TYPES: tuple[RecordType, ...] = ("A", "AAAA")
_LOOP = ("loops back to", "loop back to", "points back to", "pointing back to")

# Words of a server that looked for the mailbox on itself: cPanel's and Postfix'.
_BY_ITSELF = ("no such user here", "virtual mailbox table", "virtual alias table", "local recipient table")


async def end_of(route: MailRoute, inputs: Inputs, lookup: Lookup) -> RouteEnd | None:
    """Where a reply speaks of a loop: "home" when the best mail host is the reporting server itself, "away"
    when it is not.  Else "same" when the host that refused is among the mail hosts ("renumbered" when
    it has other addresses now), "elsewhere" when its address is none of theirs; "kept" when the sending
    server asked no other host, and is no mail host itself.  None when the bounce does not tell."""
    failure = inputs.failure
    if failure is None:
        return None
    said = failure.diagnostic[:_LONGEST_READ].lower()
    if any(words in said for words in _LOOP):
        return await _loop(route, inputs, lookup)
    is_alone = failure.remote_mta is None and failure.remote_ip is None
    if is_alone and any(words in said for words in _BY_ITSELF):
        return "kept" if await _is_kept(route, inputs, lookup) else None
    usable = [exchange for exchange in route.exchanges if exchange.usable]
    remote = to_ascii(failure.remote_mta) if failure.remote_mta else None
    ip = parse_ip(failure.remote_ip) if failure.remote_ip else None
    named = [exchange for exchange in usable if exchange.host == remote]
    if named:
        is_there = ip is None or any(str(ip) in exchange.addresses for exchange in usable)
        return "same" if is_there else "renumbered"
    # Sendmail and Exim's short form tell the name alone: what it leads to now is as good.
    refused = {str(ip)} if ip is not None else await _addresses(remote, lookup)
    if not refused:
        return None
    return "same" if any(not refused.isdisjoint(one.addresses) for one in usable) else "elsewhere"


async def _is_kept(route: MailRoute, inputs: Inputs, lookup: Lookup) -> bool:
    """Whether the server that took the mail from its sender, and decided alone, is surely no mail host: of
    another organization than all of these and than the recipient, and at none of their addresses.  Many
    formats leave out who else said no, so that only mail within one domain tells of a server that keeps it.
    """
    host, sender = inputs.helo, sender_domain(inputs)
    if sender is None or base_domain(sender.value) != base_domain(route.domain):
        return False
    if host is None or host.source != "reporting_mta" or host.value.count(".") < 2:
        return False
    home = base_domain(host.value)
    if home in {base_domain(name) for name in (route.domain, *(one.host for one in route.exchanges))}:
        return False
    if sending_service(host.value) is not None:
        return False
    known = {address for one in route.exchanges for address in one.addresses}
    return known.isdisjoint(await _addresses(host.value, lookup))


async def _addresses(host: str | None, lookup: Lookup) -> set[str]:
    if host is None:
        return set()
    return {record for rdtype in _ADDRESS_TYPES for record in (await lookup.query(host, rdtype)).records}


async def _loop(route: MailRoute, inputs: Inputs, lookup: Lookup) -> RouteEnd | None:
    reporter = to_ascii(inputs.reporting_mta) if inputs.reporting_mta else None
    addresses = {inputs.sending_ip.value} if inputs.sending_ip is not None else set()
    addresses |= await _addresses(reporter, lookup)
    best = min((exchange.preference for exchange in route.exchanges if exchange.usable), default=0)
    nearest = [exchange for exchange in route.exchanges if exchange.usable and exchange.preference == best]
    if any(exchange.host == reporter or not addresses.isdisjoint(exchange.addresses) for exchange in nearest):
        return "home"
    return "away" if reporter is not None and addresses else None
