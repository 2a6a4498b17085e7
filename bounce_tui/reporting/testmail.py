"""The plain test: a text-only mail to the failed address, and the commands that send it.  Nothing is sent.

Without links, attachments and formatting there is nothing in it that a content filter could mind: when
it passes, it was the content; when it fails as well, it was not.
"""

import secrets
from datetime import datetime
from email.utils import format_datetime

from msgspec import Struct

from bounce_tui.domain_name import to_ascii
from bounce_tui.regex import regex
from bounce_tui.reporting.shell_lines import Piece, piece_a_line

_LONGEST_LOCAL = 64
_LONGEST_ADDRESS = 254
# RFC 5321 section 4.1.2: a dot-string, with letters beyond ASCII by RFC 6531.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]+"
_LOCAL = regex(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = regex(rf"{_LABEL}(?:\.{_LABEL})*")
_LITERAL = regex(r"\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]{2,45})\]")
_HOST = regex(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_BODY = """\
This is a test message. It is plain text, without links, pictures or files.

It was sent to find out {what}.
If you can read it, nothing needs to be done; a short answer would help.
"""


_FAILED = "why an earlier message to\n{to} was not delivered"
_ARRIVES = "whether a message to\n{to} arrives"


class AddressError(ValueError):
    """No mail can be sent to or from this; the text says why."""


class Command(Struct, frozen=True):
    """What a command does, and its words for a POSIX shell."""

    title: str
    pieces: tuple[Piece, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """A line for each piece; all but the last end in a backslash."""
        return piece_a_line(self.pieces)


class TestMail(Struct, frozen=True):
    """The mail, with LF line ends as Unix programs want it, and what its envelope holds."""

    __test__ = False  # no test class, whatever pytest thinks of its name

    sender: str
    recipient: str
    raw: bytes

    @property
    def needs_smtputf8(self) -> bool:
        """Whether an address has letters that only servers with SMTPUTF8 (RFC 6531) take."""
        return not (self.sender + self.recipient).isascii()


def write_testmail(
    recipient: str, sender: str, now: datetime, *, author: str | None = None, took: bool = False
) -> TestMail:
    """The test from `sender` to `recipient`, dated `now` (aware); an earlier mail did not get there, or a
    server `took` it.  `author` stands in its From field, by default the sender.  Raises AddressError."""
    to, from_ = usable(recipient), usable(sender)
    domain = from_.rpartition("@")[2].strip("[]").replace("IPv6:", "").replace(":", ".")
    header = (
        f"From: <{usable(author) if author else from_}>",
        f"To: <{to}>",
        "Subject: Test message",
        f"Date: {format_datetime(now)}",
        f"Message-ID: <{now:%Y%m%d%H%M%S}.{secrets.token_hex(8)}@{domain}>",
        "MIME-Version: 1.0",
        f"Content-Type: text/plain; charset={'us-ascii' if to.isascii() else 'utf-8'}",
        f"Content-Transfer-Encoding: {'7bit' if to.isascii() else '8bit'}",
    )
    text = "\n".join(header) + "\n\n" + _BODY.format(what=(_ARRIVES if took else _FAILED).format(to=to))
    return TestMail(from_, to, text.encode("utf-8"))


def usable(address: str) -> str:
    """`address` as an envelope may hold it, a foreign domain in its ASCII form.  Raises AddressError."""
    local, at, domain = address.strip().rpartition("@")
    if not at or not local or not domain:
        raise AddressError("it has no name, @ and domain")
    if len(local.encode("utf-8", "replace")) > _LONGEST_LOCAL or len(address) > _LONGEST_ADDRESS:
        raise AddressError("it is too long for an address")
    if not address.strip().isprintable():
        raise AddressError("it holds characters that cannot be printed")
    if _LOCAL.fullmatch(local) is None:
        odd = dict.fromkeys(char for char in local if char != "." and _LOCAL.fullmatch(char) is None)
        named = " and ".join("a blank" if char == " " else f"“{char}”" for char in odd)
        raise AddressError(f"what stands before its @ would need quotes, for {named or 'its dots'}")
    if _LITERAL.fullmatch(domain) is None and _DOMAIN.fullmatch(domain) is None:
        raise AddressError("what stands behind its @ is no domain")
    # Not by Python's own codec: that is IDNA 2003, in which a sharp s is "ss" and another's domain.
    return f"{local}@{domain if domain.isascii() else to_ascii(domain) or domain}"


def commands(
    mail: TestMail, path: str, server: str | None = None, *, took: bool = False
) -> tuple[Command, ...]:
    """The ways to send `mail` once it lies at `path`; `server` is the one that refused the earlier mail, or
    `took` it.

    What a stranger wrote stands in quotes and never where an option could.  swaks takes a value that
    begins with "-" for an option whatever stands before it, so such an address has sendmail only.
    """
    found = [
        Command(
            "The way your mail goes, through this machine's mail server:",
            (
                Piece("sendmail -i -f ", mail.sender, "sender"),
                Piece("-- ", mail.recipient, "to"),
                Piece("< ", _plain(path), "mail"),
            ),
        )
    ]
    if "-" in (mail.recipient[0], mail.sender[0]):
        return tuple(found)
    swaks = (
        Piece("swaks --to ", mail.recipient, "to"),
        Piece("--from ", mail.sender, "sender"),
        Piece("--data ", f"@{_plain(path)}", "mail"),
    )
    found.append(Command("From here straight to the domain, with the whole SMTP dialogue shown:", swaks))
    if server and _HOST.fullmatch(server):
        named = (*swaks[:2], Piece("--server ", server, "server"), swaks[2])
        did = "took the earlier mail" if took else "refused"
        found.append(Command(f"The same to the very server that {did}:", named))
    return tuple(found)


def _plain(path: str) -> str:
    """A path that no program takes for an option."""
    return f"./{path}" if path.startswith("-") else path
