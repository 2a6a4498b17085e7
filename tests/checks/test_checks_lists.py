"""Blocklists: believed only after they have proved themselves, and no error taken for a listing."""

import msgspec
import pytest
from looking import Serve, look

from bounce_tui.check_results import Check, Inputs
from bounce_tui.checks.blocklists.catalog import BlocklistError, blocklists, read_blocklists
from bounce_tui.checks.running.run import run

IP = "192.0.2.10"
ZEN = "zen.spamhaus.org"
PROOF = "2.0.0.127 A 127.0.0.2\n"


@pytest.mark.parametrize(
    ("zone", "records", "outcome", "words"),
    [
        ("bl.spamcop.net", PROOF, "not_listed", "is not listed by SpamCop"),
        ("bl.spamcop.net", PROOF + "10.2.0.192 A 127.0.0.2", "listed", "users reported spam"),
        # The domain expired in January 2021, and every name had an address.
        ("bl.spamcop.net", "* A 203.0.113.9", "unusable", "parked"),
        ("bl.spamcop.net", "* A 127.0.0.2", "unusable", "lists everything"),
        ("bl.spamcop.net", "10.2.0.192 A 127.0.0.2", "unusable", "test entry"),
        ("bl.spamcop.net", PROOF + "10.2.0.192 A 203.0.113.9", "unusable", "203.0.113.9"),
        ("bl.spamcop.net", PROOF + "10.2.0.192 A 127.0.0.2\n10.2.0.192 A 203.0.113.9", "unusable", "parked"),
        ("bl.spamcop.net", PROOF + "10.2.0.192 A 127.0.0.77", "unusable", "does not document"),
        (ZEN, "* A 127.255.255.254", "refused", "public resolver"),
        (ZEN, "* A 127.255.255.255", "refused", "too many queries"),
        (ZEN, "* A 127.255.255.252", "refused", "mistyped"),
        ("bl.spamcop.net", "* A 127.255.255.254", "refused", "error code"),
        # Barracuda says nothing to resolvers that it does not know.
        ("b.barracudacentral.org", "@ TXT nothing", "refused", "test entry"),
        ("dnsbl-2.uceprotect.net", PROOF + "10.2.0.192 A 127.0.0.2", "range", "not listed itself"),
        ("list.dnswl.org", "2.0.0.127 A 127.0.10.0\n10.2.0.192 A 127.0.3.2", "good", "speaks well"),
        ("list.dnswl.org", "* A 127.0.0.255", "refused", "over the limit"),
        ("rep.mailspike.net", PROOF + "10.2.0.192 A 127.0.0.14", "neutral", "without a bad mark"),
        ("rep.mailspike.net", PROOF + "10.2.0.192 A 127.0.0.19", "good", "speaks well"),
        ("rep.mailspike.net", PROOF + "10.2.0.192 A 127.0.0.10", "listed", "bad reputation"),
        ("hostkarma.junkemailfilter.com", PROOF + "10.2.0.192 A 127.0.0.1", "good", "speaks well"),
        ("hostkarma.junkemailfilter.com", PROOF + "10.2.0.192 A 127.0.0.3", "neutral", "without a bad mark"),
        ("hostkarma.junkemailfilter.com", "* A 127.0.0.2", "unusable", "lists everything"),
        ("hostkarma.junkemailfilter.com", "* A 127.0.0.1", "unusable", "test entry"),
        ("hostkarma.junkemailfilter.com", PROOF + "1.0.0.127 A 127.0.0.1", "not_listed", "is not listed"),
        ("bl.spamcop.net", "* A 127.0.0.1", "unusable", "lists everything"),
        # Its test entry answers another code than 127.0.0.2.
        ("bl.suomispam.net", "2.0.0.127 A 127.0.0.99", "not_listed", "is not listed"),
        ("all.spamrats.com", PROOF + "10.2.0.192 A 127.0.0.36", "listed:Dyna", "dynamic"),
        # A list that we do not know, a receiver's own, is asked by RFC 5782.
        ("rbl.receiver.example", PROOF + "10.2.0.192 A 127.0.0.4", "listed", "is listed by rbl.receiver"),
        ("rbl.receiver.example", "* A 127.0.0.4", "unusable", "lists everything"),
    ],
)
async def test_what_a_list_answers_is_told_apart(
    serve: Serve, zone: str, records: str, outcome: str, words: str
) -> None:
    _, resolver = await serve({zone: records})
    result = await look(f"dnsbl:{zone}", resolver, ip=IP)
    assert (result.outcome_text, result.target) == (outcome, IP)
    assert words in result.summary
    states = {"not_listed": "pass", "good": "pass", "neutral": "pass", "range": "warn"}
    unknown = {"refused": "unknown", "unusable": "unknown"}
    assert result.state == (states | unknown).get(outcome, "fail")


