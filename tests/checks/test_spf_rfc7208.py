"""The openspf.org conformance suite for RFC 7208, over UDP through our own resolver."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from corpus import RFC7208
from spf_zone import SpfZone

from bounce_tui.checks.authentication.spf import evaluate
from bounce_tui.checks.dns.resolver import Resolver

DEFAULT = "our own words"

pytestmark = pytest.mark.needs_shared(RFC7208)


def scenarios() -> list[dict[str, Any]]:
    if not RFC7208.is_file():
        return []
    return [scenario for scenario in yaml.safe_load_all(RFC7208.read_text("utf-8")) if scenario]


SCENARIOS = scenarios()
CASES = [
    pytest.param(number, test, id=name)
    for number, scenario in enumerate(SCENARIOS)
    for name, test in scenario["tests"].items()
]


@pytest.fixture(scope="module")
def zones() -> Iterator[dict[int, SpfZone]]:
    running: dict[int, SpfZone] = {}
    yield running
    for zone in running.values():
        zone.__exit__()


@pytest.mark.parametrize(("number", "test"), CASES)
async def test_the_result_and_explanation_are_what_the_suite_says(
    number: int, test: dict[str, Any], zones: dict[int, SpfZone]
) -> None:
    if number not in zones:
        zones[number] = SpfZone(SCENARIOS[number]["zonedata"]).__enter__()
    # Only where a name of the scenario stays silent is waited for the end of the limit.
    async with Resolver(zones[number].address, timeout=0.2, lifetime=0.2) as resolver:
        evaluation = await evaluate(
            str(test["host"]), test["mailfrom"], test["helo"], resolver, default_explanation=DEFAULT
        )
    allowed = test["result"] if isinstance(test["result"], list) else [test["result"]]
    assert evaluation.result in allowed
    if "explanation" in test:
        assert evaluation.explanation == test["explanation"].replace("DEFAULT", DEFAULT)


def test_the_whole_suite_was_read() -> None:
    assert len(CASES) == 203
