"""Both help-desk guides, row by row, in their own words."""

from collections.abc import Callable

import pytest

from bounce_tui.diagnosis import reasons, rule_by_id, rules
from bounce_tui.model import Bounce, Diagnosis, Failure

Explain = Callable[[str], Diagnosis]

GODADDY = [
    ("421 Server temporarily unavailable. Try again later. IB101",
     "godaddy-ib101-queue-busy", "system_error", "provider", True),
    ("Account storage limit", "godaddy-account-storage-limit", "mailbox_full", "recipient", False),
    ("Account does not exist", "godaddy-account-does-not-exist", "user_unknown", "sender", False),
    ("Account disabled", "godaddy-account-disabled", "suspended", "recipient", False),
    ("Delivery timeout", "godaddy-delivery-timeout", "expired", "recipient_admin", True),
    ("This message is looping: it already has my Delivered-To line. (#5.4.6)",
     "godaddy-loop-delivered-to", "mail_loop", "recipient", False),
    ("550 Recipient not found.", "godaddy-recipient-not-found", "user_unknown", "sender", False),
    ("451 Sorry, I wasn’t able to establish an SMTP connection. I’m not going to try again; "
     "this message has been in the queue too long.",
     "godaddy-queue-too-long", "expired", "recipient_admin", True),
    ("535 Authentication not allowed on IBSMTP Servers. IB401",
     "godaddy-ib401-auth-on-inbound", "security_error", "sender", False),
    ("550 holly@coolexample.com Blank From: addresses are not allowed. Please provide a valid From. IB501",
     "godaddy-ib501-blank-from", "not_compliant_rfc", "sender", False),
    ("550 holly@coolexample.com IP addresses are not allowed as a From: Address. "
     "Please provide a valid From. IB502",
     "godaddy-ib502-ip-as-from", "not_compliant_rfc", "sender", False),
    ("550 coolexample.com From: Domain is invalid. Please provide a valid From: IB506",
     "godaddy-ib506-from-domain-invalid", "rejected", "sender_admin", False),
    ("550 holly@coolexample.com Invalid SPF record. Please inspect your SPF settings, and try again. IB508",
     "godaddy-ib508-spf", "auth_failure", "sender_admin", False),
    ("421 Temporarily rejected. Reverse DNS for this IP failed. IB108",
     "godaddy-ib108-rdns", "require_ptr", "sender_admin", True),
    ("552 This message has been rejected due to content judged to be spam by the Internet community. IB212",
     "godaddy-ib212-spam-content", "spam_detected", "sender", False),
    ("552 Virus infected message rejected. IB705", "godaddy-ib705-virus", "virus_detected", "sender", False),
    ("452 This message contains too many recipients Please reduce the number of recipients and retry. IB605",
     "godaddy-ib605-too-many-rcpt", "too_many_recipients", "sender", True),
    ("421 Connection refused, too many sessions from This IP. "
     "Please lower the number of concurrent sessions. IB007",
     "godaddy-ib007-sessions", "too_many_conn", "sender_admin", True),
    ("554 This IP has been temporarily blocked for attempting to send too many messages containing "
     "content judged to be spam by the Internet community. IB110",
     "godaddy-ib110-spam-hour", "blocked", "sender_admin", True),
    ("554 This IP has been blocked for the day, for attempting to send too many messages containing "
     "content judged to be spam by the Internet community. IB111",
     "godaddy-ib111-spam-day", "blocked", "sender_admin", True),
    ("554 This IP has been temporarily blocked for attempting to mail too many invalid recipients. IB112",
     "godaddy-ib112-invalid-rcpt-hour", "blocked", "sender_admin", True),
    ("554 This IP has been blocked for the day, for attempting to mail too many invalid recipients. IB113",
     "godaddy-ib113-invalid-rcpt-day", "blocked", "sender_admin", True),
    ("550 This IP has sent too many messages this hour. IB504",
     "godaddy-ib504-hourly-messages", "rate_limited", "sender_admin", True),
    ("550 This message has exceeded the max number of messages per session. "
     "Please open a new session and try again. IB510",
     "godaddy-ib510-per-session", "rate_limited", "sender_admin", True),
    ("550 This IP has sent too many to too many recipients this hour. IB607",
     "godaddy-ib607-hourly-recipients", "rate_limited", "sender_admin", True),
    ("554 RBL Reject.", "godaddy-rbl-reject", "blocked", "sender_admin", False),
    ("554 Connection refused. This IP has a poor reputation on Cloudmark Sender Intelligence (CSI). IB103",
     "godaddy-ib103-cloudmark", "bad_reputation", "sender_admin", False),
    ("554 Connection refused. This IP is listed on the Spamhaus Block List (SBL). IB104",
     "godaddy-ib104-sbl", "blocklisted", "sender_admin", False),
    ("554 Connection refused. This IP is listed on the Exploits Block List (XBL). IB105",
     "godaddy-ib105-xbl", "blocklisted", "sender_admin", False),
    ("554 Connection refused. This IP is listed on the Policy Block List (PBL). IB106",
     "godaddy-ib106-pbl", "blocklisted", "sender_admin", False),
    ("IMCEAEX-_O=CHOST_OU=EXCHANGE+20ADMINISTRATIVE+20GROUP+20+28FYDIBOHF23SPDLT+29_CN=RECIPIENTS_CN="
     "coolexample@ex2.secureserver.net #550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found ##",
     "godaddy-imceaex-nickname-cache", "user_unknown", "sender", False),
    ("holly@coolexample.com #550 5.1.1 RESOLVER. ADR.ExRecipNotFound; not found ##",
     "godaddy-exrecipnotfound-wrong-server", "user_unknown", "recipient_admin", False),
]  # fmt: skip

