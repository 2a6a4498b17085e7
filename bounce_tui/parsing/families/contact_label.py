"""Lines that label an address as one to write to: "Contact: help@example.com", in any language."""

from bounce_tui.parsing.addresses import find_all

_LABELS = frozenset(
    (
        "contact", "contacts", "questions", "question", "support", "help", "helpdesk", "help desk",
        "service desk", "assistance", "enquiries", "inquiries", "complaints", "feedback", "report abuse",
        "kontakt", "rückfragen", "fragen", "hilfe", "unterstützung", "ansprechpartner", "beratung",
        "auskunft", "contacter", "aide", "renseignements", "réclamations",
        "contacto", "consultas", "preguntas", "soporte", "ayuda", "asistencia",
        "contatto", "contatti", "domande", "assistenza", "supporto", "aiuto",
        "contato", "dúvidas", "perguntas", "suporte", "ajuda", "assistência",
        "vragen", "hulp", "ondersteuning", "pytania", "pomoc", "wsparcie", "dotazy", "podpora", "otázky",
        "kapcsolat", "kérdések", "segítség", "întrebări", "ajutor", "asistență", "suport",
        "sorular", "yardım", "destek", "iletişim", "kysymykset", "tuki", "yhteystiedot", "yhteydenotot",
        "frågor", "hjälp", "spørgsmål", "spørsmål", "hjælp", "hjelp", "brukerstøtte",
        "контакт", "контакты", "контакти", "вопросы", "поддержка", "помощь", "питання", "підтримка",
        "допомога", "въпроси", "поддръжка", "помощ", "επικοινωνία", "ερωτήσεις", "υποστήριξη", "βοήθεια",
        "pitanja", "vprašanja",
        "お問い合わせ", "お問合せ", "問い合わせ", "お問い合わせ先", "問い合わせ先", "連絡先", "サポート",
        "联系", "联系人", "联系我们", "咨询", "支持", "聯絡", "聯絡人", "聯絡我們", "客服",
        "문의", "문의처", "지원", "연락처", "الدعم", "للاستفسار", "اتصل بنا", "תמיכה", "לשאלות",
        "ติดต่อ", "สอบถาม", "hỗ trợ", "liên hệ", "bantuan", "kontak",
    )
)  # fmt: skip
_BEFORE = frozenset(
    (
        "for", "your", "our", "any", "local", "technical", "it", "mail", "customer", "user", "bei", "für",
        "ihr", "ihre", "pour", "toute", "para", "per", "voor", "för", "for", "dla", "pro", "для", "по",
    )
)  # fmt: skip
_BEHIND = frozenset(
    (
        "address", "e-mail", "email", "mail", "person", "us", "adresse", "e-mail-adresse", "dirección",
        "indirizzo", "endereço", "adres",
    )
)  # fmt: skip


def to_contact(text: str) -> frozenset[str]:
    """The addresses, in lower case, that `text` names only behind labels that say whom to write to."""
    contacts: set[str] = set()
    others: list[str] = []
    above = ""
    for line in text.lower().replace("：", ":").split("\n"):
        if "@" in line:
            label = line.partition(":")[0]
            # A label may stand on a line of its own.
            if _is_label(above[:-1] if above.endswith(":") and "@" in label else label):
                contacts.update(find_all(line))
            else:
                others.append(line)
        above = line.strip() or above
    elsewhere = "\n".join(others) if contacts else ""
    return frozenset(address for address in contacts if address not in elsewhere)


def _is_label(label: str) -> bool:
    words = label.strip(" \t.>*•·-").split()
    while len(words) > 1 and words[0] in _BEFORE:
        words.pop(0)
    while len(words) > 1 and words[-1] in _BEHIND:
        words.pop()
    return " ".join(words) in _LABELS
