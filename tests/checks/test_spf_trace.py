"""The tree, the counts and the problems of an SPF check, read over UDP."""

import pytest
from spf_zone import SpfZone

from bounce_tui.checks.authentication.spf import (
    SpfEvaluation,
    cost_line,
    evaluate,
    evaluate_other_family,
    lines,
)
from bounce_tui.checks.dns.resolver import Resolver

PREFIXES = " ".join(f"ip4:198.51.100.{number}" for number in range(30))

ZONE = {
    "school.example": [
        {"TXT": "v=spf1 mx include:_spf.host.example ~all"},
        {"MX": [10, "mx1.school.example"]},
        {"MX": [20, "mx2.school.example"]},
    ],
    "mx1.school.example": [{"A": "192.0.2.1"}],
    "mx2.school.example": [{"A": "192.0.2.2"}, {"AAAA": "2001:db8::2"}],
    "_spf.host.example": [{"TXT": "v=spf1 ip4:198.51.100.0/24 a:out.host.example -all"}],
    "out.host.example": [{"A": "203.0.113.25"}],
    "moved.example": [{"TXT": "v=spf1 redirect=school.example"}],
    "open.example": [{"TXT": "v=spf1 mx +all ip4:192.0.2.9"}],
    "wide.example": [{"TXT": "v=spf1 ip4:0.0.0.0/0 ip4:10.1.2.0/24 -all"}],
    "names.example": [{"TXT": "v=spf1 ptr ptr:school.example ?all"}],
    "twice.example": [{"TXT": "v=spf1 -all"}, {"TXT": "v=spf1 mx -all"}],
    "long.example": [{"TXT": f"v=spf1 {PREFIXES} -all"}],
    "loop.example": [{"TXT": "v=spf1 include:pool.example -all"}],
    "pool.example": [{"TXT": "v=spf1 include:loop.example -all"}],
    "dead.example": [{"TXT": "v=spf1 ip4:192.0.2.10 include:gone.example -all"}],
    "slow.example": [{"TXT": "v=spf1 include:error.example -all"}],
    "sloppy.example": [
        {"TXT": "V=SPF1 IP4:192.0.2.1 include=_spf.host.example color=red MX"},
        {"MX": [0, ""]},
    ],
    "wrong.example": [{"TXT": "v=spf1 a:192.0.2.1 redirect:school.example ip4:192.0.2.256 -all"}],
    "ignored.example": [{"TXT": "v=spf1 redirect=school.example ?all"}],
    "nearly.example": [{"TXT": '"v=spf1 a -all"'}, {"TXT": "spf is not what this is about"}],
    "heavy.example": [
        {"TXT": "v=spf1 ip4:192.0.2.10 include:seven.example include:seven.example mx -all"},
        {"MX": [10, "mx1.school.example"]},
    ],
    "seven.example": [{"TXT": "v=spf1 " + " ".join(["a:out.host.example"] * 6) + " ~all"}],
    "four.example": [{"TXT": "v=spf1 " + " ".join(f"a:nix{n}.school.example" for n in range(4)) + " -all"}],
    "v4mx.example": [
        {"TXT": "v=spf1 mx ip6:2001:db8::25 -all"},
        *({"MX": [n, f"v4-{n}.example"]} for n in range(3)),
    ],
    **{f"v4-{number}.example": [{"A": "192.0.2.1"}] for number in range(3)},
    "10.2.0.192.in-addr.arpa": [{"PTR": "out.named.example"}, {"PTR": "other.example"}],
    "named.example": [{"TXT": "v=spf1 ptr -all"}],
    "out.named.example": [{"A": "192.0.2.10"}],
    "p.example": [{"TXT": "v=spf1 a:nix1.example exists:%{p}.nix2.example a:nix3.example ?all"}],
    "hash.example": [{"TXT": "v=spf1 exists:%{l}.hash.example -all"}],
    "backslash\\.hash.example": [{"A": "127.0.0.2"}],
    "xn--bcher-kva.example": [{"TXT": "v=spf1 ip4:192.0.2.10 -all"}],
    "eleven.example": [
        {"TXT": "v=spf1 mx -all"},
        *({"MX": [number, f"mx{number}.school.example"]} for number in range(11)),
    ],
}


async def check(resolver: Resolver, domain: str, ip: str = "192.0.2.10") -> SpfEvaluation:
    return await evaluate(ip, f"office@{domain}", "mail.school.example", resolver)


def codes(evaluation: SpfEvaluation) -> set[str]:
    return {problem.code for problem in evaluation.problems}


