"""An axis of time: nothing dropped, no gap closed, steps as fine as there is room for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.triage.count import Count
from bounce_tui.triage.timeline import timeline

HOURS = st.dates(date(1980, 1, 1), date(2099, 12, 31)).flatmap(
    lambda day: st.integers(0, 23).map(lambda hour: f"{day}T{hour:02}")
)


def hours(*values: str) -> list[Count]:
    return [Count(value, 1, 0) for value in values]


@pytest.mark.parametrize(
    ("last", "unit", "steps", "first_step", "last_step"),
    [
        ("2009-03-12T10", "hour", 1, "2009-03-12 10:00", "2009-03-12 10:00"),
        ("2009-03-13T09", "hour", 24, "2009-03-12 10:00", "2009-03-13 09:00"),
        ("2009-03-15T09", "day", 4, "2009-03-12", "2009-03-15"),
        ("2009-05-10T23", "day", 60, "2009-03-12", "2009-05-10"),
        ("2009-05-11T00", "week from Monday", 10, "2009-03-09", "2009-05-11"),
        ("2010-12-31T10", "month", 22, "2009-03", "2010-12"),
        ("2026-11-20T10", "year", 18, "2009", "2026"),
        ("2099-11-20T10", "decade", 10, "2000s", "2090s"),
    ],
)
def test_steps_are_as_fine_as_there_is_room_for(
    last: str, unit: str, steps: int, first_step: str, last_step: str
) -> None:
    found = timeline(hours(last, "2009-03-12T10"), 60)
    assert found.unit == unit
    assert len(found.steps) == steps
    assert (found.steps[0].value, found.steps[-1].value) == (first_step, last_step)


def test_a_day_without_any_has_its_place() -> None:
    found = timeline(
        [Count("2026-11-14T09", 2, 1), Count("2026-11-20T23", 1, 0), Count("2026-11-14T10", 1, 0)], 60
    )
    assert [(one.failed, one.delayed) for one in found.steps] == [(3, 1), *[(0, 0)] * 5, (1, 0)]


@given(st.lists(HOURS, min_size=1, unique=True), st.integers(20, 200))
def test_every_mail_is_counted_once_and_no_step_is_left_out(values: list[str], most: int) -> None:
    found = timeline(hours(*values), most)
    assert sum(one.failed for one in found.steps) == len(values)
    assert len(found.steps) <= most
    assert found.steps[0].total
    assert found.steps[-1].total
    assert [one.value for one in found.steps] == sorted({one.value for one in found.steps})


@given(st.integers(0, 40_000), st.integers(20, 200))
def test_between_two_days_lie_all_days(days: int, most: int) -> None:
    monday = date(1985, 1, 7)
    found = timeline(hours(f"{monday}T10", f"{monday + timedelta(days)}T10"), most)
    expected = {"day": days + 1, "week from Monday": days // 7 + 1}
    assert len(found.steps) == expected.get(found.unit, len(found.steps))


def test_without_a_date_there_is_no_axis() -> None:
    assert timeline([], 60).steps == ()
