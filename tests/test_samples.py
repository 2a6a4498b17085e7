"""Every sample goes the whole way, over real UDP to the demo's server, and comes out as its story says.

samples.toml was written from the guides and the zones, not from the program.
"""

import os
import re
import shutil
import socket
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import dns.message
import dns.query
import dns.rcode
import pytest

from bounce_tui.checks.inputs import gather
from bounce_tui.checks.judge import judge
from bounce_tui.checks.plan import plan
from bounce_tui.checks.resolver import Resolver
from bounce_tui.checks.run import run
from bounce_tui.demo.serving import serving
from bounce_tui.demo.zones import Zones
from bounce_tui.model import Case, CheckResult, Message, Verdict
from bounce_tui.scan import examine

SAMPLES = Path(__file__).parent.parent / "samples"
EXPECTED: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("samples.toml").read_text("utf-8"))[
    "sample"
]
BOUNCES = [sample for sample in EXPECTED if sample["kind"] in ("failed", "delayed")]

# The rows of both guides, each with the words that the guide quotes.
GODADDY = {
    "godaddy-ib101-queue-busy": "421 Server temporarily unavailable. Try again later. IB101",
    "godaddy-account-storage-limit": "Account storage limit",
    "godaddy-account-does-not-exist": "Account does not exist",
    "godaddy-account-disabled": "Account disabled",
    "godaddy-delivery-timeout": "Delivery timeout",
    "godaddy-loop-delivered-to": "This message is looping: it already has my Delivered-To line. (#5.4.6)",
    "godaddy-recipient-not-found": "550 Recipient not found.",
    "godaddy-queue-too-long": (
        "451 Sorry, I wasn't able to establish an SMTP connection. "
        "I'm not going to try again; this message has been in the queue too long."
    ),
    "godaddy-ib401-auth-on-inbound": "535 Authentication not allowed on IBSMTP Servers. IB401",
    "godaddy-ib501-blank-from": ("Blank From: addresses are not allowed. Please provide a valid From. IB501"),
    "godaddy-ib502-ip-as-from": (
        "IP addresses are not allowed as a From: Address. Please provide a valid From. IB502"
    ),
    "godaddy-ib506-from-domain-invalid": "From: Domain is invalid. Please provide a valid From: IB506",
    "godaddy-ib508-spf": "Invalid SPF record. Please inspect your SPF settings, and try again. IB508",
    "godaddy-ib108-rdns": "421 Temporarily rejected. Reverse DNS for this IP failed. IB108",
    "godaddy-ib212-spam-content": (
        "552 This message has been rejected due to content judged to be spam by the Internet community. IB212"
    ),
    "godaddy-ib705-virus": "552 Virus infected message rejected. IB705",
    "godaddy-ib605-too-many-rcpt": (
        "452 This message contains too many recipients Please reduce the number of recipients and retry. IB605"
    ),
    "godaddy-ib007-sessions": (
        "421 Connection refused, too many sessions from This IP. "
        "Please lower the number of concurrent sessions. IB007"
    ),
    "godaddy-ib110-spam-hour": (
        "554 This IP has been temporarily blocked for attempting to send too many messages containing content "
        "judged to be spam by the Internet community. IB110"
    ),
    "godaddy-ib111-spam-day": (
        "554 This IP has been blocked for the day, for attempting to send too many messages containing content "
        "judged to be spam by the Internet community. IB111"
    ),
    "godaddy-ib112-invalid-rcpt-hour": (
        "554 This IP has been temporarily blocked for attempting to mail too many invalid recipients. IB112"
    ),
    "godaddy-ib113-invalid-rcpt-day": (
        "554 This IP has been blocked for the day, for attempting to mail too many invalid recipients. IB113"
    ),
    "godaddy-ib504-hourly-messages": "550 This IP has sent too many messages this hour. IB504",
    "godaddy-ib510-per-session": (
        "550 This message has exceeded the max number of messages per session. "
        "Please open a new session and try again. IB510"
    ),
    "godaddy-ib607-hourly-recipients": "550 This IP has sent too many to too many recipients this hour. IB607",
    "godaddy-rbl-reject": "554 RBL Reject.",
    "godaddy-ib103-cloudmark": (
        "554 Connection refused. This IP has a poor reputation on Cloudmark Sender Intelligence (CSI). IB103"
    ),
    "godaddy-ib104-sbl": (
        "554 Connection refused. This IP is listed on the Spamhaus Block List (SBL). IB104"
    ),
    "godaddy-ib105-xbl": (
        "554 Connection refused. This IP is listed on the Exploits Block List (XBL). IB105"
    ),
    "godaddy-ib106-pbl": "554 Connection refused. This IP is listed on the Policy Block List (PBL). IB106",
    "godaddy-imceaex-nickname-cache": "#550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found ##",
    "godaddy-exrecipnotfound-wrong-server": "#550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found ##",
}
K12 = {
    "1 jsmiith": "jsmiith@school.example",
    "1 shcool": "jsmith@shcool.example",
    "2 mailbox full": "Mailbox full",
    "2 quota exceeded": "Quota exceeded",
    "2 exceeded storage allocation": "User has exceeded storage allocation",
    "3 greylisted": "Greylisted",
    "3 rate limited": "Rate limited",
    "3 try again later": "Try again later",
    "3 temporary failure": "Temporary failure",
    "4 message content rejected": "Message content rejected",
    "4 blocked": "Blocked",
    "4 security policy": "Security policy",
    "4 prohibited attachment": "Prohibited attachment",
    "5 spf fail": "SPF fail",
    "5 dkim fail": "DKIM fail",
    "5 dmarc fail": "DMARC fail",
    "5 message not aligned": "Message not aligned",
    "6 blocked": "Blocked",
    "6 rbl listing": "RBL listing",
    "6 blacklisted": "Blacklisted",
    "6 ip reputation": "IP reputation",
    "7 no such domain": "No such domain",
    "7 host not found": "Host not found",
    "7 nxdomain": "NXDOMAIN",
    "550": "550 ",
    "551": "551 ",
    "552": "552 ",
    "421": "421 ",
    "451": "451 ",
    "452": "452 ",
    "554": "554 ",
}
ROWS = GODADDY | K12


