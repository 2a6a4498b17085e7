"""Where DNS is mended: since when, as far as it can be said, and how long receivers may not see it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct

from bounce_tui.check_results import CheckResult, Seen, Verdict
from bounce_tui.checks.dns.answer import Lookup

# Below this nobody needs to wait: the next attempt comes later.
_SHORT_S = 60
# RFC 2181 section 8; resolvers keep nothing longer than a week.
_LONGEST_S = 7 * 86400
_OF_ZONE = {
    "spf": ("TXT",), "dmarc": ("TXT",), "dkim": ("TXT",), "ptr": ("PTR",),
    "domain": ("MX", "A"), "mx": ("MX", "A"), "sender-domain": ("MX", "A"),
}  # fmt: skip
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_OF_LIST = ("dnsbl", "rhsbl")


class Age(Struct, frozen=True):
    """What can be said: a line for people, and the last moment at which a cache may hold an old answer, None
    where all have forgotten it."""

    line: str
    until: datetime | None


async def with_age(
    verdict: Verdict, results: Sequence[CheckResult], lookup: Lookup, *, now: datetime | None = None
) -> tuple[Verdict, tuple[CheckResult, ...]]:
    """`verdict` and `results` with what can be said of the change, where the quoted cause no longer holds.

    It is told by the first result that the verdict rests on; a zone's SOA record is asked for, once.
    """
    found = next((one for one in results if one.id in verdict.because[:1]), None)
    if verdict.state != "no_longer_holds" or found is None:
        return verdict, tuple(results)
    age = await _age(found, lookup, now or datetime.now(UTC))
    if age is None:
        return verdict, tuple(results)
    told = msgspec.structs.replace(found, details=(*found.details, age.line))
    if age.until is not None:
        wait = f"Receivers may still use the old answer until about {_clock(age.until, now)}."
        # The last word of a record to publish must not run into what follows.
        between = " " if verdict.next_step.endswith(".") else " - "
        verdict = msgspec.structs.replace(verdict, next_step=f"{verdict.next_step}{between}{wait}")
    return verdict, tuple(told if one is found else one for one in results)


async def _age(result: CheckResult, lookup: Lookup, now: datetime) -> Age | None:
    kind = result.id.partition(":")[0]
    if kind in _OF_LIST:
        # What a list said of the address has the TTL of its other entries; its serial tells nothing of one.
        seconds = _longest(result.seen)
        line = f"caches keep what this list says for {seconds} s"
        return Age(line, _until(seconds, now)) if seconds else None
    decisive = _decisive(result, _OF_ZONE.get(kind, ()))
    if decisive is None:
        return None
    soa = (await lookup.query(decisive.name, "SOA")).soa
    kept = min(decisive.ttl or 0, _LONGEST_S)
    if soa is None:
        return Age(f"caches keep this answer for {kept} s", _until(kept, now)) if kept else None
    # RFC 2308 section 5: that there is none is kept for the lesser of the two.
    absent = min(soa.ttl, soa.minimum, _LONGEST_S)
    changed = read_serial(soa.serial, now)
    dated = f", so it was changed last {_day(changed)} if the serial is a date" if changed else ""
    line = (
        f"zone {soa.zone}: serial {soa.serial}{dated}; caches keep this answer for {kept} s and its absence "
        f"for {absent} s"
    )
    bound = max(kept, absent)
    # A date without a time: the day may not have been over, anywhere on earth.
    over = changed is not None and changed + timedelta(days=2, seconds=bound) < now
    return Age(f"{line}: the old answer is forgotten" if over else line, None if over else _until(bound, now))


def read_serial(serial: int, now: datetime) -> datetime | None:
    """The day that a serial of the form YYYYMMDDnn names (RFC 1912 section 2.2), or the time that seconds
    since 1970 do; None for a counter, and for a day to come."""
    if len(str(serial)) != 10:
        return None
    found = [datetime.fromtimestamp(serial, UTC)]
    with suppress(ValueError):
        found.insert(0, datetime.strptime(str(serial)[:8], "%Y%m%d").replace(tzinfo=UTC))
    # Seconds of our years may look like a day, too: 1712122500 would be Christmas of 1712.
    return next((day for day in found if _EARLIEST < day <= now + timedelta(days=1)), None)


def _decisive(result: CheckResult, rdtypes: tuple[str, ...]) -> Seen | None:
    """The answer that this kind of check turns on."""
    mine = [one for rdtype in rdtypes for one in result.seen if one.rdtype == rdtype]
    if result.id == "dkim":
        mine = [one for one in mine if "._domainkey." in one.name]
    return mine[0] if mine else None


def _longest(seen: Sequence[Seen]) -> int:
    return min(max((one.ttl or 0 for one in seen if one.rdtype == "A"), default=0), _LONGEST_S)


def _until(seconds: int, now: datetime) -> datetime | None:
    return now + timedelta(seconds=seconds) if seconds > _SHORT_S else None


def _day(moment: datetime) -> str:
    return f"on {moment:%Y-%m-%d}"


def _clock(until: datetime, now: datetime | None) -> str:
    today = (now or datetime.now(UTC)).date()
    return f"{until:%H:%M} UTC" if until.date() == today else f"{until:%Y-%m-%d %H:%M} UTC"
