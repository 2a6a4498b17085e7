"""Lines of a mail log that refuse nothing, however they sound: who came and went, how a session was
encrypted, what a filter noted of a mail.

Only forms that are known are called that: a line of an unknown form may tell a cause.
"""

from typing import Final

from msgspec import Struct

from bounce_tui.regex import regex


class Remarks(Struct, frozen=True):
    """Why lines of a text refuse nothing, each reason once, and what is left of it without them."""

    whys: tuple[str, ...]
    rest: str


_SYSLOG: Final = regex(
    r"(?:.{0,120}?\s)?([A-Za-z][\w.-]{1,30}(?:/[\w/-]{1,40})?)\[\d{1,10}\]:\s{1,4}"
    r"(?:(?=[0-9A-Za-z]{0,23}\d)[0-9A-Za-z]{5,24}: |NOQUEUE: )?(.*)"
)
_EXIM: Final = regex(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [+-]\d{4})?(?: \[\d{1,10}\])? "
    r"(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4} )?(.*)"
)
_REPLY: Final = regex(r"(?:^|[\s\"'(;])[45](?:\d\d[ -]|\.\d{1,3}\.\d{1,3}\s)")
_LONGEST: Final = 2000

_ENCRYPTED: Final = (
    "It tells that a session was encrypted, and the mail went on over it: “Untrusted” and “verify=FAIL” say"
    " only that no authority known here signed the certificate, “Anonymous” that there was none."
)
_PIX: Final = (
    "Postfix goes round a firewall in front of that server that meddles with SMTP (Cisco PIX), and goes on."
)
_FILTER: Final = (
    "A filter notes what it found (SPF, DKIM, DMARC, spam). Whether the mail was refused for that is told by"
    " another line, with a code such as 550 or with “reject”."
)
_CAME: Final = "It tells that a client connected."
_LEFT: Final = (
    "It tells that a client left: “rcpt=0/1” counts one recipient asked for and none taken, and why stands"
    " in a line above."
)
_HUNG_UP: Final = "The client went away by itself: what it was told before stands in a line above."
_BY_SCREEN: Final = "Postscreen notes a client: a refusal of its would say “reject:”."
_RECEIVED: Final = "It tells that a mail was taken into the queue, and whose it is."
_DONE: Final = "It tells that the queue is done with a mail."
_BY_ITSELF: Final = "The server tells of its own work."
_NAMELESS: Final = (
    "It warns that the name of a client does not lead back to its address: a refusal for that would be told"
    " by another line, with a code such as 450 or 550."
)

_OF_ANY: Final = (
    (
        regex(r"(?:Untrusted|Trusted|Verified|Anonymous) TLS connection (?:established|reused) (?:to|from) "),
        _ENCRYPTED,
    ),
    (regex(r"STARTTLS=(?:client|server)\b.{0,300}?\bverify="), _ENCRYPTED),
    (regex(r"enabling PIX workarounds: "), _PIX),
    (regex(r"connect from \S{1,255}\[[0-9A-Fa-f.:]{2,45}\](?::\d{1,5})?$"), _CAME),
    (regex(r"disconnect from \S{1,255}\[[0-9A-Fa-f.:]{2,45}\]"), _LEFT),
    (regex(r"(?:lost connection|timeout) after [A-Z-]{4,20}(?: \(.{0,80}?\))? from "), _HUNG_UP),
    (
        regex(
            r"CONNECT from \[|PASS (?:NEW|OLD) \[|(?:WHITE|ALLOW|DENY|BLACK)LISTED \[|DNSBL rank \d{1,6} for "
        ),
        _BY_SCREEN,
    ),
    (regex(r"(?:DISCONNECT|HANGUP after \S{1,12} from|PREGREET \d{1,8} after \S{1,20} from) \["), _BY_SCREEN),
    (regex(r"(?:client|message-id|resent-message-id|uid)="), _RECEIVED),
    (regex(r"from=<?[^<>]{0,320}>?, size=\d"), _RECEIVED),
    (regex(r"warning: hostname \S{1,255} does not resolve to address "), _NAMELESS),
    (regex(r"DKIM: (?:d=|signer: )"), _FILTER),
    (regex(r"prepend (?:Received-SPF|Authentication-Results|X-)"), _FILTER),
)
"""What a line says from its first word on, whoever writes it."""
_OF_PROGRAMS: Final = (
    (regex(r".*/qmgr"), regex(r"removed$"), _DONE),
    (
        regex(r".*/(?:anvil|scache|tlsmgr|master|verify)"),
        regex(r"statistics: |(?:reload|daemon st)"),
        _BY_ITSELF,
    ),
    (regex(r"opendmarc|opendkim|dkim-milter|openarc|dkimpy-milter"), regex(r"(?!.{0,300}\breject)"), _FILTER),
    (regex(r"spamd|spamass-milter|clamd|clamav-milter"), regex(r"(?!.{0,300}\breject)"), _FILTER),
)
"""What the lines of one program say, by its name."""
_OF_EXIM: Final = (
    (regex(r"Completed(?: |$)"), _DONE),
    (regex(r"<= \S"), _RECEIVED),
    (regex(r"(?:Start|End) queue run:|exim [\d.]{3,8} daemon started"), _BY_ITSELF),
    (regex(r"SMTP connection from .{0,300}(?:closed by QUIT|closed after|lost)\b"), _HUNG_UP),
    (regex(r"SMTP connection from "), _CAME),
    (regex(r"no (?:host name|IP address) found for "), _NAMELESS),
)
_EXIM_NAME: Final = "exim"


def remarks(lines: list[str]) -> Remarks:
    """Those of `lines` that refuse nothing, and the rest."""
    whys: dict[str, None] = {}
    rest = []
    for line in lines:
        why = _why(line[:_LONGEST])
        if why is not None:
            whys.setdefault(why)
        elif line.strip():
            rest.append(line)
    return Remarks(tuple(whys), "\n".join(rest))


def _why(line: str) -> str | None:
    """Why `line` refuses nothing; None for one that may."""
    program, said = _parted(line.strip())
    if _REPLY.search(said) is not None:
        return None
    for pattern, why in _OF_ANY:
        if pattern.match(said) is not None:
            return why
    if program == _EXIM_NAME:
        return next((why for pattern, why in _OF_EXIM if pattern.match(said) is not None), None)
    for writer, pattern, why in _OF_PROGRAMS:
        if program and writer.fullmatch(program) is not None and pattern.match(said) is not None:
            return why
    return None


def _parted(line: str) -> tuple[str, str]:
    """The program that wrote `line`, "" for none, and what it says, behind the number of the mail."""
    by_exim = _EXIM.fullmatch(line)
    if by_exim is not None:
        return _EXIM_NAME, by_exim[1]
    logged = _SYSLOG.fullmatch(line)
    return (logged[1].lower(), logged[2]) if logged is not None else ("", line)
