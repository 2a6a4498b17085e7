"""A system that DNS cannot ask: the page to open."""

from bounce_tui.check_outcome import Page
from bounce_tui.check_results import Check, CheckResult, Inputs
from bounce_tui.checks.blocklists.catalog import blocklists
from bounce_tui.checks.dns.answer import Lookup
from bounce_tui.checks.finding import finding
from bounce_tui.checks.planning.registry import KINDS, UNKNOWN_IP


async def check(check: Check, inputs: Inputs, lookup: Lookup) -> CheckResult:
    """Always skipped, with outcome "open_page" and the page in `remedy`; nothing is asked."""
    system = blocklists().system_named(check.id.partition(":")[2])
    if system is None:
        return finding(check, "skipped", "no_such_check", f"there is no check called {check.id}")
    if check.target == UNKNOWN_IP and "{ip}" in system.page:
        missing = KINDS["link"].missing_of(inputs)
        why = f"{system.title} can only be looked up on its page, by the sending IP: {missing}"
        return finding(check, "skipped", "no_input", why, (system.rule,))
    page = system.page.replace("{ip}", check.target)
    return finding(
        check,
        "skipped",
        "open_page",
        f"{system.title} cannot be checked by DNS: look {check.target} up on its page",
        (system.rule,),
        f"Open {page}",
        Page(page),
    )
