"""Whom the words of a reply are about: what it answers tells, and who writes it."""

from collections.abc import Callable

import pytest

from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Bounce, Diagnosis, Failure

Explain = Callable[[str], Diagnosis]


@pytest.mark.parametrize(
    "text",
    [
        "501 5.5.4 Invalid domain name (in reply to EHLO command)",
        "550 5.1.2 Unknown domain (in reply to HELO command)",
        "550 5.1.1 User unknown (in reply to EHLO command)",
        "550 No such user here (in reply to HELO command)",
        "554 5.7.1 Sender address rejected: Domain not found (in reply to EHLO command)",
        "550 5.2.1 nodename nor servname: account disabled (in reply to HELO command)",
        "550 5.7.1 Helo command rejected: need fully-qualified hostname",
        "550 5.7.1 Helo command rejected: Host not found (in reply to RCPT TO command)",
        "554 5.7.1 The EHLO domain does not exist",
        "504 5.5.2 need fully-qualified hostname",
    ],
)
def test_what_is_said_of_the_helo_name_is_about_the_sending_host(explain: Explain, text: str) -> None:
    diagnosis = explain(text)
    assert diagnosis.reason in {"blocked", "syntax_error"}
    assert not diagnosis.hard
    assert "introduces itself" in diagnosis.cause or diagnosis.reason == "syntax_error"


def test_a_helo_refused_before_the_recipient_was_named_does_not_kill_its_address() -> None:
    failure = Failure(
        recipient="orders@shop.example",
        diagnostic="550 mail_gw.works.example: no such host",
        reply_code="550",
        command="EHLO",
        remote_mta="mx.shop.example",
    )
    diagnosis = diagnose(failure, Bounce())
    assert (diagnosis.reason, diagnosis.hard, diagnosis.who_acts) == ("blocked", False, "sender_admin")
    assert "ptr" in diagnosis.checks


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("554 mx.dest.example ESMTP not accepting messages (in reply to initial connection)", "blocked"),
        ("554 mx.dest.example ESMTP not accepting messages", "blocked"),
        ("554 mx.dest.example account closed (in reply to initial connection)", "blocked"),
        ("521 mx.dest.example does not accept mail (in reply to initial connection)", "not_accept"),
        ("421 4.3.2 too many connections (in reply to EHLO command)", "too_many_conn"),
        ("550 The mailbox of b.gray is not accepting messages", "suspended"),
        ("450 4.2.1 <b.gray@dest.example>: not accepting messages", "suspended"),
        ("connect to mx.dest.example[192.0.2.1]:25: Host not found", "host_unknown"),
    ],
)
def test_a_greeting_is_about_the_host_that_calls(explain: Explain, text: str, reason: str) -> None:
    assert explain(text).reason == reason


@pytest.mark.parametrize("code", ["421", "421 4.3.2"])
def test_the_words_of_the_standard_are_nobodys_own(explain: Explain, code: str) -> None:
    diagnosis = explain(f"{code} mx.dest.example Service not available, closing transmission channel")
    assert (diagnosis.reason, diagnosis.rule) == ("system_error", "wording-service-closing")
    assert "Exchange" not in diagnosis.cause


def test_gmx_that_hangs_up_in_its_greeting_is_not_exchange(explain: Explain) -> None:
    diagnosis = explain(
        "421-gmx.net (mxgmx009) Nemesis ESMTP Service not available 421-No SMTP service "
        "421 For explanation visit https://postmaster.gmx.net/en/case?c=rip&ip=192.0.2.7"
    )
    assert (diagnosis.rule, diagnosis.provider) == ("gmx-not-available", "GMX / WEB.DE / mail.com")
    assert diagnosis.temporary
    listed = explain(
        "554-gmx.net (mxgmx009) Nemesis ESMTP Service not available 554-No SMTP service "
        "554-IP address is block listed. 554 For explanation visit https://postmaster.gmx.net/en/case"
    )
    assert listed.reason == "blocklisted"


