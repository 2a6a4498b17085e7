"""Steps that name the things of this very bounce, and nothing that a stranger could make of them."""

import re

import pytest
from msgspec.structs import replace

from bounce_tui.diagnosis import diagnose, reasons, rules
from bounce_tui.diagnosis.advice import SLOTS, Filler
from bounce_tui.model import Bounce, Candidate, Failure
from bounce_tui.parsing import read_reply

BOUNCE = Bounce(
    kind="failed",
    reporting_mta="mx1.sender.example",
    from_domain="sender.example",
    sending_ips=(Candidate(value="192.0.2.10", source="diagnostic", sure=True),),
    envelope_senders=(Candidate(value="a@bounces.sender.example", source="return_path", sure=True),),
)


def test_steps_name_the_recipient_the_address_and_the_list() -> None:
    failure = Failure(
        recipient="b.gray@dest.example",
        reply_code="554",
        status="5.7.1",
        diagnostic="Client host [192.0.2.10] blocked using bl.spamcop.net",
    )
    diagnosis = diagnose(failure, BOUNCE)
    advice = " ".join(diagnosis.resolution)
    assert diagnosis.reason == "blocklisted"
    assert "192.0.2.10" in advice
    assert "SpamCop" in advice
    unknown = diagnose(Failure(recipient="b.gray@dest.example", status="5.1.1", reply_code="550"), BOUNCE)
    assert "b.gray@dest.example" in unknown.resolution[0]


@pytest.mark.parametrize(
    ("reply", "time"),
    [
        ("450 4.2.0 Greylisted, see http://grey.example/help; retry in 300 seconds", "300 seconds"),
        ("451 4.7.1 Greylisted for 5 minutes", "5 minutes"),
        ("450 4.2.0 Greylisted, please try again in 00:04:55", "00:04:55"),
        ("421 4.7.28 Too many messages. Please wait at least 2 hours before the next one", "2 hours"),
        ("550 5.7.1 Blocked using zen.spamhaus.org, try again after 24h", "24h"),
        ("451 4.7.1 Greylisting aktiv, bitte versuchen Sie es in 10 Minuten erneut", "10 Minuten"),
        ("451 4.7.1 Graylisted, veuillez réessayer dans 15 minutes", "15 minutes"),
        ("451 4.7.1 Demasiados mensajes, intente de nuevo en 30 minutos", "30 minutos"),
        ("450 4.2.0 Mensagem em lista cinzenta, tente de novo dentro de 5 minutos", "5 minutos"),
        ("451 4.7.1 Greylisting actief, probeer het over 5 minuten opnieuw", "5 minuten"),
        ("451 4.7.1 Szara lista, spróbuj ponownie za 5 minut", "5 minut"),
        ("451 4.7.1 Greylistet, prøv igen om 5 minutter", "5 minutter"),
    ],
)  # fmt: skip
def test_the_last_step_names_the_time_after_which_the_reply_says_to_try_again(reply: str, time: str) -> None:
    diagnosis = diagnose(read_reply(reply), Bounce())
    assert diagnosis.resolution[-1].endswith(f"after {time}.")


@pytest.mark.parametrize(
    "reply",
    [
        "450 4.2.0 Greylisted, try again later",
        "451 4.4.1 Could not be delivered for 4 hours; we will try again for 5 days",
        "550 5.1.1 No such user; no need to try again, 3 days have passed",
        "550 5.4.7 Giving back after 5 days; the host was unreachable",
        "421 4.7.0 You sent 300 messages in 10 minutes",
    ],
)
def test_times_that_no_attempt_waits_for_are_no_step(reply: str) -> None:
    diagnosis = diagnose(read_reply(reply), Bounce())
    assert "another attempt makes sense" not in " ".join(diagnosis.resolution)


def test_what_the_bounce_does_not_say_becomes_plain_words() -> None:
    diagnosis = diagnose(Failure(status="5.1.1", reply_code="550"), Bounce())
    assert diagnosis.resolution[0].startswith("Compare the address letter by letter with")
    assert SLOTS["recipient"] in " ".join(diagnosis.resolution)
    assert "{" not in " ".join(diagnosis.resolution)


