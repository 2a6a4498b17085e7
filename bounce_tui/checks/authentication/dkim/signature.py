"""The DKIM-Signature fields of a returned message, as far as they can be read."""

import re
from datetime import UTC, datetime

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value
from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.domain_name import domain_of, to_ascii

MOST_SIGNATURES = 8
"""Signatures beyond these are not tried: a mail has one to four."""
_LONGEST = 8192
_MOST_FIELDS = 1000
_MOST_SIGNED_FIELDS = 200
_CLOCK = (b"t", b"x")


class Signature(Struct, frozen=True):
    """One DKIM-Signature field.  `fault` says why it can never verify; the rest is then as far as read.

    `identity` is the domain of its i= tag, `expires` the time of its x= tag, `covers` the number of body
    octets that its l= tag limits it to.
    """

    index: int
    domain: str = ""
    selector: str = ""
    algorithm: str = ""
    expires: datetime | None = None
    covers: int | None = None
    fault: str | None = None
    identity: str = ""

    @property
    def key_name(self) -> str:
        """Where the public key stands (RFC 6376 section 3.6.2.1)."""
        return f"{self.selector}._domainkey.{self.domain}"


class Message:
    """A message as the signer saw it, its newlines as on the wire.

    Raises:
        dkim.MessageFormatError: It has no header that could be signed.
    """

    def __init__(self, content: bytes) -> None:
        # A program may have put an mbox line on top of what it returns.
        content = re.sub(rb"\A(?:>?From [^\n]*\n)+", b"", content)
        if content[:1] in (b" ", b"\t"):
            raise dkim.MessageFormatError("it begins in the middle of a header field")
        self.parsed = dkim.DKIM(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), minkey=0)
        if len(self.parsed.headers) > _MOST_FIELDS:
            raise dkim.MessageFormatError(f"it has more than {_MOST_FIELDS} header fields")
        self.fields = [field for field in self.parsed.headers if field[0].lower() == b"dkim-signature"]

    def signatures(self) -> tuple[Signature, ...]:
        """Its signatures, topmost first."""
        return tuple(_read(index, value) for index, (_, value) in enumerate(self.fields[:MOST_SIGNATURES]))

    def tags(self, index: int) -> dict[bytes, bytes]:
        """The tags of signature `index`, which `signatures` found without fault."""
        tags: dict[bytes, bytes] = parse_tag_value(self.fields[index][1])
        return tags


def signed_fields(tags: dict[bytes, bytes]) -> list[bytes]:
    """The names of the header fields that a signature covers, in lower case."""
    return [name.lower() for name in re.split(rb"\s*:\s*", tags[b"h"])]


def _read(index: int, value: bytes) -> Signature:
    if len(value) > _LONGEST:
        return Signature(index, fault=f"it is longer than {_LONGEST} characters")
    try:
        tags = parse_tag_value(value)
    except InvalidTagValueList:
        return Signature(index, fault="it is no list of tags")
    domain = to_ascii(tags.get(b"d", b"").decode("utf-8", "replace")) or ""
    found = Signature(
        index,
        domain=domain,
        selector=tags.get(b"s", b"").decode("ascii", "replace"),
        algorithm=tags.get(b"a", b"").decode("ascii", "replace"),
        expires=_time(tags.get(b"x")),
        covers=int(tags[b"l"]) if re.fullmatch(rb"\d{1,12}", tags.get(b"l", b"")) else None,
        identity=domain_of(tags.get(b"i", b"").decode("utf-8", "replace")) or domain,
    )
    return found if (fault := _fault(tags, domain)) is None else replace(found, fault=fault)


def _fault(tags: dict[bytes, bytes], domain: str) -> str | None:
    """What the standard forbids.  A past expiry is no fault: the next mail gets a new signature."""
    try:
        dkim.validate_signature_fields({name: text for name, text in tags.items() if name not in _CLOCK})
    except dkim.ValidationError as error:
        # A value that is long or odd is quoted as Python writes bytes, which tells nobody anything.
        return re.sub(r" \(b(['\"]).*\1\)$", "", re.sub(r"\bb'(\w{0,80})'", r"\1", str(error)))
    if not domain:
        return "its d= tag names no domain"
    fields = signed_fields(tags)
    if len(fields) > _MOST_SIGNED_FIELDS:
        return f"it signs more than {_MOST_SIGNED_FIELDS} fields"
    if b"from" not in fields:
        return "it does not sign the From field"
    return None


def _time(seconds: bytes | None) -> datetime | None:
    if seconds is None or re.fullmatch(rb"\d{1,11}", seconds) is None:
        return None
    return datetime.fromtimestamp(int(seconds), UTC)
