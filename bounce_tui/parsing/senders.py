"""Who sent the mail that bounced: candidates for the sending IP, the envelope sender and the HELO.

The order is that of a study of 629 real bounces: the address that the receiver quotes; the client
in the Received header of a reporting MTA that refused the mail itself; the reporting MTA where it was
the client, as the bounce's own Received headers show it.  Never the host that "said" something, never
loopback or private addresses.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from bounce_tui.model import Candidate, Failure, Hop
from bounce_tui.parsing.addresses import clean, domain_of, unwrap
from bounce_tui.parsing.delivery_status import DeliveryStatus
from bounce_tui.parsing.networks import all_public, public
from bounce_tui.parsing.original import return_path_of
from bounce_tui.parsing.received import envelope_from, read_client, read_hop
from bounce_tui.parsing.report import Report

MOST_DIAGNOSTICS = 50
_MOST_HOPS = 10

# Words beside an address that make it the client's, and those that make it the server's.
_OF_CLIENT = re.compile(
    r"(?:client|sending|sender|your|source|origin|connecting|block|blocked|blocklist|blacklist|listed"
    r"|banned|from"
    r"|ip|address|server|host|hi|hello|for|rdns|ptr|rbl|is|was)[^\w]{0,4}(?:ip|host|address|server|mta)?"
    r"[\s\[(=:<'\"]{0,5}$"
)
_OF_SERVER = re.compile(
    r"(?:host|relay|server|connection|connect|connected|to|with)\s+(?:to )?[\w.-]{0,255}\s?[\[(]{0,2}$"
)
_AFTER_CLIENT = re.compile(
    r"[\])>'\"]{0,2}\s{0,3}(?:is|has been|was|blocked|listed|rejected|not allowed|banned|temporarily)"
    r"|\s{2,}\d{1,3}\]"
    r"|\s\d{1,3}\]"
)
_AFTER_SERVER = re.compile(
    r"\]?\)?(?::\d{1,5})?\]?\)?:?\s{0,3}(?:said|refused|responded|returned|does not like|failed after"
    r"|timed? ?out|:\s|connection)"
)


_CONNECTED = re.compile(r"onnection established \(\[?([0-9a-fA-F.:]{3,45}?)\]?:\d{1,5} ?-> ?")


class Senders(Struct, frozen=True, gc=False):
    """The candidates that one report gives, each kind likeliest first."""

    sending_ips: tuple[Candidate, ...] = ()
    envelope_senders: tuple[Candidate, ...] = ()
    helos: tuple[Candidate, ...] = ()


def find_senders(report: Report, status: DeliveryStatus | None, failures: Sequence[Failure]) -> Senders:
    """The candidates of `report`; `status` is its machine-readable part, `failures` what was read."""
    some = failures[:MOST_DIAGNOSTICS]
    reporter = status.reporting_mta.lower() if status is not None and status.reporting_mta else None
    if reporter is None and some and status is None:
        reporter = report.speaker or report.sender_domain
    local = bool(some) and all(_is_local(one, reporter) for one in some)
    ips = _quoted(some)
    client: Hop | None = None
    if local:
        ours = _same_house(reporter, domain_of(some[0].recipient))
        client = _client_hop(report, reporter)
        if client is not None and client.from_ip is not None:
            ips.append(Candidate(public(client.from_ip) or client.from_ip, "received", ours))
        elif status is not None and status.received_from_mta:
            ips.extend(
                Candidate(address, "received_from_mta", ours)
                for address, _ in all_public(status.received_from_mta)[:1]
            )
    if status is None and some:
        ips.extend(_connected(report.text))
    if reporter is not None:
        address = _way_of(report, reporter)
        if address is not None:
            ips.append(Candidate(address, "received", not local))
    return Senders(
        sending_ips=_likeliest(ips) if len(ips) > 1 else tuple(ips),
        envelope_senders=_envelope_senders(report, status),
        helos=_helos(client, reporter, local=local),
    )


def _likeliest(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    """Each value once, the sure ones first, else in order."""
    candidates.sort(key=lambda one: not one.sure)
    return tuple({one.value: one for one in reversed(candidates)}.values())[::-1]


def _quoted(failures: Sequence[Failure]) -> list[Candidate]:
    """Addresses that a receiver quotes in its reply."""
    found: list[Candidate] = []
    seen = set()
    for failure in failures:
        text = failure.diagnostic
        if text in seen or ("." not in text and ":" not in text):
            continue
        seen.add(text)
        for address, at in all_public(text):
            end = at + len(address)
            before = text[max(0, at - 60) : at].lower()
            of_client = _OF_CLIENT.search(before) or _AFTER_CLIENT.match(text, end)
            of_server = _OF_SERVER.search(before) or _AFTER_SERVER.match(text, end)
            if address == failure.remote_ip or (of_server and not _AFTER_CLIENT.match(text, end)):
                continue
            found.append(Candidate(address, "diagnostic", of_client is not None))
    return found


def _connected(text: str) -> list[Candidate]:
    """Our end of the connection in MDaemon's transcript."""
    at = text.find("onnection established (")
    own = _CONNECTED.match(text, at) if at >= 0 else None
    address = public(own[1]) if own is not None else None
    return [Candidate(address, "transcript", True)] if address is not None else []


