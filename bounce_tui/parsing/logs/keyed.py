"""Logs whose lines are fields of a program's own, 'rcpt=<bob@example.net> reason="550 5.1.1 ..."', as Haraka,
Stalwart and many others write them."""

from typing import Final

from bounce_tui.parsing.logs.entry import Entry, line_by_line
from bounce_tui.parsing.logs.fields import by_class, log_failure
from bounce_tui.regex import regex

NAME: Final = "key=value"
MARKS: Final = (
    "rcpt=",
    "rcpt_to=",
    "rcpt-to=",
    "recipient=",
    "recipients=",
    ' to = "',
    ' to="',
    " to=",
    "rcpt = ",
)

_FIELD: Final = regex(
    r"(?<![\w.-])([A-Za-z][\w.-]{0,30}) ?= ?"
    r"(?:\"((?:[^\"\\\n]|\\.){0,2000})\"|<([^<>\s]{0,320})>|([^\s,;\"<]{1,320}))"
)
_STAMPED: Final = regex(r"\S{0,60}\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ")
_OF_OTHERS: Final = ("postfix", "sendmail[", "sm-mta[", " exitcode=EX_", " result=", " stat=")
"""What programs write whose logs have readers of their own."""
_TO: Final = (
    "rcpt",
    "to",
    "recipient",
    "recipients",
    "rcpt_to",
    "rcpt-to",
    "rcpts",
    "envelope_to",
    "mail_to",
)
_FROM: Final = ("from", "sender", "mail_from", "mail-from", "envelope_from", "return_path")
_SAID: Final = (
    *("reason", "response", "reply", "details", "detail", "smtp_response", "smtp_reply", "smtp_msg"),
    *("diagnostic", "message", "msg", "error", "err"),
)
_CODE: Final = ("code", "smtp_code", "smtp-code", "reply_code", "status_code", "response_code")
_STATUS: Final = ("enhanced_code", "enhanced_status", "smtp_enchcode", "enhanced-code", "dsn", "status")
_HOST: Final = (
    "hostname",
    "host",
    "mx",
    "mx_host",
    "remote_host",
    "remote_server",
    "remote",
    "relay",
    "server",
)
_REPLY: Final = regex(r"(?:4[235]\d|5[0-5]\d)(?:[ -]|$)")
# 4xx and 50x in a field of their own may be HTTP's.
_CLASS: Final = regex(r"421|4[35]\d|5[1-5]\d")
_ENHANCED: Final = regex(r"[245]\.\d{1,3}\.\d{1,3}")


def read(lines: list[str]) -> list[Entry]:
    """Each line that names a recipient and a reply of a server that refused."""
    return line_by_line(_entry, lines)


def _entry(line: str) -> Entry | None:
    if _STAMPED.match(line) is None or any(mark in line for mark in _OF_OTHERS):
        return None
    fields = _fields(line)
    to = _first(fields, _TO)
    said = _reply(fields)
    if to is None or "@" not in to or said is None:
        return None
    status = _first(fields, _STATUS)
    is_status = status is not None and _ENHANCED.fullmatch(status) is not None
    one = log_failure(
        to, said, by_class(said), status=status if is_status else None, relay=_first(fields, _HOST)
    )
    return Entry("", one, _first(fields, _FROM), line=line)


def _fields(line: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for field in _FIELD.finditer(line):
        value = next((value for value in field.groups()[1:] if value), "")
        fields.setdefault(field[1].lower(), value.replace('\\"', '"').strip("<>"))
    return fields


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((fields[name] for name in names if fields.get(name)), None)


def _reply(fields: dict[str, str]) -> str | None:
    """The reply of a server that refused: whole in one field, or its code in one of its own."""
    for name in _SAID:
        if _REPLY.match(fields.get(name, "")) is not None:
            return fields[name]
    code, words = _first(fields, _CODE), _first(fields, _SAID)
    return f"{code} {words}" if code and words and _CLASS.fullmatch(code) is not None else None