@pytest.mark.parametrize(
    ("zone", "records", "outcome"),
    [
        ("multi.uribl.com", "* A 127.0.0.1", "refused"),
        ("multi.uribl.com", "2.0.0.127 A 127.0.0.14\nbad.example A 127.0.0.1", "refused"),
        ("multi.uribl.com", "2.0.0.127 A 127.0.0.14\nbad.example A 127.0.0.2", "listed:black"),
        ("multi.uribl.com", "test.uribl.com A 127.0.0.14\nbad.example A 127.0.0.12", "listed:grey,red"),
        ("multi.uribl.com", "2.0.0.127 A 127.0.0.14", "not_listed"),
        ("multi.uribl.com", "* A 203.0.113.9", "unusable"),
        ("multi.surbl.org", "test.surbl.org A 127.0.0.254\nbad.example A 127.0.0.80", "listed:MW,ABUSE"),
        ("multi.surbl.org", "test.surbl.org A 127.0.0.254\nbad.example A 127.0.0.81", "refused"),
        ("dbl.spamhaus.org", "dbltest.com A 127.0.1.2\nbad.example A 127.0.1.102", "listed:abused spam"),
        ("dbl.spamhaus.org", "dbltest.com A 127.0.1.2\nbad.example A 127.0.1.255", "refused"),
        ("dbl.spamhaus.org", "bad.example A 127.0.1.2", "refused"),
        ("dbl.spamhaus.org", "* A 127.0.1.2", "unusable"),
    ],
)
async def test_domain_lists_read_bits_and_never_take_an_error_for_a_listing(
    serve: Serve, zone: str, records: str, outcome: str
) -> None:
    _, resolver = await serve({zone: records})
    assert (await look(f"rhsbl:{zone}", resolver, from_domain="bad.example")).outcome_text == outcome


async def test_a_listing_counts_whatever_the_list_would_not_tell_of_the_other_domains(serve: Serve) -> None:
    zone = "multi.uribl.com"
    _, resolver = await serve(
        {zone: "2.0.0.127 A 127.0.0.14\nlost.example CNAME x.servfail.\nbad.example A 127.0.0.2"}
    )
    check = Check(f"rhsbl:{zone}", "lost.example", "", "URIBL", also=("bad.example",))
    (result,) = await run([check], Inputs(), resolver)
    assert (result.state, result.outcome_text) == ("fail", "listed:black")
    (unknown,) = await run([msgspec.structs.replace(check, also=("good.example",))], Inputs(), resolver)
    assert (unknown.state, unknown.outcome_text) == ("unknown", "unusable")


async def test_an_address_is_never_asked_of_a_domain_list(serve: Serve) -> None:
    server, resolver = await serve({"dbl.spamhaus.org": "dbltest.com A 127.0.1.2"})
    result = await look("dnsbl:dbl.spamhaus.org", resolver, ip=IP)
    assert (result.state, server.queries) == ("skipped", 0)