async def test_the_tree_shows_each_include_with_what_it_covers_and_what_matched(resolver: Resolver) -> None:
    evaluation = await check(resolver, "school.example", "203.0.113.25")
    assert lines(evaluation) == (
        "pass: 203.0.113.25 for office@school.example (HELO mail.school.example)",
        "decided by school.example: include:_spf.host.example > _spf.host.example: a:out.host.example",
        "school.example: v=spf1 mx include:_spf.host.example ~all",
        "  mx: no match; covers 192.0.2.1, 192.0.2.2 [lookup 1]",
        "  include:_spf.host.example: MATCH [lookups 2 to 3]",
        "    _spf.host.example: v=spf1 ip4:198.51.100.0/24 a:out.host.example -all",
        "      ip4:198.51.100.0/24: no match",
        "      a:out.host.example: MATCH; covers 203.0.113.25 [lookup 3]",
        "      -all: not reached",
        "      = pass",
        "  ~all: not reached",
        "  = pass",
        "lookups 3 of 10, void lookups 0 of 2",
    )
    assert evaluation.mechanism == "include:_spf.host.example"
    assert evaluation.record == "v=spf1 mx include:_spf.host.example ~all"


async def test_an_include_that_fails_is_told_as_no_match_and_not_as_a_failure(resolver: Resolver) -> None:
    told = lines(await check(resolver, "school.example", "192.0.2.99"))
    assert "      = fail: no match, the record above goes on" in told
    assert "  = softfail" in told


async def test_a_redirect_is_followed_to_the_term_that_decided(resolver: Resolver) -> None:
    evaluation = await check(resolver, "moved.example")
    assert evaluation.result == "softfail"
    assert evaluation.mechanism == "~all"
    assert evaluation.where == ("moved.example: redirect=school.example", "school.example: ~all")


async def test_a_null_sender_is_the_postmaster_of_the_helo_name(resolver: Resolver) -> None:
    evaluation = await evaluate("198.51.100.9", "<>", "school.example", resolver)
    assert (evaluation.result, evaluation.sender) == ("pass", "postmaster@school.example")


async def test_an_international_domain_is_asked_for_by_its_a_labels(resolver: Resolver) -> None:
    assert (await check(resolver, "bücher.example")).result == "pass"


async def test_a_mapped_ipv6_address_is_its_ipv4_self(resolver: Resolver) -> None:
    evaluation = await check(resolver, "school.example", "::ffff:198.51.100.4")
    assert (evaluation.result, evaluation.ip) == ("pass", "198.51.100.4")


async def test_a_backslash_in_the_local_part_stays_a_backslash(resolver: Resolver) -> None:
    assert (await evaluate("192.0.2.10", "backslash\\@hash.example", "h.example", resolver)).result == "pass"


@pytest.mark.parametrize(
    "domain",
    ["bad\\.example", "a\\300.example", "[192.0.2.1]", "example", "a..example", "x" * 64 + ".example", ""],
)
async def test_a_sender_domain_that_cannot_be_asked_has_no_policy(resolver: Resolver, domain: str) -> None:
    assert (await check(resolver, domain)).result == "none"


@pytest.mark.parametrize("ip", ["", "mail.example", "192.0.2", "192.0.2.1.5", "2001:db8::1::2"])
async def test_what_is_no_address_is_refused(resolver: Resolver, ip: str) -> None:
    with pytest.raises(ValueError, match="not an IP address"):
        await evaluate(ip, "a@school.example", "h.example", resolver)


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("school.example", set()),
        ("open.example", {"plus_all", "after_all", "void_lookups"}),
        ("wide.example", {"wide_network", "private_network"}),
        ("names.example", {"ptr_used"}),
        ("twice.example", {"several_records"}),
        ("long.example", {"too_long", "needs_several_strings"}),
        ("loop.example", {"include_loop"}),
        ("dead.example", {"missing_include"}),
        ("slow.example", {"unreadable_include"}),
        (
            "sloppy.example",
            {"upper_case", "mechanism_as_modifier", "unknown_modifier", "no_all"},
        ),
        ("wrong.example", {"syntax_error"}),
        ("ignored.example", {"redirect_ignored"}),
        ("nearly.example", {"nearly_spf"}),
        ("heavy.example", {"too_many_lookups", "repeated_term"}),
        ("four.example", {"too_many_voids"}),
    ],
)
async def test_problems_beyond_the_result_are_named(
    resolver: Resolver, domain: str, expected: set[str]
) -> None:
    assert codes(await check(resolver, domain)) == expected


async def test_a_policy_that_passes_early_is_still_weighed_to_its_end(resolver: Resolver) -> None:
    evaluation = await check(resolver, "heavy.example")
    assert (evaluation.result, evaluation.lookups) == ("pass", 0)
    assert [(weight.term, weight.cost) for weight in evaluation.weights] == [
        ("include:seven.example", 7),
        ("include:seven.example", 7),
        ("mx", 1),
    ]