@pytest.mark.parametrize(("domain", "rule"), [("SPF", "spf-domain"), ("DKIM", "dkim-domain")])
def test_gmail_that_blames_a_domain_is_not_said_to_blame_the_ip(
    explain: Explain, domain: str, rule: str
) -> None:
    diagnosis = explain(
        "421-4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from your "
        f"{domain} domain [news.example 36]. Mail sent from your domain has been rate limited."
    )
    assert (diagnosis.rule, diagnosis.provider) == (f"google-4.7.28-{rule}", "Google")
    assert "IP" not in diagnosis.cause


@pytest.mark.parametrize(
    "text", ["550 Go away", "554 KO", "354 Go ahead", "554 host 198.51.100.7 go away",
             "host mx.dest.example[192.0.2.1] said: 550 Go home (in reply to RCPT TO command)"]
)  # fmt: skip
def test_the_word_go_behind_a_number_is_no_amount_of_data(explain: Explain, text: str) -> None:
    assert explain(text).reason != "message_too_big"


@pytest.mark.parametrize("text", ["552 le courrier fait 15 Go", "552 12 Mo maximum", "550 2Go"])
def test_french_amounts_are_still_amounts(explain: Explain, text: str) -> None:
    assert explain(text).reason == "message_too_big"


@pytest.mark.parametrize(
    "text", ["550 5.1.2 The recipient mail server does not exist: hotmial.example",
             "550 5.1.2 The receiving server does not exist", "550 No such mail server"]
)  # fmt: skip
def test_a_mail_server_that_does_not_exist_is_no_unknown_user(explain: Explain, text: str) -> None:
    assert explain(text).reason == "host_unknown"


@pytest.mark.parametrize(
    "text",
    [
        "521 5.5.2 Error: bare <LF> received",
        "550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds",
        "554 5.6.11 InvalidCharsBdat",
        "554 5.6.0 Message rejected: bare LF not allowed",
        "550 5.5.2 Bare carriage return found",
    ],
)
def test_bare_line_ends_are_the_sending_programs(explain: Explain, text: str) -> None:
    diagnosis = explain(text)
    assert (diagnosis.reason, diagnosis.who_acts) == ("content_error", "sender_admin")
    assert "CRLF" in diagnosis.cause
    assert "CRLF" in diagnosis.resolution[0]


@pytest.mark.parametrize("text", ["500 Line limit exceeded", "554 5.6.0 Line too long"])
def test_a_line_too_long_is_no_message_too_big(explain: Explain, text: str) -> None:
    diagnosis = explain(text)
    assert "A line of the message" in diagnosis.cause
    assert "quoted-printable" in diagnosis.resolution[0]


@pytest.mark.parametrize(("code", "reason"), [("HM08", "spam_detected"), ("CS01", "spam_detected"),
                                              ("QX77", "policy_violation")])  # fmt: skip
def test_a_refusal_that_links_to_apple_is_apples(explain: Explain, code: str, reason: str) -> None:
    diagnosis = explain(
        f"554 5.7.1 [{code}] Message rejected due to local policy. "
        "Please visit https://support.apple.com/en-us/HT204137"
    )
    assert (diagnosis.reason, diagnosis.provider) == (reason, "Apple iCloud")


@pytest.mark.parametrize(
    "text",
    [
        "Die Mail wurde nicht zugestellt, weil sie einen verschlüsselten Anhang (angebot.zip) enthält. Bitte "
        "senden Sie den Anhang unverschlüsselt.",
        "554 5.7.1 Encrypted ZIP archive rejected",
        "550 La pièce jointe est chiffrée",
        "550 El archivo adjunto está cifrado",
        "550 L'allegato è cifrato",
        "550 O anexo está criptografado",
        "550 De bijlage is versleuteld",
        "550 Załącznik jest zaszyfrowany",
        "550 Зашифрованное вложение не принимается",
        "550 Bilagan är krypterad",
        "550 Liite on salattu",
        "550 Příloha je šifrovaná",
        "550 添付ファイルが暗号化されています",
        "550 附件已加密",
    ],
)
def test_an_encrypted_attachment_is_no_matter_of_tls(explain: Explain, text: str) -> None:
    assert explain(text).reason == "prohibited_attachment"


