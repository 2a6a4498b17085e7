"""The warning that a gateway writes on top of mail from outside, as in "CAUTION: External email"."""

_HINTS = ("xtern", "XTERN", "utside", "UTSIDE", "ußerhalb", "нешн", "外部", "社外")
_PHRASES = (
    "originated from outside", "originated outside", "comes from outside", "came from outside",
    "sent from outside", "from outside of", "from outside the", "from an external", "external email",
    "external e-mail", "external mail", "external sender", "external message", "external source",
    "[external]", "[extern]", "externe e-mail", "externe mail", "externer absender", "externen absender",
    "von extern", "außerhalb der organisation", "außerhalb unserer", "außerhalb ihrer",
    "courriel externe", "expéditeur externe", "message externe", "correo externo", "remitente externo",
    "e-mail externo", "remetente externo", "email esterna", "mittente esterno", "externe afzender",
    "внешний отправитель", "внешнего отправителя", "внешней почты", "社外からの", "外部邮件", "外部からの",
)  # fmt: skip
_WHERE = 1000
_LONGEST = 900
_OF_A_REPORT = (
    "deliver",
    "reject",
    "zugestellt",
    "remis",
    "entreg",
    "consegn",
    "bezorgd",
    "550",
    "554",
    "5.7",
)


def without_banner(text: str) -> str:
    """`text` without such paragraphs among its first; an address in them is never the failed one.  A
    paragraph that speaks of a delivery stays: a server may have refused the mail for coming from outside."""
    head = text[:_WHERE]
    for hint in _HINTS:
        if hint in head:
            break
    else:
        return text
    kept: list[str] = []
    rest = text
    while len(text) - len(rest) < _WHERE and rest:
        paragraph, _, after = rest.partition("\n\n")
        lower = paragraph[:_LONGEST].lower()
        spoken = " ".join(lower.split())
        if (
            len(paragraph) > _LONGEST
            or not any(phrase in spoken for phrase in _PHRASES)
            or any(word in spoken for word in _OF_A_REPORT)
        ):
            kept.append(paragraph)
        rest = after
    return "\n\n".join((*kept, rest)) if rest else "\n\n".join(kept)
