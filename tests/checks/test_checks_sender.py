"""The sender's side: reverse name, SPF with its repair, DMARC."""

import pytest
from looking import Serve, look

from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.checks.names.address import parse_ip
from bounce_tui.checks.names.generic_name import looks_generic

REVERSE = "2.0.192.in-addr.arpa"
FORWARD = {
    "example.org": "mail A 192.0.2.10\nother A 192.0.2.99\nsix AAAA 2001:db8::25\n"
    "ip-192-0-2-10.pool A 192.0.2.10"
}


@pytest.mark.parametrize(
    ("pointer", "state", "outcome", "words"),
    [
        ("10 PTR mail.example.org.", "pass", "confirmed", "leads back to 192.0.2.10"),
        ("11 PTR mail.example.org.", "fail", "no_ptr", "has no reverse name"),
        ("10 TXT nothing", "fail", "no_ptr", "has no reverse name"),
        ("10 PTR other.example.org.", "fail", "unconfirmed", "does not lead back"),
        ("10 PTR gone.example.org.", "fail", "unconfirmed", "does not lead back"),
        ("10 PTR other.example.org.\n10 PTR mail.example.org.", "pass", "confirmed", "mail.example.org"),
        ("10 PTR ip-192-0-2-10.pool.example.org.", "warn", "generic", "customer's line"),
        ("10 PTR host.servfail.example.", "unknown", "unconfirmable", "is unknown"),
        ("10 CNAME 10.sub\n10.sub PTR mail.example.org.", "pass", "confirmed", "leads back"),
    ],
)
async def test_a_reverse_name_must_lead_back(
    serve: Serve, pointer: str, state: str, outcome: str, words: str
) -> None:
    _, resolver = await serve({REVERSE: pointer, "servfail.example": "@ A 192.0.2.1", **FORWARD})
    result = await look("ptr", resolver, ip="192.0.2.10")
    assert (result.state, result.outcome_text) == (state, outcome)
    assert words in result.summary
    assert state != "fail" or result.remedy


@pytest.mark.parametrize(
    ("kind", "state", "outcome"),
    [("servfail", "fail", "servfail"), ("timeout", "fail", "timeout"), ("refused", "unknown", "refused")],
)
async def test_a_reverse_zone_that_fails_is_as_bad_as_none(
    serve: Serve, kind: str, state: str, outcome: str
) -> None:
    zones = {REVERSE: f"10 CNAME 10.{kind}.example.", f"{kind}.example": "@ A 192.0.2.1"}
    _, resolver = await serve(zones, timeout=1, lifetime=1.5)
    result = await look("ptr", resolver, ip="192.0.2.10")
    assert (result.state, result.outcome_text) == (state, outcome)


async def test_silence_of_the_resolver_is_not_laid_to_the_reverse_zone() -> None:
    async with Resolver("127.0.0.1:9") as resolver:
        assert (await look("ptr", resolver, ip="192.0.2.10")).state == "unknown"


async def test_a_missing_reverse_name_says_which_record_who_must_publish(serve: Serve) -> None:
    _, resolver = await serve({REVERSE: "1 PTR x.example.org."})
    result = await look("ptr", resolver, ip="192.0.2.10", helo="mail.example.org")
    assert result.remedy is not None
    assert "Ask the provider of 192.0.2.10" in result.remedy
    assert "10.2.0.192.in-addr.arpa. PTR mail.example.org." in result.remedy


async def test_no_reverse_name_is_asked_for_that_only_the_sender_s_own_network_knows(serve: Serve) -> None:
    _, resolver = await serve({REVERSE: "1 PTR x.example.org."})
    sender = "ann@example.org"
    result = await look("ptr", resolver, ip="192.0.2.10", sender=sender, helo="ex01.example.local")
    assert "10.2.0.192.in-addr.arpa. PTR mail.example.org. and let" in (result.remedy or "")
    assert "The name ex01.example.local is known in your network alone." in (result.remedy or "")


async def test_ipv6_addresses_have_reverse_names_too(serve: Serve) -> None:
    pointer = "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 PTR six.example.org."
    _, resolver = await serve({"8.b.d.0.1.0.0.2.ip6.arpa": pointer, **FORWARD})
    assert (await look("ptr", resolver, ip="2001:db8::25")).outcome_text == "confirmed"
    assert (await look("ptr", resolver, ip="2001:db8::26")).outcome_text == "no_ptr"


