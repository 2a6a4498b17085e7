"""The machine-readable report: message/delivery-status (RFC 3464) and its international twin (RFC 6533)."""

import re
from typing import Final

from msgspec import Struct

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import typed, x500
from bounce_tui.parsing.dates import to_utc
from bounce_tui.parsing.mime.headers import decode_words, unfold
from bounce_tui.parsing.public_address import first_address
from bounce_tui.parsing.replies import Reply, better_status, command_of
from bounce_tui.parsing.replying_host import remote_of
from bounce_tui.regex import regex

MOST_RECIPIENTS: Final = 50_000
LIMIT: Final = 16 << 20
"""Characters of a report that are read."""

_ACTIONS: Final[dict[str, Action]] = {
    "failed": "failed",
    "failure": "failed",
    "fail": "failed",
    "error": "failed",
    "delayed": "delayed",
    "delay": "delayed",
    "delivered": "delivered",
    "deliverable": "delivered",
    "relayed": "relayed",
    "expanded": "expanded",
}
_FIELD_OR_BLANK: Final = re.compile(
    r"\n(?:([^:\t-\r\x1c-\x20\x85\xa0]++)[ \t]*+:(.*+(?:\n(?:[ \t]++\n){0,3}[ \t]++\S.*+)*)|[ \t]*+(?=\n))"
)
"""A field, or a blank line.  Google folds paragraphs into a Diagnostic-Code, a blank on each line between."""
_FIRST_FIELD: Final = regex(
    r"^[ \t>*]*(?:Reporting-MTA|Final-Recipient|Original-Recipient)[ \t]*:[^\n]*;", re.M | re.I
)
_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_CODE: Final = regex(r"[45]\d\d")
_PROGRAM: Final = "x-unix"
"""Type of a Diagnostic-Code that sendmail and Postfix give to what a delivery program said or exited with."""
_LONGEST_NAME: Final = 255
_LONGEST_KIND: Final = 30
_MOST_LONE: Final = 2
_BLANK_LINES: Final = regex(r"\n+")
# What nearly all of these fields say, "dns; mx.example.net".
_HOST: Final = re.compile(r"\s*(?:dns\s*;\s*)?([a-z0-9](?:[a-z0-9.-]{0,253}[a-z0-9])?)\s*", re.I | re.A)
_LETTER: Final = regex(r"[^\W_]")
_RECIPIENT_FIELDS: Final = (
    "final-recipient",
    "original-recipient",
    "action",
    "status",
    "diagnostic-code",
    "remote-mta",
)


class DeliveryStatus(Struct):
    """What a delivery-status part says: of the message, and of each recipient."""

    reporting_mta: str | None = None
    received_from_mta: str | None = None
    sender: str | None = None
    envelope_id: str | None = None
    arrived: str | None = None
    failures: list[Failure] = []


def read(body: str) -> DeliveryStatus:
    """`body`, the part with its transfer encoding undone, Latin-1.  A group begins at a blank line,
    or where a field comes a second time, for senders that forget the blank line."""
    found = DeliveryStatus()
    message: dict[str, str] = {}
    nameless = 0
    groups = _groups(body[:LIMIT])
    if len(groups) > _MOST_LONE and all(len(fields) == 1 for fields in groups):
        # Each line end became two on the way: the blank lines mean nothing.
        groups = _groups(_BLANK_LINES.sub("\n", body[:LIMIT]))
    for fields in groups:
        if "reporting-mta" in fields or not message:
            message = fields | message
        if "final-recipient" not in fields and "original-recipient" not in fields:
            if "action" not in fields:
                continue
            # Nobody is named: what the words beside it tell, or the address that the report came to.
            fields["final-recipient"] = fields.get("x-failed-recipient", "")
            nameless += "x-failed-recipient" not in fields
        found.failures.append(_failure(fields))
        if len(found.failures) >= MOST_RECIPIENTS:
            break
    if nameless and len(found.failures) > nameless:
        found.failures = [one for one in found.failures if one.recipient is not None]
    found.reporting_mta = _host(message.get("reporting-mta"))
    found.received_from_mta = message.get("received-from-mta")
    found.sender = _sender(message)
    found.envelope_id = message.get("original-envelope-id")
    found.arrived = to_utc(message.get("arrival-date"))
    return found


def read_from_words(text: str) -> DeliveryStatus | None:
    """The fields of a report that stand in its text, for lack of a part or of boundaries; None when
    there are none.  What quoting and wrapping did to the lines is undone."""
    start = _FIRST_FIELD.search(text) if "ecipient:" in text else None
    if start is None:
        return None
    lines = [line.strip(" \t*>") for line in text[start.start() : start.start() + LIMIT].split("\n")]
    found = read("\n".join(line if not line or ":" in line[:30] else " " + line for line in lines))
    found.failures = [one for one in found.failures if one.recipient]
    return found if found.failures else None


def _sender(message: dict[str, str]) -> str | None:
    """X-Postfix-Sender, and the like of its kin under other names."""
    for name, value in message.items():
        if name.endswith("-sender") and name.startswith("x-"):
            return typed(value)
    return None


