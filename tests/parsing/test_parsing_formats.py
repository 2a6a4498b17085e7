"""One mail of our own for each report family and each trap: the file, and what it says."""

from pathlib import Path

import pytest
from msgspec import Struct

from bounce_tui.model import Kind
from bounce_tui.parsing import parse

MAILS = Path(__file__).parent / "mails"

BOB = "bob@example.net"
CAROL = "carol@example.org"


class Said(Struct, frozen=True):
    """What one recipient's failure must say."""

    recipient: str
    reply_code: str | None = None
    status: str | None = None
    action: str = "failed"
    remote_mta: str | None = None
    remote_ip: str | None = None
    command: str | None = None


class Row(Struct, frozen=True):
    """A mail in tests/parsing/mails, and what is read from it."""

    mail: str
    failures: tuple[Said, ...] = ()
    kind: Kind = "failed"
    forwarded: bool = False


REFUSED = Said(BOB, "550", "5.1.1", "failed", "mx.example.net", "203.0.113.5", "RCPT")
STATED = Said(BOB, "550", "5.1.1", "failed", "mx.example.net")
UNKNOWN = Said(BOB, "550", "5.1.1")
FULL = Said(BOB, "552", "5.2.2")
REJECTED = Said(BOB, "554", "5.7.1", "failed", "mx.example.net", "203.0.113.5", "DATA")