def test_the_page_opens_with_the_address_filled_in_or_without_a_query() -> None:
    failure = Failure(diagnostic="554 IB104", reply_code="554")
    assert diagnose(failure, BOUNCE).url == "https://check.spamhaus.org/query/ip/192.0.2.10"
    assert diagnose(failure, Bounce()).url == "https://check.spamhaus.org/"


def test_a_link_of_the_reply_that_names_the_address_is_the_page_of_a_provider() -> None:
    replies = (
        "554-No SMTP service 554-IP address is black listed. 554 For explanation visit "
        "http://postmaster.gmx.com/en/error-messages?ip={}&c=bl."
    )
    of_case = diagnose(read_reply(replies.format("192.0.2.10")), BOUNCE)
    assert of_case.url == "http://postmaster.gmx.com/en/error-messages?ip=192.0.2.10&c=bl"
    of_another = diagnose(read_reply(replies.format("198.51.100.7")), BOUNCE)
    assert of_another.rule == of_case.rule
    assert of_another.url == "https://postmaster.gmx.com/en/error-messages"
    strange = read_reply(replies.replace("postmaster.gmx.com", "gmx.com.evil.example").format("192.0.2.10"))
    of_gmx = diagnose(replace(strange, remote_mta="mx00.gmx.net"), BOUNCE)
    assert of_gmx.url == "https://postmaster.gmx.com/en/error-messages"


@pytest.mark.parametrize(
    ("link", "page"),
    [
        (
            "https://www.spamhaus.org/query/domain/sender.example",
            "https://www.spamhaus.org/query/domain/sender.example",
        ),
        ("https://www.spamhaus.org/query/domain/other.example", "https://check.spamhaus.org/"),
        ("https://sender.example.evil.example/sender.example", "https://check.spamhaus.org/"),
        ("https://www.spamhaus.org/dbl/", "https://check.spamhaus.org/"),
    ],
)
def test_a_link_of_the_reply_that_names_the_listed_domain_is_the_page_of_a_list(link: str, page: str) -> None:
    reply = f"550 5.7.1 Message rejected: sender domain listed in dbl.spamhaus.org; see {link}"
    assert diagnose(read_reply(reply), BOUNCE).url == page


@pytest.mark.parametrize(
    ("links", "named"),
    [
        (
            "See http://unblock.secureserver.net/?ip=192.0.2.10.",
            "http://unblock.secureserver.net/?ip=192.0.2.10",
        ),
        ("<https://a.example/b> (https://c.example/192.0.2.10)", "https://c.example/192.0.2.10"),
        ("http://a.example/x, or http://b.example/", "http://a.example/x"),
        (
            "http://a.example/x, http://b.example/1192.0.2.10, http://b.example/192.0.2.100",
            "http://a.example/x",
        ),
        (
            "http://a.example/x, http://b.example/?m=ann%40SENDER.example",
            "http://b.example/?m=ann%40SENDER.example",
        ),
    ],
)
def test_who_shall_follow_the_link_of_the_reply_is_given_it(links: str, named: str) -> None:
    failure = replace(read_reply(f"554 RBL Reject. {links}"), remote_mta="p3plibsmtp01.secureserver.net")
    steps = diagnose(failure, BOUNCE).resolution
    assert steps[0] == f"Open {named} and ask for 192.0.2.10 to be taken off."


def test_a_reply_without_a_link_leaves_a_step_that_reads_well() -> None:
    failure = replace(read_reply("554 RBL Reject."), remote_mta="p3plibsmtp01.secureserver.net")
    steps = diagnose(failure, BOUNCE).resolution
    assert steps[0] == "Open the link in the bounce and ask for 192.0.2.10 to be taken off."
    assert "()" not in " ".join(steps)


