"""A receiver that does not find the From header's domain in DNS: is it there now?"""

from bounce_tui.check_results import Verdict
from bounce_tui.checks.planning.quoted import unknown_author
from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known, no_longer_holds, silent, still_holds


def author_in_dns(facts: Facts) -> Verdict | None:
    """The verdict where the reply blames that the From domain is not in DNS, None for every other reply."""
    domain = unknown_author(facts.inputs.failure, facts.inputs)
    found = facts.result("sender-domain")
    if domain is None or found is None or found.target != domain:
        return None
    if found.outcome == "timeout":
        return silent(found)
    if found.state == "pass":
        return no_longer_holds(facts, f"the From domain {domain} is in DNS now", (found,))
    if found.state == "fail":
        return still_holds(found.summary, found.remedy, (found,))
    return cannot_be_known(f"it could not be checked: {found.summary}", found.remedy, (found,))
