"""The kind of a file by its first bytes: an mbox, a message, plain text, or nothing to read here."""

import re
from typing import Literal

from bounce_tui.mailbox.from_lines import opens_mbox, without_mark
from bounce_tui.regex import regex

HEAD = 8192
"""How many bytes of a file are enough to tell."""

FileKind = Literal["mbox", "message", "text", "utf-16", "blank"]

_FIRST_FIELD = regex(rb"[!-9;-~]{1,100}[ \t]*:")
# One of these makes a file mail whatever its name; "Note: see below" does not.
_MAIL_FIELD = regex(
    rb"(?:^|[\r\n])(?:return-path|received|delivered-to|envelope-to|x-[!-9;-~]{1,60}|from|to|reply-to|"
    rb"subject|date|message-id|mime-version|content-type|auto-submitted|authentication-results|"
    rb"dkim-signature|arc-seal)[ \t]*:",
    re.IGNORECASE,
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0",
        "an Outlook .msg or other OLE file, not a mail as it was sent: save it as .eml, or msgconvert FILE "
        "(Debian: libemail-outlook-message-perl)",
    ),
    (b"\xcf\xad\x12\xfe", "an Outlook Express .dbx store: export the mails as .eml"),
    (b"\1\1\1\1\n", "an MMDF mailbox: save it as an mbox (mutt does: set mbox_type=mbox)"),
    (b"BABYL OPTIONS:", "a Babyl mailbox of Rmail: save it as an mbox (Emacs: M-x unrmail)"),
    (b"!BDN", "an Outlook .pst store: export the mails as .eml, or readpst -e FILE (Debian: pst-utils)"),
    (b"\x78\x9f\x3e\x22", "a winmail.dat (TNEF) attachment, not a mail"),
    (b"\x1f\x8b", "compressed with gzip: unpack it first"),
    (b"PK\x03\x04", "a ZIP archive: unpack it first"),
    (b"BZh", "compressed with bzip2: unpack it first"),
    (b"\xfd7zXZ\x00", "compressed with xz: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it first"),
    (b"\x04\x22\x4d\x18", "compressed with lz4: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_DBOX = regex(rb"2 M([0-9a-fA-F]{1,4}) C[0-9a-fA-F]{1,16}(?: [^\n]{1,80})?\n")
_TAR = b"ustar"
_TAR_AT = 257
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\b\t\n\v\f\r\x1b")))


class NotMailError(Exception):
    """The first bytes are not those of mail or text.  Its text is the reason; `is_dull` where that is no help
    to anybody who wants the mail in it."""

    def __init__(self, reason: str, *, is_dull: bool = False) -> None:
        super().__init__(reason)
        self.is_dull = is_dull


def kind_of_file(head: bytes) -> FileKind:
    """What a file that begins with `head` (HEAD bytes, or all there are) is.

    "blank" has nothing but white space, "text" has no header: it is read as the pasted text of a bounce.
    Raises NotMailError with the reason.
    """
    text = without_mark(head)
    if not text:
        return "blank"
    if _FIRST_FIELD.match(text):
        return "message"
    for magic, reason in _MAGIC:
        if head.startswith(magic):
            raise NotMailError(reason)
    if head.startswith(_TAR, _TAR_AT):
        raise NotMailError("a tar archive: unpack it first")
    if dbox_header(head):
        raise NotMailError("a file of Dovecot's dbox: give it by its name")
    if opens_mbox(text):
        return "mbox"
    if is_utf16(head):
        return "utf-16"
    if b"\0" in text or len(text) - len(text.translate(None, _CONTROLS)) > len(text) // 20:
        raise NotMailError("binary data, not a mail", is_dull=True)
    return "text"


def dbox_header(head: bytes) -> re.Match[bytes] | None:
    """The first line of a file of Dovecot's dbox, with the length of a message's header."""
    return _DBOX.match(head)


def has_mail_fields(head: bytes) -> bool:
    """Whether `head` shows a header field that only mail has."""
    return _MAIL_FIELD.search(head) is not None


def is_utf16(head: bytes) -> bool:
    """Whether `head` is text in UTF-16, as Notepad and Outlook save it: by its mark, or by its zeros."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    start = head[:64]
    return len(start) >= 8 and (_is_ascii_beside_zeros(start, 0) or _is_ascii_beside_zeros(start, 1))


def utf16_to_utf8(raw: bytes) -> bytes:
    """`raw` in UTF-8; what is no text becomes U+FFFD."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16"
    else:
        codec = "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"
    return raw.decode(codec, "replace").encode("utf-8", "replace")


def _is_ascii_beside_zeros(start: bytes, low: int) -> bool:
    return not any(start[1 - low :: 2]) and all(9 <= byte < 127 for byte in start[low::2])
