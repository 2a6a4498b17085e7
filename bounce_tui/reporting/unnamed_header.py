"""A header without what names a person: what servers wrote of hosts, codes and domains stays."""

from collections.abc import Iterator

from bounce_tui.regex import regex
from bounce_tui.reporting.unnamed_text import GONE

_DOMAIN = regex(r"@([^\s@<>()\[\]\\\",;:]{1,255})")
OF_ADDRESSES = frozenset(
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
_BRACKETS = regex(r"[()]")
# What a comment of a Received field may say: names and addresses of hosts, and how they greeted.
_OF_HOSTS = regex(
    r"(?i)(?:\s*(?:(?:helo|ehlo)(?:=|\s+)|from\s+)?"
    r"(?:\[(?:ipv6:)?[0-9a-f:.]{2,60}\]|\d{1,3}(?:\.\d{1,3}){3}|[\w.+-]{1,64}@[\w.-]{1,255}"
    r"|(?:[\w-]{1,63}\.){1,20}[\w-]{1,63}\.?|unknown|localhost|may\ be\ forged|not\ verified|verified)"
    r"[\s,]*){1,8}"
)
# Who handed the mail in on the machine itself, or fetched it: a name of the machine and of no host.
_LOCAL_USER = regex(r"(?i)((?:^received:|\bfor)\s*(?:from\s+)?<?)([a-z_][\w-]{1,63})(?=>?\s*(?:;|by\s|$))")
# A login in the results of authentication (RFC 8601) and in what servers put beside them.
LOGIN = regex(
    r"(?i)\b((?:smtp\.auth|auth(?:enticated)?[-_. ]?(?:user|id|sender|as)|sasl[-_]?username|username|login)"
    r"\s{0,3}[:=]\s{0,3}|sudo\s{1,3}(?:-u\s{1,3})?)\"?([^\s\"();,]{1,254})"
)
_ENVELOPE = regex(
    r"(?i)\b((?:envelope-from|smtp\.mailfrom|smtp\.rcptto|header\.from|mailfrom)=)(\"[^\"\n]{0,254}\"|[^\s;@.\"]{1,254}(?=[\s;]|$))"
)


def unnamed_fields(head: str) -> Iterator[str]:
    """The header fields of `head`, each with what may be told of it."""
    for lines in _unfolded(head):
        name = lines[0].partition(":")[0].strip()
        known = name.lower()
        if known == "message-id" and not any("@" in line for line in lines):
            yield f"{name}: {GONE}"
        elif known in _OF_SERVERS or known.startswith("arc-"):
            yield from _by_server(known, "\n".join(lines)).split("\n")
        elif known in OF_ADDRESSES:
            domains = (domain for line in lines for domain in _DOMAIN.findall(line))
            yield f"{name}: {', '.join(f'{GONE}@{domain}' for domain in domains)}"
        elif known == "content-type":
            yield lines[0].partition(";")[0]
        else:
            yield f"{name}: {GONE}"


def _by_server(name: str, field: str) -> str:
    if name == "received":
        field = _LOCAL_USER.sub(rf"\1{GONE}", _without_comments(field))
    return _ENVELOPE.sub(rf"\1{GONE}", LOGIN.sub(rf"\1{GONE}", field))


def _without_comments(field: str) -> str:
    """`field` with `(…)` for each comment that tells of more than hosts; one that is not closed runs to the
    end."""
    found, depth, begin, done = [], 0, 0, 0
    for bracket in _BRACKETS.finditer(field):
        if bracket[0] == "(":
            if depth == 0:
                begin = bracket.start()
                found.append(field[done:begin])
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                done = bracket.end()
                told = _OF_HOSTS.fullmatch(field, begin + 1, done - 1)
                found.append(field[begin:done] if told else f"({GONE})")
    found.append(f"({GONE})" if depth else field[done:])
    return "".join(found)


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
