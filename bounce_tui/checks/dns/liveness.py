"""Whether the resolver is alive, and whether it is honest."""

from collections.abc import Iterable

from bounce_tui.checks.dns.answer import Lookup, RecordType
from bounce_tui.checks.names.public_suffix import top_level_domain

# A name that nobody has: who answers it answers everything.
_NOBODY = "bounce-tui-asks-for-a-name-that-nobody-has"
_MOST_TOPS = 3
_ROOT = "the root of DNS"

LIES = (
    "the resolver answers even names that do not exist (a captive portal, or a search page for typing errors)"
)
DENIES = (
    "the resolver denies even {top}, which must be there (a network without a way out, a forwarder that is "
    "cut off, or a filter)"
)
HAS_NOTHING = (
    "the resolver has no name servers even for {top} (a network without a way out, a forwarder that is cut "
    "off, or a filter)"
)
OTHER_RESOLVER = "Run the checks again through a resolver of your own (unbound on this host, say)."


async def resolver_answers(lookup: Lookup) -> bool:
    """True when the resolver answers anything at all, so that a time-out can be laid to the servers
    of the name that was asked for.  Asking for the root tells nobody anything."""
    answer = await lookup.query(".", "NS")
    return answer.outcome not in ("timeout", "unreachable")


async def is_invented(addresses: Iterable[str], domain: str, lookup: Lookup) -> bool:
    """True when a name beside `domain` that nobody has gets one of the same addresses: they come from the
    resolver, or from a registry that answers for every name, and not from the domain's owner."""
    top = domain.rpartition(".")[2]
    answer = await lookup.query(f"{_NOBODY}.{top}", "A")
    return not set(answer.records).isdisjoint(addresses)


async def invents_answers(lookup: Lookup, rdtype: RecordType = "A") -> bool:
    """True when the resolver has an address, and a record of type `rdtype`, for a name that cannot exist
    (RFC 6761 section 6.4)."""
    if (await lookup.query(f"{_NOBODY}.invalid", "A")).outcome != "answer":
        return False
    return rdtype == "A" or (await lookup.query(f"{_NOBODY}.invalid", rdtype)).outcome == "answer"


async def denied_top(names: Iterable[str], lookup: Lookup) -> str | None:
    """Words for what must exist above one of `names`, all of which the resolver denies, where it denies that
    as well; None where its word can be believed.

    The control question is the top-level domain, of which every resolver knows, or the root where registries
    hold none of that name: it tells nobody whose mail it is about."""
    for top in await _tops(names):
        if (await lookup.query(top, "NS")).outcome == "nxdomain":
            return _ROOT if top == "." else f"“{top}.”"
    return None


async def empty_top(names: Iterable[str], lookup: Lookup) -> str | None:
    """Words for what is above the first of `names`, of none of which the resolver has any record, where it
    has no name servers of the top-level domain nor of the root: it says the same of every name.  None where
    it has.

    The root alone would prove little: some forwarders keep its name servers from who asks."""
    top = next(iter(await _tops(names)), None)
    if top is None or (await lookup.query(top, "NS")).outcome != "no_data":
        return None
    if top == ".":
        return _ROOT
    return f"“{top}.” and {_ROOT}" if (await lookup.query(".", "NS")).outcome == "no_data" else None


async def _tops(names: Iterable[str]) -> list[str]:
    """What every resolver knows above `names`, the first few."""
    return list(dict.fromkeys([await top_level_domain(name) or "." for name in names]))[:_MOST_TOPS]