IB_CHECKS = [
    ("IB101", "system_error", None),
    ("IB401", "security_error", None),
    ("IB501", "not_compliant_rfc", None),
    ("IB502", "not_compliant_rfc", None),
    ("IB506", "rejected", "sender-domain"),
    ("IB508", "auth_failure", "spf"),
    ("IB108", "require_ptr", "ptr"),
    ("IB212", "spam_detected", "rhsbl:dbl.spamhaus.org"),
    ("IB705", "virus_detected", None),
    ("IB605", "too_many_recipients", None),
    ("IB007", "too_many_conn", None),
    ("IB110", "blocked", "owner"),
    ("IB111", "blocked", "ptr"),
    ("IB112", "blocked", "ptr"),
    ("IB113", "blocked", "ptr"),
    ("IB504", "rate_limited", None),
    ("IB510", "rate_limited", None),
    ("IB607", "rate_limited", None),
    ("IB103", "bad_reputation", "link:cloudmark"),
    ("IB104", "blocklisted", "dnsbl:zen.spamhaus.org"),
    ("IB105", "blocklisted", "dnsbl:zen.spamhaus.org"),
    ("IB106", "blocklisted", "dnsbl:zen.spamhaus.org"),
]

K12USA = [
    ("Mailbox full", "k12-cause2-mailbox-full", "mailbox_full", 2, "recipient"),
    ("Quota exceeded", "k12-cause2-quota-exceeded", "mailbox_full", 2, "recipient"),
    ("User has exceeded storage allocation", "k12-cause2-storage-allocation", "mailbox_full", 2, "recipient"),
    ("Greylisted", "k12-cause3-greylisted", "greylisted", 3, "sender"),
    ("Rate limited", "k12-cause3-rate-limited", "rate_limited", 3, "sender_admin"),
    ("Try again later", "k12-cause3-try-later", "on_hold", 3, "recipient_admin"),
    ("Temporary failure", "k12-cause3-temporary-failure", "system_error", 3, "recipient_admin"),
    ("Message content rejected", "k12-cause4-content-rejected", "spam_detected", 4, "sender"),
    ("Blocked", "k12-cause4-blocked", "blocked", 4, "sender_admin"),
    ("Security policy", "k12-cause4-security-policy", "policy_violation", 4, "recipient_admin"),
    ("Prohibited attachment", "k12-cause4-prohibited-attachment", "prohibited_attachment", 4, "sender"),
    ("SPF fail", "k12-cause5-spf-fail", "auth_failure", 5, "sender_admin"),
    ("DKIM fail", "k12-cause5-dkim-fail", "auth_failure", 5, "sender_admin"),
    ("DMARC fail", "k12-cause5-dmarc-fail", "auth_failure", 5, "sender_admin"),
    ("Message not aligned", "k12-cause5-not-aligned", "auth_failure", 5, "sender_admin"),
    ("Blocked", "k12-cause4-blocked", "blocked", 6, "sender_admin"),
    ("RBL listing", "k12-cause6-rbl", "blocklisted", 6, "sender_admin"),
    ("Blacklisted", "k12-cause6-blacklisted", "blocklisted", 6, "sender_admin"),
    ("IP reputation", "k12-cause6-ip-reputation", "bad_reputation", 6, "sender_admin"),
    ("No such domain", "k12-cause7-no-such-domain", "host_unknown", 7, "sender"),
    ("Host not found", "k12-cause7-host-not-found", "host_unknown", 7, "sender"),
    ("NXDOMAIN", "k12-cause7-nxdomain", "host_unknown", 7, "sender"),
]

SMTP_CODES = [
    ("550", "k12-cause1-misspelled", "user_unknown", 1, False),
    ("551", "k12-code-551", "user_unknown", 1, False),
    ("552", "k12-code-552", "mailbox_full", 2, False),
    ("421", "k12-code-421", "on_hold", 3, True),
    ("451", "k12-code-451", "on_hold", 3, True),
    ("452", "k12-code-452", "on_hold", 3, True),
    ("554", "k12-code-554", "policy_violation", 4, False),
]


