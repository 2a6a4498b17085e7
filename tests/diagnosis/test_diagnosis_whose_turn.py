"""Whose turn it is: replies whose words point at one side while the other has to act."""

from collections.abc import Callable

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Candidate, Diagnosis, Failure
from bounce_tui.parsing.pasted_reply import read_pasted

Explain = Callable[[str], Diagnosis]


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.1.7 <ann@ours.example>: Sender address rejected: undeliverable address: host mx.ours.example"
        "[192.0.2.8] said: 550 5.1.1 <ann@ours.example>: Recipient address rejected: User unknown in virtual "
        "mailbox table (in reply to RCPT TO command)",
        "550 5.1.1 <ann@ours.example>: Sender address rejected: undeliverable address: host mx.ours.example"
        "[192.0.2.8] said: 550 5.1.1 No such user (in reply to RCPT TO command)",
        "550 5.1.0 <ann@ours.example>: Sender address rejected: undeliverable address: host mx.ours.example"
        "[192.0.2.8] said: 552 5.2.2 mailbox is full (in reply to RCPT TO command)",
        "550 Callback verification failed: 550 5.1.1 <ann@ours.example>: User unknown",
        "550 Callback verification failed: 550 5.2.1 mailbox disabled",
        "450 4.1.7 <ann@ours.example>: Sender address rejected: unverified address: connect to "
        "mx.ours.example[192.0.2.8]:25: Connection timed out",
        "450 4.1.7 <ann@ours.example>: Sender address rejected: unverified address: Host or domain name not "
        "found. Name service error for name=ours.example type=MX: Host not found",
        "451 Could not complete sender verify callout",
    ],
)
def test_what_a_sender_callout_met_is_about_the_sender_alone(explain: Explain, reply: str) -> None:
    diagnosis = explain(reply)
    assert (diagnosis.reason, diagnosis.who_acts, diagnosis.hard) == ("rejected", "sender_admin", False)
    assert "callout" in diagnosis.cause
    assert diagnosis.temporary is (reply[0] == "4")


@pytest.mark.parametrize(
    "reply",
    ["554 5.5.1 Error: no valid recipients", "503 5.5.1 No valid recipients", "554 no valid recipients"],
)
def test_the_echo_to_data_names_no_reason_and_kills_no_address(explain: Explain, reply: str) -> None:
    diagnosis = explain(reply)
    assert (diagnosis.reason, diagnosis.hard) == ("on_hold", False)
    assert "echo to DATA" in diagnosis.cause
    assert "RCPT TO" in diagnosis.resolution[0]


@pytest.mark.parametrize("host", ["smtp.office365.com", "mail.ours.example"])
def test_words_that_one_provider_writes_keep_its_steps(host: str) -> None:
    said = "550 5.1.8 Access denied, bad outbound sender AS(42004)"
    failure = Failure(reply_code="550", status="5.1.8", diagnostic=said, remote_mta=host)
    diagnosis = diagnose(failure, Bounce(kind="failed", failures=(failure,)))
    assert diagnosis.provider == "Microsoft Exchange Online"
    assert "Waiting alone does not lift the ban." in diagnosis.resolution


def test_the_imprint_is_asked_for_whoever_passes_t_online_s_words_on() -> None:
    said = (
        "554 IP=192.0.2.10 - None/bad reputation. Ask your postmaster for help or to contact "
        "tobr@rx.t-online.de for reset. (NOWL)"
    )
    failure = Failure(reply_code="554", diagnostic=said, remote_mta="relay.ours.example")
    diagnosis = diagnose(failure, Bounce(kind="failed", failures=(failure,)))
    assert diagnosis.provider == "T-Online"
    assert "imprint" in diagnosis.resolution[0]


def test_a_rule_that_exim_does_not_explain_is_looked_up_by_its_admin(explain: Explain) -> None:
    diagnosis = explain("550 Administrative prohibition")
    assert diagnosis.reason == "policy_violation"
    assert diagnosis.who_acts == "recipient_admin"
    assert diagnosis.confidence == "medium"
    assert "does not say why" in diagnosis.cause


def test_an_access_list_entry_is_taken_out_by_the_recipient_s_admin(explain: Explain) -> None:
    diagnosis = explain("554 5.7.1 <ann@ours.example>: Sender address rejected: Access denied")
    assert (diagnosis.reason, diagnosis.who_acts) == ("rejected", "recipient_admin")
    assert "access list" in diagnosis.cause
    assert "over another channel" in diagnosis.resolution[0]
    assert not any("MX or A" in step for step in diagnosis.resolution)