@pytest.mark.parametrize("zone", [ZEN, "dnsbl.dronebl.org"])
async def test_ipv6_addresses_are_asked_by_nibbles(serve: Serve, zone: str) -> None:
    nibbles = "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2"
    server, resolver = await serve({zone: f"{PROOF}{nibbles} A 127.0.0.3"})
    listed = await look(f"dnsbl:{zone}", resolver, ip="2001:db8::25")
    clear = await look(f"dnsbl:{zone}", resolver, ip="2001:db8::26")
    assert listed.state == "fail"
    assert clear.outcome_text == "not_listed"
    assert server.asked[f"{nibbles}.{zone}", "A"] == 1


async def test_a_list_of_ipv6_addresses_only_proves_itself_by_the_mapped_test_point(serve: Serve) -> None:
    mapped = ".".join(reversed("00000000000000000000ffff7f000002"))
    nibbles = "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2"
    zone = "v6.receiver.example"
    _, resolver = await serve({zone: f"{mapped} A 127.0.0.2\n{nibbles} A 127.0.0.2"})
    assert (await look(f"dnsbl:{zone}", resolver, ip="2001:db8::25")).outcome_text == "listed"
    assert (await look(f"dnsbl:{zone}", resolver, ip="2001:db8::26")).outcome_text == "not_listed"
    assert (await look(f"dnsbl:{zone}", resolver, ip="192.0.2.1")).outcome_text == "unusable"


async def test_a_list_that_lists_every_ipv6_address_is_unusable(serve: Serve) -> None:
    _, resolver = await serve({ZEN: f"{PROOF}*.0.0.0.0 A 127.0.0.2\n*.8.b.d.0.1.0.0.2 A 127.0.0.2"})
    assert (await look(f"dnsbl:{ZEN}", resolver, ip="2001:db8::25")).outcome_text == "unusable"


async def test_a_list_of_ipv4_addresses_is_not_asked_for_ipv6(serve: Serve) -> None:
    server, resolver = await serve({"bl.spamcop.net": PROOF})
    result = await look("dnsbl:bl.spamcop.net", resolver, ip="2001:db8::25")
    assert (result.state, server.queries) == ("skipped", 0)
    assert "IPv6" in result.summary


async def test_an_ipv4_mapped_address_is_asked_as_ipv4(serve: Serve) -> None:
    _, resolver = await serve({"bl.spamcop.net": PROOF + "10.2.0.192 A 127.0.0.2"})
    assert (await look("dnsbl:bl.spamcop.net", resolver, ip="::ffff:192.0.2.10")).outcome_text == "listed"


async def test_every_part_of_zen_is_reported_with_its_own_way_out(serve: Serve) -> None:
    records = f"{PROOF}10.2.0.192 A 127.0.0.2\n10.2.0.192 A 127.0.0.4\n10.2.0.192 A 127.0.0.11\n"
    records += '10.2.0.192 TXT "https://check.spamhaus.org/sbl/query/SBL1"'
    _, resolver = await serve({ZEN: records})
    result = await look(f"dnsbl:{ZEN}", resolver, ip=IP)
    assert set(result.outcome_text.removeprefix("listed:").split(",")) == {"SBL", "XBL", "PBL"}
    text = "\n".join(result.details)
    for part, rule in (("SBL", "network owner"), ("XBL", "Find and clean"), ("PBL", "smarthost")):
        assert f"{part}: " in text
        assert rule in text
    assert "the list says: https://check.spamhaus.org/sbl/query/SBL1" in result.details
    assert "the list proved itself: its test entry 127.0.0.2 is listed, 127.0.0.1 is not" in result.details


async def test_a_part_of_zen_is_answered_by_one_question_to_zen(serve: Serve) -> None:
    server, resolver = await serve({ZEN: PROOF + "10.2.0.192 A 127.0.0.4"})
    xbl = await look("dnsbl:xbl.spamhaus.org", resolver, ip=IP)
    sbl = await look("dnsbl:sbl.spamhaus.org", resolver, ip=IP)
    cbl = await look("dnsbl:cbl.abuseat.org", resolver, ip=IP)
    assert (xbl.outcome_text, sbl.outcome_text, cbl.outcome_text) == (
        "listed:XBL",
        "not_listed",
        "listed:XBL",
    )
    assert server.asked[f"10.2.0.192.{ZEN}", "A"] == 1
    assert not [name for name, _ in server.asked if "xbl" in name or "sbl" in name]


