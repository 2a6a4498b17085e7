"""The machine-readable part of a complaint, and what a feedback report says of itself."""

import pytest
from status_mails import raw

from bounce_tui.model import Bounce, Candidate, FeedbackReport
from bounce_tui.parsing import parse


def test_a_complaint_gives_the_reported_address_and_sender() -> None:
    bounce = parse(raw("arf"))
    assert bounce.sending_ips == (Candidate("192.0.2.10", "feedback", True),)
    assert bounce.envelope_senders == (Candidate("news@shop.example", "feedback", True),)
    assert bounce.because == "it has a feedback report (ARF) of type abuse"
    assert bounce.original is not None
    assert bounce.from_domain == "shop.example"


def feedback(fields: str) -> Bounce:
    return parse(
        b"From: fbl@mx.example.net\nSubject: report\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
        b"--b\nContent-Type: message/feedback-report\n\n" + fields.encode() + b"\n--b--\n"
    )


def test_a_feedback_report_brings_its_fields() -> None:
    report = feedback(
        "Feedback-Type: Abuse\nUser-Agent: FBL/1.0\nVersion: 1\nOriginal-Mail-From: <news@shop.example>\n"
        "Original-Rcpt-To: <bob@example.net>\nOriginal-Rcpt-To: eve@example.net\n"
        "Arrival-Date: Fri, 20 Nov 2026 10:14:02 +0100\nReported-Domain: Shop.example\n"
        "Reported-URI: http://shop.example/buy\nReported-URI: mailto:news@shop.example\nIncidents: 12\n"
    ).feedback
    assert report == FeedbackReport(
        type="abuse",
        recipients=("bob@example.net", "eve@example.net"),
        domains=("shop.example",),
        links=("http://shop.example/buy", "mailto:news@shop.example"),
        arrived="2026-11-20T09:14:02Z",
        incidents=12,
        user_agent="FBL/1.0",
    )


def test_a_report_of_a_failed_check_says_which() -> None:
    report = feedback("Feedback-Type: auth-failure\nAuth-Failure: dmarc\nDelivery-Result: reject\n").feedback
    assert report == FeedbackReport(type="auth-failure", auth_failure="dmarc", delivery_result="reject")


@pytest.mark.parametrize(
    "fields",
    [
        "Incidents: " + "9" * 5000,
        "Incidents: -1",
        "Incidents: \u0663",
        "Arrival-Date: soon",
        "Original-Rcpt-To: nobody",
        "Reported-Domain:",
        "Reported-URI:",
        "Delivery-Result: ;",
    ],
)
def test_what_a_feedback_report_says_in_no_plausible_way_is_left_out(fields: str) -> None:
    assert feedback(f"Feedback-Type: abuse\n{fields}\n").feedback == FeedbackReport(type="abuse")


def test_a_feedback_report_of_ten_thousand_fields_is_read_in_part() -> None:
    report = feedback("Feedback-Type: abuse\n" + "Reported-URI: http://x.example/\n" * 10_000).feedback
    assert report is not None
    assert report.links == ("http://x.example/",)


def test_only_a_feedback_report_has_its_fields() -> None:
    assert parse(raw("abuse")).feedback is None
