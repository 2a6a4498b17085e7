"""Causes that no DNS answer can settle: what stands in the way of knowing, and the step to take."""

from datetime import datetime, timedelta

from bounce_tui.checks.quoted import contact, wait_asked_for
from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known
from bounce_tui.model import Verdict

_NOTHING = timedelta(0)
_OF_RULES = frozenset({"filtered", "policy_violation"})
_LATER = "Leave it in the queue, or send again later."
_WHY: dict[str, tuple[str, str]] = {
    "mailbox_full": (
        "DNS cannot see how full a mailbox is",
        "Tell the recipient another way to make room, then send again.",
    ),
    "suspended": (
        "DNS cannot see whether the mailbox was switched on again",
        "Ask the recipient another way.",
    ),
    "system_full": ("DNS cannot see how full the receiving server is", _LATER),
    "system_error": ("DNS cannot see whether the receiving server works again", _LATER),
    "greylisted": ("the receiver puts off first attempts on purpose; the next one passes", _LATER),
    "rate_limited": ("how much a receiver takes per hour, only it knows", _LATER),
    "too_many_conn": ("how many connections a receiver takes, only it knows", _LATER),
    "too_many_recipients": (
        "how many recipients a receiver takes, only it knows",
        "Send to fewer recipients at a time.",
    ),
    "sending_limit": (
        "the sender's own quota is not in DNS",
        "Wait until the window has passed, or ask your provider.",
    ),
    "message_too_big": (
        "the size a receiver takes is not in DNS",
        "Make the message smaller, or share the file by a link.",
    ),
    "exceed_limit": (
        "the limits of a mailbox are not in DNS",
        "Make the message smaller or simpler, then send again.",
    ),
    "filtered": (
        "the recipient's rules are not in DNS",
        "Ask the recipient another way to let this sender through.",
    ),
    "virus_detected": (
        "what a scanner found is not in DNS",
        "Scan the sender's machine and the attachment before you send anything again.",
    ),
    "prohibited_attachment": (
        "the receiver's attachment rules are not in DNS",
        "Send without the attachment, or share it by a link.",
    ),
    "policy_violation": (
        "the receiver's rules are not in DNS",
        "Ask the receiver's postmaster which rule it was.",
    ),
    "content_error": ("the fault is in the message, not in DNS", "Send again as plain text."),
    "not_compliant_rfc": (
        "the fault is in the message, not in DNS",
        "Mend the headers that the reply names.",
    ),
    "syntax_error": ("the fault is in the SMTP dialogue, not in DNS", "Look into the sending server's log."),
    "security_error": (
        "whether a login is right, DNS cannot see",
        "Mend the login of the sending client or server.",
    ),
    "mailer_error": (
        "the fault is in a local delivery program, not in DNS",
        "Look into the log of the server that reports it.",
    ),
    "on_hold": (
        "the reply does not tell its cause, so DNS cannot say whether it is gone",
        "Send again; if it is refused once more, ask the receiver's postmaster.",
    ),
}
_WHY["undefined"] = _WHY["on_hold"]
for _no_failure in ("vacation", "feedback", "delivered"):
    _WHY[_no_failure] = ("this is no failure, so there is nothing to settle", "Nothing needs to be done.")
_DEFAULT = ("this cause is not in DNS", "Ask the receiver's postmaster.")


def elsewhere(facts: Facts) -> Verdict:
    """Never more than "cannot be known"; what a check found wrong beside it is named."""
    summary, step = _WHY.get(facts.diagnosis.reason, _DEFAULT)
    wrong = [result for result in facts.results if result.state == "fail"]
    if wrong:
        return cannot_be_known(
            f"{summary}; but a check found a fault: {wrong[0].summary}", wrong[0].remedy or step, wrong
        )
    return cannot_be_known(summary, f"{facts.first_step or step}{_not_before(facts)}{_named(facts)}")


def _named(facts: Facts) -> str:
    """Whom the reply names for a rule of the receiver's."""
    whom = contact(facts.inputs) if facts.diagnosis.reason in _OF_RULES else None
    return f" The reply names {whom} for it." if whom is not None else ""


def _not_before(facts: Facts) -> str:
    """The pause that the receiver asks for, and when it is over."""
    wait = wait_asked_for(facts.inputs.failure) if facts.diagnosis.temporary else None
    if wait is None:
        return ""
    words = f" The receiver asks for a pause of {_spoken(wait)}"
    tried = facts.inputs.failure.date if facts.inputs.failure is not None else None
    try:
        # A report is written shortly after the attempt: its date errs by waiting a little longer.
        over = datetime.fromisoformat(tried or facts.inputs.reported or "") + wait
    except (ValueError, OverflowError):
        return f"{words}."
    zone = "UTC" if over.utcoffset() == _NOTHING else f"{over:%z}"
    return f"{words}: not before {over:%Y-%m-%d %H:%M:%S} {zone}."


def _spoken(wait: timedelta) -> str:
    seconds = int(wait.total_seconds())
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds >= size and not seconds % size:
            return f"{seconds // size} {unit}{'s' if seconds != size else ''}"
    return f"{seconds} seconds"
