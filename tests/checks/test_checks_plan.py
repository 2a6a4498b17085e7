"""Which checks follow from a bounce, and who will see the queries."""

import pytest
from msgspec.structs import replace

from bounce_tui.check_results import Check, Inputs
from bounce_tui.checks.blocklists.catalog import blocklists
from bounce_tui.checks.planning.inputs import with_overrides
from bounce_tui.checks.planning.plan import plan, request
from bounce_tui.checks.planning.registry import list_of
from bounce_tui.diagnosis import diagnose, reasons, rules
from bounce_tui.diagnosis.list_file import known_lists
from bounce_tui.model import Bounce, Diagnosis, Evidence, Failure
from bounce_tui.parsing import read_reply

ZEN = "dnsbl:zen.spamhaus.org"
INPUTS = with_overrides(
    Inputs(),
    sending_ip="192.0.2.10",
    envelope_sender="a@example.org",
    helo="mail.example.org",
    from_domain="example.org",
    recipient="b@example.net",
)


def planned(
    reason: str,
    text: str = "",
    *,
    checks: tuple[str, ...] = (),
    lists: tuple[str, ...] = (),
    provider: str | None = None,
    inputs: Inputs = INPUTS,
) -> tuple[Check, ...]:
    diagnosis = Diagnosis(
        reason=reason,
        temporary=False,
        hard=False,
        provider=provider,
        rule="r",
        confidence="high",
        evidence=Evidence(text, "diagnostic"),
        cause="",
        lists=lists,
        resolution=(),
        who_acts="sender_admin",
        checks=checks,
        usual_checks=reasons()[reason].checks if reason in reasons() else (),
    )
    return plan(Failure(diagnostic=text), diagnosis, inputs)


def test_why_a_helo_name_is_looked_up_is_told_where_its_reason_asks_for_the_sender_too() -> None:
    reply = "450 4.7.1 <mx.ghost.example>: Helo command rejected: Host not found"
    first, *rest = planned("rejected", reply)
    assert (first.id, first.target) == ("sender-domain", "mx.ghost.example")
    assert first.why == "the bounce says that the HELO name is not in DNS"
    assert "sender-domain" not in ids(tuple(rest))


def test_where_a_helo_name_is_not_in_dns_nobody_asks_who_may_send_or_is_on_a_list() -> None:
    reply = "450 4.7.1 <mx.ghost.example>: Helo command rejected: Host not found"
    assert ids(planned("blocked", reply, checks=("ptr",))) == ["sender-domain", "ptr"]


def ids(checks: tuple[Check, ...]) -> list[str]:
    return [check.id for check in checks]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("user_unknown", ["domain", "mx"]),
        ("host_unknown", ["domain", "mx"]),
        ("not_accept", ["domain", "mx"]),
        ("rejected", ["sender-domain", "spf"]),
        ("require_ptr", ["ptr"]),
        ("auth_failure", ["spf", "dkim", "dmarc"]),
        ("blocklisted", [ZEN, "dnsbl:b.barracudacentral.org", "dnsbl:bl.spamcop.net", "ptr"]),
        ("mailbox_full", []),
        ("greylisted", []),
        ("a reason of tomorrow", []),
    ],
)  # fmt: skip
def test_a_reason_calls_for_the_checks_that_can_settle_it(reason: str, expected: list[str]) -> None:
    assert ids(planned(reason)) == expected


def test_the_list_that_the_bounce_names_is_asked_first_and_once() -> None:
    checks = planned(
        "blocklisted",
        "550 blocked using bl.spamcop.net; see https://www.spamcop.net/bl.shtml",
        checks=("dnsbl:bl.spamcop.net",),
    )
    assert ids(checks) == ["dnsbl:bl.spamcop.net", ZEN, "ptr"]
    assert [check.quoted for check in checks] == [True, False, False]
    assert checks[0].why == "the bounce names this list"