@pytest.mark.parametrize(
    "hostile",
    [
        "{status}@dest.example",
        "{0}{recipient.__class__}@dest.example",
        "%s%n@dest.example",
        "a\n\r\tb@dest.example",
    ],
)
def test_a_value_is_never_read_for_placeholders(hostile: str) -> None:
    filler = Filler(Failure(recipient=hostile, status="5.1.1"), Bounce())
    assert filler.fill("Remove {recipient} ({status}).") == f"Remove {' '.join(hostile.split())} (5.1.1)."


def test_a_value_in_a_page_is_percent_encoded() -> None:
    bounce = Bounce(sending_ips=(Candidate(value="1.2.3.4&x=<b>#", source="diagnostic", sure=False),))
    filled = Filler(Failure(), bounce).fill_url("https://list.example/?ip={sending_ip}")
    assert filled == "https://list.example/?ip=1.2.3.4%26x%3D%3Cb%3E%23"


def test_an_endless_value_is_cut() -> None:
    filled = Filler(Failure(recipient="x" * 100_000 + "@dest.example"), Bounce()).fill("{recipient}")
    assert len(filled) == 254


@pytest.mark.parametrize(
    ("diagnostic", "slot", "value"),
    [
        ("552 message exceeds limit of 10485760 bytes", "limit", "10,485,760 bytes (10.0 MiB)"),
        ("552 message size 52428800 exceeds limit 26214400", "limit", "26,214,400 bytes (25.0 MiB)"),
        ("552 size 52428800 exceeds 26214400", "limit", "26,214,400 bytes (25.0 MiB)"),
        ("552 message exceeds limit of 10240 KB", "limit", "10240 KB"),
        ("552 message exceeds limit of 20 MB", "limit", "20 MB"),
        ("552 message exceeds limit of 102400", "limit", "102400"),
        ("451 greylisted, try again in 5 minutes", "wait", "5 minutes"),
        ("450 come back after 00:05:00", "wait", "00:05:00"),
    ],
)
def test_the_limit_and_the_wait_are_quoted_from_the_reply(diagnostic: str, slot: str, value: str) -> None:
    assert Filler(Failure(diagnostic=diagnostic), Bounce()).fill(f"{{{slot}}}") == value


def test_what_was_returned_for_good_is_told_to_lie_in_no_queue() -> None:
    queued = Failure(action="delayed", reply_code="451", diagnostic="450 4.1.1 <b@d.example>: user unknown")
    returned = Failure(reply_code="451", diagnostic="450 4.1.1 <b@d.example>: user unknown")
    waits, gone = (diagnose(failure, Bounce(kind="failed")) for failure in (queued, returned))
    assert waits.temporary
    assert gone.temporary
    assert waits.resolution[1:] == gone.resolution
    assert "queue" not in " ".join(gone.resolution)


@pytest.mark.parametrize("slug", [slug for slug, reason in reasons().items() if reason.failure])
def test_of_what_is_still_tried_the_first_step_asks_nobody_to_send_it_again(slug: str) -> None:
    rule = next(rule for rule in rules() if rule.reason == slug and rule.steps == reasons()[slug].steps)
    reply = next(iter(rule.examples), "451 4.0.0")
    failure = replace(read_reply(reply), action="delayed", recipient="b@d.example")
    diagnosis = diagnose(failure, Bounce(kind="delayed", failures=(failure,)))
    assert "gave up" not in " ".join((diagnosis.cause, *diagnosis.resolution))
    assert re.search(r"(?i)\bretr|\bwait\b|\bqueue\b", diagnosis.resolution[0]), diagnosis


def test_a_guess_calls_no_address_dead() -> None:
    reply = "554 5.7.1 <b@dest.example>: Recipient address rejected: Please try again later"
    guess = diagnose(Failure(recipient="b@dest.example", reply_code="554", diagnostic=reply), BOUNCE)
    assert guess.confidence == "low"
    assert not guess.hard