@pytest.mark.parametrize(
    ("helo", "words"),
    [
        ("mail.example.org", "is the reverse name"),
        ("six.example.org", "does not lead to 192.0.2.10"),
    ],
)
async def test_the_helo_name_is_set_against_the_reverse_name(serve: Serve, helo: str, words: str) -> None:
    _, resolver = await serve({REVERSE: "10 PTR mail.example.org.", **FORWARD})
    result = await look("ptr", resolver, ip="192.0.2.10", helo=helo)
    assert result.state == "pass", "RFC 5321 forbids to refuse for it"
    assert any(helo in line and words in line for line in result.details)


@pytest.mark.parametrize(
    ("name", "ip", "generic"),
    [
        ("mail.example.org", "192.0.2.10", False),
        ("mx10.example.org", "192.0.2.10", False),
        ("smtp-2-out.example.org", "192.0.2.10", False),
        ("ip-192-0-2-10.example.net", "192.0.2.10", True),
        ("10.2.0.192.isp.example.net", "192.0.2.10", True),
        ("192000002010.isp.example.net", "192.0.2.10", True),
        ("hostc000020a.isp.example.net", "192.0.2.10", True),
        ("dyn10.isp.example.net", "192.0.2.10", True),
        ("cable-7.pool.isp.example.net", "192.0.2.10", True),
        ("x20010db8000000000000000000000025.isp.example.net", "2001:db8::25", True),
        ("dialup.example", "192.0.2.10", True),
        ("mail.dhcp.example", "192.0.2.10", False),
    ],
)
def test_a_customer_line_is_known_by_its_name(name: str, ip: str, generic: bool) -> None:
    address = parse_ip(ip)
    assert address is not None
    assert looks_generic(name, address) is generic


@pytest.mark.parametrize(
    ("record", "state", "outcome"),
    [
        ('@ TXT "v=spf1 ip4:192.0.2.10 -all"', "pass", "pass"),
        ('@ TXT "v=spf1 ip4:192.0.2.99 -all"', "fail", "fail"),
        ('@ TXT "v=spf1 ip4:192.0.2.99 ~all"', "warn", "softfail"),
        ('@ TXT "v=spf1 ?all"', "warn", "neutral"),
        ("@ TXT nothing", "warn", "none"),
        ('@ TXT "v=spf1 -all"\n@ TXT "v=spf1 +all"', "fail", "permerror"),
        ('@ TXT "v=spf1 include:servfail.example -all"', "unknown", "temperror:servfail"),
    ],
)
async def test_spf_of_the_envelope_sender(serve: Serve, record: str, state: str, outcome: str) -> None:
    _, resolver = await serve({"example.com": record, "servfail.example": "@ A 192.0.2.1"})
    result = await look("spf", resolver, ip="192.0.2.10", sender="user@example.com")
    assert (result.state, result.outcome_text, result.target) == (state, outcome, "example.com")
    assert state in ("pass", "unknown") or "ip4:192.0.2.10" in (result.remedy or "")


async def test_a_dead_resolver_is_not_laid_to_the_senders_zone(serve: Serve) -> None:
    async with Resolver("127.0.0.1:9") as resolver:
        dead = await look("spf", resolver, ip="192.0.2.10", sender="user@example.com")
    assert "through another resolver" in (dead.remedy or "")
    _, resolver = await serve(
        {".": "@ NS ns.example", "example.com": '@ TXT "v=spf1 include:servfail.example -all"'}
    )
    broken = await look("spf", resolver, ip="192.0.2.10", sender="user@servfail.example")
    assert "the domain's name servers" in (broken.remedy or "")


async def test_spf_of_the_null_sender_is_that_of_the_helo_name(serve: Serve) -> None:
    _, resolver = await serve({"mail.example.org": '@ TXT "v=spf1 ip4:192.0.2.10 -all"'})
    result = await look("spf", resolver, ip="192.0.2.10", sender="<>", helo="mail.example.org")
    assert (result.target, result.outcome_text) == ("mail.example.org", "pass")
    assert "for the null sender" in result.summary


async def test_the_record_that_mends_spf_is_shown_as_a_diff_with_its_proof(serve: Serve) -> None:
    _, resolver = await serve({"example.com": '@ TXT "v=spf1 mx -all"\n@ MX 10 mx\nmx A 192.0.2.1'})
    result = await look("spf", resolver, ip="192.0.2.10", sender="user@example.com")
    assert "- v=spf1 mx -all" in result.details
    assert "+ v=spf1 mx ip4:192.0.2.10 -all" in result.details
    assert any("evaluated, result pass" in line for line in result.details)


