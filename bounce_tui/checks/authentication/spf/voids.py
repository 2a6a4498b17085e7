"""Terms of a record whose names are not in DNS: they match nobody, and the third is an error for all."""

import asyncio
from collections.abc import Sequence

from bounce_tui.checks.authentication.spf.macros import expand_domain
from bounce_tui.checks.authentication.spf.names import can_be_asked, presentation
from bounce_tui.checks.authentication.spf.record import Mechanism, parse_record
from bounce_tui.checks.authentication.spf.session import describe
from bounce_tui.checks.authentication.spf.weights import MOST_TERMS
from bounce_tui.checks.dns.answer import Lookup, RecordType

_VOID = ("nxdomain", "no_data")
# A host of one family alone is alive: its name is void for the senders of the other.
_ASKED: dict[str, tuple[RecordType, ...]] = {"a": ("A", "AAAA"), "mx": ("MX",), "exists": ("A",)}


async def void_terms(terms: Sequence[str], domain: str, lookup: Lookup) -> dict[str, str]:
    """Those of `terms`, of the record of `domain`, whose name leads nowhere whoever sends, each with what DNS
    said.  One with a macro may lead somewhere for others, an include has a record of its own."""
    read = [term for text in dict.fromkeys(terms) for term in parse_record(f"v=spf1 {text}").mechanisms]
    asked = [term for term in read if term.name in _ASKED and "%" not in term.text][:MOST_TERMS]
    found = await asyncio.gather(*(_void(term, domain, lookup) for term in asked))
    return {term.text: said for term, said in zip(asked, found, strict=True) if said is not None}


async def _void(term: Mechanism, domain: str, lookup: Lookup) -> str | None:
    """What DNS said of the term's name, None where it leads somewhere or nobody knows."""
    name = presentation(expand_domain(term.target, {})) if term.target is not None else domain
    if not can_be_asked(name):
        return None
    answers = await asyncio.gather(*(lookup.query(name, rdtype) for rdtype in _ASKED[term.name]))
    if any(answer.outcome not in _VOID for answer in answers):
        return None
    return describe(answers[0])
