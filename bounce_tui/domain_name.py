"""Domain names as text: taken from an address, as A-labels, checked for syntax, and whose a host is."""

from functools import lru_cache

from bounce_tui.regex import regex

_LABEL = regex(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_A_LABEL = "xn--"

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
    name = domain.strip().lower()
    if not name.isascii() or _A_LABEL in name:
        name = _by_uts_46(domain.strip()) or ""
    name = name.removesuffix(".")
    labels = name.split(".")
    if not all(map(_LABEL.fullmatch, labels)):
        return None
    return name if 3 <= len(name) <= 253 and not labels[-1].isdigit() and len(labels) > 1 else None


def _by_uts_46(domain: str) -> str | None:
    """`domain` with A-labels for what is not ASCII; None where one of its labels cannot be."""
    # Few mails name such a domain, and the tables take some 20 ms to load.
    import idna

    def written(label: str) -> str:
        if label.startswith(_A_LABEL):
            read = label.removeprefix(_A_LABEL).encode("ascii").decode("punycode")
            if read.isascii() or written(read) != label:
                raise idna.IDNAError(label)
            return label
        if label.isascii():
            return label
        try:
            return idna.alabel(label).decode("ascii")
        except idna.InvalidCodepoint:
            # Symbols, which UTS 46 lets pass and RFC 5892 does not: such domains have been given out.
            if idna.uts46_remap(label, std3_rules=False, transitional=False) != label:
                raise
            return _A_LABEL + label.encode("punycode").decode("ascii")

    try:
        mapped = idna.uts46_remap(domain, std3_rules=False, transitional=False)
        return ".".join(map(written, mapped.split(".")))
    except UnicodeError:  # IDNAError is one
        return None


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


def is_within(name: str, domain: str) -> bool:
    """Whether `name` is `domain` or lies below it; both in lower case and without a last dot."""
    return name == domain or name.endswith(f".{domain}")


def are_related(one: str, other: str) -> bool:
    """Whether one of two domains is the other or lies below it; both as for `is_within`."""
    return is_within(one, other) or is_within(other, one)


@lru_cache(maxsize=1024)  # the same few servers report all mail of a day
def base_domain(host: str) -> str:
    """The domain that a host's many names share: its last two labels, three under a registry's own
    ("mail.shop.co.uk" is of "shop.co.uk").  Near enough for a hint; the public suffix list, which takes
    a tenth of a second to read, is what the checks go by."""
    labels = host.lower().rstrip(".").split(".")
    under_registry = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _OF_REGISTRIES
    return ".".join(labels[-3 if under_registry else -2 :])
