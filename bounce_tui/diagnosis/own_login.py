"""Whether a refused login is that of the sender's own server at its relay host, and not the user's."""

from collections.abc import Mapping

from bounce_tui.diagnosis.hit import Hit
from bounce_tui.diagnosis.reply import Reply
from bounce_tui.diagnosis.rule import Reason
from bounce_tui.domain_name import base_domain, domain_of
from bounce_tui.model import Bounce, Failure
from bounce_tui.regex import regex

Reasons = Mapping[str, Reason]
_BY_POSTFIX = regex(r"sasl authentication failed[;:,]? (?:server |cannot authenticate)")
"""What Postfix writes as a client, of the login by which it relays (smtp_sasl_password_maps)."""


def is_of_own_server(best: Hit, reply: Reply, failure: Failure, bounce: Bounce, reasons: Reasons) -> bool:
    """True where `best` blames a login, and a server of the sender's side made it: it had taken the mail by
    then, so that no user's password is wrong.  A server of the recipient's organization that wants a login is
    no relay host, and a rule with steps of its own (of `reasons` each has the usual ones) knows better."""
    if best.rule.reason != "security_error" or best.rule.who_acts != "sender" or best.rule.own:
        return False
    if _BY_POSTFIX.search(reply.text) is not None:
        return True
    if best.rule.steps != reasons[best.rule.reason].steps:
        return False
    if not (bounce.is_bounce and bounce.reporting_mta and failure.remote_mta and failure.recipient):
        return False
    ours = base_domain(bounce.reporting_mta)
    if base_domain(failure.remote_mta) in (ours, base_domain(domain_of(failure.recipient) or "")):
        return False
    senders = (bounce.from_domain, *(domain_of(one.value) for one in bounce.envelope_senders))
    return any(domain is not None and base_domain(domain) == ours for domain in senders)
