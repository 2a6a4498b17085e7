"""An SMTP reply in words: its code, its enhanced status, the command it answers, who gave it.

RFC 5321 section 4.2, RFC 3463.  Everything here works on the diagnostic of one recipient.
"""

import re

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import find_all

_STATUS = re.compile(r"(?<![\d.:-])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
# The code and the status side by side say most: "550 5.1.1", "550-5.7.1", "550: 5.2.2", "550-'5.2.2".
_BOTH = re.compile(r"(?<![\d.])([245]\d\d)[ :#-]{1,3}['(\[<]?([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_NAMED = re.compile(
    r"(?:said|responded|replied|returned|response|error|reason|with|code|status|smtp|server|>|<<<|:|;)"
    r"[^\w\n]{1,6}(?:code )?[\"'<(\[#]{0,2}([45]\d\d)(?=[\s\-:>)\]\"'.,;]|$)",
    re.I,
)
_LEADING = re.compile(r"[\s\"'<(\[]{0,4}(?:SMTP )?([45]\d\d)(?=[\s\-:;,]|$)")
_ALONE = re.compile(
    r"(?<![\w.:/\[(@+-])([45]\d\d)(?=[ -][\"'<(\[]?[A-Za-z\u00c0-\uffff#(<]|[ -][45]\.\d|$)"
    r"(?! (?:bytes|seconds|minutes|hours|days|characters|k?b\b|mb\b|attempts|times|recipients|messages"
    r"|million|percent))",
    re.I,
)
_REPEATED = re.compile(r"\s*\n\s*|\s{2,}")
_COMMANDS = (
    (
        re.compile(r"end of data|end-of-data|sent the message|after data|data send|end of message", re.I),
        "DATA",
    ),
    (
        re.compile(
            r"(?:in reply to|in response to|after|our|command[: ]|step: |smtp:|>>> |\[|\()\s*\"?"
            r"(RCPT|MAIL|DATA|EHLO|HELO|LHLO|STARTTLS|AUTH|QUIT|BDAT)\b",
            re.I,
        ),
        None,
    ),
    (re.compile(r"\[?(RCPT|MAIL)[ _](?:TO|FROM)\b", re.I), None),
    (
        re.compile(
            r"initial connection|connect(?:ing|ion) (?:to|with)|connected to .{1,80} but greeting", re.I
        ),
        "CONN",
    ),
)
_HOST_SAID = re.compile(
    r"(?:host|server|relay|to|by|from|while talking to|with)\s+([A-Za-z0-9_][A-Za-z0-9_.-]{0,254})\s?"
    r"\[(?:IPv6:)?([0-9A-Fa-f.:]{3,45})\](?::\d+)?",
    re.I,
)
_TALKING = re.compile(r"while talking to\s+\[?([A-Za-z0-9_.-]{1,255}?)\.?\]?:", re.I)
_BARE_IP = re.compile(
    r"(?:host\s+)?(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})\s(?:does not like|failed after|said)", re.I
)
_MAILER_SAID = re.compile(r"mailer\s+([A-Za-z0-9_.-]{1,255})\s+said", re.I)
_LONGEST = 8192


class Reply:
    """What one diagnostic says.  `text` is on one line, the codes that servers repeat on each line of
    a long reply dropped."""

    __slots__ = ("code", "status", "text")

    def __init__(self, diagnostic: str) -> None:
        text = one_line(diagnostic)
        both = _BOTH.search(text)
        if both is not None:
            self.code: str | None = both[1]
            self.status: str | None = both[2]
        else:
            self.code = _code(text)
            self.status = _status(text)
        if self.code is not None:
            text = _drop_repeats(text, self.code, self.status)
        self.text = text


def one_line(text: str) -> str:
    """`text` with its lines joined, bounded."""
    text = text[:_LONGEST].strip()
    return _REPEATED.sub(" ", text) if "\n" in text or "  " in text or "\t" in text else text


def _code(text: str) -> str | None:
    for pattern in (_LEADING.match, _NAMED.search, _ALONE.search):
        found = pattern(text)
        if found is not None:
            return found[1]
    return None


def _status(text: str) -> str | None:
    best: str | None = None
    for found in _STATUS.finditer(text):
        if found[1] == "2":
            continue
        if best is None or is_generic(best):
            best = found[0]
    return best


def _drop_repeats(text: str, code: str, status: str | None) -> str:
    """ "550-5.7.1 a 550 5.7.1 b" -> "550 5.7.1 a b"; the first code stays, with a blank behind it."""
    at = text.find(code)
    start = at + len(code)
    if text[start : start + 1] == "-":
        text = text[:start] + " " + text[start + 1 :]
    if text.find(code, start) < 0:
        return text
    repeat = re.compile(
        rf"(?<=\s){code}(?:-\s?|\s)(?:#?{re.escape(status)}\s?)?" if status else rf"(?<=\s){code}[- ]"
    )
    return text[:start] + repeat.sub("", text[start:])


def is_generic(status: str | None) -> bool:
    """True for a status that says only "permanent" or "temporary" (x.0.0)."""
    return status is None or status.endswith(".0.0")


def better_status(field: str | None, reply: str | None) -> str | None:
    """The status that says most: the field's, or the reply's where the field is generic."""
    if reply is not None and is_generic(field) and (field is None or not is_generic(reply)):
        return reply
    return field


def command_of(text: str) -> str | None:
    """The SMTP command that the text says was refused: CONN, EHLO, MAIL, RCPT, DATA ..."""
    for pattern, name in _COMMANDS:
        found = pattern.search(text)
        if found is not None:
            return name or found[1].upper()
    return None


def remote_of(text: str) -> tuple[str | None, str | None]:
    """Host and address of the server that the text says answered."""
    found = _HOST_SAID.search(text)
    if found is not None:
        return found[1].rstrip("."), found[2]
    found = _BARE_IP.search(text)
    if found is not None:
        return None, found[1]
    found = _TALKING.search(text) or _MAILER_SAID.search(text)
    return (found[1], None) if found is not None else (None, None)


def failure(
    recipient: str | None, diagnostic: str, action: Action = "failed", *, original: str | None = None
) -> Failure:
    """A Failure from a recipient and the words that stand beside it in a report's text."""
    reply = Reply(diagnostic)
    host, ip = remote_of(reply.text)
    return Failure(
        recipient=recipient,
        original_recipient=original,
        action=action,
        reply_code=reply.code,
        status=reply.status,
        diagnostic=reply.text,
        command=command_of(reply.text),
        remote_mta=host,
        remote_ip=ip,
    )


def read_reply(text: str) -> Failure:
    """A pasted SMTP reply as a Failure.  A recipient is named when the reply names exactly one
    address."""
    text = text.encode("utf-8", "replace").decode("utf-8")[:65536]
    found = failure(None, text)
    named = find_all(found.diagnostic)
    if len({address.lower() for address in named}) != 1:
        return found
    return failure(named[0], text)
