"""Is the sender's domain on this domain blocklist?"""

import asyncio

import msgspec

from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.blocklists.listing import ask_list, unknown_list
from bounce_tui.checks.blocklists.listing_words import in_words, not_asked
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.dns.wording import listed_words
from bounce_tui.checks.finding import finding
from bounce_tui.checks.names.address import parse_ip
from bounce_tui.checks.names.public_suffix import registered_domain
from bounce_tui.checks.planning.listed_domain import is_senders
from bounce_tui.checks.planning.registry import list_of
from bounce_tui.domain_name import parents

_MOST_LEVELS = 3
_MOST_DOMAINS = 12
_MOST_NAMED = 4


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """The outcomes of `kinds.dnsbl`, for a domain.  An address is never asked: domain lists answer
    it with an error."""
    if parse_ip(check.target) is not None:
        return finding(
            check, "skipped", "not_asked", f"{check.target} is an address, and this list holds domains"
        )
    entry = list_of(check.id) or unknown_list(check.id.partition(":")[2], of_domains=True)
    if not entry.is_open(inputs.accounts):
        return not_asked(check, entry)
    domains = (check.target, *check.also[:_MOST_DOMAINS])
    subjects = list(dict.fromkeys([name for domain in domains for name in await _levels(domain)]))
    found = await asyncio.gather(*(ask_list(entry, subject, lookup) for subject in subjects))
    # A listing is one, whatever the list would not tell of the others.
    for subject, listing in zip(subjects, found, strict=True):
        if listing.outcome in ("listed", "range"):
            result = in_words(check, entry, listing, subject)
            return result if is_senders(subject, inputs) else _of_stranger(result, subject)
    trouble = next((listing for listing in found if listing.outcome in ("refused", "unusable")), None)
    if trouble is not None:
        return in_words(check, entry, trouble, " or ".join(domains[:_MOST_NAMED]))
    result = in_words(check, entry, found[0])
    if len(domains) > 1 and result.outcome == "not_listed":
        return msgspec.structs.replace(
            result, summary=f"{entry.name} lists none of {listed_words([*domains])}"
        )
    return result


def _of_stranger(result: CheckResult, subject: str) -> CheckResult:
    """`result` for a domain that is not the sender's: the advice is to leave it out of the mail, as only its
    owner can have it taken off a list."""
    remedy = result.remedy or ""
    other = f"{remedy[:1].lower()}{remedy[1:]}"
    step = f"Send again without {subject} in the message; or, where it is yours: {other}"
    return msgspec.structs.replace(result, remedy=step)


async def _levels(domain: str) -> list[str]:
    """Lists hold registered domains and names below them; what stands above belongs to others."""
    registered = await registered_domain(domain) or domain
    above = [name for name in parents(domain) if name.endswith(registered)]
    return [domain, *above[-_MOST_LEVELS:]]
