"""Who sent the mail that bounced: candidates for the sending IP, the envelope sender and the HELO.

The order is that of a study of 629 real bounces: the address that the receiver quotes; the client
in the Received header of a reporting MTA that refused the mail itself; the reporting MTA where it was
the client, as the bounce's own Received headers show it.  Never the host that "said" something, never
the receiver's own server that sent the bounce, never loopback or private addresses.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct

from bounce_tui.domain_name import base_domain, written_domain
from bounce_tui.model import Candidate, Failure
from bounce_tui.parsing.addresses import clean, unwrap
from bounce_tui.parsing.delivery_status import DeliveryStatus
from bounce_tui.parsing.inside_exchange_online import is_inside
from bounce_tui.parsing.public_address import all_public, public
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.returned_message.original import return_path_of
from bounce_tui.parsing.returned_message.received import envelope_from, read_way
from bounce_tui.regex import regex

MOST_DIAGNOSTICS: Final = 50
Named = tuple[str, str]
"""An address, and the field that names it."""
_MOST_HOPS: Final = 10

# Words beside an address that make it the client's, and those that make it the server's.
_OF_CLIENT: Final = regex(
    r"(?:client|sending|sender|your|source|origin|connecting|block|blocked|blocklist|blacklist|listed"
    r"|banned|from"
    r"|ip|address|server|host|hostname|hi|hello|for|rdns|ptr|rbl|is|was|designate|permit|allow|authori[sz]e"
    r"|\bspf[ :=-]{1,3}(?:(?:soft|hard)?fail(?:ed|ure|s)?|(?:perm|temp)error|check failed))"
    r"[^\w]{0,4}(?:ip|host|address|server|mta)?"
    r"[\s\[(=:<'\"]{0,5}$"
)
# Words that only a client is called by, so that what stands behind the address has no say: "client NAME
# [192.0.2.1]: SPF fail", "SPF permerror for example.com from 192.0.2.1: too many lookups",
# "Reverse DNS lookup failed for 192.0.2.1: no PTR".
_SURELY_OF_CLIENT: Final = regex(
    r"(?<![\w-])client(?:'s)?(?: (?:ip|host|address))?[ =:]{0,2}[\w.-]{0,255}\s?[\[(]{0,2}$"
    # "Mail from 192.0.2.1 refused" is no server that refused.
    r"|\b(?:mail|messages?|connections?) from [\[(]?$"
    r"|\bspf\b[^;:\[(]{0,60}\b(?:from|for|da|de|desde|depuis|fra|från|van|vanaf|von) [\[(]?$"
    r"|\b(?:ptr|rdns|reverse[ -](?:dns|name|lookup))\b[^;:\[(]{0,60}\b(?:for|of) [\[(]?$"
)
_OF_SERVER: Final = regex(
    r"(?:host|relay|server|connection|connect|connected|to|with)\s+(?:to )?[\w.-]{0,255}\s?[\[(]{0,2}$"
)
# Of an MX record that holds an address: "unable to look up host 192.0.2.1", "name=192.0.2.1 type=A"; of an
# SPF record: "ip4:192.0.2.1".
_LOOKED_UP: Final = regex(r"(?:\blook ?up (?:host )?|\bname=|\bip[46]:)$")
# A reply about reverse names that shows one address shows its client's: no other has to have one.
_OF_REVERSE_NAME: Final = regex(r"(?i)\bptr\b|\brdns\b|\breverse[ -](?:dns|name|host|lookup|ip|record)")
# Google's: "550-5.7.25 [2001:db8::1] The IP address sending this message does not have a PTR record".
_AT_START: Final = regex(r"\s{0,3}\d{3}[ -](?:\d\.\d{1,3}\.\d{1,3} )?\[(?:ipv6:)?")
# A list's page about one address: ".../query/ip/192.0.2.1", "...?ip=192.0.2.1"; not the page's own host.
_IN_LINK: Final = regex(r"https?://[^\s/]+/[^\s]*$")
# The receiver's resolver, which a list refused to answer: Spamhaus' ".../returnc/pub/192.0.2.53/", URIBL's
# "[Your DNS IP: 192.0.2.53]".
_OF_RESOLVER: Final = regex(
    r"(?:/returnc/[a-z]{1,12}/|\byour dns (?:server )?(?:ip|address)[\s:=(]{1,3}|\bresolver[\s:=(\[]{1,3})$"
)
_AFTER_CLIENT: Final = regex(
    r"[\])>'\"]{0,2}\s{0,3}(?:is|has been|was|blocked|listed|rejected|banned|temporarily"
    r"|found (?:in|on)|appears (?:in|on)"
    r"|not (?:allowed|permitted|authori[sz]ed|designated)|as (?:a )?permitted)"
    # Postfix: "<name[192.0.2.10]>: Client host rejected: ...".
    r"|\]>: [Cc]lient host rejected"
    r"|\s{2,}\d{1,3}\]"
    r"|\s\d{1,3}\]"
)
# Yahoo's number of the rule, of four parts like an address, stands behind its code and its words:
# [TSS04] Messages from 192.0.2.1 temporarily deferred (...) - 4.16.55.1; see the page (...).
_RULE_CODED: Final = regex(r"\[TSS?\d\d\]")
_RULE_NUMBER_BEFORE, _RULE_NUMBER_BEHIND = " - ", "; see "
_AFTER_SERVER: Final = regex(
    r"\]?\)?(?::\d{1,5})?\]?\)?:?\s{0,3}(?:said|refused|responded|returned|does not like|failed after"
    r"|timed? ?out|:\s|connection)"
)


# RFC 3848: A in the protocol's name for a client that gave a password.
_BY_LOGIN: Final = regex(r"\swith\s+(?:UTF8SMTPS?A|ESMTPS?A|LMTPS?A)\b")
_UPSTREAM: Final = regex(r"SMTP client IP address: \[?(?:IPv6:)?([0-9a-fA-F.:]{3,45})\]?")
_CONNECTED: Final = regex(r"onnection established \(\[?([0-9a-fA-F.:]{3,45}?)\]?:\d{1,5} ?-> ?")


class Senders(Struct, frozen=True, gc=False):
    """The candidates that one report gives, each kind likeliest first."""

    sending_ips: tuple[Candidate, ...] = ()
    envelope_senders: tuple[Candidate, ...] = ()
    helos: tuple[Candidate, ...] = ()


def find_senders(report: Report, status: DeliveryStatus | None, failures: Sequence[Failure]) -> Senders:
    """The candidates of `report`; `status` is its machine-readable part, `failures` what was read.  Of a
    brief report no more than the likeliest address and the likeliest envelope sender: all the rest is
    work for a page that nobody opens."""
    some = failures[:MOST_DIAGNOSTICS]
    quoted = quoted_addresses(some)
    sender = next(_named_senders(report, status), None)
    likeliest_sender = tuple(_with_inner(*sender)) if report.brief and sender is not None else ()
    if report.brief and any(one.sure for one in quoted):
        # What the receiver quotes comes first: where it is sure, no hop needs to be read.
        return Senders(_likeliest(quoted), likeliest_sender)
    reporter: str | None = None
    if status is not None:
        reporter = status.reporting_mta.lower() if status.reporting_mta else None
    elif some:
        reporter = report.speaker or report.sender_domain
    local, ours = _side_of(reporter, report, status, some, sender)
    ips = chain(quoted, _in_hops(report, status, some, reporter, local=local, ours=ours))
    if report.brief:
        return Senders(_likeliest(ips), likeliest_sender)
    helos = _helos(report, reporter, local=local, ours=ours)
    return Senders(_ranked(ips), _envelope_senders(report, status), helos)


def _side_of(
    reporter: str | None,
    report: Report,
    status: DeliveryStatus | None,
    failures: Sequence[Failure],
    sender: Named | None,
) -> tuple[bool, bool]:
    """Whether the mail ended at the reporting MTA or its organization, and whether that is the organization
    of `sender`."""
    local = _is_local(failures, reporter)
    if reporter is None or not failures:
        return local, not local
    if not local and not _same_organization(reporter, written_domain(failures[0].recipient)):
        return False, True  # it was the client of who refused
    ours = _is_ours(reporter, report, sender) or (status is not None and _sent_first(report, failures[0]))
    return local or not ours, ours


def _is_ours(reporter: str, report: Report, sender: Named | None) -> bool:
    """True for a reporting MTA of the organization of `sender`, or one that had the mail from nobody else."""
    if sender is not None and _same_organization(reporter, written_domain(sender[0])):
        return True
    original = report.original_head
    hops = original.each("received", _MOST_HOPS) if original is not None else []
    return bool(hops) and not any(_came_from_outside(value) for value in hops)


def _came_from_outside(value: str) -> bool:
    """Whether a Received field tells of a client from elsewhere on the Internet."""
    helo, _, ip, _ = read_way(value)
    return public(ip) is not None and not is_inside(helo, ip)


def _sent_first(report: Report, one: Failure) -> bool:
    """True where a status tells of a server's reply and the mail is returned whole without a Received field:
    who gets mail puts one above it (RFC 5321 section 4.4), Amazon's senders put none."""
    head, returned = report.original_head, report.returned
    if head is None or returned is None or not returned[1] or one.reply_code is None:
        return False
    return not head.has("received") and head.has("message-id")