async def test_spf_without_an_address_is_skipped_and_says_what_is_missing(serve: Serve) -> None:
    _, resolver = await serve({"example.com": '@ TXT "v=spf1 mx -all"'})
    for told in ({"sender": "user@example.com"}, {"ip": "192.0.2.10"}):
        result = await look("spf", resolver, **told)
        assert (result.state, result.outcome) == ("skipped", "no_input")
        assert "sending IP" in result.summary


async def test_without_a_record_spf_passes_no_address_so_that_none_has_to_be_known(serve: Serve) -> None:
    _, resolver = await serve({"example.com": "@ TXT nothing"})
    result = await look("spf", resolver, sender="user@example.com")
    assert (result.state, result.outcome) == ("warn", "none")
    assert 'example.com. IN TXT "v=spf1 ... ~all"' in (result.remedy or "")
    assert (await look("spf", resolver, sender="user@away.example.com")).outcome == "no_input"


async def test_a_broken_record_may_name_the_unknown_address_before_its_fault(serve: Serve) -> None:
    _, resolver = await serve({"example.com": '@ TXT "v=spf1 mx redirect=gone.example.com"'})
    assert (await look("spf", resolver, sender="user@example.com")).outcome == "no_input"


@pytest.mark.parametrize(
    ("zones", "state", "outcome", "words"),
    [
        ({"example.com": '_dmarc TXT "v=DMARC1; p=reject"'}, "pass", "reject:aligned", "is reject"),
        ({"example.com": '_dmarc TXT "v=DMARC1; p=none"'}, "pass", "none:aligned", "nothing but reports"),
        ({"example.com": "@ A 192.0.2.1"}, "warn", "no_record", "no DMARC policy"),
        ({"example.com": '_dmarc TXT "v=DMARC1; p=reject; t=y"'}, "pass", "quarantine:aligned", "quarantine"),
        (
            {"example.com": '_dmarc TXT "v=DMARC1; p=bogus; rua=mailto:d@example.com"'},
            "pass",
            "none:aligned",
            "",
        ),
        (
            {"example.com": '_dmarc TXT "v=DMARC1; p=bogus"'},
            "warn",
            "no_record:broken",
            "has no p= of none",
        ),
        (
            {"example.com": '_dmarc TXT "v=DMARC1; p=bogus; rua=d@example.com"'},
            "warn",
            "no_record:broken",
            "has no p= of none",
        ),
        (
            {"example.com": '_dmarc TXT "v=DMARC1; p=reject; sp=bogus"'},
            "warn",
            "no_record:broken",
            "has no sp= of none",
        ),
        (
            {"example.com": '_dmarc TXT "v=DMARC1; p=reject; np="'},
            "warn",
            "no_record:broken",
            "has no np= of none",
        ),
        (
            {"example.com": '_dmarc TXT "v=DMARC1; p=reject; sp=bogus; rua=x, mailto:d@example.com!10m"'},
            "pass",
            "none:aligned",
            "is none",
        ),
        (
            {"example.com": '_dmarc TXT "v=DMARC1; p=Reject; sp=NONE"'},
            "pass",
            "reject:aligned",
            "is reject",
        ),
        (
            {"example.com": '_dmarc TXT "v=DMARC1 p=reject"'},
            "warn",
            "no_record:broken",
            "with “v=DMARC1;”",
        ),
        ({"example.com": '_dmarc TXT "v=dmarc1; p=reject"'}, "warn", "no_record:broken", "begin with"),
        ({"example.com": '_dmarc TXT "v=spf1 -all"'}, "warn", "no_record", "no DMARC policy"),
        ({"example.com": '_dmarc TXT "p=reject; v=DMARC1"'}, "warn", "no_record", ""),
        (
            {"example.com": '_dmarc TXT "v=DMARC1; p=reject"\n_dmarc TXT "v=DMARC1; p=none"'},
            "warn",
            "no_record:broken",
            "receivers ignore them all",
        ),
        (
            {"example.com": '_dmarc TXT "v=DMARC1; p=reject"\n_dmarc TXT "v=DMARC1; p=bogus"'},
            "warn",
            "no_record:broken",
            "receivers ignore them all",
        ),
    ],
)
async def test_the_dmarc_policy_of_the_from_domain(
    serve: Serve, zones: dict[str, str], state: str, outcome: str, words: str
) -> None:
    _, resolver = await serve(zones)
    result = await look("dmarc", resolver, from_domain="example.com", sender="user@example.com")
    assert (result.state, result.outcome_text) == (state, outcome)
    assert words in result.summary