def _name(sample: dict[str, Any]) -> str:
    return str(sample["file"])


def _examine(file: str) -> Case:
    return examine(Message(file=file), (SAMPLES / "mail" / file).read_bytes())


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving(SAMPLES / "zones") as address:
        yield address


@pytest.mark.parametrize("sample", EXPECTED, ids=_name)
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
    rules = [
        (found.rule, wanted["rule"]) for found, wanted in zip(case.diagnoses, expected) if "rule" in wanted
    ]
    assert [found for found, _ in rules] == [wanted for _, wanted in rules]


@pytest.mark.parametrize("sample", [s for s in EXPECTED if "row" in s], ids=_name)
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


@pytest.mark.parametrize("sample", BOUNCES, ids=_name)
async def test_the_verdict_of_a_sample_is_what_its_zones_tell(sample: dict[str, Any], server: str) -> None:
    case = _examine(sample["file"])
    assert len(case.bounce.failures) == len(sample["failure"])
    for number, expected in enumerate(sample["failure"]):
        results, verdict = await _judged(case, number, server)
        told = [f"{result.id}: {result.state} {result.outcome}: {result.summary}" for result in results]
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
    checks = plan(case.bounce, failure, diagnosis, inputs)
    async with Resolver(server, timeout=0.3, lifetime=1.0) as resolver:
        results = await run(checks, inputs, resolver)
    return results, judge(diagnosis, inputs, results)


def test_every_row_of_both_guides_has_a_sample() -> None:
    assert sorted({sample["row"] for sample in EXPECTED if "row" in sample}) == sorted(ROWS)
    codes = {code for words in GODADDY.values() for code in re.findall(r"\bIB\d{3}\b", words)}
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
    r"|psbl\.org)"
)
_DOCUMENTATION = re.compile(r"192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|10\.|127\.|2001:db8:", re.IGNORECASE)


@pytest.mark.parametrize("sample", EXPECTED, ids=_name)
def test_a_sample_names_nobody_real(sample: dict[str, Any]) -> None:
    text = (SAMPLES / "mail" / sample["file"]).read_bytes().decode("utf-8")
    for address in re.findall(r"(?<=[\[( ])(?:\d{1,3}\.){3}\d{1,3}(?=[\]) ])", text):
        assert _DOCUMENTATION.match(address), address
    for domain in re.findall(r"@((?:[\w-]+\.)+[a-z]{2,})", text):
        assert domain.endswith(".example") or _REAL.search(domain), domain


def test_the_zones_answer_from_one_world() -> None:
    origins = {origin.to_text(omit_final_dot=True) for origin in Zones.from_folder(SAMPLES / "zones").origins}
    assert {"zen.spamhaus.org", "2.0.192.in-addr.arpa", "8.b.d.0.1.0.0.2.ip6.arpa", "example", "."} <= origins


@pytest.fixture(scope="module")
def knotd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real name server that serves the samples' zones, as an outside judge of their text."""
    program = shutil.which("knotd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must have knotd (apt-get install knot)")
        pytest.skip("knotd is not installed (apt-get install knot)")
    folder = tmp_path_factory.mktemp("knot")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    zones = "".join(
        f'  - domain: "{origin_of(path)}"\n    file: "{path}"\n'
        for path in (SAMPLES / "zones").glob("*.zone")
    )
    (folder / "knot.conf").write_text(
        f'server:\n  rundir: "{folder}"\n  listen: 127.0.0.1@{port}\n'
        f'database:\n  storage: "{folder}"\n'
        "log:\n  - target: stderr\n    any: info\n"
        f'template:\n  - id: default\n    storage: "{folder}"\n    zonefile-sync: -1\n    journal-content: none\n'
        f"zone:\n{zones}"
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, "-c", folder / "knot.conf"], stderr=log, stdout=log)
    try:
        _wait_for(port, process, folder / "log")
        yield port
    finally:
        process.terminate()
        process.wait(20)


def origin_of(zone: Path) -> str:
    match = re.search(r"^\$ORIGIN (\S+)$", zone.read_text("utf-8"), re.MULTILINE)
    assert match, zone
    return match[1]


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
        assert process.poll() is None, log.read_text()
        try:
            dns.query.udp(dns.message.make_query(".", "SOA"), "127.0.0.1", port=port, timeout=0.2)
        except (dns.exception.Timeout, OSError):
            continue
        return
    pytest.fail(f"knotd does not answer: {log.read_text()}")


@pytest.mark.parametrize("zone", sorted((SAMPLES / "zones").glob("*.zone")), ids=lambda path: path.name)
def test_a_real_name_server_loads_a_zone_and_answers_like_ours(zone: Path, knotd: int, server: str) -> None:
    origin = origin_of(zone)
    soa = dns.message.make_query(origin, "SOA")
    theirs = dns.query.udp(soa, "127.0.0.1", port=knotd, timeout=5)
    assert theirs.rcode() == dns.rcode.NOERROR
    assert theirs.answer
    ours = dns.query.udp(soa, "127.0.0.1", port=int(server.rsplit(":", 1)[1]), timeout=5)
    assert ours.answer == theirs.answer
