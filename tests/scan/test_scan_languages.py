"""Why whole mails in other languages than English say that a delivery failed."""

from pathlib import Path

import pytest

from bounce_tui.model import Message
from bounce_tui.scan import examine

MAILS = Path(__file__).parents[1] / "parsing" / "mails"


@pytest.mark.parametrize(
    ("mail", "reason"),
    [
        ("postfix_german_template", "user_unknown"),
        ("postfix_french_template", "mailbox_full"),
        ("postfix_spanish_template", "spam_detected"),
        ("postfix_polish_delay", "network_error"),
        ("postfix_italian_template", "user_unknown"),
        ("exchange_online_german_html", "user_unknown"),
        ("exchange_online_swedish", "filtered"),
        ("exchange_2016_norwegian", "mailbox_full"),
        ("exchange_2010_danish", "user_unknown"),
        ("exchange_2013_finnish", "filtered"),
        ("exchange_2010_romanian", "exceed_limit"),
        ("exchange_online_italian_delay", "expired"),
        ("exchange_japanese_2016", "user_unknown"),
        ("exchange_chinese_traditional", "user_unknown"),
        ("gmail_polish", "user_unknown"),
        ("gmail_italian_full", "mailbox_full"),
        ("gmail_spanish_delay", "expired"),
        ("exim_french_cpanel", "user_unknown"),
        ("exim_russian", "user_unknown"),
        ("qmail_german_text", "user_unknown"),
        ("notes_italian", "user_unknown"),
        ("notes_spanish", "mailbox_full"),
        ("hoster_german_free", "mailbox_full"),
        ("provider_french_free", "user_unknown"),
        ("provider_portuguese_free", "suspended"),
        ("provider_japanese_free", "mailbox_full"),
        ("provider_chinese_free", "user_unknown"),
        ("provider_korean_html", "user_unknown"),
        ("provider_russian_free", "mailbox_full"),
        ("provider_czech_free", "user_unknown"),
        ("provider_turkish_html", "mailbox_full"),
        ("provider_greek_free", "user_unknown"),
        ("provider_hungarian_free", "mailbox_full"),
        ("provider_dutch_free", "spam_detected"),
        ("provider_arabic_free", "user_unknown"),
        ("provider_vietnamese_free", "mailbox_full"),
        ("utf8_called_latin1", "user_unknown"),
        ("mojibake_twice_encoded", "mailbox_full"),
        ("two_recipients_german", "user_unknown"),
        ("two_recipients_french_html", "user_unknown"),
        ("webmail_spanish_html_table", "user_unknown"),
        ("no_daemon_polish", "mailbox_full"),
        ("university_german_colloquial", "user_unknown"),
        ("company_dutch_left", "user_unknown"),
        ("swedish_isp", "user_unknown"),
        ("danish_isp_delay", "expired"),
        ("norwegian_isp", "host_unknown"),
        ("finnish_isp", "message_too_big"),
        ("slovak_hosting", "user_unknown"),
        ("romanian_hosting", "user_unknown"),
        ("ukrainian_portal", "suspended"),
        ("hebrew_html", "user_unknown"),
        ("thai_isp", "user_unknown"),
        ("indonesian_isp", "mailbox_full"),
        ("chinese_taiwan_school", "user_unknown"),
        ("japanese_sakura_like", "user_unknown"),
        ("korean_portal_text", "mailbox_full"),
        ("russian_koi8_unlabelled", "user_unknown"),
        ("french_mojibake_subject", "user_unknown"),
        ("sympa_reject_french", "filtered"),
        ("content_filter_german", "virus_detected"),
        ("attachment_filter_italian", "prohibited_attachment"),
    ],
)
def test_the_first_failure_of_a_mail_is_explained_in_any_language(mail: str, reason: str) -> None:
    path = MAILS / f"{mail}.eml"
    case = examine(Message(file=str(path)), path.read_bytes())
    assert case.diagnoses[0].reason == reason
