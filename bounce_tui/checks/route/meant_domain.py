"""Which domain may have been meant, where the recipient's looks like another that takes mail."""

import asyncio

from bounce_tui.check_results import Inputs
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.dns.wording import record_lines
from bounce_tui.checks.planning.inputs import sender_domain
from bounce_tui.hints.lookalike import resembles


async def meant(
    domain: str, inputs: Inputs, lookup: Lookup, *, gone: bool
) -> tuple[str | None, tuple[str, ...]]:
    """A question that names the other domain, and its records; None where there is none.  Of a domain that is
    `gone` weaker signs count."""
    sender = sender_domain(inputs)
    own = (*inputs.own_domains, *([sender.value] if sender is not None else []))
    found = await asyncio.to_thread(resembles, domain, own=own, gone=gone)
    if found is None:
        return None, ()
    answer = await lookup.query(found.domain, "MX")
    if answer.outcome != "answer":
        return None, ()
    local = (inputs.recipient or "").rpartition("@")[0]
    whole = f" ({local}@{found.domain})" if local else ""
    return f"Was {found.domain}{whole} meant? It exists and takes mail.", record_lines(answer)
