"""What the fields of a line of a log say: a recipient and what became of it, the server, the class of a
code."""

from msgspec.structs import replace

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.replies import better_status, failure
from bounce_tui.regex import regex

_HOST = regex(r"([A-Za-z0-9_][A-Za-z0-9_.-]{0,254}?)\.?(?: ?\[(?:IPv6:)?([0-9A-Fa-f.:]{3,45})\].{0,12})?")
_NO_HOST = frozenset({"none", "local", "virtual", "maildrop", "procmail", "dovecot", "cyrus", "localhost"})
_WROTE = regex(r"\b([A-Za-z0-9][\w.-]{0,254}) [\w./-]{1,60}\[\d{1,10}\]: ")


def log_failure(
    to: str | None,
    words: str,
    action: Action,
    *,
    original: str | None = None,
    status: str | None = None,
    relay: str | None = None,
) -> Failure:
    """The recipient `to`, of whom the log says `words` and, in fields of their own, the enhanced `status` and
    the `relay` that was talked to ("mx.example.net[192.0.2.1]:25")."""
    found = failure(address(to), words, action, original=address(original))
    host, ip = host_of(relay)
    return replace(
        found,
        status=better_status(status, found.status),
        remote_mta=found.remote_mta or host,
        remote_ip=found.remote_ip or (ip if found.remote_mta in (None, host) else None),
    )


def address(text: str | None) -> str | None:
    """The address that a field of a log holds, None for none and for one with a control in it."""
    found = clean(text) if text else None
    return found if found is not None and found.isprintable() else None


def host_of(relay: str | None) -> tuple[str | None, str | None]:
    """Name and address of a `relay`; None for what is no host."""
    named = _HOST.fullmatch((relay or "").strip())
    if named is None or named[1].lower() in _NO_HOST or "." not in named[1]:
        return None, None
    return named[1], named[2]


def writer(line: str, end: int) -> str:
    """What the server that wrote `line` calls itself before `end`: "Nov 23 04:01:02 NAME smtpd[1]: "."""
    found = _WROTE.search(line, 0, end)
    return found[1] if found is not None else ""


def by_class(code: str | None) -> Action:
    """What a reply or status code alone says becomes of the mail: `delayed` for class 4 (RFC 5321
    section 4.2.1)."""
    return "delayed" if code is not None and code.startswith("4") else "failed"
