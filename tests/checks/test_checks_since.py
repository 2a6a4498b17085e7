"""Since when DNS is mended, and until when receivers may not see it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from looking import Serve, look

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.running.since import read_serial, with_age

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
GONE = Verdict("no_longer_holds", "It is mended.", "Safe to send again.", ("spf", "ptr"))
ZONE = """\
$ORIGIN {origin}.
@ {soa_ttl} SOA ns.example. host.example. {serial} 7200 3600 1209600 {minimum}
@ 300 NS ns.example.
{records}
"""
Zone = Callable[..., Awaitable[Resolver]]


@pytest.fixture
async def zone(knotd: Callable[..., str], tmp_path: Path) -> AsyncIterator[Zone]:
    """`await zone(origin, records, serial, minimum=...)`: a resolver that asks a real server."""
    async with AsyncExitStack() as stack:

        async def start(
            origin: str, records: str, serial: int, *, minimum: int, soa_ttl: int = 3600
        ) -> Resolver:
            folder = tmp_path / "zones"
            folder.mkdir()
            text = ZONE.format(
                origin=origin, records=records, serial=serial, minimum=minimum, soa_ttl=soa_ttl
            )
            (folder / f"{origin}.zone").write_text(text)
            return await stack.enter_async_context(Resolver(knotd(folder)))

        yield start


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (2026112001, "2026-11-20"),
        (2026112299, "2026-11-22"),
        # Tomorrow somewhere on earth, but not next week.
        (2026112301, "2026-11-23"),
        (2026113001, None),
        (2026139901, None),
        (1, None),
        (4294967295, None),
        (1766000000, "2025-12-17"),
        (1899123101, None),
        # Seconds that look like a day of 1763, long before there was DNS.
        (1763011500, "2025-11-13"),
        (202611200, None),
    ],
)
def test_a_serial_is_read_as_a_date_where_it_can_be_one(serial: int, day: str | None) -> None:
    read = read_serial(serial, NOW)
    assert (f"{read:%Y-%m-%d}" if read else None) == day


async def spf(zone: Zone, serial: int, *, ttl: int, minimum: int) -> tuple[CheckResult, Resolver]:
    resolver = await zone("example.org", f'@ {ttl} TXT "v=spf1 ip4:192.0.2.10 -all"', serial, minimum=minimum)
    return await look("spf", resolver, ip="192.0.2.10", sender="ann@example.org"), resolver


@pytest.mark.parametrize(
    ("ttl", "minimum", "until"),
    [
        (7200, 900, "14:00 UTC"),
        (300, 1800, "12:30 UTC"),
        # RFC 2308 section 5: no longer than the SOA record itself.
        (300, 86400, "13:00 UTC"),
        (86400, 1, "2026-11-23 12:00 UTC"),
    ],
)
async def test_the_old_answer_lives_as_long_as_a_record_or_its_absence_is_kept(
    zone: Zone, ttl: int, minimum: int, until: str
) -> None:
    result, resolver = await spf(zone, 7, ttl=ttl, minimum=minimum)
    verdict, _ = await with_age(GONE, [result], resolver, now=NOW)
    assert verdict.next_step == (
        f"Safe to send again. Receivers may still use the old answer until about {until}."
    )


async def test_a_record_to_publish_does_not_run_into_how_long_the_old_one_is_kept(zone: Zone) -> None:
    result, resolver = await spf(zone, 7, ttl=300, minimum=1800)
    step = 'Send again. Others want: mx.example.org. IN TXT "v=spf1 a -all"'
    verdict, _ = await with_age(msgspec.structs.replace(GONE, next_step=step), [result], resolver, now=NOW)
    assert verdict.next_step == f"{step} - Receivers may still use the old answer until about 12:30 UTC."


async def test_the_zone_s_serial_is_told_beside_the_records(zone: Zone) -> None:
    result, resolver = await spf(zone, 2026112201, ttl=300, minimum=600)
    verdict, (told,) = await with_age(GONE, [result], resolver, now=NOW)
    assert told.details[-1] == (
        "zone example.org: serial 2026112201, so it was changed last on 2026-11-22 if the serial is a date; "
        "caches keep this answer for 300 s and its absence for 600 s"
    )
    assert "12:10 UTC" in verdict.next_step


async def test_a_change_of_long_ago_needs_no_waiting(zone: Zone) -> None:
    result, resolver = await spf(zone, 2026110101, ttl=300, minimum=600)
    verdict, (told,) = await with_age(GONE, [result], resolver, now=NOW)
    assert verdict.next_step == "Safe to send again."
    assert told.details[-1].endswith("the old answer is forgotten")


async def test_a_name_that_was_not_there_is_remembered_as_missing(zone: Zone) -> None:
    resolver = await zone("2.0.192.in-addr.arpa", "10 60 PTR mx.example.org.", 3, minimum=7200, soa_ttl=900)
    result = await look("ptr", resolver, ip="192.0.2.10")
    gone = msgspec.structs.replace(GONE, because=("ptr",))
    verdict, (told,) = await with_age(gone, [result], resolver, now=NOW)
    assert told.details[-1] == (
        "zone 2.0.192.in-addr.arpa: serial 3; caches keep this answer for 60 s and its absence for 900 s"
    )
    assert "until about 12:15 UTC" in verdict.next_step


async def test_a_listing_is_kept_as_long_as_the_list_s_other_entries(serve: Serve) -> None:
    _, resolver = await serve({"zen.spamhaus.org": "2.0.0.127 1200 A 127.0.0.2"})
    result = await look("dnsbl:zen.spamhaus.org", resolver, ip="192.0.2.10")
    assert result.outcome == "not_listed"
    gone = msgspec.structs.replace(GONE, because=(result.id,))
    verdict, (told,) = await with_age(gone, [result], resolver, now=NOW)
    assert told.details[-1] == "caches keep what this list says for 1200 s"
    assert "until about 12:20 UTC" in verdict.next_step


async def test_nothing_is_asked_or_said_while_the_cause_holds(zone: Zone) -> None:
    result, resolver = await spf(zone, 2026112201, ttl=300, minimum=600)
    for state in ("still_holds", "cannot_be_known"):
        verdict = Verdict(state, "It holds.", "Mend it.", ("spf",))
        assert await with_age(verdict, [result], resolver, now=NOW) == (verdict, (result,))