def test_an_address_is_not_dead_where_somebody_elses_setting_is_the_cause() -> None:
    reply = "RESOLVER.ADR.ExRecipNotFound; not found"
    failure = Failure(recipient="b.gray@dest.example", reply_code="550", status="5.1.1", diagnostic=reply)
    lost = diagnose(failure, Bounce(kind="failed", reporting_mta="ex2.secureserver.net"))
    assert (lost.reason, lost.who_acts, lost.temporary, lost.hard) == (
        "user_unknown",
        "recipient_admin",
        False,
        False,
    )
    over_ipv6 = [rule for rule in rules() if rule.id == "exo-5.7.510-no-ipv6"]
    assert diagnose(read_reply(over_ipv6[0].examples[0]), BOUNCE).hard is False
    assert diagnose(read_reply("550 5.1.1 <b.gray@dest.example>: User unknown"), BOUNCE).hard is True


def test_only_godaddys_exchange_blames_mx_records_for_a_recipient_that_it_does_not_find() -> None:
    reply = "550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found"
    failure = Failure(recipient="b.gray@dest.example", reply_code="550", status="5.1.1", diagnostic=reply)
    theirs = diagnose(failure, Bounce(kind="failed", reporting_mta="mbx01.dest.example"))
    assert (theirs.reason, theirs.who_acts, theirs.hard) == ("user_unknown", "sender", True)
    assert "address book" in theirs.resolution[1]
    assert "MX records" in theirs.resolution[-1]
    for bounce in (Bounce(kind="failed"), Bounce(kind="failed", reporting_mta="ex2.secureserver.net")):
        assert diagnose(failure, bounce).rule == "godaddy-exrecipnotfound-wrong-server"


def test_what_a_bounce_does_not_say_leaves_sentences_that_read_well() -> None:
    unknown = Filler(Failure(), Bounce())
    said = {unknown.fill(text) for rule in rules() for text in (rule.cause, *rule.steps)}
    assert [text for text in said if text[0].islower() and not text.startswith(OWN_NAMES)] == []
    # Words stand where a name was meant to be joined to others, or an address to end a sentence.
    joined = re.compile(r"[._@](?:the|its|a) |: the recipient's address[.]|\b[Aa]sk the recipient's address")
    assert [text for text in said if joined.search(text)] == []


OWN_NAMES = ("amavis", "docomo", "hMailServer", "milter-greylist", "procmail")


def test_what_the_bounce_says_is_put_in_where_it_was_to_stand() -> None:
    known = Filler(Failure(recipient="b.gray@dest.example"), Bounce(from_domain="ours.example"))
    assert known.fill("Look up {dmarc_name}; ask {addressee}.") == (
        "Look up _dmarc.ours.example; ask b.gray@dest.example."
    )
    assert Filler(Failure(), Bounce()).fill("{sender_domain} has none.") == "The sender's domain has none."


@pytest.mark.parametrize(
    ("arrived", "who_acts", "first"),
    [
        (None, "sender", "Wait: a proper mail server"),
        ("2026-11-22T09:30:00Z", "sender", "Wait: a proper mail server"),
        ("2026-11-22T06:00:00Z", "sender_admin", "It was tried for 4 hours already"),
        # A clock that went backwards tells nothing.
        ("2026-11-22T12:00:00Z", "sender", "Wait: a proper mail server"),
    ],
)
def test_nobody_is_told_to_wait_who_has_waited_in_vain(
    arrived: str | None, who_acts: str, first: str
) -> None:
    failure = Failure(
        recipient="b.gray@dest.example",
        action="delayed",
        reply_code="450",
        diagnostic="450 4.2.0 Greylisted, try again later",
        date="2026-11-22T10:00:00Z",
    )
    diagnosis = diagnose(failure, replace(BOUNCE, kind="delayed", arrived=arrived))
    assert diagnosis.reason == "greylisted"
    assert diagnosis.who_acts == who_acts
    assert diagnosis.resolution[0].startswith(first)