@pytest.mark.parametrize(
    "reply",
    [
        "5.6.7 SMTPUTF8 is required, but was not offered by host mx.dest.example[192.0.2.25]",
        "550 5.6.7 SMTPUTF8 not supported by next host mx.dest.example",
    ],
)
def test_a_letter_beyond_ascii_wants_another_address_and_no_mime_validator(
    explain: Explain, reply: str
) -> None:
    diagnosis = explain(reply)
    assert diagnosis.reason == "content_error"
    assert "RFC 6531" in diagnosis.cause
    assert "mueller" in diagnosis.resolution[0]
    assert not any("validator" in step for step in diagnosis.resolution)


@pytest.mark.parametrize(
    ("reply", "first"),
    [
        ("conversation with mx.dest.example[192.0.2.25] timed out while sending end of data -- message may "
         "be sent more than once", "arrived"),
        ("lost connection with mx.dest.example[192.0.2.25] while sending message body", "arrived"),
        ("SMTP error from remote mail server after end of data: host mx.dest.example: Remote host closed "
         "connection in response to end of data", "arrived"),
        ("lost connection with mx.dest.example[192.0.2.25] while sending RCPT TO", "retry"),
    ],
)  # fmt: skip
def test_a_dialogue_that_was_under_way_needs_no_test_of_port_25(
    explain: Explain, reply: str, first: str
) -> None:
    diagnosis = explain(reply)
    assert diagnosis.reason == "network_error"
    assert first in diagnosis.resolution[0]
    assert not any("answers on port 25" in step for step in diagnosis.resolution)


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.2.1 Mailbox unavailable. Your IP address 192.0.2.41 is blacklisted using JunkBlock. For "
        "delisting visit http://www.dest.example/",
        "550 5.7.1 Recipient not authorized, your IP has been found on a block list",
        "550 5.3.0 Message rejected: see https://www.abuseat.org/lookup.cgi?ip=192.0.2.41",
        "550 5.1.1 Mailbox not found. Your IP 192.0.2.41 is listed on our DNSBL bl.dest.example",
    ],
)
def test_an_ip_on_a_list_is_the_cause_whatever_the_reply_says_of_the_mailbox(
    explain: Explain, reply: str
) -> None:
    diagnosis = explain(reply)
    assert (diagnosis.reason, diagnosis.who_acts, diagnosis.hard) == ("blocklisted", "sender_admin", False)


def test_a_list_that_nobody_knows_and_the_ip_are_named_as_the_reply_names_them() -> None:
    bounce = read_pasted(
        "550 5.2.1 Mailbox unavailable. Your IP address 192.0.2.41 is blacklisted using JunkBlock. For "
        "delisting visit http://www.dest.example/"
    )
    diagnosis = diagnose(bounce.failures[0], bounce)
    assert "JunkBlock" in diagnosis.resolution[0]
    assert "192.0.2.41" in diagnosis.resolution[0]


def test_a_gateway_that_cannot_ask_its_own_server_is_mended_by_its_admin(explain: Explain) -> None:
    diagnosis = explain(
        "450 4.1.1 <ann@dest.example>: Recipient address rejected: unverified address: connect to "
        "10.1.1.1[10.1.1.1]:25: Connection refused"
    )
    assert (diagnosis.reason, diagnosis.who_acts) == ("system_error", "recipient_admin")
    assert "gateway" in diagnosis.cause
    assert not any("port 25" in step for step in diagnosis.resolution)


def _reported(by: str, said: str, sender: str = "ann@ours.example") -> Diagnosis:
    failure = Failure(recipient="bob@dest.example", status="4.3.0", diagnostic=said)
    bounce = Bounce(
        kind="failed",
        failures=(failure,),
        reporting_mta=by,
        from_domain=sender.partition("@")[2],
        envelope_senders=(Candidate(sender, "return_path", True),),
    )
    return diagnose(failure, bounce)


@pytest.mark.parametrize("said", ["unknown mail transport error", "mail transport unavailable"])
def test_a_broken_delivery_program_is_mended_on_the_server_that_reports_it(said: str) -> None:
    diagnosis = _reported("mx.ours.example", said)
    assert (diagnosis.reason, diagnosis.who_acts) == ("system_error", "sender_admin")
    assert "mx.ours.example" in diagnosis.resolution[0]
    assert "master.cf" in " ".join(diagnosis.resolution)


