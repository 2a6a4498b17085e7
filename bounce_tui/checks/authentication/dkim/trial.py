"""One signature tried with one key (RFC 6376 section 6.1.3)."""

from typing import Literal

import dkim

from bounce_tui.checks.authentication.dkim.key import Key
from bounce_tui.checks.authentication.dkim.signature import Message, Signature, signed_fields
from bounce_tui.regex import regex

Trial = Literal["verified", "headers_only", "body_altered", "mismatch", "too_odd"]
"""`headers_only`: the header verifies, and the body is not here whole.  `mismatch`: not this key, or a signed
header field was altered.  `too_odd`: no signer writes such a message; it is not tried."""

# dkimpy strips white space with a pattern that takes the square of a run's length.
_LONG_BLANK = regex(rb"[\t ]{200}")


def try_signature(message: Message, signature: Signature, key: Key, *, whole: bool) -> Trial:
    """Whether `signature` of `message` verifies with `key`; `whole` says that its body is all there.

    Takes milliseconds of processor time, more for a large body.
    """
    if _LONG_BLANK.search(message.parsed.body) or any(
        _LONG_BLANK.search(value) for _, value in message.parsed.headers
    ):
        return "too_odd"
    tags = message.tags(signature.index)
    # Without bh= the library tries the signed header alone: the body's hash is in it as text.
    if not _verifies(message, signature, key, {name: text for name, text in tags.items() if name != b"bh"}):
        return "mismatch"
    if not whole:
        return "headers_only"
    return "verified" if _verifies(message, signature, key, tags) else "body_altered"


def _verifies(message: Message, signature: Signature, key: Key, tags: dict[bytes, bytes]) -> bool:
    parsed = message.parsed
    parsed.pk, parsed.keysize, parsed.ktag, parsed.seqtlsrpt = key.numbers, key.bits, key.kind.encode(), False
    try:
        return bool(
            parsed.verify_sig_process(tags, signed_fields(tags), message.fields[signature.index], None)
        )
    except (dkim.DKIMException, ValueError):
        # ValidationError is the library's word for a body that was altered; ValueError comes of a b= or
        # bh= that is no base64.
        return False
