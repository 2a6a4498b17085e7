"""What the checks start from: the likeliest of the bounce, or what the user says."""

from ipaddress import ip_network

import pytest

from bounce_tui.check_results import Inputs
from bounce_tui.checks.planning.inputs import (
    InputError,
    gather,
    sender_domain,
    sending_ips,
    spf_identity,
    with_overrides,
)
from bounce_tui.checks.planning.own import Own, read_domains, read_networks
from bounce_tui.domain_name import domain_of, parents, to_ascii
from bounce_tui.model import Bounce, Candidate, Failure, Original


def ip(value: str, *, sure: bool = True) -> Candidate:
    return Candidate(value, "diagnostic", sure)


def test_the_likeliest_candidate_is_taken_with_where_it_was_found() -> None:
    bounce = Bounce(
        sending_ips=(ip("192.0.2.10"), ip("192.0.2.11", sure=False)),
        envelope_senders=(Candidate("a@example.org", "return_path", True),),
        helos=(Candidate("Mail.Example.org", "received", True),),
        from_domain="example.com",
    )
    failure = Failure(recipient="b@example.net")
    inputs = gather(bounce, failure)
    assert inputs == Inputs(
        recipient="b@example.net",
        recipient_domain="example.net",
        sending_ip=ip("192.0.2.10"),
        envelope_sender=Candidate("a@example.org", "return_path", True),
        helo=Candidate("mail.example.org", "received", True),
        from_domain=Candidate("example.com", "from", True),
        failure=failure,
    )


@pytest.mark.parametrize(
    "value",
    ["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.1.1", "100.64.0.1", "::1", "fe80::1",
     "fd00::1", "::ffff:10.0.0.1", "0.0.0.0", "224.0.0.1", "not an address", "999.1.1.1", "192.0.2.1" * 500],
)  # fmt: skip
def test_an_address_that_no_network_can_reach_is_never_the_sending_ip(value: str) -> None:
    assert gather(Bounce(sending_ips=(ip(value), ip("203.0.113.5"))), Failure()).sending_ip == ip(
        "203.0.113.5"
    )


@pytest.mark.parametrize("value", ["192.0.2.1", "198.51.100.7", "203.0.113.9", "2001:db8::1"])
def test_documentation_addresses_are_as_good_as_any(value: str) -> None:
    assert gather(Bounce(sending_ips=(ip(value),)), Failure()).sending_ip == ip(value)


@pytest.mark.parametrize(
    ("recipient", "domain"),
    [
        ("user@example.net", "example.net"),
        ("user@EXAMPLE.net.", "example.net"),
        ("päivi@müller.example", "xn--mller-kva.example"),
        ("user@straße.example", "xn--strae-oqa.example"),
        ("user@ＥＸＡＭＰＬＥ．org", "example.org"),
        ("user@例え。テスト", "xn--r8jz45g.xn--zckzah"),
        ('"odd@local"@example.net', "example.net"),
        ("user", None),
        ("user@", None),
        ("user@localhost", None),
        ("user@[192.0.2.1]", None),
        ("user@192.0.2.1", None),
        ("user@-bad.example", None),
        ("user@sp ace.example", None),
        ("user@" + "a" * 64 + ".example", None),
        ("user@" + "a." * 200 + "example", None),
        ("user@" + "ü" * 5000, None),
        ("user@evil\x1b[2J.example", None),
        (None, None),
    ],
)
def test_the_recipients_domain_is_what_dns_can_be_asked_for(
    recipient: str | None, domain: str | None
) -> None:
    assert gather(Bounce(), Failure(recipient=recipient)).recipient_domain == domain


def test_the_from_header_stands_in_for_a_missing_envelope_sender_as_a_guess() -> None:
    bounce = Bounce(original=Original(from_='"Hart, S." <s.hart@district.example>'))
    inputs = gather(bounce, Failure())
    assert inputs.envelope_sender == Candidate("s.hart@district.example", "from", False)
    assert inputs.from_domain == Candidate("district.example", "from", True)


@pytest.mark.parametrize("value", ["", "<>", " <> "])
def test_the_null_sender_is_kept_as_such(value: str) -> None:
    bounce = Bounce(envelope_senders=(Candidate(value, "return_path", True),))
    inputs = gather(bounce, Failure())
    assert inputs.envelope_sender == Candidate("<>", "return_path", True)
    assert spf_identity(inputs) is None
    assert spf_identity(with_overrides(inputs, helo="mail.example.org")) == (
        "postmaster@mail.example.org",
        "mail.example.org",
    )


def test_a_from_domain_that_only_the_bounces_own_to_tells_is_a_guess() -> None:
    bounce = Bounce(kind="failed", to="anna@example.org", from_domain="example.org")
    assert gather(bounce, Failure()).from_domain == Candidate("example.org", "outer_to", sure=False)


def test_a_from_domain_of_the_returned_header_is_sure() -> None:
    original = Original(from_="anna@example.org")
    bounce = Bounce(kind="failed", to="anna@example.org", from_domain="example.org", original=original)
    assert gather(bounce, Failure()).from_domain == Candidate("example.org", "from", sure=True)


def test_the_helo_name_says_nothing_about_a_sender_that_is_unknown() -> None:
    assert spf_identity(with_overrides(Inputs(), helo="mail.example.org")) is None