@pytest.mark.parametrize(
    "text",
    [
        "blocked using sbl.spamhaus.org",
        "listed at pbl.spamhaus.org",
        "see cbl.abuseat.org",
        "by Spamhaus SBL",
    ],
)
def test_a_part_of_zen_is_asked_as_zen(text: str) -> None:
    assert ids(planned("blocklisted", text)) == [ZEN, "ptr"]


def test_spamhaus_by_its_name_alone_may_mean_its_list_of_domains_too() -> None:
    assert ids(planned("blocklisted", "by Spamhaus")) == [ZEN, "rhsbl:dbl.spamhaus.org", "ptr"]


@pytest.mark.parametrize(
    "page",
    ["query/domain/shady.example", "results/?query=shady.example", "listed/?searchterm=shady.example"],
)
def test_a_page_of_spamhaus_about_a_domain_means_its_list_of_domains(page: str) -> None:
    assert ids(planned("blocklisted", f"see https://check.spamhaus.org/{page}")) == ["rhsbl:dbl.spamhaus.org"]


def test_a_code_that_means_a_list_names_it_by_its_rule() -> None:
    checks = planned("blocklisted", "554 IB104", lists=("sbl.spamhaus.org",), checks=(ZEN,))
    assert (ids(checks)[0], checks[0].quoted) == (ZEN, True)


def test_a_list_of_domains_calls_for_no_look_at_the_address() -> None:
    assert ids(planned("blocklisted", "sender domain listed in dbl.spamhaus.org")) == [
        "rhsbl:dbl.spamhaus.org"
    ]


def test_a_list_of_domains_that_made_it_spam_calls_for_no_look_at_who_vouches_for_the_mail() -> None:
    checks = planned(
        "spam_detected",
        "554 5.7.1 Message contains a URL listed by multi.surbl.org",
        checks=("rhsbl:multi.surbl.org", *reasons()["spam_detected"].checks),
    )
    assert ids(checks) == ["rhsbl:multi.surbl.org"]
    assert "spf" in ids(planned("spam_detected", "554 5.7.1 Message rejected as spam"))


def test_a_list_of_the_receivers_own_is_the_one_that_is_quoted() -> None:
    checks = planned(
        "blocklisted", "blocked using RBL.receiver.example", checks=("dnsbl:rbl.receiver.example",)
    )
    assert [(check.id, check.quoted) for check in checks][:2] == [
        ("dnsbl:rbl.receiver.example", True),
        (ZEN, False),
    ]


def test_a_dead_list_is_planned_so_that_it_can_be_told() -> None:
    checks = planned("blocklisted", "listed by dnsbl.sorbs.net")
    assert checks[0].id == "dnsbl:dnsbl.sorbs.net"
    assert checks[0].seen_by == ""


@pytest.mark.parametrize(
    ("text", "provider", "link"),
    [
        ("poor reputation on Cloudmark Sender Intelligence", None, "link:cloudmark"),
        ("see https://ipcheck.proofpoint.com/?ip=192.0.2.10", None, "link:proofpoint"),
        ("550 5.7.606 Access denied, banned sending IP", "Microsoft", "link:microsoft"),
        ("our system has detected unusual mail", "Google", "link:google"),
        ("[TSS04] deferred", "Yahoo / AOL", "link:yahoo"),
    ],
)
def test_a_system_that_dns_cannot_ask_is_a_page(text: str, provider: str | None, link: str) -> None:
    assert link in ids(planned("blocked", text, provider=provider))


def test_what_cannot_be_checked_yet_is_not_planned() -> None:
    checks = planned("auth_failure", checks=("dkim", "spf", "tls", "smtp", "rdap", "mta-sts", "link:nobody"))
    assert ids(checks) == ["dkim", "spf", "tls", "dmarc"]


def test_each_check_tells_its_target_and_who_will_see_the_query() -> None:
    checks = {check.id: check for check in planned("bad_reputation")}
    zen = checks[ZEN]
    assert (zen.target, zen.seen_by) == ("192.0.2.10", "Spamhaus")
    assert checks["spf"].target == "example.org"
    assert checks["spf"].seen_by.startswith("its name servers")
    assert checks["ptr"].target == "192.0.2.10"
    assert checks["dmarc"].target == "example.org"