def _in_hops(
    report: Report,
    status: DeliveryStatus | None,
    failures: Sequence[Failure],
    reporter: str | None,
    *,
    local: bool,
    ours: bool,
) -> Iterator[Candidate]:
    """The addresses of the client of the reporting MTA, or its own where it was the client, by their hops and
    by what the report says of its connections."""
    ip: str | None
    if local:
        receives = _same_organization(reporter, written_domain(failures[0].recipient))
        _, ip = _client(report, reporter)
        if ip is not None:
            yield Candidate(ip, "received", receives)
        elif status is not None and status.received_from_mta:
            for address, _ in all_public(status.received_from_mta)[:1]:
                yield Candidate(address, "received_from_mta", receives)
    # From is looked at first: the words of all the text are found along with those of From.
    if local and "filter" in report.sender.lower() and "filter" in report.sender_words.get("daemon", ""):
        yield from _upstream(report.text)
    if status is None and failures:
        yield from _connected(report.text)
    if reporter is not None and ours:
        ip = _way_of(report, reporter)
        if ip is not None:
            yield Candidate(ip, "received", not local)


def _likeliest(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The first sure one, else the first."""
    first: Candidate | None = None
    for one in candidates:
        if one.sure:
            return (one,)
        first = first or one
    return () if first is None else (first,)


def _ranked(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Each value once, the sure ones first, else in order."""
    found: dict[str, Candidate] = {}
    for one in sorted(candidates, key=lambda one: not one.sure):
        found.setdefault(one.value, one)
    return tuple(found.values())


def quoted_addresses(failures: Sequence[Failure]) -> list[Candidate]:
    """Addresses that a receiver quotes in its reply, sure where its words say that they are the client's."""
    found: list[Candidate] = []
    seen = set()
    for failure in failures:
        if failure.diagnostic in seen:
            continue
        seen.add(failure.diagnostic)
        mine = list(_quoted_by(failure))
        if len(mine) == 1 and not mine[0].sure and _OF_REVERSE_NAME.search(failure.diagnostic) is not None:
            mine = [Candidate(mine[0].value, "diagnostic", True)]
        found += mine
    return found


def _quoted_by(failure: Failure) -> Iterator[Candidate]:
    text = failure.diagnostic
    for address, at in all_public(text):
        end = at + len(address)
        before = text[max(0, at - 60) : at].lower()
        after_client = _AFTER_CLIENT.match(text, end) or _SURELY_OF_CLIENT.search(before)
        if (
            address == failure.remote_ip
            or (after_client is None and (_OF_SERVER.search(before) or _AFTER_SERVER.match(text, end)))
            or _OF_RESOLVER.search(before) is not None
            or _LOOKED_UP.search(before) is not None
            or _is_rule_number(text, at, end)
        ):
            continue
        of_client = (
            after_client is not None
            or _OF_CLIENT.search(before) is not None
            or _IN_LINK.search(before) is not None
            or _AT_START.fullmatch(text[:at].lower() if at < 30 else "") is not None
        )
        yield Candidate(address, "diagnostic", of_client)


def _is_rule_number(text: str, at: int, end: int) -> bool:
    """Whether what stands from `at` to `end` is the number of a rule of Yahoo's and no address."""
    if not text.startswith(_RULE_NUMBER_BEHIND, end) or not text.endswith(_RULE_NUMBER_BEFORE, 0, at):
        return False
    return _RULE_CODED.search(text, 0, at) is not None


def _connected(text: str) -> list[Candidate]:
    """Our end of the connection in MDaemon's transcript."""
    at = text.find("onnection established (")
    own = _CONNECTED.match(text, at) if at >= 0 else None
    address = public(own[1]) if own is not None else None
    return [Candidate(address, "transcript", True)] if address is not None else []


def _upstream(text: str) -> list[Candidate]:
    """The client of which amavis tells in words: it has no Received field of its own."""
    at = text.find("SMTP client IP address: ")
    own = _UPSTREAM.match(text, at) if at >= 0 else None
    address = public(own[1]) if own is not None else None
    return [Candidate(address, "report", True)] if address is not None else []


def _is_local(failures: Sequence[Failure], reporter: str | None) -> bool:
    """True when the reporting MTA decided itself about each recipient and quotes nobody."""
    for one in failures:
        if one.remote_ip is not None or one.command is not None:
            return False
        if one.remote_mta is not None and not _same_host(one.remote_mta, reporter):
            return False
    return bool(failures)


def _client(report: Report, reporter: str | None) -> tuple[str | None, str | None]:
    """HELO and address of the public client from which the reporting MTA got the mail, unless that logged in:
    it is then the sender's own machine, whose address no receiver judges."""
    if report.original_head is None:
        return None, None
    own = base_domain(reporter) if reporter is not None else ""
    for value in report.original_head.each("received", _MOST_HOPS):
        if value.isascii() and own not in value.lower():
            continue  # most hops: neither they nor the server's name need be read
        helo, _, ip, by = read_way(value)
        if is_inside(helo, ip):
            continue
        address = public(ip)
        if address is not None and (reporter is None or _same_organization(by, reporter)):
            return (helo, address) if _BY_LOGIN.search(value) is None else (None, None)
    return None, None


def _way_of(report: Report, reporter: str) -> str | None:
    """The address from which the reporting MTA sent the report, by the report's own Received fields; None of
    one within Exchange Online, whose mail to others leaves from another."""
    if is_inside(reporter):
        return None
    for value in report.head.each("received", _MOST_HOPS):
        lower = value[:300].lower()
        at = lower.find(reporter)
        if at < 0 or "by" in lower[:at].split():
            continue  # not the client
        helo, host, ip, _ = read_way(value)
        if _same_host(host, reporter) or _same_host(helo, reporter):
            address = public(ip)
            if address is not None:
                return address
    return None


def _named_senders(report: Report, status: DeliveryStatus | None) -> Iterator[Named]:
    """Who the envelope sender was by each field that says so, likeliest first."""
    for address, source in _told_senders(report, status):
        if address is not None and "@" in address:
            yield address, source


def _told_senders(report: Report, status: DeliveryStatus | None) -> Iterator[tuple[str | None, str]]:
    """What each field says of the envelope sender that may, be it nothing."""
    original = report.original_head
    if original is not None:
        yield return_path_of(original), "return_path"
    if status is not None:
        yield status.sender, "x_postfix_sender"
    if original is not None:
        yield envelope_from(original), "received"
    yield clean(report.head.raw("to")), "outer_to"


def _with_inner(address: str, source: str) -> Iterator[Candidate]:
    """A sender as it is, then the one that it was made of, where a scheme wrapped it."""
    yield Candidate(address, source, source != "outer_to")
    inner = unwrap(address)
    if inner is not None:
        yield Candidate(inner[0], inner[1], False)


def _envelope_senders(report: Report, status: DeliveryStatus | None) -> tuple[Candidate, ...]:
    found: dict[str, Candidate] = {}
    for address, source in _named_senders(report, status):
        if address.lower() in found:
            continue
        first, *inner = _with_inner(address, source)
        found[address.lower()] = first
        for one in inner:
            found.setdefault(one.value.lower(), one)
    return tuple(found.values())


def _helos(report: Report, reporter: str | None, *, local: bool, ours: bool) -> tuple[Candidate, ...]:
    helo = _client(report, reporter)[0] if local else None
    found = [Candidate(helo, "received", True)] if helo is not None else []
    if reporter is not None and ours and not is_inside(reporter) and (helo or "").lower() != reporter:
        found.append(Candidate(reporter, "reporting_mta", not local))
    return tuple(found)


def _same_host(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.lower().rstrip(".") == other.lower().rstrip(".")


def _same_organization(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and base_domain(one) == base_domain(other)