async def test_a_list_whose_servers_are_silent_is_unusable(serve: Serve) -> None:
    _, resolver = await serve({"timeout.example": PROOF}, timeout=0.1, lifetime=0.2)
    result = await look("dnsbl:timeout.example", resolver, ip=IP)
    assert (result.state, result.outcome_text) == ("unknown", "unusable")
    assert "no answer" in result.summary


async def test_a_list_that_refuses_by_rcode_is_a_refusal_with_advice(serve: Serve) -> None:
    _, resolver = await serve({"refused.example": PROOF})
    result = await look("dnsbl:refused.example", resolver, ip=IP)
    assert (result.state, result.outcome_text) == ("unknown", "refused")
    assert "resolver of your own" in (result.remedy or "")


@pytest.mark.parametrize("zone", ["dnsbl.sorbs.net", "ix.dnsbl.manitu.net", "bl.spamcannibal.org"])
async def test_a_list_that_is_gone_is_not_asked_and_the_receiver_must_remove_it(
    serve: Serve, zone: str
) -> None:
    server, resolver = await serve({zone: "* A 127.0.0.2"})
    result = await look(f"dnsbl:{zone}", resolver, ip=IP)
    assert (result.outcome_text, server.queries) == ("gone", 0)
    assert "the receiver must remove it" in result.summary
    assert "postmaster" in (result.remedy or "")


async def test_a_list_for_customers_is_a_page_to_open(serve: Serve) -> None:
    server, resolver = await serve({"combined.mail.abusix.zone": "* A 127.0.0.2"})
    result = await look("dnsbl:combined.mail.abusix.zone", resolver, ip=IP)
    assert (result.state, server.queries) == ("skipped", 0)
    assert IP in (result.remedy or "")


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("cloudmark", f"https://csi.cloudmark.com/en/reset/?ip={IP}"),
        ("proofpoint", f"https://ipcheck.proofpoint.com/?ip={IP}"),
        ("microsoft", "https://sender.office.com/"),
        ("google", "https://postmaster.google.com/"),
        ("yahoo", "https://senders.yahooinc.com/"),
    ],
)
async def test_a_system_without_a_zone_is_a_page_with_the_address_filled_in(
    serve: Serve, name: str, page: str
) -> None:
    server, resolver = await serve({"example.org": "@ A 192.0.2.1"})
    result = await look(f"link:{name}", resolver, ip=IP)
    assert (result.state, result.remedy, server.queries) == ("skipped", f"Open {page}", 0)
    assert "cannot be checked by DNS" in result.summary


async def test_a_page_that_asks_for_an_address_nobody_knows_is_none_to_open(serve: Serve) -> None:
    _, resolver = await serve({})
    result = await look("link:proofpoint", resolver)
    assert (result.state, result.outcome, result.remedy) == ("skipped", "no_input", None)
    assert "put it into the inputs" in result.summary
    assert "?ip=" not in result.summary


async def test_hostile_text_from_a_list_is_cut_and_decoded(serve: Serve) -> None:
    long = " ".join(f'"{"z" * 250}"' for _ in range(10))
    records = PROOF + f'10.2.0.192 A 127.0.0.2\n10.2.0.192 TXT {long}\n10.2.0.192 TXT "caf\\195\\169 \\255"'
    _, resolver = await serve({"bl.spamcop.net": records})
    said = [line for line in (await look("dnsbl:bl.spamcop.net", resolver, ip=IP)).details if "says" in line]
    assert {len(line) <= 520 for line in said} == {True}
    assert any("café \ufffd" in line for line in said)


def test_the_file_holds_the_lists_in_the_order_of_weight() -> None:
    weights = [entry.weight for entry in blocklists().list]
    assert weights == sorted(weights, reverse=True)
    assert blocklists().list[0].zone == ZEN


