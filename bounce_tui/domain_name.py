"""Domain names as text: taken from an address, as A-labels, checked for syntax."""

import unicodedata

from bounce_tui.regex import regex

_LABEL = regex(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# UTS 46 takes these for the dot between labels.
_DOTS = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": "."})


def to_ascii(domain: str) -> str | None:
    """`domain` in lower case without the last dot, its labels as A-labels (RFC 5891), or None when
    it cannot be a mail domain.

    The mapping is that of UTS 46 without the transitional rules, so that a sharp s stays itself.
    """
    if len(domain) > 255:
        return None
    labels = []
    for label in domain.strip().translate(_DOTS).removesuffix(".").split("."):
        if not label.isascii():
            mapped = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", label.lower()).lower())
            label = mapped if mapped.isascii() else "xn--" + mapped.encode("punycode").decode("ascii")
        label = label.lower()
        if not _LABEL.fullmatch(label):
            return None
        labels.append(label)
    name = ".".join(labels)
    return name if 3 <= len(name) <= 253 and not labels[-1].isdigit() and len(labels) > 1 else None


def domain_of(address: str) -> str | None:
    """The domain of an e-mail address as A-labels, or None where it has none (a literal, no @)."""
    _, at, domain = address.strip().strip("<>").rpartition("@")
    return to_ascii(domain) if at else None


def written_domain(address: str | None) -> str | None:
    """The domain of `address` as it is written there, in lower case, also one that DNS cannot know."""
    if not address or "@" not in address:
        return None
    return address.rpartition("@")[2].strip("<> \t.").lower() or None


def parents(domain: str) -> list[str]:
    """The domains above `domain`, nearest first, without the top-level domain."""
    labels = domain.split(".")
    return [".".join(labels[index:]) for index in range(1, len(labels) - 1)]
