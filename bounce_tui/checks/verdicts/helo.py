"""A receiver that does not find the HELO name in DNS: is it there now?"""

from bounce_tui.check_results import Verdict
from bounce_tui.checks.names.private_names import private_ending
from bounce_tui.checks.planning.quoted import unknown_helo
from bounce_tui.checks.verdicts.facts import (
    Facts,
    cannot_be_known,
    lowered,
    no_longer_holds,
    silent,
    still_holds,
)


def helo_in_dns(facts: Facts) -> Verdict | None:
    """The verdict where that is what the reply blames, None for every other reply."""
    helo = unknown_helo(facts.inputs.failure)
    found = facts.result("sender-domain")
    if helo is None or found is None or found.target != helo:
        return None
    if found.outcome == "timeout":
        return silent(found)
    if found.state == "pass":
        return no_longer_holds(facts, f"the HELO name {helo} is in DNS now", (found,))
    if found.state == "fail":
        own = _reverse_name(facts)
        by = f"{own}, its reverse name" if own else "by a name that has an address record"
        call = f"Let the server call itself {by} (Postfix: smtp_helo_name; Exchange: FQDN of the connector)."
        if private_ending(helo) is None:
            step = f"Give {helo} an address record (A or AAAA), or {lowered(call)}"
        else:
            step = f"{call} None can be published for {helo}."
        return still_holds(found.summary, step, (found,))
    return cannot_be_known(f"it could not be checked: {found.summary}", found.remedy, (found,))


def _reverse_name(facts: Facts) -> str | None:
    """The reverse name of the sending IP, where it leads back and is no customer line's."""
    ptr = facts.result("ptr")
    if ptr is None or ptr.outcome != "confirmed" or facts.inputs.sending_ip is None:
        return None
    if not facts.inputs.sending_ip.sure:
        return None
    names = [name for seen in ptr.seen if seen.rdtype == "PTR" for name in seen.records]
    return names[0] if len(names) == 1 else None
