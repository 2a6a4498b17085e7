"""A conversation with a mail host up to RCPT TO, and never further: what a sender would be told now."""

import asyncio
import errno
import os
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Literal

import aiosmtplib
import msgspec
from aiosmtplib.errors import (
    SMTPConnectError,
    SMTPConnectResponseError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)
from msgspec import Struct

from bounce_tui.check_outcome import Security
from bounce_tui.domain_name import domain_of

Stage = Literal["connect", "greeting", "EHLO", "STARTTLS", "MAIL", "RCPT"]

PORT = 25
STEP_S = 10.0
_LONGEST_LINE = 500


_UNCONNECTED = {
    errno.ECONNREFUSED: "the connection to port 25 is refused",
    errno.EHOSTUNREACH: "no route leads there from here",
    errno.ENETUNREACH: "no route leads there from here",
    errno.ETIMEDOUT: "no answer on port 25",
    errno.ECONNRESET: "the connection to port 25 is torn down",
    errno.EACCES: "this machine does not let port 25 out",
    errno.EPERM: "this machine does not let port 25 out",
}
"""Why there was no connection, by what the system calls it."""


class Conversation(Struct, frozen=True):
    """How far it went with `host`: the last `stage`, the server's `code` and `text` there (None where it
    did not answer), what was said of TLS, the `certificate` (DER), whether it offers SMTPUTF8 (None where it
    did not come to it), and the `lines` of the dialogue."""

    host: str
    stage: Stage
    code: int | None = None
    text: str = ""
    security: Security = "unknown"
    lines: tuple[str, ...] = ()
    certificate: bytes | None = None
    smtputf8: bool | None = None

    @property
    def reached(self) -> bool:
        """True when a mail server answered at all."""
        return self.code is not None or self.stage != "connect"