def test_every_page_and_rule_of_a_living_list_is_there() -> None:
    for entry in blocklists().list:
        if entry.status == "alive":
            page = entry.page_for(IP)
            assert page is not None
            assert page.startswith("https://"), entry.zone
            assert "{" not in page, entry.zone


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("Service unavailable; client [192.0.2.1] blocked using zen.spamhaus.org", (ZEN,)),
        ("blocked using sbl-xbl.spamhaus.org; https://www.spamhaus.org/query", ("sbl-xbl.spamhaus.org",)),
        ("listed by Spamhaus", (ZEN,)),
        ("10.2.0.192.BL.SPAMCOP.NET", ("bl.spamcop.net",)),
        ("see https://www.spamcop.net/bl.shtml?192.0.2.1", ("bl.spamcop.net",)),
        ("blocked by dnsbl.sorbs.net", ("dnsbl.sorbs.net",)),
        ("IP 192.0.2.1 is UCEPROTECT-Level 2 listed", ("dnsbl-2.uceprotect.net",)),
        ("see http://www.uceprotect.net/rblcheck.php?ipr=192.0.2.1", ("dnsbl-1.uceprotect.net",)),
        ("the mailbox absorbs no more", ()),
        ("mailbox full", ()),
    ],
)
def test_the_list_that_a_reply_names_is_known_by_name(text: str, zones: tuple[str, ...]) -> None:
    assert blocklists().named_in(text) == zones


GOOD = {
    "zone": '"bl.example"',
    "name": '"Example"',
    "operator": '"Example"',
    "looks_at": '["ip4"]',
    "tests": '{ listed = ["127.0.0.2"], clean = ["127.0.0.1"] }',
    "page": '"https://example.org/"',
    "rule": '"Ask."',
    "codes": '[{ code = "127.0.0.2", meaning = "spam" }]',
}
SYSTEM = '[[system]]\nname = "x"\ntitle = "X"\npage = "https://x.example/"\nrule = "Look."\n'


def _file(**change: str) -> bytes:
    entry = "\n".join(f"{key} = {value}" for key, value in (GOOD | change).items())
    return f"[[list]]\n{entry}\n{SYSTEM}".encode()


def test_a_list_is_added_by_one_entry() -> None:
    assert [entry.zone for entry in read_blocklists(_file()).list] == ["bl.example"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"codes": "[]"}, "bl.example: a living list needs its `codes`"),
        ({"tests": "{}"}, "needs a test point"),
        ({"page": '""'}, "needs `page` and `rule`"),
        ({"status": '"gone"'}, "needs `end`"),
        ({"codes": '[{ code = "127.0.0", meaning = "x" }]'}, "not four octets"),
        ({"codes": '[{ code = "127.0.0.2-300", meaning = "x" }]'}, "not four octets"),
        ({"codes": '[{ meaning = "x" }]'}, "either `code` or `bit`"),
        ({"parts": '{ "part.bl.example" = ["SBL"] }'}, "parts that no code has"),
        ({"parts": '{ "bl.example" = [] }'}, "stands there twice"),
        ({"colour": '"red"'}, "colour"),
        ({"weight": '"heavy"'}, "weight"),
    ],
)
def test_an_entry_that_contradicts_itself_is_named_with_the_fix(change: dict[str, str], fault: str) -> None:
    with pytest.raises(BlocklistError, match=r"blocklists\.toml: ") as caught:
        read_blocklists(_file(**change))
    assert fault in str(caught.value)


async def test_a_list_of_which_nothing_is_there_is_not_said_to_have_refused(serve: Serve) -> None:
    _, resolver = await serve({ZEN: "other A 127.0.0.2"})
    silent = await look(f"dnsbl:{ZEN}", resolver, ip=IP)
    assert silent.summary == (
        "Spamhaus ZEN gives no answer that can be believed here: its own test entry "
        "2.0.0.127.zen.spamhaus.org is missing"
    )
    _, resolver = await serve({ZEN: "* A 127.255.255.254"})
    assert (
        "Spamhaus ZEN refused to answer: it answers 127.255.255.254"
        in (await look(f"dnsbl:{ZEN}", resolver, ip=IP)).summary
    )