@pytest.mark.parametrize(
    ("arrived", "lasting"),
    [
        (None, "for its whole lifetime"),
        ("2026-11-22T09:59:29Z", "for 31 seconds"),
        ("2026-11-22T09:38:10Z", "for 21 minutes"),
        ("2026-11-17T09:00:00Z", "for 5 days"),
    ],
)
def test_how_long_a_queue_tried_is_told_by_the_dates_of_the_report(arrived: str | None, lasting: str) -> None:
    failure = Failure(
        recipient="b.gray@dest.example",
        status="4.4.1",
        diagnostic="connect to mx.dest.example[192.0.2.9]:25: Connection timed out",
        date="2026-11-22T10:00:00Z",
    )
    diagnosis = diagnose(failure, replace(BOUNCE, arrived=arrived))
    assert diagnosis.rule == "queue-gave-up"
    assert lasting in diagnosis.cause


@pytest.mark.parametrize("code", ["IB110", "IB111", "IB112", "IB113"])
def test_a_block_for_abuse_is_waited_for_and_not_led_round(code: str) -> None:
    rule = next(rule for rule in rules() if code.lower() in rule.tokens)
    diagnosis = diagnose(read_reply(rule.examples[0]), BOUNCE)
    steps = " ".join(diagnosis.resolution)
    assert diagnosis.rule == rule.id
    assert "clean relay" not in steps
    assert "address in the bounce" not in steps
    assert ("hour is over" if code in ("IB110", "IB112") else "day is over") in steps


@pytest.mark.parametrize(
    ("reply", "named"),
    [
        (
            "554 IP=192.0.2.10 - A problem occurred. (Ask your postmaster for help or to contact "
            "tobr@rx.t-online.de to clarify.)",
            "tobr@rx.t-online.de",
        ),
        ("554 5.7.1 Your IP 192.0.2.10 is blocked, contact abuse@hoster.example", "abuse@hoster.example"),
        ("550 5.7.1 IP 192.0.2.10 blocked; e-mail us at: <unblock@hoster.example>", "unblock@hoster.example"),
    ],
)
def test_for_removal_goes_to_whom_the_reply_names(reply: str, named: str) -> None:
    steps = " ".join(diagnose(read_reply(reply), BOUNCE).resolution)
    assert set(re.findall(r"[\w.+-]+@[\w.-]+\w", steps)) == {named}


def test_an_address_of_no_removal_is_not_asked_for_one() -> None:
    reply = "554 5.7.1 Mail from a@bounces.sender.example is refused: IP 192.0.2.10 is blocked"
    assert "@" not in " ".join(diagnose(read_reply(reply), BOUNCE).resolution)


def test_a_line_of_a_customer_is_led_to_its_provider() -> None:
    diagnosis = diagnose(
        read_reply(
            "554 IP=192.0.2.10 - A problem occurred. (DIAL) (Ask your postmaster for help or to contact "
            "toda@rx.t-online.de to clarify.)"
        ),
        BOUNCE,
    )
    assert diagnosis.rule == "tonline-dial"
    assert "dial-up" in diagnosis.cause
    assert "outgoing server" in diagnosis.resolution[0]
    assert "toda@rx.t-online.de" in diagnosis.resolution[-1]


@pytest.mark.parametrize("words", ["Server certificate not trusted", "Server certificate not verified"])
def test_who_checks_a_certificate_is_who_sends(words: str) -> None:
    diagnosis = diagnose(Failure(recipient="b@dest.example", status="4.7.5", diagnostic=words), BOUNCE)
    assert diagnosis.reason == "failed_starttls"
    assert diagnosis.who_acts == "sender_admin"
    assert "smtp_tls_policy_maps" in diagnosis.resolution[0]


def test_of_size_and_a_full_mailbox_the_code_decides() -> None:
    words = "This message is larger than the current system limit or the recipient's mailbox is full"
    of_size, of_mailbox = (
        diagnose(read_reply(f"552 {status} {words}"), BOUNCE) for status in ("5.2.3", "5.2.2")
    )
    assert (of_size.reason, of_mailbox.reason) == ("message_too_big", "mailbox_full")
    assert of_size.confidence != "high"
    assert "mailbox_full" in [other.reason for other in of_size.also]


