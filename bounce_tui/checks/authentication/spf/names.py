"""Domain names as SPF meets them: valid or not, cut to length, the reverse name of an address.

DNS itself allows any octet in a label; what RFC 7208 calls malformed (section 4.3) is narrower for
the checked domain than for the target of a term, which macros may fill with nearly anything.
"""

from ipaddress import IPv4Address

from bounce_tui.checks.names.address import IPAddress
from bounce_tui.domain_name import is_within as is_within_domain
from bounce_tui.domain_name import to_ascii as mail_domain

LONGEST_NAME = 253
LONGEST_LABEL = 63


def to_ascii(domain: str) -> str:
    """`domain` without its last dot, U-labels as A-labels (RFC 8616 section 4); as it stands where
    that cannot be done, for `can_be_asked` to refuse."""
    name = domain.strip().removesuffix(".")
    return name if name.isascii() else mail_domain(name) or name


def can_be_asked(name: str) -> bool:
    """Whether a DNS query can carry `name`: ASCII, labels of 1 to 63 octets, 253 in all."""
    if not name or not name.isascii() or len(name) > LONGEST_NAME:
        return False
    return all(0 < len(label) <= LONGEST_LABEL for label in name.split("."))


def is_mail_domain(name: str) -> bool:
    """Whether check_host() starts at all (RFC 7208 section 4.3): well-formed, more than one label,
    no address literal."""
    return can_be_asked(name) and "." in name and not name.startswith("[")


def shorten(name: str) -> str:
    """`name` without labels from the left until 253 characters remain (RFC 7208 section 7.3); empty
    when no label border allows that."""
    if len(name) <= LONGEST_NAME:
        return name
    # One character more than fits: a dot there makes all the rest whole labels.
    return name[-LONGEST_NAME - 1 :].partition(".")[2]


def presentation(name: str) -> str:
    """`name` as DNS software reads names from text, where a backslash starts an escape."""
    return name.replace("\\", "\\\\")


def is_within(name: str, domain: str) -> bool:
    """Whether `name` is `domain` or below it."""
    return is_within_domain(name.lower().rstrip("."), domain.lower().rstrip("."))


def dotted(address: IPAddress) -> str:
    """The address for the "i" macro: dotted quad, or 32 nibbles with dots (RFC 7208 section 7.3)."""
    if isinstance(address, IPv4Address):
        return str(address)
    return ".".join(address.packed.hex().upper())