class _Talk:
    """One attempt, noting down each step."""

    def __init__(self, host: str, address: str, helo: str) -> None:
        self.host = host
        self.lines: list[str] = []
        self.stage: Stage = "connect"
        self.security: Security = "unknown"
        self._certificate: bytes | None = None
        self._smtputf8: bool | None = None
        self._client = aiosmtplib.SMTP(
            hostname=address, port=PORT, local_hostname=helo, timeout=STEP_S, start_tls=False, use_tls=False
        )

    async def run(self, sender: str, recipient: str, *, trusting: bool) -> Conversation:
        """Up to RCPT TO.  A certificate that fails ends it, unless `trusting`."""
        try:
            await self._client.connect()
            self.stage = "EHLO"
            self._note("EHLO", await self._client.ehlo())
            await self._encrypt(trusting=trusting)
            self._smtputf8 = self._client.supports_extension("smtputf8")
            is_plain = (sender + recipient).isascii()
            if not is_plain and not self._smtputf8:
                return self._end(None, "it does not offer SMTPUTF8 (RFC 6531)")
            options, encoding = ([], "ascii") if is_plain else (["SMTPUTF8"], "utf-8")
            self.stage = "MAIL"
            reply = await self._client.mail(sender, options=options, encoding=encoding)
            self._note(" ".join((f"MAIL FROM:<{sender}>", *options)), reply)
            self.stage = "RCPT"
            reply = await self._client.rcpt(recipient, encoding=encoding)
            self._note(f"RCPT TO:<{recipient}>", reply)
            return self._end(reply.code, reply.message)
        except SMTPConnectResponseError as error:
            self.stage = "greeting"
            return self._end(error.code, error.message)
        except SMTPResponseException as error:
            return self._end(error.code, error.message)
        except SMTPTimeoutError:
            return self._end(None, f"no answer within {STEP_S:g} seconds")
        except SMTPServerDisconnected:
            return self._end(None, "it hung up in the middle of the talk")
        except SMTPConnectError as error:
            return self._end(None, _unconnected(error))
        except (SMTPException, OSError, ValueError) as error:
            # ValueError: an address that the library will not put on the wire.
            return self._end(None, f"{type(error).__name__}: {error}")
        finally:
            # Also where the talk is called off while the host is bidden goodbye.
            try:
                with suppress(SMTPException, OSError):
                    await self._client.quit(timeout=1)
            finally:
                self._client.close()

    async def _encrypt(self, *, trusting: bool) -> None:
        if not self._client.supports_extension("starttls"):
            self.security = "none_offered"
            return
        self.stage = "STARTTLS"
        # In a thread: to read the certificates of all authorities takes some forty milliseconds.
        context = await asyncio.to_thread(_tls_context, trusting=trusting)
        self.security = "failed"
        self._note("STARTTLS", await self._client.starttls(server_hostname=self.host, tls_context=context))
        self.security = "bad_certificate" if trusting else "encrypted"
        self.lines.append(self._told_of_tls())
        self.stage = "EHLO"
        await self._client.ehlo()

    def _told_of_tls(self) -> str:
        found: Any = self._client.get_transport_info("ssl_object")
        self._certificate = found.getpeercert(binary_form=True) if found is not None else None
        version = found.version() if found is not None else "TLS"
        certificate = found.getpeercert() if found is not None else None
        if not certificate:
            return f"{version}, certificate not verified"
        until = datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
        issuer = dict(pair[0] for pair in certificate.get("issuer", ())).get("organizationName", "unknown")
        return f"{version}, certificate for {self.host} by {issuer}, valid until {until:%Y-%m-%d}"

    def _note(self, said: str, reply: aiosmtplib.SMTPResponse) -> None:
        answer = " ".join(reply.message.split())[:_LONGEST_LINE]
        self.lines.append(f"{said[:_LONGEST_LINE]} -> {reply.code} {answer}")

    def _end(self, code: int | None, text: str) -> Conversation:
        text = " ".join(text.split())[:_LONGEST_LINE]
        if code is not None and not (self.lines and self.lines[-1].endswith(text)):
            self.lines.append(f"{self.stage} -> {code} {text}")
        return Conversation(
            self.host,
            self.stage,
            code,
            text,
            self.security,
            tuple(self.lines),
            self._certificate,
            self._smtputf8,
        )


def _tls_context(*, trusting: bool) -> ssl.SSLContext:
    """What TLS is begun with; `trusting` takes any certificate."""
    context = ssl.create_default_context()
    if trusting:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _unconnected(error: Exception) -> str:
    """Why there is no connection, in words and not in numbers of the system's."""
    cause = error.__cause__
    number = cause.errno if isinstance(cause, OSError) else None
    known = _UNCONNECTED.get(number) if number is not None else None
    return known or (os.strerror(number) if number else "no connection can be made")


async def converse(host: str, address: str, *, helo: str, sender: str, recipient: str) -> Conversation:
    """Talk to `host` at `address` as `helo`, for mail from `sender` ("" for the null sender) to `recipient`.

    Letters beyond ASCII before the @ go as SMTPUTF8 has them (RFC 6531), and not at all to a host that does
    not offer it; those of a domain go as A-labels, which every server knows.  The certificate is verified
    first; where that fails, the talk is held again without, and the fault is told.  Never raises for what the
    server does; may be cancelled.
    """
    sender, recipient = _on_the_wire(sender), _on_the_wire(recipient)
    first = await _Talk(host, address, helo).run(sender, recipient, trusting=False)
    if first.stage != "STARTTLS" or (first.code is not None and first.code >= 400):
        return first
    again = await _Talk(host, address, helo).run(sender, recipient, trusting=True)
    fault = f"the certificate does not verify: {first.text}"
    return msgspec.structs.replace(again, lines=(fault, *again.lines))


def _on_the_wire(address: str) -> str:
    local, _, _ = address.rpartition("@")
    domain = domain_of(address)
    return f"{local}@{domain}" if local and domain else address
