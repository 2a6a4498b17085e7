"""Names that no public DNS holds: nobody can publish a record for them."""

from bounce_tui.domain_name import is_within

# RFC 6761 (localhost, invalid, test), RFC 6762 with its appendix G, RFC 7686 (onion), RFC 8375 (home.arpa),
# ICANN's reservation of 2024 (internal); the others were never delegated because networks use them.
_ENDINGS = (
    "local", "localdomain", "localhost", "lan", "internal", "intranet", "private", "corp", "home", "domain",
    "invalid", "test", "onion", "home.arpa",
)  # fmt: skip


def private_ending(domain: str) -> str | None:
    """The ending, with its dot, that makes `domain` a name for use inside one network; else None."""
    return next((f".{end}" for end in _ENDINGS if is_within(domain, end)), None)