def _groups(body: str) -> list[dict[str, str]]:
    groups: list[dict[str, str]] = []
    fields: dict[str, str] = {}
    for name, value in _FIELD_OR_BLANK.findall("\n" + body + "\n"):
        if not name:
            if fields:
                groups.append(fields)
                fields = {}
            continue
        name = name.lower()
        if name in fields:
            if name not in _RECIPIENT_FIELDS:
                continue
            groups.append(fields)
            fields = {}
        fields[name] = value
    if fields:
        groups.append(fields)
    return groups


def _failure(fields: dict[str, str]) -> Failure:
    """The failure that one group of fields tells of (RFC 3464 section 2.3)."""
    get = fields.get
    recipient, original = _recipients(get("final-recipient"), get("original-recipient"))
    status_field = (get("status") or "").strip()
    match = _STATUS.search(status_field)
    status = match[0] if match else None
    reply_code = command = None
    text = quoted = ""
    local_program = False
    diagnostic = get("diagnostic-code")
    if diagnostic:
        kind, words = _typed_words(diagnostic)
        local_program = kind == _PROGRAM
        reply = Reply(_decoded(words))
        text, quoted, reply_code = reply.text, reply.quoted, reply.code
        if local_program and reply_code and not reply.status and not text.startswith(reply_code):
            # No reply of a mail server, but what a program met with ("500 Can't connect").
            reply_code = None
        status = better_status(status, reply.status)
        command = None if local_program and reply_code is None else command_of(text)
    if reply_code is None and _CODE.fullmatch(status_field):
        reply_code = status_field  # Zoho
    remote_mta, remote_ip = _remote(get("remote-mta"), text)
    last, retry = get("last-attempt-date"), get("will-retry-until")
    return Failure(
        recipient=recipient or original,
        original_recipient=original,
        action=_action(get("action")),
        reply_code=reply_code,
        status=status,
        status_field=status_field or None,
        diagnostic=text,
        quoted=quoted,
        command=command,
        remote_mta=remote_mta,
        remote_ip=remote_ip,
        date=to_utc(last) if last else None,
        will_retry_until=to_utc(retry) if retry else None,
        x500=x500(recipient) or x500(original),
        local_program=local_program,
    )


def _typed_words(diagnostic: str) -> tuple[str, str]:
    """The type that a Diagnostic-Code begins with, in lower case, and its words: all of it without a type."""
    kind, semicolon, words = diagnostic.partition(";")
    kind = kind.strip()
    is_typed = semicolon and len(kind) <= _LONGEST_KIND and not kind[:1].isdigit()
    return kind.lower(), words if is_typed else diagnostic


def _recipients(final: str | None, original: str | None) -> tuple[str | None, str | None]:
    """Who failed, and the address as the sender wrote it."""
    recipient = _recipient(final) if final else None
    first = recipient if original == final else _recipient(original) if original else None
    if first is not None and "@" in first and not _reachable(recipient):
        recipient = first  # an X.400 name, or one that only the last machine knows
    return recipient, first


def _action(value: str | None) -> Action:
    if value is None:
        return "failed"
    said = value.strip().lower()
    return _ACTIONS.get(said) or _ACTIONS.get(
        said.partition("(")[0].split(None, 1)[0] if said else "", "failed"
    )


def _remote(field: str | None, text: str) -> tuple[str | None, str | None]:
    """Name and address of the server that Remote-MTA names, and of the one that `text`, the diagnostic,
    names where the field leaves them out."""
    host = ip = None
    if field:
        # Messaging Server writes "TCP|our address|port|their address|port".
        theirs = field.partition("TCP|")[2].partition("|")[2]
        host, ip = _host(field), first_address(theirs or field)
    if text and ip is None and ("[" in text or "Connected to " in text):
        said_host, said_ip = remote_of(text)
        if host is None:
            return said_host, said_ip
        if said_host is not None and said_host.lower() == host.lower():
            ip = said_ip
    return host, ip


def _reachable(address: str | None) -> bool:
    return address is not None and "." in address.rpartition("@")[2] and "@" in address


def _recipient(value: str) -> str | None:
    if "\n" in value:
        value = value.replace("\n", " ")
    if not value.isascii() or "=?" in value:
        value = decode_words(value)
    return typed(value)


def _decoded(words: str) -> str:
    if not words.isascii() or "=?" in words:
        words = decode_words(words)
    return words


def _host(value: str | None) -> str | None:
    """The name in an MTA field, "dns; mx.example.net (192.0.2.1)"."""
    if not value:
        return None
    plain = _HOST.fullmatch(value)
    if plain is not None:
        return plain[1]
    kind, semicolon, rest = value.replace("\n", " ").partition(";")
    rest = rest.strip() if semicolon else kind.strip()
    if kind.strip().lower() == "x400":
        return unfold(decode_words(rest)) or None
    if rest.startswith("("):
        rest = rest.strip("()")
    words = rest.split(None, 1)
    name = decode_words(words[0].strip("[]<>(),").rstrip(".")) if words else ""
    # What no host can be called is nobody's name: a mail says it, but it says nothing.
    return name if 0 < len(name) <= _LONGEST_NAME and name.isprintable() and _LETTER.search(name) else None
