"""A mistyped domain is recognised, and a real one is left alone."""

import pytest

from bounce_tui.hints.lookalike import Resembles, beside, known, provider_at_end, resembles
from bounce_tui.hints.tables import mailbox_domains, typos

MISTYPED = [
    ("gmial.com", "gmail.com"), ("gamil.com", "gmail.com"), ("gmaill.com", "gmail.com"),
    ("gmal.com", "gmail.com"), ("gnail.com", "gmail.com"), ("ggmail.com", "gmail.com"),
    ("g-mail.com", "gmail.com"), ("hotmial.com", "hotmail.com"), ("hotmai.com", "hotmail.com"),
    ("homtail.com", "hotmail.com"), ("outlok.com", "outlook.com"), ("outloook.com", "outlook.com"),
    ("yaho.com", "yahoo.com"), ("yhoo.com", "yahoo.com"), ("iclould.com", "icloud.com"),
    ("protonmial.com", "protonmail.com"), ("btinterent.com", "btinternet.com"), ("libreo.it", "libero.it"),
    ("tonline.de", "t-online.de"), ("yandx.ru", "yandex.ru"), ("rediffmial.com", "rediffmail.com"),
    # the dot
    ("gmailcom", "gmail.com"), ("hotmailco.uk", "hotmail.co.uk"), ("gma.ilcom", "gmail.com"),
    ("gmail-com", "gmail.com"), ("gmail.com.", None), ("hotmail.com.com", "hotmail.com"),
    ("www.gmail.com", "gmail.com"), ("www.school.org", "school.org"),
    # the ending
    ("yahoo.con", "yahoo.com"), ("gmail.cmo", "gmail.com"), ("gmail.co", "gmail.com"),
    ("gmail.om", "gmail.com"),
    ("hotmail.comm", "hotmail.com"), ("gmail.com.br", "gmail.com"), ("icloud.de", "icloud.com"),
    ("comcast.ner", "comcast.net"), ("gmial.con", "gmail.com"), ("firma.example.con", "firma.example.com"),
    ("qq.con", "qq.com"), ("gmx.dee", "gmx.de"),
    # letters of other scripts
    ("gm\u0430il.com", "gmail.com"), ("xn--gmil-63d.com", "gmail.com"), ("ya\u04bboo.com", "yahoo.com"),
    ("\uff47mail.com", "gmail.com"),
]  # fmt: skip

NEIGHBOURS = [
    "gmail.com", "mail.com", "ymail.com", "email.com", "gmx.de", "gmx.net", "gmx.at", "hotmail.co.uk",
    "live.nl", "live.fr", "yahoo.fr", "yahoo.co.uk", "yahoo.com.br", "yahoo.ca", "outlook.de", "aol.com",
    "me.com", "mac.com", "web.de", "163.com", "126.com", "162.com", "qq.com", "mail.ru", "bk.ru", "list.ru",
    "wp.pl", "o2.pl", "op.pl", "free.fr", "orange.fr", "sfr.fr", "home.nl", "planet.nl", "tim.it", "tin.it",
    "cloud.com", "apple.com", "google.com", "gmail.example.com", "mail.gmail.com", "example.com",
    "school.org",
    "hot.ee", "sky.com", "shaw.ca", "cox.net", "att.net", "rr.com", "bücher.example", "xn--bcher-kva.example",
    "münchen.de", "почта.рф", "[192.0.2.1]", "localhost", "a.b", "yahoo-inc.com", "mailbox.org",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), MISTYPED)
def test_a_mistyped_domain_leads_to_the_one_that_was_meant(typed: str, meant: str | None) -> None:
    found = resembles(typed)
    assert (found.domain if found else None) == meant


@pytest.mark.parametrize("domain", NEIGHBOURS)
def test_a_real_neighbour_is_no_slip(domain: str) -> None:
    assert resembles(domain) is None


def test_no_provider_is_taken_for_another() -> None:
    assert [domain for domain in known().domains if resembles(domain) or resembles(domain, gone=True)] == []


def test_a_real_provider_that_the_table_did_not_know_would_rarely_be_called_mistyped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = mailbox_domains()
    called = []
    for provider in whole.provider:
        for domain in provider.domains:
            kept = tuple(
                type(one)(one.name, tuple(name for name in one.domains if name != domain), one.brands)
                for one in whole.provider
            )
            if not all(any(n.startswith(f"{b}.") for n in one.domains) for one in kept for b in one.brands):
                continue
            table = type(whole)(kept, whole.neighbours)
            monkeypatch.setattr("bounce_tui.hints.lookalike.mailbox_domains", lambda table=table: table)
            known.cache_clear()
            if resembles(domain) is not None:
                called.append(domain)
    known.cache_clear()
    # Of seven hundred, those that have a famous neighbour, which is why the table names them.
    assert set(called) <= {"gmail.com", "ymail.com", "mail.com", "cloud.com"}


