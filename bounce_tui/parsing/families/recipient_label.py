"""Lines that label an address as the recipient's: "Recipient: bob@example.net", in any language."""

from bounce_tui.parsing.addresses import ADDRESS, clean, find_all
from bounce_tui.regex import regex

_LABELS = frozenset(
    (
        "recipient", "recipients", "recipient(s)", "recipient address", "failed recipient", "final recipient",
        "intended recipient", "original recipient", "email recipient", "e-mail recipient", "recipient e-mail",
        "recipient email", "failed recipient(s)", "error-for", "rcpt to", "failed address", "to",
        "delivery failed", "e-mail address", "email address", "mail address", "mailbox", "destination",
        "address",
        "empfänger", "empfängeradresse", "empfänger-adresse", "an",
        "destinataire", "destinataires", "destinataire(s)", "à",
        "destinatario", "destinatarios", "para", "destinatari", "destinatário", "destinatários",
        "ontvanger", "geadresseerde", "aan",
        "odbiorca", "adresat", "příjemce", "adresát", "komu",
        "mottagare", "till", "modtager", "mottaker", "til", "vastaanottaja",
        "címzett", "alıcı", "destinatar", "παραλήπτης", "primatelj",
        "получатель", "адресат", "кому", "одержувач", "получател",
        "宛先", "送信先", "受信者", "宛先アドレス", "収件人", "收件人", "收件者", "收信人", "收件地址",
        "收件人地址",
        "받는사람", "받는 사람", "수신자", "수신인",
    )
)  # fmt: skip
_WORD = regex(r"[^\W\d_]{3}")


def labelled_as_recipient(line: str) -> list[str]:
    """The addresses behind a recipient's label, when nothing but they stand there."""
    label, colon, value = line.replace("：", ":").partition(":")
    label = label.strip(" \t*>-").lower()
    if not colon or (label not in _LABELS and label.removesuffix("s") not in _LABELS):
        return []
    value = value.strip()
    if " " not in value:
        address = clean(value)
        return [address] if address else []
    if value.endswith(">") and value.count("@") == 1:
        return find_all(value)
    return [] if _WORD.search(ADDRESS.sub("", value)) else find_all(value)
