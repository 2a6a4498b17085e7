"""Who sees what is asked, one line for each circle."""

from bounce_tui.check_results import Check
from bounce_tui.reporting.query_readers import readers


def test_each_circle_of_readers_has_one_line_and_what_is_not_asked_has_none() -> None:
    checks = (
        Check("spf", "example.org", "", "its name servers"),
        Check("dmarc", "example.org", "", "its name servers"),
        Check("mx", "example.net", "", "its name servers and those of its mail hosts"),
        Check("ptr", "", "", "its reverse zone's name servers"),
        Check("link:talos", "192.0.2.1", "", ""),
    )
    assert readers(checks, "127.0.0.1:53") == [
        "every query: seen by the resolver 127.0.0.1:53",
        "the top-level domain of a name that it denies: seen by the resolver alone",
        "spf, dmarc: seen by example.org's name servers",
        "mx: seen by example.net's name servers and those of its mail hosts",
        "link:talos: seen by nobody, nothing is asked",
    ]


def test_where_only_lists_are_asked_no_top_level_domain_is() -> None:
    checks = (Check("dnsbl:zen.spamhaus.org", "192.0.2.1", "", "Spamhaus"),)
    assert readers(checks, "127.0.0.1:53") == [
        "every query: seen by the resolver 127.0.0.1:53",
        "dnsbl:zen.spamhaus.org: seen by Spamhaus",
    ]