@pytest.mark.parametrize(
    ("record", "outcome"),
    [
        ('_dmarc TXT "v=DMARC1; p=reject"\nnews A 192.0.2.1', "reject:aligned"),
        ('_dmarc TXT "v=DMARC1; p=reject; sp=none"\nnews A 192.0.2.1', "none:aligned"),
        ('_dmarc TXT "v=DMARC1; p=none; np=reject"', "reject:aligned"),
        ('_dmarc TXT "v=DMARC1; p=none; np=reject"\nnews A 192.0.2.1', "none:aligned"),
        # There is a name where anything is, above other names or of another type.
        ('_dmarc TXT "v=DMARC1; p=none; np=reject"\nnews MX 10 mx', "none:aligned"),
        ('_dmarc TXT "v=DMARC1; p=none; np=reject"\nwww.news A 192.0.2.1', "none:aligned"),
        ('_dmarc TXT "v=DMARC1; p=none; sp=quarantine; np=reject"', "reject:aligned"),
        ('_dmarc TXT "v=DMARC1; p=none; sp=quarantine; np=reject"\nnews A 192.0.2.1', "quarantine:aligned"),
        ('_dmarc TXT "v=DMARC1; p=reject; sp=none"', "none:aligned"),
        ('_dmarc TXT "v=DMARC1; p=reject; np=none"', "none:aligned"),
        ('_dmarc TXT "v=DMARC1; p=none; np=reject; t=y"', "quarantine:aligned"),
        # The domain's own record goes before all, and its sp is for what is below.
        (
            '_dmarc TXT "v=DMARC1; p=reject; sp=reject"\n_dmarc.news TXT "v=DMARC1; p=none; sp=reject"',
            "none:aligned",
        ),
        # Whether the name is there cannot be asked, and the policy depends on it.
        ('_dmarc TXT "v=DMARC1; p=none; np=reject"\nnews CNAME x.servfail.', "servfail"),
        ('_dmarc TXT "v=DMARC1; p=none; sp=reject; np=reject"\nnews CNAME x.servfail.', "reject:aligned"),
        ('_dmarc TXT "v=DMARC1; p=reject; aspf=s"\nnews A 192.0.2.1', "reject:unaligned"),
    ],
)
async def test_a_subdomain_goes_by_its_own_record_or_takes_the_policy_of_its_organization(
    serve: Serve, record: str, outcome: str
) -> None:
    _, resolver = await serve({"example.com": record})
    result = await look("dmarc", resolver, from_domain="news.example.com", sender="user@example.com")
    assert result.outcome_text == outcome


@pytest.mark.parametrize(
    ("from_domain", "sender", "record", "outcome"),
    [
        # The domain's own record stands, whatever cannot be asked above it.
        ("news.example.com", "u@news.example.com", '_dmarc.news TXT "v=DMARC1; p=none"', "none:aligned"),
        ("news.example.com", "u@example.com", '_dmarc.news TXT "v=DMARC1; p=none"', "none:unknown"),
        ("news.example.com", "u@example.net", '_dmarc.news TXT "v=DMARC1; p=none"', "none:unaligned"),
        ("x.news.example.com", "u@x.news.example.com", '_dmarc.news TXT "v=DMARC1; p=none"', "servfail"),
        ("a.news.example.com", "u@b.news.example.com", '_dmarc.a.news TXT "v=DMARC1; p=none; psd=n"',
         "none:unknown"),
        ("a.news.example.com", "u@b.news.example.com",
         '_dmarc.news TXT "v=DMARC1; p=none"\n_dmarc.a.news TXT "v=DMARC1; p=none"', "none:aligned"),
        ("a.news.example.com", "u@news.example.com", '_dmarc.news TXT "v=DMARC1; p=none; psd=n"',
         "none:aligned"),
    ],
)  # fmt: skip
async def test_what_could_not_be_asked_is_not_taken_for_no_policy(
    serve: Serve, from_domain: str, sender: str, record: str, outcome: str
) -> None:
    _, resolver = await serve(
        {"example.com": f"{record}\n_dmarc CNAME x.servfail.", "example.net": "@ A 192.0.2.1"}
    )
    result = await look("dmarc", resolver, from_domain=from_domain, sender=sender)
    assert result.outcome_text == outcome
    assert (result.state == "unknown") == (outcome == "servfail")


