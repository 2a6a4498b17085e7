"""Whether silence is the resolver's own or that of the name servers behind it."""

from bounce_tui.checks.answer import Lookup


async def resolver_answers(lookup: Lookup) -> bool:
    """True when the resolver answers anything at all, so that a time-out can be laid to the servers
    of the name that was asked for.  Asking for the root tells nobody anything."""
    answer = await lookup.query(".", "NS")
    return answer.outcome not in ("timeout", "unreachable")
