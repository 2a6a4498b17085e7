"""The certificate of a mail host against the TLSA records that it publishes (RFC 6698, RFC 7672)."""

import hashlib
from collections.abc import Callable, Iterable

from bounce_tui.check_outcome import TlsaMatch
from bounce_tui.regex import regex

_RECORD = regex(r"(\d{1,3}) (\d{1,3}) (\d{1,3}) ([0-9A-Fa-f ]+)")
_OF_HOST = "3"
"""DANE-EE: the record is of the host's own certificate."""
_OF_AUTHORITY = "2"
"""DANE-TA: it is of one above it, which a talk does not show here."""
_DIGESTS: dict[str, Callable[[bytes], bytes]] = {
    "0": lambda data: data,
    "1": lambda data: hashlib.sha256(data).digest(),
    "2": lambda data: hashlib.sha512(data).digest(),
}
_LONG_FORM = 0x80
_SEQUENCE = 0x30
_VERSION = 0xA0
_BEFORE_THE_KEY = 5
"""Serial number, signature algorithm, issuer, validity and subject (RFC 5280 section 4.1)."""


class MalformedCertificateError(ValueError):
    """The bytes are no certificate in DER."""


def compare(certificate: bytes, records: Iterable[str]) -> TlsaMatch | None:
    """Whether `certificate` (DER) is one that the TLSA `records` call for; None where no record is usable,
    so that senders look at none."""
    unsure = usable = False
    for record in records:
        match = _RECORD.fullmatch(record)
        if match is None or match[2] not in ("0", "1") or match[3] not in _DIGESTS:
            continue
        if match[1] == _OF_AUTHORITY:
            usable = unsure = True
        elif match[1] == _OF_HOST:
            usable = True
            told = (
                bytes.fromhex(match[4].replace(" ", "")) if len(match[4].replace(" ", "")) % 2 == 0 else b""
            )
            if told == _DIGESTS[match[3]](certificate if match[2] == "0" else public_key_of(certificate)):
                return "matches"
    return ("unknown" if unsure else "differs") if usable else None


def public_key_of(certificate: bytes) -> bytes:
    """The SubjectPublicKeyInfo of a certificate, whole, as selector 1 means it.

    Raises:
        MalformedCertificateError: It cannot be read.
    """
    outer, _ = _content(certificate, 0)
    at, _ = _content(certificate, outer)
    if certificate[at : at + 1] == bytes([_VERSION]):
        at = _content(certificate, at)[1]
    for _ in range(_BEFORE_THE_KEY):
        at = _content(certificate, at)[1]
    if certificate[at : at + 1] != bytes([_SEQUENCE]):
        raise MalformedCertificateError("no key where it should be")
    return certificate[at : _content(certificate, at)[1]]


def _content(data: bytes, at: int) -> tuple[int, int]:
    """Where the content of the DER element at `at` begins and ends."""
    if at + 2 > len(data):
        raise MalformedCertificateError("it ends too soon")
    length, begin = data[at + 1], at + 2
    if length & _LONG_FORM:
        begin += length & ~_LONG_FORM
        length = int.from_bytes(data[at + 2 : begin])
    if begin + length > len(data):
        raise MalformedCertificateError("it ends too soon")
    return begin, begin + length