@pytest.mark.parametrize(("action", "first"), [("delayed", "Let the queue"), ("failed", "Send it again")])
def test_a_pause_for_reputation_promises_no_pass(action: str, first: str) -> None:
    reply = read_reply(
        "451 Internal resource temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451"
    )
    diagnosis = diagnose(replace(reply, action=action), replace(BOUNCE, because="a report"))
    assert diagnosis.resolution[0].startswith(first)
    assert "usually" in diagnosis.resolution[0]
    assert "reputation" in diagnosis.resolution[0]


@pytest.mark.parametrize(
    "reply",
    [
        "452 This message contains too many recipients Please reduce the number and retry. IB605",
        "452 4.5.3 Too many recipients",
        "421 Temporarily rejected. Reverse DNS for this IP failed. IB108",
        "450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]",
    ],
)
def test_what_is_still_tried_is_sent_anew_only_if_it_comes_back(reply: str) -> None:
    first, *others = diagnose(read_reply(reply), Bounce()).resolution
    assert "Nothing has to be sent again" in first
    anew = [step for step in others if re.search("resend|send again|split the recipients", step.lower())]
    assert all(step.startswith("If it comes back, ") for step in anew)


def test_the_last_error_that_a_provider_knows_is_the_cause() -> None:
    reply = "550 5.4.300 Message expired -> 451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35"
    theirs = replace(BOUNCE, reporting_mta="am0pr02mb5555.eurprd02.prod.outlook.com")
    diagnosis = diagnose(read_reply(reply), theirs)
    assert diagnosis.rule == "exo-4.4.62-wrong-region"
    assert "MX record" in diagnosis.resolution[0]
    vague = diagnose(read_reply("550 5.4.300 Message expired -> 421 4.4.1 Connection timed out"), BOUNCE)
    assert vague.reason == "expired"


@pytest.mark.parametrize("listed", ["black listed", "block listed"])
def test_for_a_list_of_its_own_gmx_is_asked_in_the_old_words_as_in_the_new(listed: str) -> None:
    said = f"554 mx.gmx.net Nemesis ESMTP Service not available No SMTP service IP address is {listed}."
    steps = diagnose(read_reply(said), BOUNCE).resolution
    assert steps[0].startswith("Open the postmaster link")
    assert "United Internet's own" in steps[-1]


def test_no_step_has_an_spf_record_removed_that_others_ask_for() -> None:
    steps = " ".join(diagnose(read_reply("550 Invalid SPF record. IB508"), BOUNCE).resolution)
    assert "Leave the record published" in steps
    assert "take the record out" not in steps
    # The row is about SPF alone: a signature would not mend it.
    assert "DKIM" not in steps


@pytest.mark.parametrize(
    ("said", "reason", "temporary"),
    [
        ("354 Go ahead", "network_error", True),
        ("354 Start mail input; end with <CRLF>.<CRLF>", "network_error", True),
        ("354 End data with <CR><LF>.<CR><LF> 550 5.1.1 User unknown", "user_unknown", False),
        ("450 Absent subscriber", "suspended", True),
        ("550 5.1.1 absent subscriber", "suspended", False),
        ("550 Mail verschlüsselt, kann nicht geprüft werden", "prohibited_attachment", False),
        ("550 message is encrypted and cannot be scanned", "prohibited_attachment", False),
        ("454 TLS connection: certificate encrypted, cannot be checked", "failed_starttls", True),
        ("550 ann IS NOT ACCEPTING MAIL FROM THIS SENDER", "filtered", False),
        ("550 Unrouteable address", "user_unknown", False),
        ("550 Unrouteable address (in reply to MAIL FROM command)", "rejected", False),
        ("Unrouteable address: all relevant MX records point to non-existent hosts", "host_unknown", False),
        ("554 Connection refused. IB507", "blocked", False),
        ("550 SRS: hash expired", "bad_address", False),
        ("550 5.7.1 SPF check failed, forwarded without SRS", "auth_failure", False),
    ],
)
def test_a_server_s_own_term_is_not_read_by_its_plain_words(said: str, reason: str, temporary: bool) -> None:
    failure = replace(read_reply(said), action="failed")
    diagnosis = diagnose(failure, Bounce(kind="failed", failures=(failure,)))
    assert (diagnosis.reason, diagnosis.temporary) == (reason, temporary)


