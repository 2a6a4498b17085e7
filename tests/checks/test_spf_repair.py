"""The record that mends a policy: the least change, proved by evaluating it."""

import pytest

from bounce_tui.checks.authentication.spf import Repair, evaluate, propose
from bounce_tui.checks.authentication.spf.repair import cut
from bounce_tui.checks.dns.resolver import Resolver

SIX = " ".join(f"a:h{number}.example" for number in range(6))
WIDE = " ".join(f"ip4:198.51.100.{number}" for number in range(20))

ZONE = {
    **{f"h{number}.example": [{"A": f"203.0.113.{number}"}] for number in range(10)},
    "bare.example": [{"TXT": "verification=abc"}, {"A": "192.0.2.80"}],
    "school.example": [{"TXT": "v=spf1 a:h1.example include:_spf.host.example ~all"}],
    "_spf.host.example": [{"TXT": "v=spf1 ip4:198.51.100.0/24 -all"}],
    "moved.example": [{"TXT": "v=spf1 redirect=school.example"}],
    "refusing.example": [{"TXT": "v=spf1 -ip4:192.0.2.0/24 a:h1.example ~all"}],
    "late.example": [{"TXT": "v=spf1 a:h1.example -all ip4:192.0.2.0/24 ip4:203.0.113.9"}],
    "two.example": [{"TXT": "v=spf1 a:h1.example -all"}, {"TXT": "v=spf1 ip4:192.0.2.10 a:h1.example ~all"}],
    "three.example": [
        {"TXT": "v=spf1 a:h1.example exp=why.example -all"},
        {"TXT": "v=spf1 redirect=_spf.host.example"},
        {"TXT": "v=spf1 +all"},
    ],
    "wrong.example": [{"TXT": "v=spf1 a:h1.example, ipv4:192.0.2.9;ip4:2001:db8::1/64 moo -all"}],
    "meant.example": [{"TXT": "v=spf1 include=_spf.host.example a:192.0.2.10 -all"}],
    "nearly.example": [{"TXT": '"v=spf1 a:h1.example -all"'}, {"TXT": "verification=abc"}],
    "glued.example": [{"TXT": ["v=spf1", "a:h1.example -all"]}],
    "dead.example": [{"TXT": "v=spf1 include:gone.example ip4:192.0.2.10 -all"}],
    "self.example": [{"TXT": "v=spf1 include:self.example ip4:192.0.2.10 -all"}],
    "lost.example": [{"TXT": "v=spf1 redirect=gone.example a:h1.example"}],
    "voids.example": [{"TXT": "v=spf1 -a:x.example -a:y.example -a:z.example mx -all"}],
    "hollow.example": [
        {
            "TXT": "v=spf1 a:x.example a:h1.example a:%{l}.example mx exists:y.example a:six6.example "
            "mx:z.example include:void.example ~all"
        }
    ],
    "six6.example": [{"AAAA": "2001:db8::6"}],
    "void.example": [{"TXT": "v=spf1 a:v.example -all"}],
    "macro.example": [{"TXT": "v=spf1 include:%{i}.spf.example -all"}],
    "heavy.example": [{"TXT": "v=spf1 include:six.example include:six2.example include:six.example -all"}],
    "tangled.example": [
        {"TXT": "v=spf1 include:six.example include:six2.example ip4:192.0.2.10 ip4:203.0.113.99 -all"}
    ],
    "knotted.example": [
        {"TXT": "v=spf1 ~a:h1.example include:six.example include:six2.example ip4:192.0.2.10 -all"}
    ],
    "six.example": [{"TXT": f"v=spf1 {SIX} ~all"}],
    "six2.example": [{"TXT": f"v=spf1 {SIX} ~all"}],
    "wide.example": [{"TXT": f"v=spf1 {WIDE} ~all"}],
    "slow.example": [{"TXT": "v=spf1 include:error.example -all"}],
    "quiet.example": ["TIMEOUT"],
}


async def mend(resolver: Resolver, domain: str, ip: str = "192.0.2.10") -> Repair | None:
    evaluation = await evaluate(ip, f"office@{domain}", "mail.school.example", resolver)
    return await propose(evaluation, ip, resolver)


@pytest.mark.parametrize(
    ("domain", "record"),
    [
        ("bare.example", "v=spf1 ip4:192.0.2.10 ~all"),
        ("gone.example", "v=spf1 ip4:192.0.2.10 ~all"),
        ("school.example", "v=spf1 a:h1.example include:_spf.host.example ip4:192.0.2.10 ~all"),
        ("moved.example", "v=spf1 ip4:192.0.2.10 redirect=school.example"),
        ("refusing.example", "v=spf1 ip4:192.0.2.10 -ip4:192.0.2.0/24 a:h1.example ~all"),
        ("late.example", "v=spf1 a:h1.example ip4:192.0.2.0/24 -all ip4:203.0.113.9"),
        ("two.example", "v=spf1 a:h1.example ip4:192.0.2.10 ~all"),
        (
            "three.example",
            "v=spf1 a:h1.example include:_spf.host.example exp=why.example ip4:192.0.2.10 ~all",
        ),
        (
            "wrong.example",
            "v=spf1 a:h1.example ip4:192.0.2.9 ip6:2001:db8::1/64 ip4:192.0.2.10 -all",
        ),
        ("meant.example", "v=spf1 include:_spf.host.example ip4:192.0.2.10 -all"),
        ("nearly.example", "v=spf1 a:h1.example ip4:192.0.2.10 -all"),
        ("glued.example", "v=spf1 a:h1.example ip4:192.0.2.10 -all"),
        ("dead.example", "v=spf1 ip4:192.0.2.10 -all"),
        ("self.example", "v=spf1 ip4:192.0.2.10 -all"),
        ("lost.example", "v=spf1 a:h1.example ip4:192.0.2.10 ~all"),
        ("voids.example", "v=spf1 ip4:192.0.2.10 -all"),
        ("macro.example", "v=spf1 ip4:192.0.2.10 include:%{i}.spf.example -all"),
        (
            "tangled.example",
            "v=spf1 ip4:192.0.2.10 ip4:203.0.113.99 include:six.example include:six2.example -all",
        ),
        (
            "knotted.example",
            "v=spf1 ~a:h1.example include:six.example ip4:192.0.2.10 include:six2.example -all",
        ),
        ("heavy.example", "v=spf1 include:six.example ip4:192.0.2.10 include:six2.example -all"),
    ],
)
async def test_the_proposal_is_the_least_change_and_passes(
    resolver: Resolver, domain: str, record: str
) -> None:
    repair = await mend(resolver, domain)
    assert repair is not None
    assert repair.record == record
    assert repair.proof.result == "pass"
    assert repair.proof.ip == "192.0.2.10"
    assert repair.changes
    assert repair.diff[-1] == f"+ {record}"


