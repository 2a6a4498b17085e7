"""Every sample goes the whole way, over real UDP to the demo's server, and comes out as its story says.

samples.toml was written from the guides and the zones, not from the program.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.planning.plan import plan
from bounce_tui.checks.running.run import run
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.demo.serving import serving
from bounce_tui.model import Case, Message
from bounce_tui.scan import examine

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
EXPECTED: list[dict[str, Any]] = tomllib.loads((HERE / "samples.toml").read_text("utf-8"))["sample"]
BOUNCES = [sample for sample in EXPECTED if sample["kind"] in ("failed", "delayed")]
GUIDES: dict[str, dict[str, str]] = tomllib.loads((HERE / "guide_rows.toml").read_text("utf-8"))
ROWS = {row: words for guide in GUIDES.values() for row, words in guide.items()}


# What a provider of mailboxes or filters is known by; names of server software are known by their wording.
SOFTWARE = ("Postfix", "Sendmail", "Exim", "qmail", "Courier", "Lotus Domino")
MARKS = {
    "Barracuda": r"Barracuda|Spam Firewall",
    "GoDaddy": r"secureserver\.net|\bIB\d{3}\b",
    "Microsoft Exchange Server": r"Microsoft SMTP|RESOLVER\.",
}


def _cases(samples: list[dict[str, Any]], test: str) -> list[Any]:
    """One case a sample; a sample whose `not_yet` names this test is expected to fail for that reason."""
    return [
        pytest.param(sample, id=sample["file"], marks=pytest.mark.xfail(reason=sample["not_yet"][test]))
        if test in sample.get("not_yet", {})
        else pytest.param(sample, id=sample["file"])
        for sample in samples
    ]


def _examine(file: str) -> Case:
    return examine(Message(file=file), (SAMPLES / "mail" / file).read_bytes())


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving(SAMPLES / "zones") as address:
        yield address


@pytest.mark.parametrize("sample", _cases(EXPECTED, "diagnosis"))
def test_a_sample_is_read_and_diagnosed_as_its_row_says(sample: dict[str, Any]) -> None:
    case = _examine(sample["file"])
    assert case.error is None
    assert (case.bounce.kind, case.bounce.forwarded) == (sample["kind"], sample.get("forwarded", False))
    expected = sample.get("failure", [])
    if sample["kind"] in ("failed", "delayed"):
        assert [(failure.recipient, failure.action) for failure in case.bounce.failures] == [
            (failure["recipient"], failure.get("action", "failed")) for failure in expected
        ]
        assert [diagnosis.reason for diagnosis in case.diagnoses] == [
            failure["reason"] for failure in expected
        ]
        for diagnosis, failure in zip(case.diagnoses, expected, strict=True):
            assert diagnosis.rule == failure.get("rule", diagnosis.rule)


@pytest.mark.parametrize("sample", _cases(BOUNCES, "inputs"))
def test_the_checks_of_a_sample_start_from_what_its_mail_tells(sample: dict[str, Any]) -> None:
    case = _examine(sample["file"])
    for failure, expected in zip(case.bounce.failures, sample["failure"], strict=True):
        inputs = gather(case.bounce, failure)
        found = {
            "reply_code": failure.reply_code,
            "sending_ip": inputs.sending_ip.value if inputs.sending_ip else None,
            "envelope_sender": inputs.envelope_sender.value if inputs.envelope_sender else None,
        }
        told = {key: expected[key] for key in found if key in expected}
        assert {key: found[key] for key in told} == told


@pytest.mark.parametrize("sample", _cases([s for s in EXPECTED if "row" in s], "row"))
def test_a_row_of_a_guide_keeps_its_words_through_the_reading(sample: dict[str, Any]) -> None:
    """What the guide quotes must survive the report's wrapping, and be there as evidence to show."""
    case = _examine(sample["file"])
    words = ROWS[sample["row"]]
    code = re.fullmatch(r"(\d{3}) ?(.*)", words)
    assert len(case.bounce.failures) == 1
    failure = case.bounce.failures[0]
    read = " ".join((failure.recipient or "", failure.diagnostic, *(_status_of(failure.status))))
    if code:
        assert failure.reply_code == code[1]
        words = code[2]
    assert " ".join(words.split()).casefold().strip() in " ".join(read.split()).casefold()
    assert case.diagnoses[0].evidence.text


def _status_of(status: str | None) -> tuple[str, ...]:
    return (status,) if status else ()


