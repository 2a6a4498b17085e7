"""What the recipient's mail host said itself, where somebody asked it: better than what DNS lets guess."""

from bounce_tui.check_outcome import Smtp
from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known, no_longer_holds, still_holds
from bounce_tui.reason_groups import reason_groups

_LOOK = "Send again from your mail server and look at what it says."


def told_by_host(facts: Facts) -> Verdict | None:
    """The verdict that the smtp check allows, None where it was not run or tells nothing of the cause."""
    smtp = facts.result("smtp")
    if smtp is None:
        return None
    found = smtp.of(Smtp)
    if facts.diagnosis.reason == "failed_starttls":
        return _of_tls(facts, smtp, found)
    if facts.reply_has("smtputf8") and found.smtputf8 is not None:
        return _of_smtputf8(facts, smtp, is_offered=found.smtputf8)
    if smtp.outcome == "no_smtputf8":
        return cannot_be_known(f"it could not be asked: {smtp.summary}", smtp.remedy, (smtp,))
    if smtp.outcome in ("refused", "deferred"):
        return _refused(facts, smtp, found.reason or "undefined")
    if smtp.outcome == "accepted":
        return _accepted(facts, smtp)
    return None


def _of_smtputf8(facts: Facts, smtp: CheckResult, *, is_offered: bool) -> Verdict:
    if is_offered:
        return no_longer_holds(facts, f"the host offers SMTPUTF8 now: {smtp.summary}", (smtp,))
    step = smtp.remedy or facts.first_step
    return still_holds(f"the host does not offer SMTPUTF8 now either: {smtp.summary}", step, (smtp,))


def _of_tls(facts: Facts, smtp: CheckResult, found: Smtp) -> Verdict | None:
    """A certificate that verifies by the authorities of the web is what most senders want, and MTA-STS; DANE
    wants the one of the TLSA record, whoever signed it."""
    tell = "The postmaster of the receiving server must mend its TLS; tell them another way."
    if found.security in ("failed", "none_offered"):
        return still_holds(smtp.summary, tell, (smtp,))
    if facts.reply_has("dane", "tlsa"):
        return _of_dane(facts, smtp, found)
    if found.security == "bad_certificate":
        return still_holds(smtp.summary, tell, (smtp,))
    if found.security != "encrypted":
        return None
    if facts.reply_has("mta-sts", "mta sts", "sts policy"):
        domain = smtp.target
        return cannot_be_known(
            f"{smtp.summary}; whether the MTA-STS policy of {domain} names that host, only the policy tells",
            f"Open https://mta-sts.{domain}/.well-known/mta-sts.txt: its mx lines must name the mail hosts. "
            "Where they do, send again; where not, tell the postmaster another way.",
            (smtp,),
        )
    return no_longer_holds(facts, smtp.summary, (smtp,))


def _of_dane(facts: Facts, smtp: CheckResult, found: Smtp) -> Verdict | None:
    if found.tlsa == "matches":
        return no_longer_holds(facts, smtp.summary, (smtp,))
    if found.tlsa == "differs":
        step = (
            f"The postmaster of {smtp.target} must publish the TLSA record of the present certificate; tell "
            "them another way."
        )
        return still_holds(smtp.summary, step, (smtp,))
    if facts.result("tls") is not None or found.security not in ("encrypted", "bad_certificate"):
        return None
    return cannot_be_known(
        f"{smtp.summary}; whether the certificate is the one that a TLSA record calls for was not learned",
        "Run the tls check as well, through a resolver that checks DNSSEC.",
        (smtp,),
    )


def _refused(facts: Facts, smtp: CheckResult, reason: str) -> Verdict | None:
    quoted = facts.diagnosis.reason
    # Receivers say one thing in several ways: an address that is dead is dead.
    if reason == quoted or {reason, quoted} <= reason_groups().dead_address:
        return still_holds(smtp.summary, facts.first_step, (smtp,))
    if quoted in reason_groups().no_connection:
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
    quoted, groups = facts.diagnosis.reason, reason_groups()
    # These are refused at RCPT TO, so that an address which is taken there is no longer refused for them.
    # A full mailbox or a filter may speak up only after DATA, which is never sent.
    is_seen_at_rcpt = quoted == "no_relaying" or quoted in groups.dead_address
    if is_seen_at_rcpt or quoted in groups.no_connection:
        return no_longer_holds(facts, smtp.summary, (smtp,))
    return None