@pytest.mark.parametrize(
    ("text", "rule", "reason", "who_acts", "temporary"), GODADDY, ids=[row[1] for row in GODADDY]
)
def test_each_row_of_godaddys_table_is_explained(
    explain: Explain, text: str, rule: str, reason: str, who_acts: str, temporary: bool
) -> None:
    diagnosis = explain(text)
    assert (diagnosis.rule, diagnosis.reason) == (rule, reason)
    assert (diagnosis.who_acts, diagnosis.temporary) == (who_acts, temporary)
    assert diagnosis.cause
    assert diagnosis.resolution


@pytest.mark.parametrize(("code", "reason", "check"), IB_CHECKS, ids=[row[0] for row in IB_CHECKS])
def test_an_ib_code_alone_is_enough(explain: Explain, code: str, reason: str, check: str | None) -> None:
    diagnosis = explain(f"554 refused {code}")
    assert (diagnosis.reason, diagnosis.provider, diagnosis.confidence) == (reason, "GoDaddy", "high")
    assert diagnosis.evidence.text == code
    assert check is None or check in diagnosis.checks


def test_the_table_has_twenty_two_ib_codes_and_ten_rows_without_one() -> None:
    rows = [rule for rule in rules() if rule.source == "GoDaddy: bounceback error table"]
    coded = [rule for rule in rows if rule.tokens]
    assert len(coded) == len({rule.tokens for rule in coded}) == len(IB_CHECKS) == 22
    assert len(rows) == len(GODADDY) == 32
    assert all(rule.godaddy_groups for rule in rows)


@pytest.mark.parametrize(("text", "rule", "reason", "number", "who_acts"), K12USA)
def test_each_wording_of_k12usas_guide_is_explained(
    explain: Explain, text: str, rule: str, reason: str, number: int, who_acts: str
) -> None:
    diagnosis = explain(text)
    assert (diagnosis.rule, diagnosis.reason, diagnosis.who_acts) == (rule, reason, who_acts)
    assert number in rule_by_id(diagnosis.rule).k12_causes


@pytest.mark.parametrize(("text", "rule", "reason", "number", "temporary"), SMTP_CODES)
def test_each_smtp_code_of_k12usas_guide_is_explained(
    explain: Explain, text: str, rule: str, reason: str, number: int, temporary: bool
) -> None:
    diagnosis = explain(text)
    assert (diagnosis.rule, diagnosis.reason, diagnosis.temporary) == (rule, reason, temporary)
    assert number in rule_by_id(diagnosis.rule).k12_causes
    assert diagnosis.confidence == "low"


def test_all_seven_causes_are_told_apart() -> None:
    numbers = {number for rule in rules() if rule.file == "k12usa.toml" for number in rule.k12_causes}
    assert numbers == {1, 2, 3, 4, 5, 6, 7}


def test_the_misspelled_address_is_shown_with_the_guides_examples(explain: Explain) -> None:
    cause = explain("550").cause
    assert "jsmiith@" in cause
    assert "shcool" in cause


def test_comcast_is_named_where_bulk_mail_is_slowed_down(explain: Explain) -> None:
    assert "Comcast" in explain("Rate limited").cause


def test_third_parties_and_forwarding_are_looked_for_when_spf_fails(explain: Explain) -> None:
    advice = " ".join(explain("SPF fail").resolution)
    assert "third parties" in advice
    assert "forwarding" in advice


@pytest.mark.parametrize("text", ["Message content rejected", "Blocked"])
def test_a_plain_text_message_is_advised_where_content_may_be_the_cause(explain: Explain, text: str) -> None:
    assert any("text" in step and "attachments" in step for step in explain(text).resolution)


def test_the_hidden_exchange_address_is_shown_decoded_and_the_cache_is_to_be_cleared() -> None:
    from bounce_tui.diagnosis import diagnose

    hidden = "/O=HOSTED/OU=EXCHANGE ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=B.GRAY"
    failure = Failure(
        recipient="IMCEAEX-_O=HOSTED@ex2.dest.example",
        reply_code="550",
        status="5.1.1",
        diagnostic="#550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found ##",
        x500=hidden,
    )
    diagnosis = diagnose(failure, Bounce(kind="failed"))
    assert diagnosis.rule == "godaddy-imceaex-nickname-cache"
    assert hidden in diagnosis.cause
    assert "nickname or auto-complete cache" in diagnosis.resolution[0]


def test_forty_failure_reasons_and_four_others_are_known() -> None:
    known = reasons().values()
    assert sum(reason.failure for reason in known) == 40
    assert {reason.slug for reason in known if not reason.failure} == {
        "vacation", "feedback", "delivered", "undefined",
    }  # fmt: skip


def test_only_a_dead_address_or_domain_is_hard() -> None:
    hard = {reason.slug for reason in reasons().values() if reason.hard}
    assert hard == {"user_unknown", "bad_address", "host_unknown", "has_moved", "not_accept"}
