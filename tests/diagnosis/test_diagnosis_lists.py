"""The list that a reply names is the list that is asked."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from bounce_tui.checks.blocklists.catalog import blocklists
from bounce_tui.diagnosis import rules
from bounce_tui.diagnosis.diagnostician import diagnostician
from bounce_tui.model import Diagnosis


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("550 5.7.1 Client host [192.0.2.10] blocked using zen.spamhaus.org", "dnsbl:zen.spamhaus.org"),
        ("554 192.0.2.10 listed at bl.spamcop.net", "dnsbl:bl.spamcop.net"),
        (
            "550 see http://www.barracudacentral.org/rbl?ip=192.0.2.10",
            "dnsbl:b.barracudacentral.org",
        ),
        ("550 rejected, listed on psbl.surriel.com", "dnsbl:psbl.surriel.com"),
        ("550 http://www.spamhaus.org/query/bl?ip=192.0.2.10", "dnsbl:zen.spamhaus.org"),
        ("554 domain is listed in Spamhaus DBL, see dbl.spamhaus.org", "rhsbl:dbl.spamhaus.org"),
        (
            "550 Client host blocked using bl.small.example",
            "dnsbl:bl.small.example",
        ),
        ("554 This IP has a poor reputation on Cloudmark Sender Intelligence", "link:cloudmark"),
        (
            "554 Blocked - see support.proofpoint.com/dnsbl-lookup.cgi?ip=192.0.2.10",
            "link:proofpoint",
        ),
    ],
)
def test_the_list_in_the_reply_is_checked_first(
    explain: Callable[[str], Diagnosis], text: str, check: str
) -> None:
    diagnosis = explain(text)
    assert diagnosis.checks[0] == check
    others = [other for other in diagnosis.checks[1:] if other.startswith(("dnsbl:", "rhsbl:"))]
    assert others == []


def test_the_senders_own_host_is_not_taken_for_a_list(explain: Callable[[str], Diagnosis]) -> None:
    checks = explain(
        "554 5.7.1 <mail.sender.example[192.0.2.10]>: Client host rejected: Access denied"
    ).checks
    assert "dnsbl:mail.sender.example" not in checks


def test_one_list_has_one_page_whether_the_reply_names_it_or_a_check_asks_it() -> None:
    pages = {one.zone: (one.page or "").replace("{ip}", "{sending_ip}") for one in blocklists().list}
    named = {one.name: (pages[one.check.partition(":")[2]], one.url)
             for one in diagnostician().rulebook.lists if one.check.partition(":")[2] in pages}  # fmt: skip
    assert len(named) > 10
    assert {name: both for name, both in named.items() if both[0] != (both[1] or "")} == {}


def test_the_page_of_an_address_is_written_in_one_form_only() -> None:
    filled = {
        urlsplit(url).netloc: url for one in diagnostician().rulebook.lists if "{" in (url := one.url or "")
    }
    said = [(rule.id, rule.url) for rule in rules() if "{" in (rule.url or "")]
    assert said
    assert [(id_, url) for id_, url in said if filled.get(urlsplit(url).netloc, url) != url] == []
    about_the_ip = [
        rule for rule in rules() if "dnsbl:zen.spamhaus.org" in rule.checks[:1] and "Spamhaus" in rule.cause
    ]
    assert {rule.url for rule in about_the_ip if "check.spamhaus.org" in (rule.url or "")} == {
        filled["check.spamhaus.org"]
    }


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (
            "554 5.7.1 Client host [192.0.2.10] blocked using zen.spamhaus.org; "
            "https://www.spamhaus.org/query/pbl/192.0.2.10",
            "Spamhaus PBL",
            "smarthost",
        ),
        ("554 5.7.1 Your IP is listed in the Spamhaus PBL", "Spamhaus PBL", "port 587"),
        ("550 5.7.1 Helo command [mx.example] blocked using dbl.spamhaus.org", "Spamhaus DBL", "HELO name"),
        ("550 192.0.2.10 listed at https://www.uceprotect.net (level 3)", "UCEPROTECT level 3", "provider"),
        ("554 5.7.1 blocked using dnsbl-2.uceprotect.net", "UCEPROTECT level 2", "range"),
        ("554 5.7.1 blocked using ips.backscatterer.org", "Backscatterer", "callouts"),
    ],
)
def test_a_list_that_accuses_nobody_of_spam_has_steps_of_its_own(
    explain: Callable[[str], Diagnosis], text: str, name: str, words: str
) -> None:
    diagnosis = explain(text)
    said = " ".join(diagnosis.resolution)
    assert diagnosis.reason == "blocklisted"
    assert diagnosis.blocklist == name
    assert words in said
    # What helps against spam of one's own helps nothing here.
    assert "bought list), then use the list's own" not in said


def test_what_a_provider_knows_stands_before_what_its_list_says(
    explain: Callable[[str], Diagnosis],
) -> None:
    diagnosis = explain(
        "550 5.7.511 Access denied, banned sender[192.0.2.10]. To request removal from this list please "
        "forward this message to delist@microsoft.com; pbl.spamhaus.org"
    )
    assert "PBL lists ranges" not in diagnosis.cause
