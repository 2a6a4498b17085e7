"""Quoted local parts (RFC 5322 section 3.4.1): what stands between the quotes is all the address's own."""

import pytest

from bounce_tui.parsing import parse, read_reply
from bounce_tui.parsing.addresses import clean, find_all, typed

ADDRESSES = [
    '"bob, \\"the\\" builder"@example.org',
    '"bob builder"@example.org',
    '"a;b:c"@example.org',
    '"<x>"@example.org',
    '"b\\\\ob@home"@example.org',
    '"very.(),:;<>[]\\".VERY.\\"very@\\\\ \\"very\\".unusual"@strange.example.org',
]
REPORTS = [
    "<{0}>: host mx.example.org[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command)\n",
    "Your message could not be delivered.\n\n<{0}>: host mx.example.org[192.0.2.1] said: 550 5.1.1 No user\n",
    "Your message could not be delivered to the following recipients:\n\n  {0}\n    SMTP error from remote"
    " mail server after RCPT TO:<{0}>:\n    550 5.1.1 User unknown\n",
    "The following address failed: {0}\n\n550 5.1.1 User unknown",
    "Recipient: {0}\nReason: 550 5.1.1 User unknown",
    "550 5.1.1 <{0}>... User unknown",
    "Final-Recipient: rfc822; {0}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no\n",
    "2026-11-22 10:11:12 1abcDE-0001ab-XY ** {0} R=dnslookup T=remote_smtp: Unrouteable address",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_quoted_local_part_is_read_whole(address: str) -> None:
    for wrapped in ("{0}", "<{0}>", "Bob <{0}>", '"Builder, Bob" <{0}>'):
        assert clean(wrapped.format(address)) == address
    for field in ("{0}", "rfc822; {0}", "RFC822;<{0}>"):
        assert typed(field.format(address)) == address
    assert find_all(f"to {address}, <eve@example.org>: no") == [address, "eve@example.org"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("report", REPORTS)
def test_a_report_names_it_whole(report: str, address: str) -> None:
    text = report.format(address)
    assert [one.recipient for one in parse(text.encode()).failures] == [address]
    assert read_reply(text).recipient == address


def test_a_display_name_in_quotes_is_no_local_part() -> None:
    assert clean('"Bob, the \\"builder\\"" <bob@example.org>') == "bob@example.org"
    assert find_all('"Bob \\" <bob@example.org>" and ""@example.org') == ["bob@example.org"]
    assert find_all('"' + '\\"' * 50_000 + "@example.org") == []
