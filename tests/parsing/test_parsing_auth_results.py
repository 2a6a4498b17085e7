"""What servers wrote about SPF, DKIM and DMARC is read from the forms that are met, and from nonsense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.parsing import parse
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.parsing.returned_message.auth_results import MOST, read_auth_results

AR = "Authentication-Results"

Row = tuple[str, str | None, str, str, str, str]
ROWS: list[tuple[str, list[Row]]] = [
    (
        f"{AR}: mx.example.net 1; dkim=fail (body hash did not verify) header.d=example.org\n"
        " header.s=s1; spf=pass smtp.mailfrom=ann@example.org; dmarc=fail header.from=example.org",
        [
            (AR, "mx.example.net", "dkim", "fail", "header.d=example.org header.s=s1",
             "body hash did not verify"),
            (AR, "mx.example.net", "spf", "pass", "smtp.mailfrom=ann@example.org", ""),
            (AR, "mx.example.net", "dmarc", "fail", "header.from=example.org", ""),
        ],
    ),
    # Microsoft gives no name, and puts one into the middle.
    (
        f"{AR}: spf=fail (sender IP is 192.0.2.10)\n smtp.mailfrom=example.org; example.net; dkim=none\n"
        " (message not signed) header.d=none;example.net; dmarc=fail action=o\n header.from=example.org",
        [
            (AR, None, "spf", "fail", "smtp.mailfrom=example.org", "sender IP is 192.0.2.10"),
            (AR, None, "dkim", "none", "header.d=none", "message not signed"),
            (AR, None, "dmarc", "fail", "header.from=example.org", ""),
        ],
    ),
    # Yahoo of old: no semicolon behind the name.
    (
        f"{AR}: mta.example  from=a.example; domainkeys=neutral (no sig);  from=a.example; dkim=pass (ok)",
        [
            (AR, "mta.example", "domainkeys", "neutral", "", "no sig"),
            (AR, "mta.example", "dkim", "pass", "", "ok"),
        ],
    ),
    (
        f"ARC-{AR}: i=2; mx.example.net; spf=softfail (it says; so) smtp.helo=mx.example.org",
        [("ARC-Authentication-Results i=2", "mx.example.net", "spf", "softfail", "smtp.helo=mx.example.org",
          "it says; so")],
    ),
    ("ARC-Seal: i=1; a=rsa-sha256; t=1; cv=none;\n d=example.net; s=arc; b=AA==",
     [("ARC-Seal i=1", "example.net", "arc", "none", "", "")]),
    (
        "Received-SPF: Fail (mx.example.net: domain of example.org does not\n designate 192.0.2.10)\n"
        " client-ip=192.0.2.10; envelope-from=\"ann@example.org\"; helo=mx;",
        [("Received-SPF", "mx.example.net", "spf", "fail",
          "client-ip=192.0.2.10 envelope-from=ann@example.org helo=mx",
          "mx.example.net: domain of example.org does not designate 192.0.2.10")],
    ),
    (f"{AR}: mx.example.net; none", []),
    (f"{AR}: mx.example.net; dkim=pass (a (nested) comment", [
        (AR, "mx.example.net", "dkim", "pass", "", "")]),
    (f"{AR}: ;;;=;spf", []),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), ROWS, ids=range(len(ROWS)))
def test_the_forms_that_are_met_are_read(fields: str, expected: list[Row]) -> None:
    found = read_auth_results(Head(f"{fields}\nSubject: x"))
    assert [(t.field, t.by, t.method, t.result, t.about, t.comment) for t in found] == expected


@given(st.text(alphabet=' =;()"\\\0\n\tspfdkim.pass/1i', max_size=300))
def test_nonsense_is_no_trouble(text: str) -> None:
    names = (AR, f"ARC-{AR}", "ARC-Seal", "Received-SPF")
    head = "\n".join(f"{name}: {text.replace(chr(10), chr(10) + ' ')}" for name in names)
    for one in read_auth_results(Head(head)):
        assert one.method
        assert one.result.isalpha()


def test_thousands_of_fields_and_endless_ones_are_cut() -> None:
    many = "".join(f"{AR}: mx{number}.example; spf=pass\n" for number in range(5000))
    long = f"{AR}: mx.example; " + "spf=pass (x) smtp.helo=a; " * 100_000
    nested = f"{AR}: mx.example; dkim=pass " + "(" * 500_000
    assert len(read_auth_results(Head(many + long))) <= MOST
    assert [one.result for one in read_auth_results(Head(nested))] == ["pass"]


def test_what_is_said_of_the_bounce_is_kept_apart_from_what_is_said_of_the_mail() -> None:
    bounce = parse(
        (
            f"{AR}: mx.ours.example; spf=none smtp.helo=mx.remote.example\n"
            "From: MAILER-DAEMON@mx.remote.example\nTo: ann@ours.example\nSubject: Undelivered Mail\n"
            'MIME-Version: 1.0\nContent-Type: multipart/report; boundary="b"\n\n--b\n\nfailed\n--b\n'
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.remote.example\n\n"
            "Final-Recipient: rfc822; bob@remote.example\nAction: failed\nStatus: 5.7.1\n\n--b\n"
            f"Content-Type: message/rfc822\n\n{AR}: mx.remote.example; dkim=fail header.d=ours.example\n"
            "From: ann@ours.example\nSubject: Minutes\n\nHello\n--b--\n"
        ).encode()
    )
    assert [(one.by, one.method) for one in bounce.auth_results] == [("mx.ours.example", "spf")]
    assert bounce.original is not None
    assert [(one.by, one.result) for one in bounce.original.auth_results] == [("mx.remote.example", "fail")]
