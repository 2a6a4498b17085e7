"""Text that went through the wrong charset, or lost the bond of letters and accents, is made readable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.parsing import parse, read_reply
from bounce_tui.parsing.mime.mojibake import mend

TEXTS = [
    "Empfängeradresse ungültig",
    "La boîte est désactivée",
    "El buzón está lleno – «año»",
    "Skrzynka pełna, żadne miejsce",
    "Нет такого пользователя",
    "Ο παραλήπτης δεν υπάρχει",
    "宛先のアドレスは存在しません",
    "对方邮箱空间不足",
    "받는 사람의 메일함이 가득 찼습니다",
    "Người nhận không tồn tại",
    "ไม่พบผู้รับ",
    "المستخدم غير موجود",
    "המשתמש אינו קיים",
    "Zustellung ‘unmöglich’ 😀",
]


def _as_windows_1252(text: str) -> str:
    """The bytes of `text` as programs for the web read them: what the charset leaves open stays a control."""
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("text", TEXTS)
def test_utf8_read_as_a_western_charset_is_read_again(text: str) -> None:
    assert mend(text.encode().decode("latin-1")) == text
    assert mend(_as_windows_1252(text)) == text


@pytest.mark.parametrize("text", TEXTS)
def test_text_misread_twice_is_read_again(text: str) -> None:
    assert mend(text.encode().decode("latin-1").encode().decode("latin-1")) == text


@pytest.mark.parametrize("text", TEXTS)
def test_text_that_nobody_misread_stays(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "L'utilisateur « supprimé » a été « désactivé »",
        "« refusé », « renvoyé »",
        "MAÇÃ® não é ÂNGULO",
        "Größe: 5 µm ± 2 %, „GEÄ“",
        "naïve façade, ça va à Málaga",
        "ÅÄÖ på svenska, brevlådan är full",
        "ČEŠTINA: příliš žluťoučký kůň",
        "Þú hefur ekki aðgang að þessu pósthólfi",
    ],
)
def test_accents_and_quotation_marks_of_western_europe_are_no_misreading(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize("charset", ["cp1251", "koi8-r"])
def test_a_cyrillic_charset_that_nobody_named_is_recognised(charset: str) -> None:
    text = "550 Пользователь не найден"
    assert mend(text.encode(charset).decode("latin-1")) == text


def test_letters_and_accents_that_stand_apart_are_joined() -> None:
    assert mend(unicodedata.normalize("NFD", "Boîte désactivée, 없는 계정")) == "Boîte désactivée, 없는 계정"


def test_half_width_kana_are_read_as_kana() -> None:
    assert mend("ﾒｰﾙﾎﾞｯｸｽがいっぱいです") == "メールボックスがいっぱいです"


def test_a_misread_line_does_not_touch_the_next() -> None:
    assert mend("EmpfÃ¤nger\nüberprüft die Größe für später") == "Empfänger\nüberprüft die Größe für später"


def test_a_pasted_reply_is_mended_before_it_is_read() -> None:
    reply = "550 5.1.1 La boîte à lettres n'existe pas"
    assert read_reply(reply.encode().decode("latin-1")).diagnostic == reply


def test_utf8_that_calls_itself_latin_1_is_read_as_utf8() -> None:
    mail = (
        "From: mailer-daemon@dest.example\nSubject: =?iso-8859-1?Q?Zustellung_unm=C3=B6glich?=\n"
        "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n"
        "Hallo,\n\n<a@dest.example>: 550 Empfänger unbekannt\n"
    )
    bounce = parse(mail.encode())
    assert bounce.subject == "Zustellung unmöglich"
    assert "Empfänger unbekannt" in bounce.failures[0].diagnostic


def test_a_letter_below_a_heap_of_accents_takes_no_longer_than_other_text() -> None:
    heap = "e" + "\u0301\u0323" * 200_000
    assert mend(heap)[0] == "\u1eb9"


@given(st.text())
def test_any_text_is_mended_to_text(text: str) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8")
    mended = mend(text)
    mended.encode("utf-8")
    if text.isascii():
        assert mended is text
