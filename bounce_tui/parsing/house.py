"""Whose a host is, by its name alone."""

from functools import lru_cache

# What registries of countries put before the names they give out: "co.uk", "com.br", "ac.jp".
_OF_REGISTRIES = frozenset(
    {"ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "gv", "ltd", "me", "mil", "ne", "net",
     "nhs", "nom", "or", "org", "plc", "sch"}
)  # fmt: skip


@lru_cache(maxsize=1024)  # the same few servers report all mail of a day
def house_of(host: str) -> str:
    """The domain that a host's many names share: its last two labels, three under a registry's own
    ("mail.shop.co.uk" is of "shop.co.uk").  Near enough for a hint; the public suffix list, which takes
    a tenth of a second to read, is what the checks go by."""
    labels = host.lower().rstrip(".").split(".")
    under_registry = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _OF_REGISTRIES
    return ".".join(labels[-3 if under_registry else -2 :])