@pytest.mark.parametrize(
    ("reply", "new"),
    [
        ("551 User not local; please try <ann.new@dest.example>", " (the reply gives ann.new@dest.example)"),
        (
            "553 5.3.0 <ann@dest.example>... Mailbox moved, please use a@b.example",
            " (the reply gives a@b.example)",
        ),
        ("550 5.1.6 <ann@dest.example>: the mailbox has moved", ""),
        ("550 5.1.6 The mailbox has moved; questions to postmaster@dest.example", ""),
    ],
)
def test_who_has_moved_is_written_to_where_the_reply_says(reply: str, new: str) -> None:
    diagnosis = diagnose(read_reply(reply), BOUNCE)
    assert diagnosis.reason == "has_moved"
    first = diagnosis.resolution[0]
    assert first == f"Ask the recipient for the new address{new} and update the contact."


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.7.23 SPF fail: 192.0.2.10 may not send for bounces.sender.example",
        "550-5.7.26 The MAIL FROM domain [bounces.sender.example] has an SPF record with a hard fail policy "
        "(-all) but it fails to pass SPF checks with the ip: [192.0.2.10].",
    ],
)
def test_where_spf_alone_failed_the_steps_are_about_its_record(reply: str) -> None:
    diagnosis = diagnose(read_reply(reply), BOUNCE)
    assert "bounces.sender.example" in diagnosis.cause
    assert "192.0.2.10 is a server of yours" in diagnosis.resolution[0]
    assert "SPF record of bounces.sender.example" in diagnosis.resolution[0]
    assert not any("DKIM" in step or "DMARC" in step for step in diagnosis.resolution)


@pytest.mark.parametrize(
    ("reply", "told", "usual"),
    [
        ("450 Refused SFR_IN_103", "two hours", "compromised account"),
        ("421 4.7.0 SFR: too many errors", "which commands", "compromised account"),
        ("422 License expired", "licence of the filter", "internal fault"),
        ("500 5.7.1 Blocked by Symantec Zodiac", "Symantec's IP reputation page", "public lists"),
        ("550 5.5.4 Refused (ETP208)", "Query invaluement", "public lists"),
        ("550 5.7.29 ARC validation failure", "ARC headers", "selector"),
        ("554 Message refused due to poor reputation of a domain", "every domain", "receiver's postmaster"),
        ("550 DNS violates RFC 1035", "no IP address and no alias", "SERVFAIL"),
        ("553 5.7.1 You are trying to use me [server] as a relay", "in its portal", "port 587"),
        ("550 Several matches found in Domino Directory", "all but one", "internal fault"),
        ("554 5.4.4 SMTPSEND.DNS.MxLoopback; DNS loops", "its accepted domains", "Received"),
        ("TLS required but not supported", "require TLS", "which side"),
        ("552 5.2.0 Spam detected", "password", "quota window"),
        ("550 5.7.1 Message originated in a restricted country", "refuse mail by country", "compromised"),
    ],
)
def test_steps_say_what_the_rule_knows_in_place_of_what_is_usual(reply: str, told: str, usual: str) -> None:
    """The usual steps of the reason would send the reader the wrong way here."""
    host = {"500": "cluster1.eu.messagelabs.com", "552": "smtp.aruba.it"}.get(reply[:3])
    failure = replace(read_reply(reply), recipient="b.gray@dest.example", remote_mta=host)
    advice = " ".join(diagnose(failure, BOUNCE).resolution)
    assert told in advice
    assert usual not in advice
