"""Text that went through the wrong charset, or lost the bond of letters and accents, is made readable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.parsing import parse, read_reply
from bounce_tui.parsing.mime.charsets import decode
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
        "PÓSTHÓLFIÐ ER FULLT, ÞÚ ÞARFT AÐ EYÐA",
        "dégénérées, régénérées, élevées, hétérogénéité",
        "Jäääär, töööö: õueööaimdus",
        "ÄÖÜäöüß, ÆØÅæøå, áéíóúñ ÁÉÍÓÚÑ, àâçéèêëîïôûùü",
        "naïf—“Élève”—«été»… ½¼¾±µ¶§©®™ ————",
    ],
)
def test_accents_and_quotation_marks_of_western_europe_are_no_misreading(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("cp1251", "550 Пользователь не найден"),
        ("koi8-r", "550 Пользователь не найден"),
        ("koi8-u", "550 Скринька переповнена, її власник у відпустці"),
        ("iso8859-5", "550 Почтовый ящик переполнен"),
        ("gbk", "550 用户不存在"),
        ("gbk", "552 收件人邮箱已满，请稍后再试"),
        ("big5", "550 使用者不存在"),
        ("big5", "552 收件者的信箱已滿"),
        ("shift_jis", "550 宛先のメールアドレスは存在しません"),
        ("euc_jp", "550 ユーザーが見つかりません"),
        ("euc_kr", "550 존재하지 않는 사용자입니다"),
        ("cp1253", "550 Ο παραλήπτης δεν υπάρχει"),
        ("cp1255", "552 תיבת הדואר מלאה"),
        ("cp1256", "550 تم حظر عنوان الخادم من قبل مدير النظام"),
        ("iso8859-6", "550 المستخدم غير موجود في هذا الخادم"),
        ("cp874", "550 ไม่พบผู้ใช้งานนี้ในระบบ"),
    ],
)
def test_a_charset_of_another_script_that_nobody_named_is_recognised(charset: str, text: str) -> None:
    assert mend(text.encode(charset).decode("latin-1")) == text
    read_as_windows = "".join(
        bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in text.encode(charset)
    )
    assert mend(read_as_windows) == text


def test_a_line_with_signs_of_no_charset_at_hand_stays() -> None:
    assert mend("¤§¶¬®±·¿ ×÷ ¡£¥©«»°µ¼½¾") == "¤§¶¬®±·¿ ×÷ ¡£¥©«»°µ¼½¾"


def test_only_the_first_lines_of_a_text_are_looked_at_one_by_one() -> None:
    misread = "用户不存在".encode("gbk").decode("latin-1")
    assert mend("\n".join([misread] * 1000)) == "\n".join(["用户不存在"] * 1000)


def test_a_mail_that_names_no_charset_is_read_in_its_own() -> None:
    mail = "From: mailer-daemon@dest.example\nSubject: x\n\n<a@dest.example>: 550 收件人邮箱已满\n"
    assert "收件人邮箱已满" in parse(mail.encode("gbk")).failures[0].diagnostic


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


MISLABELLED = [
    ("koi8-r", "windows-1251", "550 Такой пользователь не зарегистрирован"),
    ("cp1251", "koi8-r", "550 Такой пользователь не зарегистрирован"),
    ("iso8859-5", "windows-1251", "550 Такой пользователь не зарегистрирован"),
    ("cp866", "windows-1251", "552 Почтовый ящик получателя переполнен"),
    ("cp866", "koi8-r", "552 Почтовый ящик получателя переполнен"),
    ("mac-cyrillic", "koi8-r", "552 Почтовый ящик получателя переполнен"),
    ("koi8-u", "windows-1251", "550 Поштову скриньку не знайдено, користувач не існує"),
    ("cp1251", "ibm866", "550 ПОЛЬЗОВАТЕЛЬ НЕ НАЙДЕН"),
    ("koi8-r", "utf-8", "550 Такой пользователь не зарегистрирован"),
    ("cp1251", "gb2312", "550 Такой пользователь не зарегистрирован"),
    ("cp1251", "iso-8859-2", "550 Такой пользователь не зарегистрирован"),
    ("koi8-r", "windows-1254", "552 Почтовый ящик получателя переполнен"),
    ("utf-8", "koi8-r", "550 Такой пользователь не зарегистрирован"),
    ("utf-8", "windows-1251", "550 Empfänger unbekannt"),
    ("utf-8", "gb2312", "550 Empfänger unbekannt"),
    ("utf-8", "iso-8859-2", "Skrzynka odbiorcy jest pełna, wiadomość odrzucona"),
    ("cp1250", "iso-8859-1", "550 Użytkownik nieznany, sprawdź adres"),
    ("iso8859-2", "us-ascii", "Skrzynka pełna, wiadomość nie została dostarczona"),
    ("cp1250", "iso-8859-2", "Skrzynka pełna, wiadomość nie została dostarczona"),
    ("cp1250", "utf-8", "Zpráva nemohla být doručena, uživatel neexistuje"),
    ("iso8859-2", "windows-1252", "Schránka příjemce je plná"),
    ("cp1250", "iso-8859-1", "A címzett postafiókja megtelt, a levelezőrendszer nem kézbesít"),
    ("cp1250", "iso-8859-15", "Poštanski sandučić primatelja je pun, poruka nije isporučena"),
    ("cp1250", "iso-8859-1", "Căsuţa poştală este plină"),
    ("cp1254", "iso-8859-1", "Alıcının posta kutusu dolu, iletiniz gönderilemedi"),
    ("iso8859-9", "us-ascii", "550 Kullanıcı bulunamadı: böyle bir adres yok"),
    ("cp1257", "iso-8859-1", "Pašto dėžutė pilna, laiškas nepristatytas"),
    ("cp850", "iso-8859-1", "Empfänger unbekannt, die Nachricht wurde zurückgeschickt"),
    ("cp1252", "koi8-r", "Empfänger unbekannt, die Nachricht wurde zurückgeschickt"),
    ("cp1252", "gb2312", "La boîte aux lettres est pleine, le message a été refusé"),
    ("cp1252", "utf-8", "El buzón está lleno, no se pudo entregar"),
    ("cp1253", "windows-1251", "550 Ο παραλήπτης δεν υπάρχει"),
    ("iso8859-7", "utf-8", "550 Το γραμματοκιβώτιο είναι γεμάτο"),
    ("cp1255", "windows-1251", "552 תיבת הדואר מלאה, ההודעה לא נמסרה"),
    ("cp1256", "utf-8", "تم رفض الرسالة، صندوق البريد ممتلئ"),
    ("iso8859-6", "windows-1256", "550 المستخدم غير موجود في هذا الخادم"),
    ("gbk", "big5", "552 对方邮箱空间不足，邮件被退回"),
    ("big5", "gbk", "552 收件人信箱已滿，無法投遞"),
    ("gbk", "utf-8", "552 对方邮箱空间不足，邮件被退回"),
    ("euc_kr", "euc-jp", "550 존재하지 않는 사용자입니다"),
    ("shift_jis", "iso-2022-jp", "宛先のメールアドレスは存在しません"),
    ("euc_jp", "shift_jis", "宛先のメールアドレスは存在しません"),
    ("iso2022_jp", "iso-8859-1", "宛先のメールアドレスは存在しません"),
    ("iso2022_jp", "utf-8", "宛先のメールアドレスは存在しません"),
    ("cp874", "iso-8859-1", "550 ไม่พบผู้ใช้งานนี้ในระบบ"),
    ("cp1255", "iso-8859-8-i", "552 תיבת הדואר מלאה"),
]
"""In which charset a text was written, in which it says that it is, and the text."""


@pytest.mark.parametrize(("charset", "label", "text"), MISLABELLED)
def test_a_wrong_label_is_told_from_the_text(charset: str, label: str, text: str) -> None:
    assert decode(text.encode(charset).decode("latin-1"), label) == text


RIGHTLY_LABELLED = [
    ("cp1251", "windows-1251", "550 ПОЛЬЗОВАТЕЛЬ НЕ НАЙДЕН"),
    ("koi8-r", "koi8-r", "550 ПОЧТОВЫЙ ЯЩИК ПЕРЕПОЛНЕН"),
    ("cp1251", "windows-1251", "550 Нет ящика"),
    ("cp1251", "windows-1251", "Ящик на mail.ru (Почта Foxmail): ошибка №5 – «да»"),
    ("cp1253", "windows-1253", "ΤΟ ΓΡΑΜΜΑΤΟΚΙΒΩΤΙΟ ΕΙΝΑΙ ΠΛΗΡΕΣ"),
    ("cp1250", "windows-1250", "PŘÍLIŠ ŽLUŤOUČKÝ KŮŇ, ďábelské ódy"),
    ("iso8859-2", "iso-8859-2", "452 serveru nezbývá operační paměť"),
    ("cp1254", "iso-8859-9", "KULLANICI BULUNAMADI: ŞİFRE GÖĞÜS"),
    ("cp1252", "iso-8859-1", "Við þekkjum ekki þessa manneskju"),
    ("cp1252", "iso-8859-1", "Pósthólfið er fullt, þú þarft að eyða"),
    ("cp1252", "iso-8859-1", "milhões de botões, opções e mãos"),
    ("cp1252", "iso-8859-1", "Kõik sõnumid jäävad ootele"),
    ("cp1252", "iso-8859-1", "50 m³ Wasser, 10 µs ± 2, ¼ für 1º, ¿qué? n° 3"),
    ("cp1252", "iso-8859-1", "La casella è piena, più spazio, già, perché, così"),
    ("cp1252", "iso-8859-1", "Größe von Università per più di €5"),
    ("cp1252", "us-ascii", "“smart” ‘quotes’ — only… ™ ©"),
    ("gbk", "gb2312", "RBL 拦截:b.example.org 返回"),
    ("shift_jis", "shift_jis", "sha256:9f3a… 「Unsubscribed Address」"),
    ("euc_kr", "euc-kr", "없는 계정"),
]


@pytest.mark.parametrize(("charset", "label", "text"), RIGHTLY_LABELLED)
def test_a_right_label_is_believed(charset: str, label: str, text: str) -> None:
    assert decode(text.encode(charset).decode("latin-1"), label) == text


def test_a_reply_quoted_in_a_charset_of_its_own_is_read_in_that() -> None:
    said = ["Ваше сообщение не доставлено.", "", "  550 Такой пользователь не зарегистрирован", ""]
    wire = [line.encode("koi8-r" if "550" in line else "cp1251").decode("latin-1") for line in said]
    assert decode("\n".join(wire), "windows-1251") == "\n".join(said)
    wire = [line.encode("koi8-r" if "550" in line else "utf-8").decode("latin-1") for line in said]
    assert decode("\n".join(wire), "utf-8") == "\n".join(said)


def test_a_letter_of_utf8_that_was_cut_in_two_leaves_the_rest_as_it_is() -> None:
    wire = "Пользователь не найден".encode()[:-1].decode("latin-1")
    assert decode(wire, "utf-8") == "Пользователь не найде\ufffd"


def test_a_mail_whose_charset_is_named_wrongly_shows_what_was_refused() -> None:
    mail = (
        "From: mailer-daemon@dest.example\nSubject: x\n"
        "Content-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: 8bit\n\n"
        "Письмо не доставлено.\n\n<a@dest.example>: 550 Такой пользователь не зарегистрирован\n"
    )
    (failure,) = parse(mail.encode("koi8-r")).failures
    assert failure.diagnostic == "550 Такой пользователь не зарегистрирован"


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


@pytest.mark.parametrize("lead", ["https://example.org/" + "a" * 120, "-" * 200, "x\t" * 90])
@pytest.mark.parametrize(
    ("charset", "text"), [("big5", "使用者不存在，郵件被退回"), ("cp1251", "Пользователь не найден")]
)
def test_a_long_word_in_front_does_not_hide_the_charset(lead: str, charset: str, text: str) -> None:
    assert mend(lead + "\t" + text.encode(charset).decode("latin-1")) == lead + "\t" + text