@pytest.mark.parametrize(
    "said",
    [
        "temporary failure. Command output: local configuration error",
        "internal software error",
        "queue file write error",
    ],
)
def test_what_our_own_server_met_where_no_other_spoke_is_its_admin_s(said: str) -> None:
    ours, theirs = _reported("mx.ours.example", said), _reported("mx.dest.example", said)
    assert ours.who_acts == "sender_admin"
    assert "mx.ours.example" in ours.cause
    assert theirs.who_acts == "recipient_admin"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (
            "550 5.7.1 Access denied for policy reasons 554 5.5.1 Error: no valid recipients",
            "policy_violation",
        ),
        ("450 4.7.1 try again later; 554 5.5.1 Error: no valid recipients", "on_hold"),
        ("550 5.7.1 Rejected; DATA: 503 5.5.1 Error: need RCPT command", "policy_violation"),
        ("550 5.7.1 Your IP is blocked here, 503 valid RCPT command must precede DATA", "blocked"),
        ("550 5.1.1 User unknown 554 5.5.1 Error: no valid recipients", "user_unknown"),
    ],
)
def test_what_was_refused_first_is_the_reason_and_the_echo_to_data_none(
    explain: Explain, reply: str, reason: str
) -> None:
    assert explain(reply).reason == reason


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.7.1 Mail from dynamic addresses not accepted; use your provider's relay (mail.isp.example)",
        "550 Dynamic IP not allowed, please relay through your ISP",
        "554 5.7.1 Mail from dialup addresses refused; use your ISP's mail relay",
        "550 You are sending from a dynamic address; relay your mail through your ISP's server",
        "550 5.7.1 No mail from dynamic pools accepted here. Relay via your own provider",
    ],
)
def test_the_relay_that_a_reply_advises_was_not_refused(explain: Explain, reply: str) -> None:
    diagnosis = explain(reply)
    assert diagnosis.reason == "blocked"
    assert "your provider's relay" in diagnosis.resolution[0]


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.7.1 Relay access denied; use your ISP's mail server",
        "554 5.7.1 Relaying denied from dynamic ip 192.0.2.10",
        "550 we do not relay for dynamic hosts, use your provider's server",
    ],
)
def test_relaying_that_was_refused_stays_so_whatever_is_advised(explain: Explain, reply: str) -> None:
    assert explain(reply).reason == "no_relaying"


GREYLISTED = "450 4.7.1 <bob@dest.example>: Recipient address rejected: Greylisted, try again in 5 minutes"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("554", "554 mx.dest.example bizsmtp Connection refused. IB504"),
        ("451", "451 4.7.500 Server busy. Please try again later from [192.0.2.10]. (S77719)"),
        ("450", GREYLISTED),
        (None, "lost connection with mx.dest.example[192.0.2.25] while sending RCPT TO"),
    ],
)
def test_what_came_back_is_sent_again_by_who_sent_it_and_by_no_queue(code: str | None, said: str) -> None:
    back = Failure(recipient="bob@dest.example", reply_code=code, diagnostic=said)
    told = Bounce(kind="failed", because="its delivery status says failed", failures=(back,))
    steps = " ".join(diagnose(back, told).resolution)
    assert "end it again" in steps
    assert "et the queue retry" not in steps
    assert "retries by itself and the second attempt" not in steps
    waiting = Failure(recipient="bob@dest.example", action="delayed", reply_code=code, diagnostic=said)
    steps = " ".join(diagnose(waiting, Bounce(kind="delayed", failures=(waiting,))).resolution)
    assert "end it again later" not in steps
    assert "retry" in steps or "retries by itself" in steps


def test_a_client_that_postfix_lets_in_nowhere_may_only_have_to_log_in(explain: Explain) -> None:
    diagnosis = explain("554 5.7.1 <unknown[192.0.2.10]>: Client host rejected: Access denied")
    assert diagnosis.reason == "blocked"
    assert "port 587" in diagnosis.resolution[0]
    assert "take the entry" in diagnosis.resolution[1]
    assert not any("compromised" in step for step in diagnosis.resolution)


@pytest.mark.parametrize(
    "said",
    [
        "550 5.7.5 MTA-STS policy failure: certificate name mismatch for mx.dest.example",
        "DANE TLSA verification failed: certificate does not match TLSA record of mx.dest.example",
        "Server certificate not verified: no TLSA record matches",
    ],
)
def test_a_policy_that_the_sending_side_keeps_is_mended_by_the_receiver(explain: Explain, said: str) -> None:
    diagnosis = explain(said)
    assert (diagnosis.reason, diagnosis.who_acts) == ("failed_starttls", "recipient_admin")
    assert "TLSA" in diagnosis.resolution[0]
    assert not any("See which side demands TLS" in step for step in diagnosis.resolution)
