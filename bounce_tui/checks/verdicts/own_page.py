"""The page of who refused goes before those of lists that may have nothing to do with it."""

import re
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from bounce_tui.check_results import Verdict
from bounce_tui.checks.verdicts.facts import Facts
from bounce_tui.domain_name import base_domain
from bounce_tui.regex import regex

_HOSTERS: Final = Path(__file__).with_name("hosters.toml")
_LINK = regex(r"https?://([a-z0-9.-]{3,253})[^\s<>\"')\]]{0,500}", re.I)
_LISTS = ("dnsbl:", "rhsbl:")


def own_page_first(facts: Facts, verdict: Verdict) -> Verdict:
    """`verdict` with the page of the provider whose rule matched before that of a list which the reply does
    not name: that the list holds the address, too, may be another matter."""
    if verdict.state == "no_longer_holds" or any(result.quoted for result in facts.results):
        return verdict
    if not any(check_id.startswith(_LISTS) for check_id in verdict.because):
        return verdict
    page, known = _page(facts), facts.first_step
    if page is None or page in verdict.next_step or (known is not None and known in verdict.next_step):
        return verdict
    step = (
        f"Open {page} first, the page of who refused ({facts.diagnosis.provider}). Then: {verdict.next_step}"
    )
    return Verdict(verdict.state, verdict.summary, step, verdict.because)


def who_lifts(facts: Facts) -> str | None:
    """The hoster that refused, with its page: the postmaster of a customer's domain lifts no block of it."""
    page = _page(facts)
    return f"{facts.diagnosis.provider} ({page})" if page and facts.diagnosis.provider in hosters() else None


@cache
def hosters() -> frozenset[str]:
    """The providers that host the mail of other people's domains, by the names that rules have for them."""
    return msgspec.toml.decode(_HOSTERS.read_bytes(), type=dict[str, frozenset[str]])["hosters"]


def _page(facts: Facts) -> str | None:
    """The link of its own that the provider put into the reply, which knows the case, or the page that
    explains its replies."""
    url, failure = facts.diagnosis.url, facts.inputs.failure
    if facts.diagnosis.provider is None or url is None:
        return None
    known = _LINK.match(url)
    own = {base_domain(known[1])} if known is not None else set()
    if failure is not None:
        own |= {base_domain(failure.remote_mta)} if failure.remote_mta else set()
        for link in _LINK.finditer(failure.diagnostic[:4000]):
            if base_domain(link[1]) in own:
                return link[0].rstrip(".,;")
    return url
