"""Lines of a log that refuse nothing, handed to `explain` (`parsing/logs/remarks.py`)."""

import pytest

from bounce_tui.diagnosis.built_in import BuiltIn
from bounce_tui.diagnosis.diagnostician import diagnostician
from bounce_tui.diagnosis.pasted import diagnose_pasted
from bounce_tui.parsing import read_pasted

_POSTFIX = "Nov 23 04:01:02 mx postfix"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (
            f"{_POSTFIX}/smtp[2]: Untrusted TLS connection established to mx.corp.example[192.0.2.7]:25:"
            " TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)",
            "encrypted",
        ),
        ("Anonymous TLS connection established from mx.corp.example[192.0.2.7]: TLSv1.2", "encrypted"),
        (
            f"{_POSTFIX}/smtp[2]: 4XkQ2z0Kz: enabling PIX workarounds: disable_esmtp delay_dotcrlf for"
            " mx.corp.example[192.0.2.7]:25",
            "firewall",
        ),
        (f"{_POSTFIX}/smtpd[9]: connect from unknown[203.0.113.9]", "connected"),
        ("connect from out.own.example[2001:db8::9]", "connected"),
        (f"{_POSTFIX}/smtpd[9]: disconnect from unknown[203.0.113.9] ehlo=1 rcpt=0/1 commands=1/2", "left"),
        (f"{_POSTFIX}/smtpd[9]: lost connection after RCPT from unknown[203.0.113.9]", "by itself"),
        (f"{_POSTFIX}/smtpd[9]: 4XkQ2z0Kz: client=out.own.example[203.0.113.9]", "queue"),
        (f"{_POSTFIX}/cleanup[9]: 4XkQ2z0Kz: message-id=<550.5.1.1@own.example>", "queue"),
        (f"{_POSTFIX}/qmgr[9]: 4XkQ2z0Kz: from=<bob@own.example>, size=812, nrcpt=2 (queue active)", "queue"),
        (f"{_POSTFIX}/qmgr[9]: 4XkQ2z0Kz: removed", "done"),
        (f"{_POSTFIX}/postscreen[9]: PASS NEW [203.0.113.9]:40123", "Postscreen"),
        (f"{_POSTFIX}/smtpd[9]: warning: hostname x.example does not resolve to address 203.0.113.9", "name"),
        ("2026-11-23T04:01:02.1+01:00 mx opendmarc[8]: 4XkQ2z0Kz: own.example fail", "filter"),
        ("Nov 23 04:01:02 mx opendmarc[8]: 4XkQ2z0Kz: SPF(mailfrom): own.example fail", "filter"),
        ("Nov 23 04:01:02 mx opendkim[8]: 4XkQ2z0Kz: bad signature data", "filter"),
        ("Nov 23 04:01:02 mx opendkim[8]: wAN1234567: no signature data", "filter"),
        ("Nov 23 04:01:02 mx spamd[9]: spamd: identified spam (7.1/5.0) for bob:1001 in 1.2 seconds", "spam"),
        ("Nov 23 04:01:02 mx sm-mta[9]: STARTTLS=client, relay=mx.corp.example., verify=FAIL", "encrypted"),
        (
            "2026-11-22 10:11:12 1abcDE-0001ab-XY DKIM: d=own.example s=mail c=relaxed/relaxed"
            " [verification failed - signature did not verify]",
            "filter",
        ),
        ("2026-11-22 10:11:12 1abcDE-0001ab-XY Completed", "done"),
        ("2026-11-22 10:11:12 SMTP connection from (mx) [203.0.113.9] lost", "by itself"),
    ],
)
def test_a_line_of_a_log_that_refuses_nothing_is_no_failure(line: str, why: str) -> None:
    bounce = read_pasted(line)
    (failure,) = bounce.failures
    diagnosis = diagnose_pasted(diagnostician(), failure, bounce)

    assert (bounce.is_bounce, failure.recipient, failure.reply_code) == (False, None, None)
    assert (diagnosis.rule, diagnosis.reason, diagnosis.hard) == (
        BuiltIn.LOG_REFUSES_NOTHING,
        "undefined",
        False,
    )
    assert why in diagnosis.cause


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Nov 23 04:01:02 mx policyd-spf[9]: 550 5.7.23 Message rejected due to: SPF fail", "auth_failure"),
        (
            f"{_POSTFIX}/smtp[9]: connect to mx.corp.example[192.0.2.7]:25: Connection timed out",
            "network_error",
        ),
        (
            f"{_POSTFIX}/smtp[9]: lost connection with mx.corp.example[192.0.2.7] while sending QUIT",
            "network_error",
        ),
        (
            f"{_POSTFIX}/cleanup[9]: 4XkQ2z0Kz: milter-reject: END-OF-MESSAGE from x.example[203.0.113.9]:"
            " 5.7.1 rejected by DMARC policy for own.example; to=<b@here.example> proto=ESMTP",
            "auth_failure",
        ),
        (
            "connect from your host refused: 550 5.7.1 Access denied, listed by zen.spamhaus.org",
            "blocklisted",
        ),
    ],
)
@pytest.mark.parametrize(
    "beside", ["", f"{_POSTFIX}/smtpd[9]: disconnect from unknown[203.0.113.9] quit=1\n"]
)
def test_a_line_that_tells_a_cause_is_read_also_among_those_that_tell_none(
    line: str, reason: str, beside: str
) -> None:
    bounce = read_pasted(beside + line)
    assert {diagnose_pasted(diagnostician(), one, bounce).reason for one in bounce.failures} == {reason}


def test_long_lines_of_nothing_end() -> None:
    """Each pattern gives up on a line that only begins like its own: this ends at all."""
    for part in ("STARTTLS=client ", "x[1]: ", "spamd[1]: ", "SMTP connection from ", "disconnect from "):
        assert len(read_pasted((part * 8000)[:60_000]).failures) == 1