def test_what_the_user_says_replaces_what_was_found() -> None:
    found = Inputs(recipient="b@example.net", recipient_domain="example.net", sending_ip=ip("192.0.2.10"))
    said = with_overrides(
        found,
        sending_ip="[2001:DB8::1]",
        envelope_sender="A@Example.ORG",
        helo="Mail.example.org.",
        from_domain="müller.example",
        recipient="c@example.com",
    )
    assert said.sending_ip == Candidate("2001:db8::1", "user", True)
    assert said.envelope_sender == Candidate("A@example.org", "user", True)
    assert said.helo == Candidate("mail.example.org", "user", True)
    assert said.from_domain == Candidate("xn--mller-kva.example", "user", True)
    assert (said.recipient, said.recipient_domain) == ("c@example.com", "example.com")
    assert with_overrides(found) == found


def test_an_empty_value_takes_an_input_away() -> None:
    found = Inputs(sending_ip=ip("192.0.2.10"))
    assert with_overrides(found, sending_ip="").sending_ip is None


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("sending_ip", "192.0.2", "an IP address"),
        ("sending_ip", "192.0.2.1; rm -rf /", "an IP address"),
        ("sending_ip", "fe80::1%eth0", "an IP address"),
        ("envelope_sender", "nobody", "an e-mail address"),
        ("helo", "mail..example", "a host name"),
        ("helo", "[192.0.2.1]", "a host name"),
        ("from_domain", "x" * 300, "a domain"),
        ("recipient", "user@", "an e-mail address"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_one_line(field: str, value: str, what: str) -> None:
    with pytest.raises(InputError) as caught:
        with_overrides(Inputs(), **{field: value})
    assert str(caught.value).startswith(f"not {what}")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_the_senders_domain_is_the_envelopes_before_that_of_the_from_header() -> None:
    both = with_overrides(Inputs(), envelope_sender="a@example.org", from_domain="example.com")
    null = with_overrides(Inputs(), envelope_sender="<>", from_domain="example.com")
    assert [
        found and found.value for found in (sender_domain(both), sender_domain(null), sender_domain(Inputs()))
    ] == [
        "example.org",
        "example.com",
        None,
    ]


def test_domains_above_a_domain_end_before_the_top() -> None:
    assert parents("a.b.example.org") == ["b.example.org", "example.org"]
    assert parents("example.org") == []
    assert to_ascii("org") is None
    assert domain_of("a@b@example.org") == "example.org"


def own(*ips: str, domains: tuple[str, ...] = ("example.org",)) -> Own:
    return Own(tuple(ip_network(one) for one in ips), domains)


def chosen(bounce: Bounce, mine: Own) -> tuple[str, str, bool] | None:
    found = gather(bounce, Failure(), mine).sending_ip
    return (found.value, found.source, found.sure) if found else None


def test_the_admins_own_address_stands_in_where_the_bounce_tells_none() -> None:
    assert chosen(Bounce(), own("192.0.2.1")) == ("192.0.2.1", "config", False)
    ours = Bounce(reporting_mta="mx1.Example.org")
    assert chosen(ours, own("192.0.2.1")) == ("192.0.2.1", "config", True)
    theirs = Bounce(reporting_mta="mx.notexample.org")
    assert chosen(theirs, own("192.0.2.1")) == ("192.0.2.1", "config", False)


def test_of_several_own_addresses_each_is_a_guess() -> None:
    ours = Bounce(reporting_mta="mx1.example.org")
    assert chosen(ours, own("192.0.2.1", "192.0.2.2")) == ("192.0.2.1", "config", False)
    assert chosen(ours, own("192.0.2.1", "203.0.113.0/24")) == ("192.0.2.1", "config", False)


def test_what_the_bounce_says_surely_is_never_replaced() -> None:
    ours = Bounce(reporting_mta="mx1.example.org", sending_ips=(ip("198.51.100.9"),))
    assert chosen(ours, own("192.0.2.1")) == ("198.51.100.9", "diagnostic", True)


def test_a_sure_own_address_beats_a_guess_of_the_bounce_and_a_guess_does_not() -> None:
    guessed = (ip("198.51.100.9", sure=False),)
    ours = Bounce(reporting_mta="mx1.example.org", sending_ips=guessed)
    assert chosen(ours, own("192.0.2.1")) == ("192.0.2.1", "config", True)
    assert chosen(Bounce(sending_ips=guessed), own("192.0.2.1")) == ("198.51.100.9", "diagnostic", False)


def test_of_the_bounces_guesses_the_one_from_an_own_network_is_likelier() -> None:
    bounce = Bounce(sending_ips=(ip("198.51.100.9", sure=False), ip("192.0.2.77", sure=False)))
    assert chosen(bounce, own("192.0.2.0/24")) == ("192.0.2.77", "diagnostic", False)
    assert sending_ips(bounce) == bounce.sending_ips


def test_an_own_address_that_the_bounce_guesses_is_offered_once() -> None:
    bounce = Bounce(sending_ips=(ip("192.0.2.1", sure=False),))
    assert [one.value for one in sending_ips(bounce, own("192.0.2.1"))] == ["192.0.2.1"]


@pytest.mark.parametrize(
    "text",
    ["10.0.0.1", "127.0.0.1", "fd00::1", "::ffff:192.0.2.1", "192.0.2.1/24", "nonsense", "", "9" * 999],
)
def test_an_address_that_cannot_be_ours_is_named(text: str) -> None:
    (trouble,) = read_networks([text])
    assert isinstance(trouble, tuple)
    assert trouble[0] == 0


def test_networks_and_domains_are_read_in_their_usual_forms() -> None:
    assert [str(net) for net in read_networks(["192.0.2.1", "2001:db8::/32"])] == [
        "192.0.2.1/32",
        "2001:db8::/32",
    ]
    assert list(read_domains(["@Example.ORG", "müller.example"])) == ["example.org", "xn--mller-kva.example"]
    assert isinstance(next(read_domains(["x y"])), tuple)