async def test_a_public_suffix_that_fails_hides_no_policy(serve: Serve) -> None:
    _, resolver = await serve(
        {"co.uk": '_dmarc CNAME x.servfail.\n_dmarc.shop TXT "v=DMARC1; p=reject"\nnews.shop A 192.0.2.1'}
    )
    result = await look("dmarc", resolver, from_domain="news.shop.co.uk", sender="u@shop.co.uk")
    assert result.outcome_text == "reject:aligned"


async def test_spf_of_another_organization_does_not_count_for_dmarc(serve: Serve) -> None:
    policy = '_dmarc TXT "v=DMARC1; p=reject"'
    _, resolver = await serve({"example.com": policy, "example.net": policy})
    result = await look("dmarc", resolver, from_domain="example.com", sender="user@mail.example.net")
    assert (result.state, result.outcome_text) == ("warn", "reject:unaligned")
    assert "only a DKIM signature" in result.summary


async def test_a_public_suffix_that_says_so_ends_the_walk_below_it(serve: Serve) -> None:
    zones = {
        "example": '_dmarc TXT "v=DMARC1; p=reject; psd=y"',
        "school.example": "a A 192.0.2.1\nb A 192.0.2.1",
    }
    _, resolver = await serve(zones)
    result = await look("dmarc", resolver, from_domain="a.school.example", sender="u@b.school.example")
    assert result.outcome_text == "reject:aligned"
    assert "organizational domain: school.example" in result.details


async def test_a_name_of_a_hundred_labels_is_walked_in_eight_questions(serve: Serve) -> None:
    server, resolver = await serve({"example": "@ A 192.0.2.1"})
    domain = ".".join(["a"] * 100) + ".example"
    await look("dmarc", resolver, from_domain=domain)
    asked = [name for name, rdtype in server.asked if rdtype == "TXT"]
    assert len(asked) == 8


CYMRU = {
    "origin.asn.cymru.com": '10.2.0.192 TXT "64497 | 192.0.0.0/16 | US | arin | 2010-07-01"\n'
    '10.2.0.192 TXT "64496 64511 | 192.0.2.0/24 | AU | apnic | 2010-07-01"\n11.2.0.192 TXT "nonsense"',
    "origin6.asn.cymru.com": '*.8.b.d.0.1.0.0.2 TXT "64499 | 2001:db8::/32 | AU | apnic | 2004-07-01"',
    "asn.cymru.com": 'AS64496 TXT "64496 | AU | apnic | 2010-07-01 | DISTRICT-NET School District, AU"',
}


@pytest.mark.parametrize(
    ("ip", "state", "outcome", "words"),
    [
        ("192.0.2.10", "pass", "announced", "192.0.2.0/24, run by DISTRICT-NET School District, AS64496"),
        ("192.0.2.11", "unknown", "unreadable", "cannot be read"),
        ("192.0.2.12", "warn", "not_announced", "no network that is announced"),
        ("2001:db8::25", "pass", "announced", "2001:db8::/32, run by AS64499, registered in AU"),
        ("10.1.2.3", "skipped", "no_input", "no receiver ever sees"),
    ],
)
async def test_who_runs_the_network_of_the_address(
    serve: Serve, ip: str, state: str, outcome: str, words: str
) -> None:
    _, resolver = await serve(CYMRU)
    result = await look("owner", resolver, ip=ip)
    assert (result.state, result.outcome_text) == (state, outcome)
    assert words in result.summary


@pytest.mark.parametrize(
    ("ip", "zone"), [("192.0.2.10", "2.0.192.in-addr.arpa"), ("2001:db8::5", "8.b.d.0.1.0.0.2.ip6.arpa")]
)
async def test_a_missing_reverse_name_comes_with_the_zone_that_should_hold_it(
    serve: Serve, ip: str, zone: str
) -> None:
    _, resolver = await serve({zone: "nothing TXT x"})
    result = await look("ptr", resolver, ip=ip)
    assert (result.outcome_text, f"({zone} on ns.nic.example)" in (result.remedy or "")) == ("no_ptr", True)
    _, resolver = await serve({"arpa": "nothing TXT x"})
    result = await look("ptr", resolver, ip=ip)
    assert "who runs its reverse zone, for" in (result.remedy or "")