async def test_the_tenth_lookup_is_marked_where_it_falls(resolver: Resolver) -> None:
    evaluation = await check(resolver, "heavy.example", "192.0.2.99")
    assert evaluation.result == "permerror"
    assert [line.strip() for line in lines(evaluation) if "tenth" in line] == [
        "include:seven.example: ERROR [lookups 8 to 11, the tenth within]",
        "a:out.host.example: no match; covers 203.0.113.25 [lookup 10, the tenth]",
    ]
    assert "lookups 11 of 10 (2 distinct), void lookups 0 of 2" in lines(evaluation)


async def test_the_third_void_lookup_is_a_permanent_error_that_names_all_three(resolver: Resolver) -> None:
    evaluation = await check(resolver, "four.example")
    assert (evaluation.result, evaluation.voids) == ("permerror", 3)
    (problem,) = evaluation.problems
    assert all(f"nix{number}.school.example" in problem.summary for number in range(3))


async def test_mx_hosts_without_ipv6_use_up_the_void_lookups_of_an_ipv6_sender(resolver: Resolver) -> None:
    assert (await check(resolver, "v4mx.example", "2001:db8::25")).result == "permerror"
    assert (await check(resolver, "v4mx.example", "192.0.2.1")).result == "pass"


async def test_what_an_ipv6_sender_costs_is_told_to_an_ipv4_one(resolver: Resolver) -> None:
    other = await evaluate_other_family(await check(resolver, "v4mx.example"), resolver)
    assert cost_line(other) == (
        "an IPv6 sender: lookups 1 of 10, void lookups 3 of 2: permerror, "
        "void lookup 3 (AAAA v4-2.example: no such record): the limit is 2"
    )
    back = await evaluate_other_family(other, resolver)
    assert cost_line(back) == "an IPv4 sender: lookups 1 of 10, void lookups 0 of 2"


async def test_ptr_asks_only_for_names_within_its_target(resolver: Resolver, zone: SpfZone) -> None:
    evaluation = await check(resolver, "named.example")
    assert (evaluation.result, evaluation.mechanism) == ("pass", "ptr")
    assert ("out.named.example", "A") in zone.asked
    assert ("other.example", "A") not in zone.asked


async def test_the_names_behind_the_p_macro_count_as_void_lookups(resolver: Resolver) -> None:
    # 192.0.2.11 has no PTR record: nix1, PTR, and then unknown.nix2 is the third.
    evaluation = await check(resolver, "p.example", "192.0.2.11")
    assert (evaluation.result, evaluation.mechanism) == ("permerror", "exists:%{p}.nix2.example")
    assert len(evaluation.void_answers) == 3


async def test_more_than_ten_mx_hosts_are_a_permanent_error(resolver: Resolver, zone: SpfZone) -> None:
    evaluation = await check(resolver, "eleven.example")
    assert (evaluation.result, evaluation.policy.note) == ("permerror", "11 MX hosts: the limit is 10")
    assert ("mx9.school.example", "A") not in zone.asked


async def test_every_fault_of_a_record_is_shown_with_its_remedy(resolver: Resolver) -> None:
    said = "\n".join(lines(await check(resolver, "wrong.example")))
    assert "write ip4:192.0.2.1" in said
    assert "“redirect” takes an equals sign, not a colon" in said
    assert "“192.0.2.256” is not an IPv4 address" in said


async def test_a_loop_is_drawn_once(resolver: Resolver) -> None:
    evaluation = await check(resolver, "loop.example")
    assert evaluation.result == "permerror"
    assert sum("v=spf1" in line for line in lines(evaluation)) == 2


async def test_a_name_server_that_is_silent_is_a_temporary_error(resolver: Resolver) -> None:
    evaluation = await check(resolver, "slow.example")
    assert evaluation.result == "temperror"
    assert "error.example: temperror, TXT error.example: no answer in time" in "\n".join(lines(evaluation))


async def test_the_macro_t_is_the_time_that_was_given(resolver: Resolver) -> None:
    with SpfZone(
        {
            "now.example": [{"TXT": "v=spf1 -all exp=why.now.example"}],
            "why.now.example": [{"TXT": "at %{t} by %{r} from %{c}, %{L} said %{h}"}],
        }
    ) as served:
        async with Resolver(served.address) as own:
            evaluation = await evaluate(
                "192.0.2.1",
                "a b@now.example",
                "helo.example",
                own,
                receiver="mx.example.net",
                now=1700000000.9,
            )
    assert evaluation.explanation == "at 1700000000 by mx.example.net from 192.0.2.1, a%20b said helo.example"
