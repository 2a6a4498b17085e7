"""SPF records, names and senders that strangers wrote to do harm."""

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spf_zone import ZoneInMemory

from bounce_tui.checks.authentication.spf import evaluate, lines, propose
from bounce_tui.checks.authentication.spf.macros import expand_domain, expand_text, parse_macro_string
from bounce_tui.checks.authentication.spf.record import parse_record
from bounce_tui.checks.dns.answer import Answer, RecordType

VOCABULARY = """
    a mx ptr all include:a.example include:b.example redirect=b.example exists:%{i}.%{d} a:%{p} exp=%{d2r}
    ip4:192.0.2.1 ip6:2001:db8::/32 -all ~all ?all a/0 mx//0 %{ a:%{l9r-+}.example include=x redirect:x moo
    ip4:1.2.3.4/99 x=%{s} a:%%%_%-.example ip4:1.2.3.4,a;mx v=spf1 exp=a.example
"""
LIKELY = st.lists(st.sampled_from(VOCABULARY.split()), max_size=14).map(
    lambda terms: " ".join(["v=spf1", *terms])
)
ANYTHING = st.text(st.characters(max_codepoint=255), max_size=80)
RECORDS = st.lists(st.one_of(LIKELY, ANYTHING.map("v=spf1 {}".format), ANYTHING), max_size=3)


@settings(max_examples=300)
@given(
    top=RECORDS,
    first=RECORDS,
    second=RECORDS,
    sender=st.one_of(st.text(max_size=40), st.just("x@top.example")),
    helo=st.text(max_size=40),
    ip=st.sampled_from(["192.0.2.1", "2001:db8::1"]),
)
def test_no_record_sender_or_helo_raises_and_what_is_proposed_passes(
    top: list[str], first: list[str], second: list[str], sender: str, helo: str, ip: str
) -> None:
    zone: dict[tuple[str, str], list[Any]] = {
        ("top.example", "TXT"): top,
        ("a.example", "TXT"): first,
        ("b.example", "TXT"): second,
        ("top.example", "MX"): [(10, "a.example"), (0, "")],
        ("a.example", "A"): ["192.0.2.1", "not an address"],
    }

    async def check() -> None:
        lookup = ZoneInMemory(zone)
        for who in (sender, "x@top.example"):
            evaluation = await evaluate(ip, who, helo, lookup)
            assert lines(evaluation)
            assert evaluation.lookups <= 11
            repair = await propose(evaluation, ip, lookup)
            if repair is not None:
                assert repair.proof.result == "pass"
                assert parse_record(repair.record).faults == ()

    asyncio.run(check())


class Endless:
    """A name server that answers every name with one more include."""

    address = "127.0.0.1:53"

    def __init__(self, record: str) -> None:
        self.record = record
        self.asked = 0

    async def query(self, name: str, rdtype: RecordType) -> Answer:
        self.asked += 1
        if rdtype == "TXT":
            return Answer(name, rdtype, "answer", (self.record,))
        return Answer(name, rdtype, "answer", tuple(f"192.0.2.{n}" for n in range(250)))


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 include:x.%{d} -all",
        "v=spf1 redirect=x.%{d}",
        "v=spf1 " + "include:x.%{d} " * 2000,
        "v=spf1 " + " ".join(f"include:i{n}.%{{d}}" for n in range(2000)),
        "v=spf1 " + "include:%{p}.%{d} " * 3000,
    ],
)
async def test_a_policy_without_end_costs_a_bounded_number_of_queries(record: str) -> None:
    lookup = Endless(record)
    evaluation = await evaluate("192.0.2.254", "a@top.example", "h.example", lookup)
    assert evaluation.result == "permerror"
    assert lookup.asked < 150
    assert len(lines(evaluation)) < 1000
    assert all(len(line) < 1100 for line in lines(evaluation))


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 " + "a" * 65000,
        "v=spf1 a:" + "%{l}" * 16000 + ".example -all",
        "v=spf1 a:" + "%{l999999999r.-+,/_=}" * 3000 + " -all",
        "v=spf1 exists:" + "." * 60000 + "example.com -all",
        "v=spf1 a" + "/1" * 30000,
        "v=spf1 a:x" + "/" * 60000 + "y.example",
        "v=spf1 " + "moo " * 16000,
        "v=spf1 " + "ip4:192.0.2.1 " * 4600,
        "v=spf1 " + "x=y " * 16000,
        "v=spf1 " + " ".join(f"a:{n}.example" for n in range(4500)),
        "v=spf1 -all " + " ".join(f"ip6:2001:db8::{n:x}/0" for n in range(3000)),
        "v=spf1 " + ",".join(f"mx:{n}.example" for n in range(4500)),
        "v=spf1 -all " + " ".join(f"ip4:198.51.{n >> 8}.{n & 255}/0" for n in range(3000)),
        'v=spf1"' + ";" * 60000,
    ],
)
async def test_a_record_of_64_kb_is_judged_and_told_in_short_lines(record: str) -> None:
    lookup = Endless(record)
    evaluation = await evaluate("198.51.100.1", "a.b-c" * 12000 + "@top.example", "h.example", lookup)
    assert lookup.asked
    repair = await propose(evaluation, "198.51.100.1", lookup)
    assert len(lines(evaluation)) < 200
    assert all(len(line) < 1100 for line in lines(evaluation))
    assert repair is None or repair.proof.result == "pass"


async def test_a_record_beyond_any_reader_gets_no_proposal_of_its_length() -> None:
    networks = " ".join(f"ip4:198.51.{n // 250}.{n % 250}" for n in range(3000))
    zone = ZoneInMemory({("top.example", "TXT"): [f"v=spf1 {networks} -all"]})
    evaluation = await evaluate("192.0.2.1", "x@top.example", "helo.example", zone)
    assert evaluation.result == "fail"
    assert await propose(evaluation, "192.0.2.1", zone) is None


def test_an_explanation_is_cut_to_what_a_reply_can_carry() -> None:
    tokens = parse_macro_string("%{s}" * 16000, explanation=True)
    assert len(expand_text(tokens, {"s": "x" * 900})) == 2000


def test_a_long_name_loses_whole_labels_from_the_left() -> None:
    tokens = parse_macro_string("%{l}." * 16000 + "example")
    name = expand_domain(tokens, {"l": "abcdefghi"})
    assert len(name) <= 253
    assert set(name.split(".")) == {"abcdefghi", "example"}


async def test_a_check_can_be_cancelled_while_dns_is_silent() -> None:
    class Silent(Endless):
        async def query(self, name: str, rdtype: RecordType) -> Answer:
            await asyncio.Event().wait()
            raise AssertionError("never")

    task = asyncio.create_task(evaluate("192.0.2.1", "a@top.example", "h.example", Silent("")))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_an_evaluation_ends_as_temporary_error_when_its_time_is_up() -> None:
    class Silent(Endless):
        async def query(self, name: str, rdtype: RecordType) -> Answer:
            if name == "top.example":
                return Answer(name, rdtype, "answer", ("v=spf1 a:h.example mx ~all",))
            await asyncio.Event().wait()
            raise AssertionError("never")

    evaluation = await evaluate("192.0.2.1", "a@top.example", "h.example", Silent(""), time_limit=0.05)
    assert evaluation.result == "temperror"
    assert evaluation.mechanism == "a:h.example"
