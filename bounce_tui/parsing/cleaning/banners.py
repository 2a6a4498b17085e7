"""The warning that a gateway writes on top of mail from outside, as in "CAUTION: External email"."""

from bounce_tui.parsing.words.lexicon import lexicon

_HINTS = ("xtern", "XTERN", " estern", " ESTERN", "utside", "UTSIDE", "ußerhalb", "нешн", "外部", "社外")
_WHERE = 1000
_LONGEST = 900


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
            or not any(phrase in spoken for phrase in lexicon("banners", "warning"))
            or any(word in spoken for word in lexicon("banners", "report"))
        ):
            kept.append(paragraph)
        rest = after
    return "\n\n".join((*kept, rest)) if rest else "\n\n".join(kept)
