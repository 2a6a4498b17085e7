"""A public key as DNS holds it (RFC 6376 section 3.6.1)."""

from typing import Any

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value
from msgspec import Struct

_LONGEST = 4096
"""A record beyond this holds no key of a size in use, and trying it would cost seconds."""
WEAK_BITS = 1024
"""Below this many bits a receiver must not accept an RSA key (RFC 8301 section 3.2)."""


class Key(Struct, frozen=True):
    """A key that can be tried: dkimpy's own form of it, its size in bits and its type ("rsa", "ed25519").

    `testing` is True where the domain says that it only tries DKIM out (t=y), `exact` where it is for no
    identity of a domain below (t=s).
    """

    numbers: Any
    bits: int
    kind: str
    testing: bool
    exact: bool = False


class UnusableKeyError(ValueError):
    """The record holds no key that could verify anything; the text says why, in words."""


class WithdrawnKeyError(UnusableKeyError):
    """The domain took the key back on purpose: an empty p= (RFC 6376 section 3.6.1)."""


def read_key(record: str, algorithm: str) -> Key:
    """The key in a TXT record, for a signature made with `algorithm` ("rsa-sha256").

    Raises:
        UnusableKeyError: The key was withdrawn, cannot be read, or is for something else.
    """
    if len(record) > _LONGEST:
        raise UnusableKeyError("the record is too long to hold a key")
    octets = record.encode("latin-1", "replace")
    try:
        tags = {name.lower(): text for name, text in parse_tag_value(octets).items()}
    except InvalidTagValueList:
        raise UnusableKeyError("the record is no list of tags") from None
    if not tags.get(b"p"):
        if b"p" in tags:
            raise WithdrawnKeyError("the key was withdrawn: its p= tag is empty")
        raise UnusableKeyError("it has no p= tag")
    wanted, hash_name = algorithm.partition("-")[0], algorithm.partition("-")[2]
    kind = tags.get(b"k", b"rsa").decode("ascii", "replace").lower()
    if kind != wanted:
        raise UnusableKeyError(f"it is a key for {kind}, the signature is {wanted}")
    if hash_name not in _words(tags, b"h", hash_name):
        raise UnusableKeyError(f"it does not allow {hash_name} (h=)")
    if not {"*", "email"} & set(_words(tags, b"s", "*")):
        raise UnusableKeyError("it is not for e-mail (s=)")
    try:
        numbers, bits, found, _ = dkim.evaluate_pk("", octets)
    except (dkim.KeyFormatError, ValueError, IndexError, TypeError, KeyError) as error:
        # dkimpy lets the errors of its own ASN.1 and base64 readers through.
        raise UnusableKeyError(f"the key cannot be read ({type(error).__name__})") from None
    flags = _words(tags, b"t", "")
    return Key(numbers, bits, found.decode(), "y" in flags, "s" in flags)


def _words(tags: dict[bytes, bytes], name: bytes, absent: str) -> list[str]:
    text = tags.get(name, absent.encode()).decode("ascii", "replace")
    return [word.strip().lower() for word in text.split(":")]