def _is_local(failure: Failure, reporter: str | None) -> bool:
    """True when the reporting MTA decided itself and quotes nobody."""
    if failure.remote_ip is not None or failure.command is not None:
        return False
    return failure.remote_mta is None or _same_host(failure.remote_mta, reporter)


def _client_hop(report: Report, reporter: str | None) -> Hop | None:
    """The hop by which the reporting MTA got the mail from a public address."""
    if report.original_head is None:
        return None
    for value in report.original_head.each("received", _MOST_HOPS):
        hop = read_hop(value, dated=False)
        if public(hop.from_ip) is not None and (reporter is None or _same_house(hop.by, reporter)):
            return hop
    return None


def _way_of(report: Report, reporter: str) -> str | None:
    """The address from which the reporting MTA sent the report, by the report's own Received fields."""
    if reporter not in report.head.text.lower():
        return None
    for value in report.head.each("received", _MOST_HOPS):
        if reporter not in value[:300].partition(" by ")[0].lower():
            continue
        helo, host, ip = read_client(value)
        if _same_host(host, reporter) or _same_host(helo, reporter):
            address = public(ip)
            if address is not None:
                return address
    return None


def _envelope_senders(report: Report, status: DeliveryStatus | None) -> tuple[Candidate, ...]:
    found: dict[str, Candidate] = {}
    original = report.original_head
    if original is not None:
        _add(found, return_path_of(original), "return_path", sure=True)
    if status is not None:
        _add(found, status.sender, "x_postfix_sender", sure=True)
    if original is not None:
        _add(found, envelope_from(original), "received", sure=True)
    _add(found, clean(report.head.raw("to")), "outer_to", sure=False)
    return tuple(found.values())


def _add(found: dict[str, Candidate], address: str | None, source: str, *, sure: bool) -> None:
    if not address or "@" not in address:
        return
    found.setdefault(address.lower(), Candidate(address, source, sure))
    inner = unwrap(address)
    if inner is not None:
        found.setdefault(inner[0].lower(), Candidate(inner[0], inner[1], False))


def _helos(client: Hop | None, reporter: str | None, *, local: bool) -> tuple[Candidate, ...]:
    found: dict[str, Candidate] = {}
    if client is not None and client.helo:
        found[client.helo.lower()] = Candidate(client.helo, "received", True)
    if reporter is not None:
        found.setdefault(reporter, Candidate(reporter, "reporting_mta", not local))
    return tuple(found.values())


def _same_host(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.lower().rstrip(".") == other.lower().rstrip(".")


def _same_house(one: str | None, other: str | None) -> bool:
    """True when two names end in the same two labels: near enough for a hint that is marked as one."""
    if one is None or other is None:
        return False
    return one.lower().rstrip(".").split(".")[-2:] == other.lower().rstrip(".").split(".")[-2:]
