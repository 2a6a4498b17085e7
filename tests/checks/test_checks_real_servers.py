"""The resolver and the lists against servers that the field runs: Knot DNS and rbldnsd."""

from collections.abc import Callable

import pytest
from looking import look

from bounce_tui.checks.dns.resolver import Resolver

Start = Callable[..., str]


async def test_knot_answers_every_kind_of_record(knotd: Start) -> None:
    address = knotd(
        {
            "example.org": "@ MX 20 mx2\n@ MX 10 mx1.example.org.\nmx1 A 192.0.2.1\nmx1 AAAA 2001:db8::1\n"
            '@ TXT "v=spf1 " "-all"\nwww CNAME mx1\n_25._tcp.mx1 TLSA 3 1 1 ' + "ab" * 32,
            "2.0.192.in-addr.arpa": "1 PTR mx1.example.org.",
        }
    )
    async with Resolver(address) as resolver:
        assert set((await resolver.query("example.org", "MX")).records) == {
            "10 mx1.example.org",
            "20 mx2.example.org",
        }
        assert (await resolver.query("example.org.", "TXT")).records == ("v=spf1 -all",)
        assert (await resolver.query("mx1.example.org", "AAAA")).records == ("2001:db8::1",)
        assert (await resolver.query("1.2.0.192.in-addr.arpa", "PTR")).records == ("mx1.example.org",)
        alias = await resolver.query("www.example.org", "A")
        assert (alias.records, alias.canonical) == (("192.0.2.1",), "mx1.example.org")
        soa = await resolver.query("example.org", "SOA")
        assert soa.records == ("ns.example.org host.example.org 1 7200 3600 1209600 300",)
        tlsa = await resolver.query("_25._tcp.mx1.example.org", "TLSA")
        assert tlsa.records == ("3 1 1 " + "ab" * 32,)


async def test_knot_no_such_name_no_such_record_and_not_its_zone_are_three_things(knotd: Start) -> None:
    async with Resolver(knotd({"example.org": "mx1 A 192.0.2.1"})) as resolver:
        assert (await resolver.query("gone.example.org", "A")).outcome == "nxdomain"
        assert (await resolver.query("mx1.example.org", "MX")).outcome == "no_data"
        assert (await resolver.query("example.net", "A")).outcome == "refused"


async def test_knot_an_answer_too_long_for_udp_comes_over_tcp(knotd: Start) -> None:
    strings = " ".join(f'"{"x" * 250}"' for _ in range(12))
    async with Resolver(knotd({"example.org": f"@ TXT {strings}"})) as resolver:
        answer = await resolver.query("example.org", "TXT")
    assert answer.records == ("x" * 3000,)


async def test_knot_an_alias_into_another_zone_is_followed(knotd: Start) -> None:
    address = knotd({"example.org": "www CNAME host.example.net.", "example.net": "host A 192.0.2.9"})
    async with Resolver(address) as resolver:
        answer = await resolver.query("www.example.org", "A")
    assert (answer.outcome, answer.records, answer.canonical) == (
        "answer",
        ("192.0.2.9",),
        "host.example.net",
    )


ZEN = """
127.0.0.2 :127.0.0.2:https://check.spamhaus.org/query/ip/$
127.0.0.2 :127.0.0.4:https://check.spamhaus.org/query/ip/$
127.0.0.2 :127.0.0.10:https://check.spamhaus.org/query/ip/$
192.0.2.10 :127.0.0.2:https://check.spamhaus.org/sbl/query/SBL1
192.0.2.10 :127.0.0.9:https://check.spamhaus.org/sbl/query/SBL1
192.0.2.11 :127.0.0.4:https://check.spamhaus.org/query/ip/$
192.0.2.12 :127.0.0.11:https://check.spamhaus.org/query/ip/$
192.0.2.13 :127.0.0.3:https://check.spamhaus.org/query/ip/$
"""
ZEN6 = """
::ffff:127.0.0.2/128 :127.0.0.2:test
2001:db8:bad::/48 :127.0.0.3:https://check.spamhaus.org/query/ip/$
"""


def _zen(rbldnsd: Start) -> str:
    return rbldnsd({"zen.spamhaus.org:ip4set": ZEN, "zen.spamhaus.org:ip6trie": ZEN6})


@pytest.mark.parametrize(
    ("ip", "state", "outcome"),
    [
        ("192.0.2.10", "fail", "listed:SBL,DROP"),
        ("192.0.2.11", "fail", "listed:XBL"),
        ("192.0.2.12", "fail", "listed:PBL"),
        ("192.0.2.13", "fail", "listed:CSS"),
        ("192.0.2.14", "pass", "not_listed"),
        ("2001:db8:bad::25", "fail", "listed:CSS"),
        ("2001:db8:600d::25", "pass", "not_listed"),
    ],
)
async def test_zen_on_rbldnsd_tells_its_parts_apart(
    rbldnsd: Start, ip: str, state: str, outcome: str
) -> None:
    async with Resolver(_zen(rbldnsd)) as resolver:
        result = await look("dnsbl:zen.spamhaus.org", resolver, ip=ip)
    assert (result.state, parts(result.outcome_text)) == (state, parts(outcome))
    assert ip in result.summary
    if state == "fail":
        assert result.remedy is not None
        assert f"https://check.spamhaus.org/query/ip/{ip}" in result.remedy


def parts(outcome: str) -> tuple[str, set[str]]:
    word, _, named = outcome.partition(":")
    return word, set(named.split(","))


async def test_the_words_of_the_list_are_shown_as_text(rbldnsd: Start) -> None:
    async with Resolver(_zen(rbldnsd)) as resolver:
        result = await look("dnsbl:zen.spamhaus.org", resolver, ip="192.0.2.11")
    assert "the list says: https://check.spamhaus.org/query/ip/192.0.2.11" in result.details


async def test_domain_lists_on_rbldnsd_read_codes_and_bits(rbldnsd: Start) -> None:
    address = rbldnsd(
        {
            "dbl.spamhaus.org:dnset": "dbltest.com :127.0.1.2:test\nbad.example :127.0.1.4:phish",
            "multi.surbl.org:dnset": "test.surbl.org :127.0.0.254:test\nbad.example :127.0.0.80:surbl",
        }
    )
    async with Resolver(address) as resolver:
        dbl = await look("rhsbl:dbl.spamhaus.org", resolver, from_domain="bad.example")
        surbl = await look("rhsbl:multi.surbl.org", resolver, from_domain="news.bad.example")
        clear = await look("rhsbl:dbl.spamhaus.org", resolver, from_domain="good.example")
    assert dbl.outcome_text == "listed:phish"
    assert surbl.outcome_text == "listed:MW,ABUSE"
    assert surbl.summary.startswith("bad.example is listed")
    assert clear.outcome_text == "not_listed"


async def test_rbldnsd_refusing_a_zone_that_it_does_not_hold_is_a_refusal(rbldnsd: Start) -> None:
    async with Resolver(_zen(rbldnsd)) as resolver:
        result = await look("dnsbl:bl.spamcop.net", resolver, ip="192.0.2.10")
    assert (result.state, result.outcome_text) == ("unknown", "refused")
