"""The grammar of RFC 7208 section 12 and the macros of section 7."""

import pytest

from bounce_tui.checks.authentication.spf.macros import (
    MacroError,
    expand_domain,
    expand_text,
    parse_domain_spec,
    parse_macro_string,
)
from bounce_tui.checks.authentication.spf.record import Mechanism, is_spf_record, parse_record

# The example of RFC 7208 section 7.4.
VALUES = {
    "s": "strong-bad@email.example.com",
    "l": "strong-bad",
    "o": "email.example.com",
    "d": "email.example.com",
    "i": "192.0.2.3",
    "p": "mx.example.org",
    "v": "in-addr",
    "h": "mail.example.com",
    "c": "192.0.2.3",
    "r": "receiver.example",
    "t": "1700000000",
}

GOOD_TERMS = """
    a A -a +mx ~ptr ?all a/24 a//64 a/24//64 a/0 a//0 a:b.example/24//64 mx:%{d} ptr:example.com
    include:_spf.example.com exists:%{ir}.example.com ip4:192.0.2.1 ip4:192.0.2.1/0 IP4:192.0.2.1/32
    ip6::: ip6:2001:db8::/32 ip6:::ffff:192.0.2.1/128 redirect=%{d} exp=a.example
    x= x.y-z_1=a:b/c=%{d} ra=postmaster all=1
"""
BAD_TERMS = (
    "- +-a -x=y =y 1x=y a: a/ a// a/33 a//129 a/024 a/24/64 a:b.example/ a:b.example// a/1.5 mx:com ptr/24 "
    "ptr: include include: include/24 exists all. all/8 all:x.y ip4 ip4: ip4/24 ip4:192.0.2 ip4:192.0.2.01 "
    "ip4:192.0.2.1//32 ip4:192.0.2.1/ ip4:1.2.3.4:25 ip4:2001:db8::1 ip6 ip6:192.0.2.1 ip6:fe80::1%eth0 "
    "ip6:2001:db8::/129 ip6:2001:db8::/032 redirect= redirect:a.example redirect=com exp= moo moo:a.example "
    "é x=% x=é ip4:１９２.0.2.1 a/２４"
)


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("%{s}", "strong-bad@email.example.com"),
        ("%{o}", "email.example.com"),
        ("%{d4}", "email.example.com"),
        ("%{d3}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{d1}", "com"),
        ("%{dr}", "com.example.email"),
        ("%{d2r}", "example.email"),
        ("%{l}", "strong-bad"),
        ("%{l-}", "strong.bad"),
        ("%{lr}", "strong-bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
        ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
        ("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
        ("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
        ("%{D002}", "example.com"),
        ("%{d99999999999999999999}", "email.example.com"),
        ("a%%b%_c%-d.example.", "a%b c%20d.example"),
        ("%{S}", "strong-bad%40email.example.com"),
    ],
)
def test_macros_expand_as_in_the_examples_of_the_rfc(text: str, expanded: str) -> None:
    assert expand_domain(parse_macro_string(text), VALUES) == expanded


def test_an_explanation_keeps_its_spaces_and_its_last_dot() -> None:
    tokens = parse_macro_string("%{c} is not one of %{d}'s.", explanation=True)
    assert expand_text(tokens, VALUES) == "192.0.2.3 is not one of email.example.com's."


@pytest.mark.parametrize(
    "text", ["%", "%{", "%{d", "%{}", "%{x}", "%{d0}", "%{d2x}", "%{dr2}", "%a", "%(d)", "a b", "é"]
)
def test_what_is_no_macro_string_is_refused(text: str) -> None:
    with pytest.raises(MacroError):
        parse_macro_string(text)


@pytest.mark.parametrize(
    "text",
    ["", "com", "com.", "a.123", "a.-com", "a.com-", "a.com:25", "%{d}com", "a.b..", "%{c}.example", "a.b c"],
)
def test_what_is_no_domain_spec_is_refused(text: str) -> None:
    with pytest.raises(MacroError):
        parse_domain_spec(text)


@pytest.mark.parametrize(
    "text",
    [
        "a.com",
        "a.com.",
        "a.1a",
        "a.1-1",
        "%{d}",
        "a%%",
        "..com",
        "a:b/c.example",
        "%{d}.xn--p1ai",
        "_spf.a.com",
    ],
)
def test_what_is_a_domain_spec_is_read(text: str) -> None:
    assert parse_domain_spec(text)


@pytest.mark.parametrize(
    ("text", "is_spf"),
    [
        ("v=spf1", True),
        ("V=SpF1 -all", True),
        ("v=spf1  ", True),
        ("v=spf10", False),
        ("v=spf1-all", False),
        (" v=spf1 -all", False),
        ("v=spf1\t-all", False),
        ("v=spf1\n", False),
        ("spf1 -all", False),
    ],
)
def test_only_the_version_tag_makes_an_spf_record(text: str, is_spf: bool) -> None:
    assert is_spf_record(text) is is_spf


@pytest.mark.parametrize("term", GOOD_TERMS.split())
def test_a_term_of_the_grammar_is_read(term: str) -> None:
    assert parse_record(f"v=spf1 {term}").faults == ()


@pytest.mark.parametrize("term", [*BAD_TERMS.split(" "), "a\tmx", "a:\x00.example"])
def test_a_term_outside_the_grammar_is_a_fault(term: str) -> None:
    (fault,) = parse_record(f"v=spf1 {term}").faults
    assert fault.message


def test_a_modifier_that_may_stand_once_is_a_fault_the_second_time() -> None:
    record = parse_record("v=spf1 redirect=a.example x=1 x=2 REDIRECT=b.example")
    assert [fault.text for fault in record.faults] == ["REDIRECT=b.example"]


def test_terms_keep_their_place_and_their_qualifier() -> None:
    record = parse_record("v=spf1   -a   x=1  ~ip4:192.0.2.77/24 ")
    assert [(term.index, term.text) for term in record.terms] == [
        (0, "-a"),
        (1, "x=1"),
        (2, "~ip4:192.0.2.77/24"),
    ]
    first, second = record.mechanisms
    assert isinstance(first, Mechanism)
    assert (first.qualifier, first.is_lookup) == ("-", True)
    assert (second.qualifier, second.is_lookup, str(second.network)) == ("~", False, "192.0.2.0/24")