@pytest.mark.parametrize(
    "text", ["550 5.7.1 Message encrypted: encrypted messages are not accepted",
             "550 5.7.1 S/MIME encrypted mail not permitted", "554 PGP encrypted messages are refused here"]
)  # fmt: skip
def test_an_encrypted_message_is_no_matter_of_tls(explain: Explain, text: str) -> None:
    assert explain(text).reason == "policy_violation"


@pytest.mark.parametrize(
    "text", ["550 Die Verbindung ist nicht verschlüsselt", "550 La connexion doit être chiffrée",
             "550 Message must be encrypted (TLS)", "550 Unencrypted messages are refused",
             "550 We take encrypted mail over TLS only", "550 Nachricht muss verschlüsselt übertragen werden"]
)  # fmt: skip
def test_a_connection_that_must_be_encrypted_still_is(explain: Explain, text: str) -> None:
    assert explain(text).reason == "failed_starttls"


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("552 5.3.4 message size limits exceeded", "Google"),
        ("550 infected by virus", "Yandex"),
        ("421 rate limit reached", "GMX"),
        ("550 5.6.0 content conversion failed", "Exchange"),
        ("554 not accepting connections", "Apple"),
        ("550 5.1.1 not a valid email address", "Proofpoint"),
        ("421 too many sessions opened", "Comcast"),
    ],
)
def test_few_words_of_a_stranger_are_not_told_as_a_providers(
    explain: Explain, text: str, provider: str
) -> None:
    diagnosis = explain(text)
    assert diagnosis.provider is None
    assert provider not in " ".join((diagnosis.cause, *diagnosis.resolution))


def test_what_a_provider_says_itself_keeps_what_is_known_of_it() -> None:
    failure = Failure(
        diagnostic="5.3.4 message size limits exceeded",
        reply_code="552",
        status="5.3.4",
        remote_mta="aspmx.l.google.com",
    )
    assert "Google" in diagnose(failure, Bounce()).cause


@pytest.mark.parametrize(("status", "subject"), [("5.2.14", "a mailbox"), ("4.7.940", "security or policy")])
def test_a_code_that_no_registry_has_is_not_told_as_another(
    explain: Explain, status: str, subject: str
) -> None:
    cause = explain(f"{status[0]}50 {status} 0x80c8 0x11").cause
    assert f"{status} is in no registry" in cause
    assert f"about {subject} (RFC 3463)" in cause
    assert f"{status.rpartition('.')[0]}.0" not in cause


@pytest.mark.parametrize(
    "text",
    [
        "mail for shop.example loops back to myself",
        "local configuration error",
        "553 5.3.5 mail.dest.example. config error: mail loops back to me (MX problem?)",
        "lowest numbered MX record points to local host",
        "Although I'm listed as a best-preference MX for that host, it isn't in my control/locals file",
    ],
)
def test_an_mx_that_leads_to_the_sending_server_itself_is_no_forward_that_goes_round(
    explain: Explain, text: str
) -> None:
    diagnosis = explain(text)
    assert (diagnosis.reason, diagnosis.who_acts) == ("mail_loop", "sender_admin")
    told = " ".join(diagnosis.resolution)
    assert "MX record" in told
    assert "forwards" not in told
    assert "Received" not in told


def test_words_that_many_servers_write_of_dmarc_name_zoho_for_zoho_alone(explain: Explain) -> None:
    said = "550 5.7.1 Email rejected per DMARC policy for shop.example"
    elsewhere = explain(f"host mx.dest.example[192.0.2.1] said: {said}")
    assert (elsewhere.reason, elsewhere.provider, elsewhere.url) == ("auth_failure", None, None)
    at_home = explain(f"host mx.zoho.com[192.0.2.2] said: {said}")
    assert at_home.provider == "Zoho"