ROWS = (
    # systems that write a status part, and the dresses it comes in
    Row("postfix", (REFUSED,)),
    Row(
        "postfix_generic_status",
        (Said(BOB, "550", "5.7.1", "failed", "mx.example.net", "203.0.113.5", "RCPT"),),
    ),
    Row(
        "postfix_delayed",
        (Said(BOB, None, "4.4.1", "delayed", "mx.example.net", "203.0.113.5", "CONN"),),
        kind="delayed",
    ),
    Row("postfix_delivered", (Said(BOB, None, "2.0.0", "relayed"),), kind="delivered"),
    Row("status_in_base64", (STATED,)),
    Row("status_in_quoted_printable", (STATED,)),
    Row(
        "global_status",
        (
            Said("jörg@example.net", "550", "5.6.7", "failed", "mx.example.net"),
            Said("zöe@example.net", None, "5.1.1"),
        ),
    ),
    Row("status_parts_in_wrong_order", (STATED,)),
    Row(
        "status_without_blank_lines",
        (STATED, Said("carol@example.net", "550", "5.1.1", "failed", "mx.example.net")),
    ),
    Row("x400_final_recipient", (STATED,)),
    Row("status_as_text_attachment", (STATED,)),
    Row("status_as_octets", (STATED,)),
    Row("status_as_rfc822", (STATED,)),
    Row("status_declared_base64_but_plain", (STATED,)),
    Row("status_with_doubled_line_ends", (STATED,)),
    Row("status_says_it_twice", (REFUSED,)),
    Row("status_only_original_recipient", (STATED,)),
    Row(
        "status_with_utf8_in_hex", (Said("kïm@exämple.example", "550", "5.1.1", "failed", "mx.example.net"),)
    ),
    Row("indented_header", (REFUSED,)),
    Row("report_without_content_type", (REFUSED,)),
    Row("report_inside_a_list_s_wrapper", (REFUSED,)),
    Row("verp_only", (Said(BOB),)),
    Row("banner_from_outside", (Said(BOB),)),
    Row("banner_in_its_own_part", (UNKNOWN,)),
    Row("refused_for_coming_from_outside", (Said(BOB),)),
    Row("html_with_a_list_s_footer", (UNKNOWN,)),
    # what a filter of the recipient sends in a receipt's form
    Row("rejected_by_sieve", (Said(BOB),)),
    Row("rejected_by_cyrus_sieve", (Said(BOB),)),
    Row("rejected_by_sieve_words", (Said(BOB),)),
    Row("rejected_by_whom_it_was_sent_to", (Said(BOB),)),
    Row(
        "postfix_bounced_bounce",
        (
            Said(
                "joerg.mueller@example.org",
                *("554", "5.7.1", "failed", "mx.example.org", "198.51.100.1", "RCPT"),
            ),
        ),
    ),
    Row(
        "qmail_bounced_bounce", (Said("joerg.mueller@example.org", "550", "5.1.1", remote_ip="198.51.100.1"),)
    ),
    Row("boundary_declared_wrongly", (REFUSED,)),
    Row("boundary_missing", (REFUSED,)),
    Row("blank_lines_before_the_header", (REFUSED,)),
    Row("mbox_from_line", (REFUSED,)),
    Row("quoted_mbox_from_line", (REFUSED,)),
    Row("google_modern", (Said(BOB, "550", "5.1.1", "failed", "mx.example.net", "203.0.113.5"),)),
    Row("exchange_365", (Said(BOB, "550", "5.1.10", "failed", "mx.example.net"),)),
    # systems that write words
    Row(
        "postfix_words_only",
        (REFUSED, Said(CAROL, None, None, "failed", "mx.example.org", "198.51.100.7", "CONN")),
    ),
    Row("quoted_printable_text", (REFUSED,)),
    Row("base64_text", (REFUSED,)),
    Row("exchange_55", (Said(BOB),)),
    Row("exchange_2007_words", (Said(BOB, "552", "5.2.2", "failed", "mx.example.net"),)),
    Row("sendmail", (Said(BOB, "550", "5.7.1", "failed", "mx.example.net", None, "RCPT"),)),
    Row("sendmail_5", (Said(BOB, "550", None, "failed", "mx.example.net", None, "RCPT"), Said(CAROL, "550"))),
    Row("exim", (REFUSED, Said(CAROL))),
    Row(
        "exim_delayed",
        (Said(BOB, "450", "4.7.1", "delayed", "mx.example.net", "203.0.113.5", "MAIL"),),
        kind="delayed",
    ),
    Row("qmail", (Said(BOB, "550", "5.1.1", "failed", None, "203.0.113.5"), Said(CAROL, None, "5.1.2"))),
    Row("yahoo", (Said(BOB, "550", "5.2.1"),)),
    Row("gmail_words", (Said(BOB, "550", "5.1.1", "failed", "mx.example.net", "203.0.113.5"),)),
    Row("opensmtpd", (Said(BOB, "550", "5.2.2"), Said(CAROL))),
    Row("dragonfly", (REFUSED,)),
    Row("domino", (Said(BOB),)),
    Row("groupwise", (Said(BOB),)),
    Row("mdaemon", (Said(BOB, "552", command="RCPT"),)),
    Row("messaging_server", (Said(BOB, "550", "5.1.1", "failed", "mx.example.net", "203.0.113.5"),)),
    Row("messaging_server_local_name", (Said(BOB, "522", "5.2.0", remote_mta="store.example.net"),)),
    Row("mailmarshal", (UNKNOWN,)),
    Row("mimecast", (Said(BOB, None, "5.4.1"),)),
    Row("kddi", (Said(BOB, "550"),)),
    Row("listserv", (Said(BOB, "554", remote_mta="mx.example.net"),)),
    Row("mailenable", (UNKNOWN,)),
    Row("hmailserver", (Said(BOB, "550", "5.1.1", "failed", None, "203.0.113.5", "RCPT"),)),
    Row("aol", (Said("screenname@aol.com"),)),
    Row("amazon_sns", (UNKNOWN,)),
    Row("mfilter", (Said(BOB, "550", "5.1.1", command="RCPT"),)),
    Row("notes", (Said(BOB),)),
    Row("server_rejected_recipient", (UNKNOWN,)),
    Row("activehunter", (UNKNOWN,)),
    Row("mcafee", (Said(BOB),)),
    Row("mobile_gateway", (Said(BOB, "550"),)),
    Row("interscan", (Said(BOB, "550", "5.1.1", command="RCPT"),)),
    Row("mailfoundry", (Said(BOB, "550", None, "failed", "mx.example.net", "203.0.113.5"),)),
    Row("imail", (Said(BOB),)),
    Row("exchange_2003", (Said(BOB, "550", "5.1.1", "failed", "mx.example.net"),)),
    Row("exchange_2003_display_name", (Said(BOB),)),
    Row("courier", (REFUSED,)),
    Row("communigate", (STATED,)),
    Row("kerio", (UNKNOWN,)),
    Row("zoho", (UNKNOWN,)),
    Row("gmx", (Said(BOB),)),
    Row("mail_ru", (REFUSED,)),
    Row("amavis_words", (Said(BOB),)),
    Row("barracuda_quota", (Said(BOB, "552", "5.2.2"),)),
    Row("postfix_french", (REFUSED,)),
    # the same systems again: several recipients, other languages, other dresses
    Row(
        "yandex",
        (
            Said(BOB, "550", "5.7.1", "failed", "mx.example.net", "203.0.113.5", "RCPT"),
            Said(CAROL, "552", "5.2.2", "failed", "mx.example.org", "198.51.100.7", "DATA"),
        ),
    ),
    Row("mail_ru_russian", (Said(BOB, "550", None, "failed", "mx.example.net", "203.0.113.5", "RCPT"),)),
    Row(
        "ionos",
        (
            Said(BOB, "554", None, "failed", "mx.example.net", "203.0.113.5", "CONN"),
            Said(CAROL, "550", "5.1.1", "failed", "mx.example.org", "198.51.100.7", "RCPT"),
        ),
    ),
    Row("gmx_quota", (Said(BOB),)),
    Row("workmail", (UNKNOWN,)),
    Row("google_group", (Said("staff@example.net"),)),
    Row("zoho_two", (UNKNOWN, Said(CAROL, "421"))),
    Row("barracuda_blocked", (Said(BOB, "550", "5.7.1"),)),
    Row("barracuda_words", (Said(BOB),)),
    Row("messagelabs", (Said(BOB, "550", "5.7.1"), Said(CAROL, "550", "5.7.1"))),
    Row("fortimail", (Said(BOB, "554", "5.7.1", "failed", "mx.example.net", None, "DATA"),)),
    Row("mdaemon_transcript", (Said(BOB, "554", "5.7.1", "failed", None, "203.0.113.5", "RCPT"),)),
    Row("mailenable_delay", (Said(BOB, "451", "4.7.1", "delayed"),), kind="delayed"),
    Row("surfcontrol", (Said(BOB, "550"),)),
    Row("kerio_two", (Said(BOB, "552", "5.3.4", "failed", "mx.example.net", "203.0.113.5"), Said(CAROL))),
    Row("communigate_two", (Said(BOB), Said(CAROL, "550", "5.7.1", "failed", "mx.example.org"))),
    Row("imail_two", (Said(BOB), Said(CAROL))),
    Row("kddi_full", (Said(BOB),)),
    Row("ezweb", (Said(BOB, "550"), Said(CAROL, "450"))),
    Row("docomo", (Said(BOB),)),
    Row("james_two", (Said(BOB, "550", "5.7.1"), Said("carol@example.net", "550", "5.7.1"))),
    Row(
        "hmail_two",
        (Said(BOB, "550", "5.7.25", "failed", None, "203.0.113.5", "RCPT"), Said("carol@nosuch.example")),
    ),
    Row("powermta", (Said(BOB, "421", "4.7.0", "failed", "mx.example.net", "203.0.113.5"),)),
    Row("powermta_words", (Said(BOB), Said(CAROL))),
    Row("courier_two", (REFUSED, Said("carol@nosuch.example"))),
    Row("exchange_2007_french", (STATED,)),
    Row("exchange_2010_spanish_html", (Said(BOB, "550", "5.2.2", "failed", "mx.example.net"),)),
    Row(
        "exchange_2013_two",
        (
            Said(BOB, "550", "5.7.1", "failed", "mx.example.net"),
            Said(CAROL, "400", "4.4.7", "failed", "example.org", "198.51.100.7"),
        ),
    ),
    Row("o365_en", (Said(BOB, "550", "5.1.10"),)),
    Row("o365_de", (UNKNOWN,)),
    Row("o365_fr", (Said(BOB, "554", "5.2.2"),)),
    Row("o365_es", (Said(BOB, "550", "5.7.133"),)),
    Row("o365_ja", (Said(BOB, "550", "5.1.10"),)),
    Row("hotmail_words", (Said(BOB), Said(CAROL))),
    Row("securence_block", (Said(BOB, "550", "5.7.1"),)),
    Row("x1", (Said(BOB),)),
    Row("x2", (Said(BOB),)),
    Row("x3", (Said(BOB, "553", "5.3.0", "failed", None, "203.0.113.5", "RCPT"),)),
    Row("cyrus_sieve", (Said(BOB),)),
    Row("dovecot_quota", (Said(BOB),)),
    Row("dovecot_words", (Said(BOB),)),
    Row("procmail_quota", (Said(BOB, "550", "5.0.0"),)),
    Row("wrap72_repeated", (Said(BOB, "550", "5.7.26"),)),
    Row("cut_reply2", (Said(BOB, "554", "5.7.1"),)),
    Row("display_name", (Said(BOB),)),
    Row("o365_spam_en", (Said(BOB, "550", "5.7.350", "failed", "mx.example.net"),)),
    Row("o365_it", (Said(BOB, "550", "5.4.1"),)),
    Row("o365_nl", (Said(BOB, "554", "5.2.2"),)),
    Row("o365_pt", (UNKNOWN,)),
    Row("o365_plain_alternative", (Said(BOB, "550", "5.7.1", "failed", "mx.example.net"),)),
    Row("workmail_plain", (Said(BOB, "552", "5.2.2"), Said(CAROL, "550", "5.1.1"))),
    Row("exim_german", (REFUSED, Said("carol@nosuch.example"))),
    Row(
        "qmail_french",
        (
            Said(BOB, "550", "5.1.1", "failed", None, "203.0.113.5"),
            Said("carol@nosuch.example", None, "5.1.2"),
        ),
    ),
    Row("domino_german", (Said(BOB),)),
    Row("ironport", (UNKNOWN,)),
    Row("ironport_delayed_expired", (Said(BOB, None, "5.4.7"),)),
    Row("haraka", (Said(BOB, "550", "5.7.1"),)),
    Row(
        "stalwart",
        (
            Said(BOB, "550", "5.1.1", "failed", "mx.example.net", None, "RCPT"),
            Said(CAROL, None, None, "failed", "mx.example.org", None, "CONN"),
        ),
    ),
    Row("maddy", (UNKNOWN,)),
    Row("zonemta", (Said(BOB, "552", "5.2.2"),)),
    Row("smartermail", (UNKNOWN, Said("carol@nosuch.example"))),
    Row("icewarp", (UNKNOWN, Said(CAROL, "552", "5.2.2"))),
    Row("netease", (Said(BOB, "550", None, "failed", None, None, "RCPT"),)),
    Row("qq", (Said(BOB, "552", None, "failed", "mx.example.net", "203.0.113.5"),)),
    Row("naver", (UNKNOWN,)),
    Row("orange_french", (Said(BOB, "552", "5.2.2"), Said(CAROL, "550", "5.1.1"))),
    Row("libero_italian", (Said(BOB), Said(CAROL))),
    Row("uol_portuguese", (Said(BOB), Said(CAROL))),
    Row("polish_list", (UNKNOWN, Said(CAROL, "552", "5.2.2"))),
    Row(
        "postfix_delay_german",
        (Said(BOB, "451", "4.7.1", "delayed", "mx.example.net", "203.0.113.5", "RCPT"),),
        kind="delayed",
    ),
    Row("gmail_german", (UNKNOWN,)),
    Row("groupwise_two", (Said(BOB, "552"), Said(CAROL, "550"))),
    Row("cut_mid_word", (Said(BOB, "550", "5.1.1", "failed", "mx.example.net", "203.0.113.5"),)),
    Row("x6", (UNKNOWN,)),
    Row("icloud_two", (Said(BOB), Said(CAROL, "552", "5.2.2", "failed", "mx.example.org", "203.0.113.7"))),
    Row("o365_ru", (Said(BOB, "550", "5.1.10"),)),
    Row("o365_pl_loop", (Said(BOB, "554", "5.4.14"),)),
    Row("o365_zh_gaveerror", (Said(BOB, "550", "5.7.1"),)),
    Row(
        "exchange_german_2010",
        (Said(BOB, "552", "5.2.2", "failed", "mx.example.net"), Said(CAROL, "550", "5.1.1")),
    ),
    Row("imail_host", (Said(BOB),)),
    Row("imail_invalid", (Said(BOB),)),
    Row("communigate_delay", (Said(BOB, None, None, "delayed"),), kind="delayed"),
    Row(
        "mdaemon_data_refused",
        (
            Said(BOB, "554", "5.7.1", "failed", None, None, "DATA"),
            Said("carol@example.net", "554", "5.7.1", "failed", None, None, "DATA"),
        ),
    ),
    Row("mdaemon_one_of_two", (Said("carol@example.net", "550", "5.1.1", "failed", None, None, "RCPT"),)),
    Row("hmail_connect", (Said(BOB, None, None, "failed", None, None, "CONN"),)),
    Row("smartermail_3", (Said(BOB, "552", "5.2.2"), Said(CAROL, "550", "5.7.1"))),
    Row("dutch_list", (UNKNOWN, Said(CAROL, "552", "5.2.2"))),
    Row("japanese_list", (UNKNOWN, Said(CAROL, "552", "5.2.2"))),
    Row("russian_list", (Said(BOB), Said(CAROL))),
    Row("spanish_sections", (Said(BOB, "552", "5.2.2"), Said(CAROL, "552", "5.2.2"))),
    Row(
        "postfix_chinese",
        (Said(BOB, "554", "5.7.1", "failed", "mx.example.net", "203.0.113.5"), Said("carol@nosuch.example")),
    ),
    Row(
        "postfix_delayed_portuguese",
        (Said(BOB, None, None, "delayed", "mx.example.net", "203.0.113.5", "CONN"),),
        kind="delayed",
    ),
    Row(
        "gmx_english_two",
        (Said(BOB, "550", "5.7.26", "failed", "mx.example.net", "203.0.113.5", "DATA"), Said(CAROL)),
    ),
    Row("maildrop_quota", (Said(BOB, "550", "5.0.0"),)),
    Row("hotmail_delay", (Said(BOB, None, None, "delayed"),), kind="delayed"),
    # Postfix below an introduction in eight languages
    Row("postfix_de", (REFUSED,)),
    Row(
        "postfix_fr",
        (
            Said(BOB, "552", "5.2.2", "failed", "mx.example.net", "203.0.113.5", "DATA"),
            Said("carol@nosuch.example"),
        ),
    ),
    Row("postfix_it", (REFUSED,)),
    Row(
        "postfix_es",
        (
            Said(BOB, "552", "5.2.2", "failed", "mx.example.net", "203.0.113.5", "DATA"),
            Said("carol@nosuch.example"),
        ),
    ),
    Row("postfix_pt", (REFUSED,)),
    Row(
        "postfix_pl",
        (
            Said(BOB, "552", "5.2.2", "failed", "mx.example.net", "203.0.113.5", "DATA"),
            Said("carol@nosuch.example"),
        ),
    ),
    Row("postfix_ru", (REFUSED,)),
    Row(
        "postfix_ja",
        (
            Said(BOB, "552", "5.2.2", "failed", "mx.example.net", "203.0.113.5", "DATA"),
            Said("carol@nosuch.example"),
        ),
    ),
    # from an exam written before the parser was read: systems, languages and homemade notes
    Row(
        "postfix_expanded",
        (
            Said("marta@mail.example.com"),
            Said('"|/usr/local/bin/ticket -q 3"@mail.example.com'),
            Said("tom@example.net", "552", "5.2.2", "failed", "mx.example.net", "203.0.113.5", "DATA"),
        ),
    ),
    Row(
        "postfix_warning_words",
        (
            Said("nina@example.net", None, None, "delayed", "mx.example.net", "203.0.113.5", "CONN"),
            Said("omar@example.org", "450", "4.2.0", "delayed", "mx2.example.org", "198.51.100.3", "RCPT"),
        ),
        kind="delayed",
    ),
    Row(
        "postfix_swedish",
        (Said("sven@example.net", None, None, "failed", "mx.example.net", "203.0.113.5", "CONN"),),
    ),
    Row(
        "postfix_hungarian",
        (Said("gabor@example.net", "554", "5.7.1", "failed", "mail.example.net", "203.0.113.15"),),
    ),
    Row(
        "postfix_lost_connection",
        (
            Said("helga@example.net", None, None, "failed", "mx1.example.net", "203.0.113.16", "RCPT"),
            Said("ivan@example.org", None, None, "failed", "mx.example.org", "198.51.100.16"),
            Said('"jo ann"@example.com'),
        ),
    ),
    Row(
        "postfix_ipv6_wrapped",
        (Said("aaron@example.net", "550", "5.7.26", "failed", "mx.example.net", "2001:db8::19", "DATA"),),
    ),
    Row(
        "sendmail_transient_two",
        (
            Said("greta@example.net", "451", "4.4.1", "delayed", "mx.example.net"),
            Said("ole@example.net", "451", "4.4.1", "delayed", "mx.example.net"),
        ),
        kind="delayed",
    ),
    Row("sendmail_local_user", (Said("nosuch@mail.example.com", "550", "5.1.1"),)),
    Row("sendmail_expired", (Said("hugo@slow.example", None, None, "failed", "mail.slow.example"),)),
    Row("sendmail_sunos", (Said("rita@example.org", None, None, "failed", "mailhost.example.org"),)),
    Row(
        "sendmail_long_reply",
        (Said("doro@example.net", "550", "5.1.1", "failed", "mx.example.net", None, "DATA"),),
    ),
    Row(
        "sendmail_mail_refused",
        (Said("tina@example.org", "501", None, "failed", "mailhost.example.org", None, "MAIL"),),
    ),
    Row("sendmail_receipt", kind="delivered"),
    Row("postfix_success", kind="delivered"),
    Row("windows_relayed", kind="delivered"),
    Row(
        "exim_pipe",
        (
            Said("lars@example.net", "550", None, "failed", "mx.example.net", "203.0.113.5", "RCPT"),
            Said("kai@example.org"),
            Said("bot@example.com"),
        ),
    ),
    Row(
        "exim_quoted_local_part",
        (
            Said("eva@gone.example"),
            Said("max@dead.example"),
            Said('"Otto Beta"@example.net', "550", "5.1.1", "failed", "mx.example.net", "203.0.113.5"),
        ),
    ),
    Row(
        "exim_spanish",
        (
            Said("ignacio@example.net", "550", "5.2.1", "failed", "mx.example.net", "203.0.113.5", "RCPT"),
            Said("juana@example.org"),
        ),
    ),
    Row(
        "exim_dutch_delay",
        (Said("xander@example.net", "421", "4.3.2", "delayed", "mx.example.net", "203.0.113.5", "CONN"),),
        kind="delayed",
    ),
    Row(
        "qmail_ldap",
        (
            Said("dora@example.com", None, "5.2.1"),
            Said("emil@example.com", None, "5.2.3"),
            Said("fina@example.com", None, "5.2.2"),
        ),
    ),
    Row(
        "qmail_portuguese",
        (
            Said("karina@example.com", None, "5.1.1"),
            Said("luiz@example.net", "550", "5.7.1", "failed", None, "203.0.113.5"),
        ),
    ),
    Row("qmail_double_bounce", (Said("alice@example.com", None, "5.1.1"),)),
    Row(
        "qmail_vpopmail",
        (
            Said("yael@example.com", None, "5.2.2"),
            Said("zack@example.com"),
            Said("abby@example.org", None, "4.4.1"),
        ),
    ),
    Row(
        "opensmtpd_delay",
        (
            Said("ben@example.net", "451", "4.7.1", "delayed"),
            Said("lea@example.org", None, None, "delayed"),
        ),
        kind="delayed",
    ),
    Row(
        "exchange_55_two",
        (
            Said("bruno@example.net"),
            Said("cora@example.net", "550", "5.7.1"),
        ),
    ),
    Row("exchange_2003_dutch", (Said("joost@example.net", None, "5.1.1"),)),
    Row("exchange_2003_portuguese", (Said("karla@example.net", None, "5.1.1"),)),
    Row("exchange_2003_swedish", (Said("lena@example.net", None, "5.1.1"),)),
    Row("exchange_2003_japanese", (Said("kenji@example.net", None, "5.1.1"),)),
    Row("exchange_2003_danish_name", (Said("hans.holm@example.net", None, "5.1.1"),)),
    Row("exchange_2013_chinese", (Said("wang@example.net", "550", "5.1.1"),)),
    Row("exchange_2013_czech", (Said("dana@example.net", "550", "5.1.1"),)),
    Row("exchange_2010_korean", (Said("edgar@example.net", "550", "5.7.1", "failed", "mail.example.net"),)),
    Row(
        "exchange_2013_turkish",
        (Said("fatma@example.net", "550", "5.2.2", "failed", "mx.example.net", "203.0.113.5"),),
    ),
    Row("exchange_2010_russian", (Said("semyon@example.net", "550", "5.1.1", "failed", "mx.example.net"),)),
    Row(
        "outlook_client",
        (
            Said("manuela@example.net", "550", "5.7.1"),
            Said("norbert@example.org", "554", "5.7.1"),
        ),
    ),
    Row("exchange_2007_html", (Said("oskar@example.net", "550", "5.1.1"),)),
    Row(
        "o365_multiple",
        (
            Said("paula@example.net", "550", "5.1.1"),
            Said("quirin@example.org", "550", "5.7.520"),
        ),
    ),
    Row(
        "o365_delay",
        (Said("karin@example.net", "450", "4.4.317", "delayed", None, None, "CONN"),),
        kind="delayed",
    ),
    Row(
        "o365_remote_server",
        (Said("wim@example.org", "550", "5.4.1", "failed", "VE1EUR01FT003.mail.protection.example.org"),),
    ),
    Row("o365_french_remote", (Said("julie@example.net", "550", "5.1.10", "failed", "mx-in.example.net"),)),
    Row(
        "gmail_delay_silent_host",
        (Said("carl@example.net", None, None, "delayed", "mx.example.net"),),
        kind="delayed",
    ),
    Row("gmail_japanese", (Said("fumi@example.net", "550", "5.1.1"),)),
    Row("gmail_german_delay", (Said("gert@example.net", "421", "4.7.0", "delayed"),), kind="delayed"),
    Row("gmail_french_blocked", (Said("laura@example.net", "554", "5.7.1"),)),
    Row("gmail_chinese", (Said("ping@example.net", "550", "5.1.1"),)),
    Row("gmail_turkish_delay", (Said("tarkan@example.net", "451", "4.3.0", "delayed"),), kind="delayed"),
    Row(
        "gmx_german",
        (Said("nadja@example.net", "550", "5.1.1", "failed", "mx.example.net", "203.0.113.5", "RCPT"),),
    ),
    Row("t_online", (Said("rudi@t-online.example"),)),
    Row(
        "ecelerity",
        (
            Said("jonas@example.net", "550", "5.1.1", "failed", None, None, "RCPT"),
            Said("klara@example.org", "554", "5.7.1"),
        ),
    ),
    Row(
        "intermail_two",
        (
            Said("cara@example.net", None, "5.1.1"),
            Said("dean@example.net", "550", "5.2.2"),
        ),
    ),
    Row("xmail", (Said("ute@example.net", "550", "5.1.1"),)),
    Row("axigen", (Said("sabine@example.net", "550", "5.1.1"),)),
    Row("mercury", (Said("viktor@example.com"),)),
    Row("lsmtp_list", (Said("anna@example.net", "550", "5.1.1"),)),
    Row(
        "mdaemon_without_arrows",
        (Said("lukas@example.net", "550", "5.1.1", "failed", "mx.example.net", "203.0.113.5", "RCPT"),),
    ),
    Row("amavis_banned", (Said("nina@example.net"),)),
    Row(
        "argosoft",
        (
            Said("xenia@example.net", "554"),
            Said("yvo@example.org", None, None, "failed", None, None, "CONN"),
        ),
    ),
    Row("domino_french", (Said("claire@example.net", "550", "5.1.1"),)),
    Row("biglobe", (Said("chika@biglobe.example"),)),
    Row("czech", (Said("dvorak@example.net", "452", "4.2.2"),)),
    Row("turkish", (Said("mehmet@example.net"),)),
    Row("hungarian", (Said("laszlo@example.net", "550", "5.1.1"),)),
    Row("greek", (Said("giorgos@example.net", "552", "5.2.2"),)),
    Row("finnish", (Said("mikko@example.net", "550"),)),
    Row("arabic", (Said("ahmed@example.net", "552"),)),
    Row("hebrew", (Said("yossi@example.net", "550", "5.1.1"),)),
    Row(
        "japanese_two",
        (
            Said("mori@example.net", "550", "5.1.1"),
            Said("noda@example.net", "552", "5.2.2"),
        ),
    ),
    Row("german_html_name", (Said("otto.klein@example.net", "550", "5.2.1"),)),
    Row(
        "html_table",
        (
            Said("tess@example.net", "550", "5.1.1"),
            Said("uri@example.org", "552", "5.2.2"),
        ),
    ),
    Row("chinese_big5", (Said("chen@example.net"),)),
    Row("korean", (Said("kim@example.net", "550", "5.1.1"),)),
    Row(
        "homemade_three",
        (
            Said("opal@example.net", "550", "5.1.1"),
            Said("perry@example.org", "452", "4.2.2"),
            Said("quincy@example.com"),
        ),
    ),
    Row(
        "homemade_numbered",
        (
            Said("quinn@example.net", "550", "5.1.1"),
            Said("robin@example.org", "554", "5.7.1"),
            Said("sasha@example.com", "451", "4.3.0", "delayed"),
        ),
    ),
    Row("names_from_and_to", (Said("lydia@example.net", "550", "5.1.1"),)),
    Row("german_von_an", (Said("lydia@example.net"),)),
    Row("delivered_to_one", (Said("olaf@example.net"),)),
    Row("greeting_with_address", (Said("rosa@example.net", None, "5.7.1"),)),
    Row("mailto_behind_address", (Said("mike@example.net", "550", "5.1.1"),)),
    Row(
        "italian_two",
        (
            Said("yuri@example.net", "550"),
            Said("zeno@example.org", "452"),
        ),
    ),
    Row("italian_certified", (Said("dante@pec.example", None, "5.1.1"),)),
    Row("parcel", kind="other"),
    Row("person_about_bounce", kind="other"),
    Row("imail_session", (Said("walter@im.example.com", "550", None, "failed", None, None, "RCPT"),)),
    Row("exchange_55_x400", (Said("bodo@example.net"),)),
    Row(
        "courier_delay",
        (Said("clara@example.net", "450", "4.2.0", "delayed", "mx.example.net", "203.0.113.5"),),
        kind="delayed",
    ),
    Row("sendmail_5_host_only", (Said("hugo@slow.example.net", "421"),)),
    Row("mailbox_writes_itself", (Said("paula@example.net"),)),
    Row("french_delay", (Said("valerie@example.net", "450", "4.2.1", "delayed"),), kind="delayed"),
    Row("spanish_delay", (Said("xavi@example.net", None, None, "delayed"),), kind="delayed"),
    Row("japanese_delay", (Said("wada@example.net", None, None, "delayed"),), kind="delayed"),
    Row("mmdf", (Said("dirk@example.net"),)),
    Row(
        "smail",
        (
            Said("berta@example.net", "550"),
            Said("cesar@nohost.example"),
        ),
    ),
    Row("netscape_quota", (Said("adam@netscape.example"),)),
    Row("ntmail", (Said("emma@example.net", "550"),)),
    Row(
        "securence_session",
        (Said("ingrid@example.net", "550", "5.1.1", "failed", "mx.example.net", "203.0.113.5", "RCPT"),),
    ),
    Row(
        "haraka_two",
        (
            Said("lars@example.net"),
            Said("mila@example.org"),
        ),
    ),
    Row(
        "percent_hack",
        (
            Said(
                "gerd%example.net@relay.example.org",
                "550",
                "5.7.1",
                "failed",
                "relay.example.org",
                None,
                "DATA",
            ),
        ),
    ),
    Row("bang_path", (Said("gateway!emil@uucp.example.com", "550"),)),
    Row(
        "address_literal",
        (Said("fritz@[203.0.113.99]", None, None, "failed", "203.0.113.99", "203.0.113.99", "CONN"),),
    ),
    Row("vms_mx", (Said("dora@example.net", "550"),)),
    Row("json_notice", (Said("quirin@example.net", "550", "5.1.1"),)),
    Row("bilingual_chinese", (Said("chen.li@example.net", "550", "5.1.1"),)),
    Row(
        "html_list",
        (
            Said("rosa@example.net", "550", "5.1.1"),
            Said("simon@example.org", "554", "5.7.1"),
        ),
    ),
    Row("session_only", (Said("theo@example.net", "550", "5.1.1", "failed", None, None, "RCPT"),)),
    Row("sieve_reject", (Said("jochen@example.net"),)),
    Row("o365_gave_error", (Said("britta@example.net", "552", "5.3.4", "failed", "mx.example.net"),)),
    Row("exchange_german_delay", (Said("yvette@slow.example", None, None, "delayed"),), kind="delayed"),
    Row("exchange_delivered", kind="delivered"),
    Row("exchange_55_to_and_cc", (Said("volker@example.net"),)),
    Row("list_moderated", kind="other"),
    Row("hotmail_old", (Said("otto@hotmail.example"),)),
    Row(
        "html_outlook_paragraphs",
        (
            Said("gil@example.net", "550", None, "failed", "mx.example.net", "203.0.113.5", "DATA"),
            Said("hal@example.org"),
            Said("iva@example.com", "550", None, "failed", "mail.example.com", "192.0.2.80", "RCPT"),
        ),
    ),
    Row(
        "html_lines_as_blocks",
        (
            Said("marta@mail.example.com"),
            Said('"|/usr/local/bin/ticket -q 3"@mail.example.com'),
            Said("tom@example.net", "552", "5.2.2", "failed", "mx.example.net", "203.0.113.5", "DATA"),
        ),
    ),
    Row(
        "intermail_unknown_addresses",
        (
            Said("uli@example.net"),
            Said("vic@example.net"),
        ),
    ),
    Row("polish_code_in_brackets", (Said("fela@poczta.example", "552"),)),
    Row("thai", (Said("lek@example.net", "550", "5.1.1"),)),
    Row("hindi", (Said("mohan@example.net", "550", "5.1.1"),)),
    Row("persian", (Said("nima@example.net", "550", "5.1.1"),)),
    Row("estonian", (Said("oskar@example.net", "552"),)),
    Row("lithuanian", (Said("petras@example.net", "550", "5.1.1"),)),
    Row("bulgarian", (Said("rosen@example.net", "550", "5.1.1"),)),
    Row(
        "exim_three",
        (
            Said("gil@example.net", "550", None, "failed", "mx.example.net", "203.0.113.5", "DATA"),
            Said("hal@example.org"),
            Said("iva@example.com", "550", None, "failed", "mail.example.com", "192.0.2.80", "RCPT"),
        ),
    ),
    Row(
        "postfix_smtputf8",
        (Said("dürr@bücher.example", None, None, "failed", "mx.example.net", "203.0.113.5"),),
    ),
    Row("webmail_colon", (Said("tia@example.net"),)),
    Row("application_error", kind="other"),
    Row("webhook", kind="other"),
    Row("mail_queue_listing", kind="other"),
    Row(
        "o365_group_table",
        (Said("pia@example.org", "550", "5.7.124", "failed", "VI1PR01MB9.eurprd01.prod.exchangelabs.com"),),
    ),
    Row("sendmail_tls", (Said("finn@example.net", "403", "4.7.0"),)),
    Row("netease_words", (Said("ivy@example.net", "550", None, "failed", None, None, "RCPT"),)),
    Row("x1_user_unknown", (Said("lisa@x1.example.jp"),)),
    Row(
        "text_table",
        (
            Said("sina@example.net", "550", "5.1.1"),
            Said("tom@example.org", "552", "5.2.2"),
        ),
    ),
    Row(
        "semicolons",
        (
            Said("uta@example.net", "550", "5.1.1"),
            Said("vic@example.org", "554", "5.7.1"),
        ),
    ),
    Row("sender_arrow_recipient", (Said("xena@example.net", "550"),)),
    Row(
        "exim_save_to",
        (
            Said("hugo@example.com"),
            Said("ina@example.com"),
        ),
    ),
    Row("exchange_2010_hungarian", (Said("kati@example.net", "554", "5.7.1", "failed", "mx.example.net"),)),
    Row("exchange_2013_greek", (Said("lena@example.net", "550", "5.1.10"),)),
    Row("bilingual_delay", (Said("rudi@example.net", "451", "4.3.2", "delayed"),), kind="delayed"),
    Row(
        "postfix_local_and_wrapped",
        (
            Said("abby@example.com"),
            Said("bert@example.net", "550", "5.7.1", "failed", "mx.example.net", "203.0.113.5", "DATA"),
            Said("carl@example.org"),
        ),
    ),
    Row("order_returned", kind="other"),
    Row("maintenance_notice", kind="other"),
    Row("person_asks_new_address", kind="other"),
    # no system at all: free text in ten languages, HTML, pasted pieces
    Row("free_text", (Said(BOB, "550", "5.7.1"),)),
    Row("free_text_wrapped", (Said(BOB, "550", "5.7.26"),)),
    Row("japanese", (Said("bob@example.jp", "550", "5.1.1"),)),
    Row("german", (UNKNOWN,)),
    Row("french", (UNKNOWN,)),
    Row("spanish", (Said(BOB, "552", "5.2.2"),)),
    Row("portuguese", (UNKNOWN,)),
    Row("italian", (UNKNOWN,)),
    Row("russian", (UNKNOWN,)),
    Row("chinese", (UNKNOWN,)),
    Row("dutch", (UNKNOWN,)),
    Row("polish", (UNKNOWN,)),
    Row("html_only", (UNKNOWN,)),
    Row("wrapped_at_72", (Said(BOB, "550", "5.7.1"),)),
    Row("cut_reply", (Said(BOB, "550"),)),
    Row("mailing_list_footer", (UNKNOWN,)),
    Row("temporary_in_text", (UNKNOWN,)),
    Row("securence", (UNKNOWN,)),
    Row("quota_agent", (Said(BOB),)),
    Row("symantec", (Said(BOB, "554", "5.7.1"),)),
    Row("sentence_only", (Said(BOB),)),
    Row("two_languages", (Said(BOB, "550", "5.7.1"), Said(CAROL, "550", "5.7.1"))),
    Row("pasted", (REFUSED,)),
    Row("pasted_status", (STATED,)),
    Row("pasted_qmail", (Said(BOB, "554", "5.7.1", "failed", None, "203.0.113.5", "DATA"),)),
    Row("pasted_exim", (REFUSED, Said("carol@nosuch.example"))),
    Row("pasted_o365", (Said(BOB, "550", "5.1.10"),)),
    Row("pasted_exchange", (UNKNOWN,)),
    Row("pasted_gmail", (UNKNOWN,)),
    Row("pasted_sendmail", (Said(BOB, "550", "5.7.1", "failed", "mx.example.net", None, "RCPT"),)),
    Row("pasted_ironport", (UNKNOWN,)),
    Row("pasted_exchange_german", (Said(BOB, "554", "5.7.1", "failed", "mx.example.net"),)),
    Row("pasted_dsn_fields_only", (Said(BOB, "552", "5.2.2", "failed", "mx.example.net"),)),
    Row("pasted_reply_with_greeting", (Said(BOB, "550", "5.7.1"),)),
    Row("pasted_yandex", (Said(BOB, "552", "5.2.2", "failed", "mx.example.net", "203.0.113.5", "RCPT"),)),
    Row("pasted_kerio", (UNKNOWN, Said(CAROL, "452", "4.2.2"))),
    Row("pasted_o365_de", (Said(BOB, "550", "5.1.10"),)),
    Row("pasted_indented_source", (REFUSED,)),
    Row("pasted_quoted_qmail", (Said(BOB, None, "5.1.1"),)),
    # passed on by a person
    Row("forwarded_as_text_file", (REFUSED,), forwarded=True),
    Row("forwarded_words_as_text_file", (REJECTED,), forwarded=True),
    Row("forwarded_with_pipes", (REFUSED,), forwarded=True),
    Row("forwarded_with_initials", (REFUSED,), forwarded=True),
    Row("forwarded_outlook_da", (REFUSED,), forwarded=True),
    Row("forwarded_zendesk", (REFUSED,), forwarded=True),
    Row("forwarded_html_blockquote", (REFUSED,), forwarded=True),
    Row("forwarded_quoted_in_attached", (REFUSED,), forwarded=True),
    Row("forwarded_html_in_attached", (REFUSED,), forwarded=True),
    Row("forwarded_by_mailman", (REFUSED,), forwarded=True),
    Row("forwarded_source_in_text", (REFUSED,), forwarded=True),
    Row("forwarded_outlook_ko", (FULL,), forwarded=True),
    Row("forwarded_outlook_tr", (FULL,), forwarded=True),
    Row("forwarded_outlook_fi", (FULL,), forwarded=True),
    Row(
        "forwarded_in_a_digest",
        (Said(BOB, "552", "5.2.2", "failed", "mx.example.net", "203.0.113.5"),),
        forwarded=True,
    ),
    Row("forwarded_through_two_people", (REJECTED,), forwarded=True),
    Row("forwarded_interleaved", (REJECTED,), forwarded=True),
    Row("forwarded_horde", (REJECTED,), forwarded=True),
    Row("forwarded_html_without_blank_lines", (REFUSED,), forwarded=True),
    Row("forwarded_qq", (REJECTED,), forwarded=True),
    Row("forwarded_webde", (REJECTED,), forwarded=True),
    Row("forwarded_attached", (REFUSED,), forwarded=True),
    Row("forwarded_gmail", (REFUSED,), forwarded=True),
    Row("forwarded_outlook", (REFUSED,), forwarded=True),
    Row("forwarded_german_outlook", (REFUSED,), forwarded=True),
    Row("forwarded_apple", (REFUSED,), forwarded=True),
    Row("fwd_html", (REFUSED,), forwarded=True),
    Row("forwarded_thunderbird", (REFUSED,), forwarded=True),
    Row("forwarded_twice", (REFUSED,), forwarded=True),
    Row("forwarded_in_a_reply", (REFUSED,), forwarded=True),
    Row("forwarded_as_octets", (REFUSED,), forwarded=True),
    Row("forwarded_quoted", (REFUSED,), forwarded=True),
    Row("forwarded_gmail_es", (REFUSED,), forwarded=True),
    Row("forwarded_outlook_it", (REFUSED,), forwarded=True),
    Row("forwarded_outlook_ja", (REFUSED,), forwarded=True),
    Row("forwarded_outlook_pl", (REFUSED,), forwarded=True),
    Row("forwarded_apple_de_quoted", (REFUSED,), forwarded=True),
    Row("forwarded_gmail_de", (REFUSED,), forwarded=True),
    Row("forwarded_outlook_nl", (REFUSED,), forwarded=True),
    Row("forwarded_mailru", (REFUSED,), forwarded=True),
    Row("forwarded_outlook_pt", (REFUSED,), forwarded=True),
    Row("forwarded_foxmail_zh", (REFUSED,), forwarded=True),
    Row("forwarded_outlook_sv", (REFUSED,), forwarded=True),
    Row("reply_quote_person", (REFUSED,), forwarded=True),
    Row(
        "bounce_of_a_bounce",
        (Said("daemon@example.org", "550", "5.1.1", "failed", "mx.example.net", "203.0.113.5", "RCPT"),),
    ),
    # no bounce
    Row("not_a_bounce_365_news", kind="other"),
    Row("not_a_bounce_list", kind="other"),
    Row("arf", kind="feedback"),
    Row("receipt_deleted_german", kind="other"),
    Row("spam_with_program", kind="other"),
    Row("parcel_returned", kind="other"),
    Row("parcel_german", kind="other"),
    Row("quarantine_digest", kind="other"),
    Row("bug_report_about_bounces", kind="other"),
    Row("forwarded_blog_about_bounces", kind="other"),
    Row("attached_readme", kind="other"),
    Row("support_explains_a_code", kind="other"),
    Row("logwatch", kind="other"),
    Row("mailbox_almost_full", kind="other"),
    Row("absence_japanese", kind="auto_reply"),
    Row("absence_korean", kind="auto_reply"),
    Row("absence", kind="auto_reply"),
    Row("challenge", kind="auto_reply"),
    Row("backup_failed", kind="other"),
    Row("welcome_by_postmaster", kind="other"),
    Row("password_expires", kind="other"),
    Row("parcel_with_address", kind="other"),
    Row("spanish_order", kind="other"),
    Row("chinese_order", kind="other"),
    Row("person_asks_for_address", kind="other"),
    Row("nagios", kind="other"),
    Row("issue_tracker", kind="other"),
    Row("fax_gateway", kind="other"),
    Row("fail2ban", kind="other"),
    Row("not_read", kind="other"),
    Row("virus_report", kind="other"),
    Row("phishing_as_delivery_failure", kind="other"),
    Row("newsletter", kind="other"),
    Row("ordinary", kind="other"),
    Row("question_about_code", kind="other"),
    Row("ticket_autoreply", kind="auto_reply"),
    Row("left_the_company", kind="auto_reply"),
    Row("spam_posing", kind="other"),
    Row("password_note", kind="other"),
    Row("reply_quoting", kind="other"),
    Row("receipt", kind="other"),
)