def test_a_check_whose_input_is_unknown_is_planned_without_a_target() -> None:
    checks = planned("blocklisted", inputs=Inputs(recipient="b@example.net", recipient_domain="example.net"))
    assert {check.target for check in checks} == {""}


def test_any_check_can_be_asked_for_by_name() -> None:
    checks = request(["dnsbl:psbl.surriel.com", "mx"], INPUTS)
    assert [(check.id, check.target) for check in checks] == [
        ("dnsbl:psbl.surriel.com", "192.0.2.10"),
        ("mx", "example.net"),
    ]


def test_a_check_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"there is no check called 'horoscope'.*domain, mx, sender-domain"):
        request(["horoscope"], INPUTS)


def test_hostile_text_is_read_up_to_a_bound() -> None:
    assert ids(planned("blocklisted", "x" * 5_000_000 + " zen.spamhaus.org"))[-1] == "ptr"


@pytest.mark.parametrize(
    ("reply", "check", "zone"),
    [
        ("554 192.0.2.10 is listed in the Exploits Block List", ZEN, "xbl.spamhaus.org"),
        ("554 your address is on the policy block list", ZEN, "pbl.spamhaus.org"),
        ("550 5.7.1 rejected, listed by URIBL", "rhsbl:multi.uribl.com", "multi.uribl.com"),
        ("550 listed on UCEPROTECT-Level 2", "dnsbl:dnsbl-2.uceprotect.net", "dnsbl-2.uceprotect.net"),
    ],
)
def test_a_list_is_the_quoted_one_by_whatever_name_the_reply_calls_it(
    reply: str, check: str, zone: str
) -> None:
    failure = read_reply(reply)
    bounce = Bounce(kind="failed", failures=(failure,))
    diagnosis = diagnose(failure, bounce)
    assert diagnosis.lists == (zone,)
    first, *rest = plan(failure, diagnosis, INPUTS)
    assert (first.id, first.quoted) == (check, True)
    assert not any(one.quoted for one in rest)


def test_every_list_that_a_diagnosis_names_is_the_quoted_one() -> None:
    """Both packages go by one table: the words by which a reply names a list decide for both."""
    named = [(rule.id, reply) for rule in rules() for reply in rule.examples]
    left = []
    for id_, reply in named:
        failure = read_reply(reply)
        bounce = Bounce(kind="failed", failures=(failure,))
        diagnosis = diagnose(failure, bounce)
        if diagnosis.lists:
            checks = plan(failure, diagnosis, INPUTS)
            quoted = {zone for one in checks if one.quoted for zone in zones_of(one.id)}
            left += [(id_, reply)] * quoted.isdisjoint(diagnosis.lists)
    assert left == []


def zones_of(check_id: str) -> set[str]:
    """The zone of a list's check, and those of its parts."""
    entry = list_of(check_id)
    zone = check_id.partition(":")[2]
    return {zone, *(entry.parts if entry is not None else ())}


def test_every_name_of_a_list_leads_to_one_that_is_known() -> None:
    known = blocklists()
    for one in known_lists():
        zones = (*one.zones, *((one.check.partition(":")[2],) if one.zones else ()))
        assert [zone for zone in zones if known.by_zone(zone) is None] == []
        assert one.zones or known.system_named(one.check.partition(":")[2])


@pytest.mark.parametrize(
    "host", ["mx.example.net", "mxa-00.pphosted.com", "mx1.comcast.net", "mx1.secureserver.net"]
)
def test_cloudmark_is_looked_up_at_cloudmark_alone(host: str) -> None:
    failure = read_reply("550 5.7.1 Cloudmark sender intelligence: poor reputation of 192.0.2.10")
    failure = replace(failure, remote_mta=host)
    diagnosis = diagnose(failure, Bounce(kind="failed"))
    pages = [one.id for one in plan(failure, diagnosis, INPUTS) if "link:" in one.id]
    assert pages == ["link:cloudmark"]
    assert diagnosis.provider != "Proofpoint"
    assert diagnosis.url == "https://csi.cloudmark.com/en/reset/"
