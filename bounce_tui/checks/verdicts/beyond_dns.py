"""Causes that no DNS answer can settle: what stands in the way of knowing, and the step to take."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from bounce_tui.check_results import Verdict
from bounce_tui.checks.planning.quoted_contacts import contact
from bounce_tui.checks.planning.quoted_times import wait_asked_for
from bounce_tui.checks.verdicts.deadlines import clock, over_at, spoken
from bounce_tui.checks.verdicts.facts import Facts, cannot_be_known, lowered, on_guess
from bounce_tui.reason_groups import reason_groups

_FILE: Final = Path(__file__).with_name("beyond_dns.toml")


class _BeyondDns(Struct, frozen=True, forbid_unknown_fields=True):
    """Why the cause cannot be known from here, and what to do."""

    because: str
    step: str


def beyond_dns(facts: Facts) -> Verdict:
    """The verdict "cannot be known", on a cause that DNS cannot see; what a check found wrong beside it is
    named."""
    known = _table()
    cause = known.get(facts.diagnosis.reason) or known["default"]
    wrong = [result for result in facts.results if result.state == "fail"]
    if wrong:
        verdict = cannot_be_known(
            f"{cause.because}; but a check found a fault: {wrong[0].summary}",
            wrong[0].to_do or cause.step,
            wrong,
        )
        return on_guess(facts, verdict) if wrong[0].id == "spf" else verdict
    return cannot_be_known(
        cause.because,
        f"{facts.first_step or cause.step}{_not_before(facts)}{_named(facts)}{_page(facts)}",
    )


@cache
def _table() -> dict[str, _BeyondDns]:
    return msgspec.toml.decode(_FILE.read_bytes(), type=dict[str, _BeyondDns])


def _named(facts: Facts) -> str:
    """Whom the reply names for a rule of the receiver's."""
    whom = contact(facts.inputs) if facts.diagnosis.reason in reason_groups().by_own_rules else None
    return f" The reply names {whom} for it." if whom is not None else ""


def _page(facts: Facts) -> str:
    """The page of a system that shows there what it sees of the sending IP, for a limit that stays."""
    opened = next((one for one in facts.results if one.outcome == "open_page" and one.remedy), None)
    if opened is None or facts.diagnosis.reason not in reason_groups().by_reputation:
        return ""
    return f" If it lasts: {lowered(opened.remedy or '')}"


def _not_before(facts: Facts) -> str:
    """The pause that the receiver asks for, and when it is over."""
    wait = wait_asked_for(facts.inputs.failure) if facts.diagnosis.temporary else None
    if wait is None:
        return ""
    over = over_at(facts, wait)
    if over is not None and facts.now is not None and over <= facts.now:
        return f" The pause of {spoken(wait)} that the receiver asks for is over since {clock(over)}."
    until = f": not before {clock(over, seconds=True)}" if over is not None else ""
    return f" The receiver asks for a pause of {spoken(wait)}{until}."