def raw(name: str) -> bytes:
    return (MAILS / f"{name}.eml").read_bytes()


def said(mail: bytes) -> tuple[Said, ...]:
    return tuple(
        Said(
            one.recipient or "",
            one.reply_code,
            one.status,
            one.action,
            one.remote_mta,
            one.remote_ip,
            one.command,
        )
        for one in parse(mail).failures
    )


@pytest.mark.parametrize("row", ROWS, ids=[row.mail for row in ROWS])
def test_each_format_gives_kind_recipients_and_replies(row: Row) -> None:
    bounce = parse(raw(row.mail))
    assert (bounce.kind, bounce.forwarded) == (row.kind, row.forwarded), bounce.because
    assert bounce.because
    assert said(raw(row.mail)) == row.failures


def test_every_mail_in_the_folder_stands_in_the_table() -> None:
    assert {path.stem for path in MAILS.glob("*.eml")} == {row.mail for row in ROWS} | {"imceaex"}


@pytest.mark.parametrize("ending", [b"\r\n", b"\r", b"\r\r\n", None], ids=["CRLF", "CR", "CRCRLF", "mixed"])
@pytest.mark.parametrize("row", [row for row in ROWS if row.kind == "failed"], ids=lambda row: row.mail)
def test_a_bounce_says_the_same_with_any_line_ends(row: Row, ending: bytes | None) -> None:
    lines = raw(row.mail).split(b"\n")
    if ending is None:
        endings = (b"\n", b"\r\n")
        mail = b"".join(line + endings[number % 2] for number, line in enumerate(lines))
    else:
        mail = ending.join(lines)
    assert said(mail) == row.failures


FORWARD = b"""From: Alice <alice@shop.example>
To: support@shop.example
Subject: please look
Content-Type: multipart/mixed; boundary="outermost"

--outermost
Content-Type: text/plain

What is this?
--outermost
Content-Type: message/rfc822

%s
--outermost--
"""


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row.kind in ("failed", "delayed") and row.mail[:6] != "pasted"],
    ids=lambda row: row.mail,
)
def test_a_bounce_says_the_same_when_it_is_forwarded_as_an_attachment(row: Row) -> None:
    mail = FORWARD % raw(row.mail).lstrip(b"\n >")
    assert said(mail) == row.failures
    assert parse(mail).forwarded


@pytest.mark.parametrize("row", [row for row in ROWS if row.kind == "failed"], ids=lambda row: row.mail)
def test_a_mailing_list_s_footer_adds_no_recipient(row: Row) -> None:
    footer = b"\n" + b"_" * 47 + b"\nlist mailing list\nlist@lists.example\nhttps://lists.example/\n"
    assert said(raw(row.mail) + footer) == row.failures
