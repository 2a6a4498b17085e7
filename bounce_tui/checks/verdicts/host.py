"""What the recipient's mail host said itself, where somebody asked it: better than what DNS lets guess."""

from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known, no_longer_holds, still_holds
from bounce_tui.model import CheckResult, Verdict
from bounce_tui.outcome import Security, Smtp

# Refused at RCPT TO, so that an address which is taken there is no longer refused for it.  A full mailbox or
# a filter may speak up only after DATA, which is never sent.
_DEAD_ADDRESS = frozenset({"user_unknown", "bad_address", "has_moved", "suspended", "not_accept"})
_SEEN_AT_RCPT = _DEAD_ADDRESS | {"no_relaying"}
_LOOK = "Send again from your mail server and look at what it says."
_OF_CONNECTION = frozenset({"network_error", "expired"})


def told_by_host(facts: Facts) -> Verdict | None:
    """The verdict that the smtp check allows, None where it was not run or tells nothing of the cause."""
    smtp = facts.result("smtp")
    if smtp is None:
        return None
    found = smtp.of(Smtp)
    if facts.diagnosis.reason == "failed_starttls":
        return _of_tls(facts, smtp, found.security)
    if smtp.outcome in ("refused", "deferred"):
        return _refused(facts, smtp, found.reason or "undefined")
    if smtp.outcome == "accepted":
        return _accepted(facts, smtp)
    return None


def _of_tls(facts: Facts, smtp: CheckResult, security: Security | None) -> Verdict | None:
    if security == "encrypted":
        return no_longer_holds(facts, smtp.summary, (smtp,))
    if security in ("bad_certificate", "failed", "none_offered"):
        step = "The postmaster of the receiving server must mend its TLS; tell them another way."
        return still_holds(smtp.summary, step, (smtp,))
    return None


def _refused(facts: Facts, smtp: CheckResult, reason: str) -> Verdict | None:
    quoted = facts.diagnosis.reason
    # Receivers say one thing in several ways: an address that is dead is dead.
    if reason == quoted or {reason, quoted} <= _DEAD_ADDRESS:
        return still_holds(smtp.summary, facts.first_step, (smtp,))
    if quoted in _OF_CONNECTION:
        summary = f"the server answers now, though with another refusal: {smtp.summary}"
        return no_longer_holds(facts, summary, (smtp,), _LOOK)
    return cannot_be_known(
        f"the server has another reason now: {smtp.summary}; that may be meant for this machine",
        _LOOK,
        (smtp,),
    )


def _accepted(facts: Facts, smtp: CheckResult) -> Verdict | None:
    if "broken_dialogue" in facts.diagnosis.speaks_of:
        return None  # that it answers was never in doubt
    if facts.diagnosis.reason in _SEEN_AT_RCPT | _OF_CONNECTION:
        return no_longer_holds(facts, smtp.summary, (smtp,))
    return None
