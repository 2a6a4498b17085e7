"""Blocks and limits that are over by their own words, by a clock that the test sets."""

from datetime import UTC, datetime

import pytest
from bounce_mail import refused
from looking import Serve
from msgspec.structs import replace
from scenario_world import GONE, ME, OPEN, PROOF, WELL, ZEN, blocked

from bounce_tui.check_results import Verdict
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.planning.plan import plan
from bounce_tui.checks.planning.quoted_times import block_lasts
from bounce_tui.checks.running.settle import settle
from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Failure
from bounce_tui.parsing import parse

# The mail was refused on 2 November 2026 at 09:14:02 UTC (bounce_mail).
BEFORE, AFTER_AN_HOUR, AFTER_A_DAY = (
    datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
    datetime(2026, 11, 2, 11, 0, tzinfo=UTC),
    datetime(2026, 11, 3, 9, 15, tzinfo=UTC),
)
IB111 = (
    "554 This IP has been blocked for the day, for attempting to send too many messages containing content "
    "judged to be spam by the Internet community. IB111"
)
IB112 = "554 This IP has been temporarily blocked for attempting to mail too many invalid recipients. IB112"
IB607 = "550 This IP has sent too many to too many recipients this hour. IB607"
FOUR_HOURS = "554 5.7.1 [192.0.2.10] has been blocked for 4 hours because of too much spam"


async def judged(serve: Serve, words: str, now: datetime, more: dict[str, str] | None = None) -> Verdict:
    _, resolver = await serve({**WELL, **(more or {})})
    bounce = parse(refused(words))
    failure = bounce.failures[0]
    diagnosis, inputs = diagnose(failure, bounce), gather(bounce, failure)
    verdict, _ = await settle(diagnosis, plan(failure, diagnosis, inputs), inputs, resolver, now=now)
    return verdict


@pytest.mark.parametrize(
    ("words", "now", "state"),
    [
        (IB112, BEFORE, OPEN),
        (IB112, AFTER_AN_HOUR, GONE),
        (IB111, AFTER_AN_HOUR, OPEN),
        (IB111, AFTER_A_DAY, GONE),
        (IB607, BEFORE, OPEN),
        (IB607, AFTER_AN_HOUR, GONE),
        (FOUR_HOURS, AFTER_AN_HOUR, OPEN),
        (FOUR_HOURS, AFTER_A_DAY, GONE),
    ],
)
async def test_a_time_that_the_receiver_names_is_over_when_it_has_passed(
    serve: Serve, words: str, now: datetime, state: str
) -> None:
    verdict = await judged(serve, words, now)
    assert verdict.state == state
    assert ("Try again now" if state == GONE else "runs out by itself") in verdict.next_step
    assert "ask the postmaster" not in verdict.next_step


async def test_a_listing_may_bring_the_next_block(serve: Serve) -> None:
    verdict = await judged(serve, IB112, AFTER_A_DAY, {ZEN: f"{PROOF}{ME} A 127.0.0.4"})
    assert verdict.state == OPEN
    assert "is over since 2026-11-02 10:14 UTC; but" in verdict.summary
    assert "check.spamhaus.org" in verdict.next_step


async def test_a_list_that_the_reply_quotes_is_not_over_by_the_clock(serve: Serve) -> None:
    verdict = await judged(
        serve, blocked(ZEN, more=" for 2 hours"), AFTER_A_DAY, {ZEN: f"{PROOF}{ME} A 127.0.0.4"}
    )
    assert verdict.state == "still_holds"


GREYLISTED = "450 4.7.1 Greylisted, please try again in 300 seconds"
TOO_MANY = "451 4.7.0 Too many messages from your host, try again in 30 minutes"


@pytest.mark.parametrize(
    ("words", "now", "state", "step"),
    [
        (GREYLISTED, datetime(2026, 11, 2, 9, 15, tzinfo=UTC), OPEN, "not before 2026-11-02 09:19:02 UTC"),
        (GREYLISTED, BEFORE, GONE, "Send it again now, from the same server"),
        (TOO_MANY, BEFORE, OPEN, "not before 2026-11-02 09:44:02 UTC"),
        (TOO_MANY, AFTER_AN_HOUR, GONE, "Try again now; what is still in the queue goes by itself."),
        ("450 4.7.1 Greylisted, please try again later", AFTER_A_DAY, OPEN, "Send it again in some minutes"),
        (
            "452 4.3.1 Insufficient system storage, try again in 10 minutes",
            AFTER_A_DAY,
            OPEN,
            "is over since 2026-11-02 09:24",
        ),
    ],
)
async def test_a_pause_that_the_receiver_asks_for_is_over_when_it_has_passed(
    serve: Serve, words: str, now: datetime, state: str, step: str
) -> None:
    verdict = await judged(serve, words, now)
    assert verdict.state == state
    assert step in verdict.next_step


async def test_a_pause_that_was_kept_in_vain_is_no_end(serve: Serve) -> None:
    # It came to the server five hours before the last attempt, by the report.
    _, resolver = await serve(WELL)
    bounce = replace(parse(refused(GREYLISTED)), arrived="2026-11-02T04:14:02Z")
    failure = bounce.failures[0]
    diagnosis, inputs = diagnose(failure, bounce), gather(bounce, failure)
    verdict, _ = await settle(diagnosis, (), inputs, resolver, now=AFTER_A_DAY)
    assert verdict.state == OPEN


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("You are blocked for the day", 1440),
        ("IP blocked for the rest of the day", 1440),
        ("banned for 24 hours", 1440),
        ("Connections are refused for the next hour", 60),
        ("your host is temporarily throttled for 15 minutes", 15),
        ("blocked for attempting too much in 2 hours", None),
        ("blocked for spam", None),
    ],
)
def test_how_long_a_block_lasts_is_read_from_its_words(words: str, minutes: int | None) -> None:
    lasts = block_lasts(Failure(diagnostic=words))
    assert (None if lasts is None else lasts.total_seconds() / 60) == minutes
