"""A receiver that took a private address for the sender's: its filter looks at a hop of its own."""

from bounce_tui.check_results import Verdict
from bounce_tui.checks.planning.quoted import private_client
from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known
from bounce_tui.reason_groups import reason_groups


def seen_from_inside(facts: Facts) -> Verdict | None:
    """The verdict where the reply blames a private address only, None for every other reply.  What DNS says
    of the address that the mail really left from has no part in such a refusal."""
    ip, reason = facts.inputs.sending_ip, facts.diagnosis.reason
    blames_address = reason == "auth_failure" or reason in reason_groups().by_sending_address
    if not blames_address or (ip is not None and ip.source == "user"):
        return None
    client = private_client(facts.inputs.failure)
    if client is None:
        return None
    domain = facts.inputs.recipient_domain or "the recipient's domain"
    return cannot_be_known(
        f"the receiver blames {client}, a private address that no public list or zone knows: it seems to "
        "have tested a relay inside its own network",
        f"Tell the postmaster of {domain} that the filter tests {client}: it must look at the host that "
        "handed the mail to their network, not at their own relay.",
    )