@pytest.mark.parametrize("sample", _cases(BOUNCES, "provider"))
def test_a_provider_is_named_only_where_it_speaks(sample: dict[str, Any]) -> None:
    case = _examine(sample["file"])
    raw = (SAMPLES / "mail" / sample["file"]).read_text("utf-8")
    for provider in {diagnosis.provider for diagnosis in case.diagnoses} - {None, *SOFTWARE}:
        assert re.search(MARKS.get(provider, rf"\b{re.escape(provider.split()[0])}"), raw, re.IGNORECASE), (
            provider
        )


@pytest.mark.parametrize("sample", _cases(BOUNCES, "verdict"))
async def test_the_verdict_of_a_sample_is_what_its_zones_tell(sample: dict[str, Any], server: str) -> None:
    case = _examine(sample["file"])
    assert len(case.bounce.failures) == len(sample["failure"])
    for number, expected in enumerate(sample["failure"]):
        results, verdict = await _judged(case, number, server)
        told = [f"{result.id}: {result.state} {result.outcome_text}: {result.summary}" for result in results]
        assert verdict.state == expected["verdict"], (verdict, told)
        assert verdict.summary
        assert verdict.next_step
        assert set(verdict.because) <= {result.id for result in results}
        states = {result.id: result.state for result in results}
        for check, state in expected.get("checks", {}).items():
            assert states.get(check) == state, told


async def _judged(case: Case, number: int, server: str) -> tuple[tuple[CheckResult, ...], Verdict]:
    failure, diagnosis = case.bounce.failures[number], case.diagnoses[number]
    inputs = gather(case.bounce, failure)
    checks = plan(failure, diagnosis, inputs)
    async with Resolver(server) as resolver:
        results = await run(checks, inputs, resolver)
    return results, judge(diagnosis, inputs, results)


def test_every_row_of_both_guides_has_a_sample() -> None:
    assert sorted({sample["row"] for sample in EXPECTED if "row" in sample}) == sorted(ROWS)
    codes = {code for words in GUIDES["godaddy"].values() for code in re.findall(r"\bIB\d{3}\b", words)}
    assert len(codes) == 22


def test_samples_and_expectations_name_the_same_files() -> None:
    mails = sorted(path.name for path in (SAMPLES / "mail").iterdir())
    assert sorted(sample["file"] for sample in EXPECTED) == mails
    readme = (SAMPLES / "README.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| `([\w.-]+)`", readme, re.MULTILINE)) == mails


_VERDICTS = {
    "still holds": "still_holds",
    "no longer holds": "no_longer_holds",
    "cannot be known": "cannot_be_known",
}


def test_the_readme_promises_the_verdicts_that_are_tested() -> None:
    readme = (SAMPLES / "README.md").read_text("utf-8")
    promised = {
        file: {_VERDICTS[word.strip()] for word in verdict.split(",") if word.strip() in _VERDICTS}
        for file, verdict in re.findall(r"^\| `([\w.-]+)` .*\| ([\w ,]+) \|$", readme, re.MULTILINE)
    }
    assert promised == {
        sample["file"]: {failure["verdict"] for failure in sample.get("failure", []) if "verdict" in failure}
        for sample in EXPECTED
    }


# Hosts by which a provider is known; everything else is of the ranges kept for documentation.
_REAL = re.compile(
    r"(?:secureserver\.net|googlemail\.com|google\.com|amazonses\.com|hotmail\.com|yahoo\.com|outlook\.com"
    r"|spamhaus\.org|spamcop\.net|barracudacentral\.org|barracudanetworks\.com|sorbs\.net|s5h\.net|surriel\.com"
    r"|psbl\.org|mail\.ru)"
)
_DOCUMENTATION = re.compile(r"192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|10\.|127\.|2001:db8:", re.IGNORECASE)


@pytest.mark.parametrize("sample", _cases(EXPECTED, "names"))
def test_a_sample_names_nobody_real(sample: dict[str, Any]) -> None:
    text = (SAMPLES / "mail" / sample["file"]).read_bytes().decode("utf-8").replace("=\n", "")
    for address in re.findall(r"(?<=[\[( ])(?:\d{1,3}\.){3}\d{1,3}(?=[\]) ])", text):
        assert _DOCUMENTATION.match(address), address
    for domain in re.findall(r"@((?:[\w-]+\.)+[a-z]{2,})", text):
        assert domain.endswith(".example") or _REAL.search(domain), domain