def test_weaker_signs_do_for_a_domain_that_does_not_exist() -> None:
    for domain, meant in (
        ("wbe.de", "web.de"),
        ("aoll.com", "aol.com"),
        ("web.ed", "web.de"),
        ("hotmail.com.es", "hotmail.com"),
        ("gmkil.com", "gmail.com"),
    ):
        assert resembles(domain) is None
        found = resembles(domain, gone=True)
        assert found is not None
        assert found.domain == meant


def test_the_senders_own_domain_counts_as_much_as_a_big_one() -> None:
    found = resembles("shcool.org", own=("school.org",))
    assert found is not None
    assert found.domain == "school.org"
    assert resembles("school.org", own=("school.org", "schol.org")) is None
    assert resembles("school.net", own=("school.org",)) is None
    assert resembles("school2.org", own=("school1.org",)) is None, "a number is another place, not a typo"


def test_among_many_domains_only_swapped_or_doubled_letters_count() -> None:
    listed = ("school.example", "other.example")
    assert getattr(beside("shcool.example", listed), "domain", None) == "school.example"
    assert beside("schoel.example", listed) is None
    assert getattr(beside("schoel.example", listed, gone=True), "domain", None) == "school.example"
    assert beside("gmail.com", ("gmaill.com",)) is None


def test_the_name_of_the_strange_letter_is_said() -> None:
    found = resembles("gm\u0430il.com")
    assert found is not None
    assert found.words == "it holds cyrillic small letter a (U+0430)"


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        ".",
        "@",
        "a" * 100_000,
        ".".join("a" * 3000),
        "xn--" + "9" * 5000 + ".com",
        "xn--\u0430.com",
        "\ud800.com",
        "-" * 253,
    ],
)
def test_a_hostile_domain_is_looked_at_and_left_alone(hostile: str) -> None:
    assert resembles(hostile, own=("school.org",), gone=True) is None


def test_every_ending_called_none_is_no_country_and_none_of_the_old_ones() -> None:
    table = typos().no_such_ending
    assert not {"com", "net", "org", "edu", "gov", "mil", "int", "info", "biz"} & set(table)
    # Two letters belong to countries (ISO 3166), present or future.
    assert all(len(ending) > 2 for ending in table)
    assert not set(table.values()) & set(table)


def test_every_domain_of_the_table_is_written_once_and_in_lower_case() -> None:
    domains = [domain for provider in mailbox_domains().provider for domain in provider.domains]
    assert len(domains) == len(set(domains))
    assert all(domain == domain.lower() and "." in domain and domain.isascii() for domain in domains)
    assert len(domains) > 600


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("bobgmail.com", "gmail.com"), ("gmail.com", "mail.com"), ("xgmx.com", "gmx.com"),
        # alone it has nothing before it; and what is shorter than seven letters ends many names
        ("gmx.com", None), ("xgmx.de", None), ("", None),
    ],
)  # fmt: skip
def test_a_providers_domain_at_the_end_is_found_behind_something(text: str, domain: str | None) -> None:
    assert provider_at_end(text) == domain


@pytest.mark.parametrize(
    ("domain", "gone", "meant"),
    [
        # Two letters: of a long name that begins alike and does not exist.
        ("outlzxk.com", True, Resembles("outlook.com", "two letters differ")),
        ("outlzxk.com", False, None),
        ("xutlzok.com", True, None),
        ("icloxdy.com", True, None),
        # A separator is a typo whatever else is near.
        ("outl-ook.com", False, Resembles("outlook.com", "a hyphen too many")),
        ("gmx-.com", True, Resembles("gmx.com", "a hyphen too many")),
        # Of four letters a likely typo will do, of three only one that hardly happens but by mistake.
        ("mqil.com", True, Resembles("mail.com", "“q” for “a”")),
        ("gmxx.com", True, Resembles("gmx.com", "“x” too many")),
        ("gnx.com", True, None),
        ("gmxx.com", False, None),
    ],
)
def test_how_much_of_a_slip_a_name_must_show(domain: str, gone: bool, meant: Resembles | None) -> None:
    assert resembles(domain, gone=gone) == meant