@pytest.mark.parametrize(
    ("record", "line"),
    [
        ('TXT "abuse@isp.example"', "abuse contact of the network: abuse@isp.example"),
        (
            'TXT "abuse@isp.example, noc@isp.example"',
            "abuse contact of the network: abuse@isp.example, noc@isp.example",
        ),
        ('TXT "no address \\027[31m"', ""),
        ("A 127.0.0.2", ""),
        ("CNAME x.servfail.", ""),
    ],
)
async def test_where_abuse_of_the_network_is_reported_is_told_where_it_is_known(
    serve: Serve, record: str, line: str
) -> None:
    _, resolver = await serve(CYMRU | {"abuse-contacts.abusix.zone": f"10.2.0.192 {record}"})
    result = await look("owner", resolver, ip="192.0.2.10")
    assert (result.state, result.outcome_text) == ("pass", "announced")
    assert [one for one in result.details if one.startswith("abuse contact")] == ([line] if line else [])


async def test_the_spf_check_tells_what_the_record_costs_the_other_address_family(serve: Serve) -> None:
    _, resolver = await serve(
        {"example.org": '@ TXT "v=spf1 ip4:192.0.2.10 mx -all"\n@ MX 10 mail\nmail A 192.0.2.1'}
    )
    result = await look("spf", resolver, ip="192.0.2.10", sender="ann@example.org", helo="mail.example.org")
    assert result.outcome_text == "pass"
    assert "an IPv6 sender: lookups 1 of 10, void lookups 1 of 2" in result.details


@pytest.mark.parametrize(
    ("zones", "from_domain", "line"),
    [
        (
            {"example.com": '_dmarc TXT "v=DMARC1; p=reject; t=y"'},
            "example.com",
            "older receivers go by the policy reject of example.com",
        ),
        (
            {"example.com": '_dmarc TXT "v=DMARC1; p=none; np=reject"'},
            "news.example.com",
            "older receivers go by the policy none of example.com",
        ),
        (
            {"k12.ca.us": '_dmarc TXT "v=DMARC1; p=reject"', "school.k12.ca.us": "@ A 192.0.2.1"},
            "news.school.k12.ca.us",
            "older receivers find no policy: they look at school.k12.ca.us only",
        ),
        (
            {"example.com": '_dmarc TXT "v=DMARC1; p=reject; pct=20"'},
            "example.com",
            "pct: no longer in the standard, newer receivers pass over it",
        ),
        (
            {
                "news.example.com": '_dmarc TXT "v=DMARC1; p=reject; psd=n"',
                "example.com": '_dmarc TXT "v=DMARC1; p=none"',
            },
            "news.example.com",
            "for older receivers a pass of SPF for mail.example.com counts",
        ),
    ],
)
async def test_where_older_receivers_read_dmarc_otherwise_is_told(
    serve: Serve, zones: dict[str, str], from_domain: str, line: str
) -> None:
    _, resolver = await serve(zones)
    result = await look("dmarc", resolver, from_domain=from_domain, sender="user@mail.example.com")
    assert line in result.details


async def test_a_domain_list_is_not_asked_about_the_registry_above(serve: Serve) -> None:
    zone = "test.dbl.spamhaus.org A 127.0.1.2\n*.k12.ca.us A 127.0.1.2\nk12.ca.us A 127.0.1.2"
    server, resolver = await serve({"dbl.spamhaus.org": "test A 127.0.1.2\n" + zone.partition("\n")[2]})
    await look("rhsbl:dbl.spamhaus.org", resolver, from_domain="news.school.k12.ca.us")
    asked = {name.removesuffix(".dbl.spamhaus.org") for name, _ in server.asked}
    assert {"news.school.k12.ca.us", "school.k12.ca.us"} < asked
    assert "k12.ca.us" not in asked


async def test_an_address_that_no_receiver_sees_is_never_put_into_a_record(serve: Serve) -> None:
    _, resolver = await serve({"example.org": '@ TXT "v=spf1 -all"'})
    result = await look("spf", resolver, ip="10.0.0.1", sender="ann@example.org", helo="mail.example.org")
    assert (result.state, result.outcome_text, result.remedy) == ("skipped", "no_input", None)
    assert "10.0.0.1" in result.summary
