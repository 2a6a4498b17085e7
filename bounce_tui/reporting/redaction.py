"""A bounce without the names of people: what another company needs, of hosts, codes and domains, stays.

Left out are the local parts of addresses, display names, subjects and every header field that a person or
an unknown program wrote; what servers wrote (Received, signatures, results) stays.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from msgspec.structs import replace

from bounce_tui.model import Case, Failure, Original
from bounce_tui.regex import regex

GONE = "…"
# An address, or one in xtext (RFC 3461 section 4) or in a URL.
_AT = regex(r"(@|\+40|%40)(?=[^\s@<>])")
_DOMAIN = regex(r"@([^\s@<>()\[\]\\\",;:]{1,255})")
# Both are matched against reversed text, from the @ leftwards, so that each character is looked at once.
_LOCAL_PART = regex(r"\"[^\"\n]{0,1000}\"|[^\s@<>\"(),;:]+")
_X500 = regex(r"(?i)\b(cn=)[^/;,@\s]+")
_WORD = regex(r"[\w.+-]{3,64}")
# Names of offices (RFC 2142), which are nobody's, and a word that replies are made of.
_OFFICES = frozenset(
    {
        "abuse", "admin", "contact", "ftp", "help", "hostmaster", "info", "mail", "mailer-daemon",
        "marketing", "news", "noc", "noreply", "no-reply", "office", "postmaster", "root", "sales",
        "security", "support", "usenet", "user", "uucp", "webmaster", "www",
    }
)  # fmt: skip
_OF_ADDRESSES = frozenset(
    {
        "bcc", "cc", "delivered-to", "envelope-to", "errors-to", "from", "reply-to", "resent-bcc",
        "resent-cc", "resent-from", "resent-sender", "resent-to", "return-path", "sender", "to",
        "x-envelope-from", "x-envelope-to", "x-original-to",
    }
)  # fmt: skip
_OF_SERVERS = frozenset(
    {
        "authentication-results", "auto-submitted", "content-transfer-encoding", "date", "dkim-signature",
        "domainkey-signature", "message-id", "mime-version", "precedence", "received", "received-spf",
        "user-agent", "x-mailer",
    }
)  # fmt: skip


def without_local_parts(text: str) -> str:
    """`text` with `…` for what stands before the @ of each address, quoted or not; linear."""
    pieces = _AT.split(text)
    for at in range(0, len(pieces) - 1, 2):
        backwards = pieces[at][::-1]
        found = _LOCAL_PART.match(backwards)
        if found is not None:
            pieces[at] = backwards[found.end() :][::-1] + GONE
    return _X500.sub(rf"\1{GONE}", "".join(pieces))


def without_names(case: Case) -> Case:
    """`case` without names but for the local parts of its addresses, which `without_local_parts` takes out of
    the text that is written of it."""
    message, bounce = case.message, case.bounce
    original = bounce.original
    return replace(
        case,
        message=replace(message, file=PurePath(message.file).name or message.file),
        bounce=replace(
            bounce,
            failures=tuple(_failure(failure) for failure in bounce.failures),
            original=_original(original) if original is not None else None,
        ),
    )


def _failure(failure: Failure) -> Failure:
    recipient = failure.recipient
    named = {local for address in (recipient, failure.original_recipient) if (local := _local_part(address))}
    named -= _OFFICES

    def without(match: re.Match[str]) -> str:
        word = match[0].rstrip(".-+")
        return GONE + match[0][len(word) :] if word.lower() in named else match[0]

    said, quoted = failure.diagnostic, failure.quoted
    if named:
        said, quoted = _WORD.sub(without, said), _WORD.sub(without, quoted)
    if recipient and "@" not in recipient:
        recipient = GONE
    return replace(failure, recipient=recipient, diagnostic=said, quoted=quoted)


def _local_part(address: str | None) -> str | None:
    # Of a path of machines, "host!user", the last is who it is.
    local = (address or "").partition("@")[0].rpartition("!")[2].lower()
    return local if _WORD.fullmatch(local) else None


def _original(original: Original) -> Original:
    head = original.content.partition(b"\n\n")[0].decode("utf-8", "replace")
    return replace(original, content="\n".join(_fields(head)).encode())


def _fields(head: str) -> Iterator[str]:
    """The header fields of `head`, each with what may be told of it."""
    for lines in _unfolded(head):
        name = lines[0].partition(":")[0].strip()
        known = name.lower()
        if known in _OF_SERVERS or known.startswith("arc-"):
            yield from lines
        elif known in _OF_ADDRESSES:
            domains = (domain for line in lines for domain in _DOMAIN.findall(line))
            yield f"{name}: {', '.join(f'{GONE}@{domain}' for domain in domains)}"
        elif known == "content-type":
            yield lines[0].partition(";")[0]
        else:
            yield f"{name}: {GONE}"


def _unfolded(head: str) -> Iterator[list[str]]:
    """The lines of each field, those that are folded behind the first; what is no field is left out."""
    found: list[str] = []
    for line in head.split("\n"):
        if line[:1] in (" ", "\t") and found:
            found.append(line)
            continue
        if found:
            yield found
        found = [line] if ":" in line else []
    if found:
        yield found
