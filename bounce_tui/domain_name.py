"""Domain names as text: taken from an address, as A-labels, checked for syntax, and whose a host is."""

import unicodedata
from functools import lru_cache

from bounce_tui.regex import regex

_LABEL = regex(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# UTS 46 takes these for the dot between labels.
_DOTS = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": "."})

# What registries of countries put before the names they give out: "co.uk", "com.br", "ac.jp".
_OF_REGISTRIES = frozenset(
    {"ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "gv", "ltd", "me", "mil", "ne", "net",
     "nhs", "nom", "or", "org", "plc", "sch"}
)  # fmt: skip


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


@lru_cache(maxsize=1024)  # the same few servers report all mail of a day
def house_of(host: str) -> str:
    """The domain that a host's many names share: its last two labels, three under a registry's own
    ("mail.shop.co.uk" is of "shop.co.uk").  Near enough for a hint; the public suffix list, which takes
    a tenth of a second to read, is what the checks go by."""
    labels = host.lower().rstrip(".").split(".")
    under_registry = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _OF_REGISTRIES
    return ".".join(labels[-3 if under_registry else -2 :])