async def test_an_ipv6_sender_gets_an_ip6_term(resolver: Resolver) -> None:
    repair = await mend(resolver, "school.example", "2001:DB8::25")
    assert repair is not None
    assert "ip6:2001:db8::25 ~all" in repair.record


async def test_the_diff_takes_away_what_it_replaces_and_nothing_else(resolver: Resolver) -> None:
    repair = await mend(resolver, "two.example")
    assert repair is not None
    assert repair.diff == (
        "- v=spf1 a:h1.example -all",
        "- v=spf1 ip4:192.0.2.10 a:h1.example ~all",
        "+ v=spf1 a:h1.example ip4:192.0.2.10 ~all",
    )
    nearly = await mend(resolver, "nearly.example")
    assert nearly is not None
    assert nearly.present == ('"v=spf1 a:h1.example -all"',)


async def test_too_many_lookups_are_reckoned_up_include_by_include(resolver: Resolver) -> None:
    repair = await mend(resolver, "heavy.example")
    assert repair is not None
    assert repair.changes[-1] == (
        "other senders still meet 14 lookups, 4 too many; what they cost: "
        "include:six.example 7, include:six2.example 7"
    )
    assert "too_many_lookups" in {problem.code for problem in repair.remaining}


async def test_a_name_that_does_not_exist_is_said_to_need_a_zone(resolver: Resolver) -> None:
    repair = await mend(resolver, "gone.example")
    assert repair is not None
    assert repair.changes[0].startswith("the name does not exist yet")


async def test_overriding_a_refusal_by_name_is_pointed_out(resolver: Resolver) -> None:
    repair = await mend(resolver, "refusing.example")
    assert repair is not None
    assert "make sure that this is wanted" in repair.changes[-1]
    failing = await mend(resolver, "voids.example")
    assert failing is not None
    assert failing.changes[-1] == "“ip4:192.0.2.10” added before “-all”"


async def test_terms_that_lead_nowhere_are_left_out_where_they_are_too_many(resolver: Resolver) -> None:
    """Not a host of the other family, not a term with a macro, and no more than that of an include."""
    repair = await mend(resolver, "hollow.example")
    assert repair is not None
    assert repair.record == (
        "v=spf1 a:h1.example a:%{l}.example a:six6.example ip4:192.0.2.10 include:void.example ~all"
    )
    assert "“mx” left out: it leads nowhere (MX hollow.example: no such record)" in repair.changes
    assert "“exists:y.example” left out: it leads nowhere (A y.example: no such name)" in repair.changes
    assert repair.voids_left


async def test_a_long_record_is_cut_into_strings_that_join_to_the_same_text(resolver: Resolver) -> None:
    repair = await mend(resolver, "wide.example")
    assert repair is not None
    assert len(repair.strings) > 1
    assert all(len(string) <= 255 for string in repair.strings)
    assert "".join(repair.strings) == repair.record
    assert repair.zone_line.startswith('wide.example. IN TXT "v=spf1 ')
    assert repair.zone_line.count('" "') == len(repair.strings) - 1


def test_a_term_longer_than_a_string_is_cut_within() -> None:
    assert cut("x" * 600) == ("x" * 255, "x" * 255, "x" * 90)


@pytest.mark.parametrize(
    ("domain", "ip", "why"),
    [
        ("school.example", "198.51.100.1", "it passes as it is"),
        ("quiet.example", "192.0.2.10", "the record could not be read"),
        ("slow.example", "192.0.2.10", "an include could not be read, and may allow the address"),
        ("school.example", "10.1.2.3", "no receiver sees a private address"),
        ("localhost", "192.0.2.10", "no domain that could have a policy"),
    ],
)
async def test_nothing_is_proposed_where_nothing_is_known_to_be_wrong(
    resolver: Resolver, domain: str, ip: str, why: str
) -> None:
    assert await mend(resolver, domain, ip) is None, why


async def test_the_address_to_mend_for_may_be_another_than_the_one_evaluated(resolver: Resolver) -> None:
    evaluation = await evaluate("198.51.100.1", "a@school.example", "h.example", resolver)
    repair = await propose(evaluation, "192.0.2.10", resolver)
    assert repair is not None
    assert (evaluation.result, repair.proof.ip) == ("pass", "192.0.2.10")
