"""Postfix: "postfix/smtp[1]: QUEUE: to=<...>, relay=..., dsn=5.1.1, status=bounced (words)", and what its
server says of mail that it refuses."""

from typing import Final

from bounce_tui.model import Action
from bounce_tui.parsing.logs.entry import Entry, line_by_line
from bounce_tui.parsing.logs.fields import by_class, log_failure, writer
from bounce_tui.parsing.public_address import public
from bounce_tui.regex import regex

NAME = "Postfix"
MARKS = (" status=", " reject: ", " milter-reject: ")

_ACTIONS: Final[dict[str, Action]] = {
    "bounced": "failed",
    "expired": "failed",
    "undeliverable": "failed",
    "deferred": "delayed",
    "sent": "delivered",
    "deliverable": "delivered",
}
_QUEUE = regex(r"(?:^|[\]:] )(?!NOQUEUE)([0-9A-Za-z]{5,24}): (?=to=|from=|client=|milter-reject|reject)")
_DELIVERY = regex(
    r"to=<([^<>]{0,320})>,(?: orig_to=<([^<>]{0,320})>,)?(?: relay=([^,]{0,400}),)?.{0,200}?"
    r"(?: dsn=([245]\.\d{1,3}\.\d{1,3}),)? status=([a-z]{1,16})(?: \((.*)\))?"
)
_SENDER = regex(r": from=<([^<>]{0,320})>,")
_GIVEN_UP = regex(r"status=(?:force-)?expired, returned to sender")
_REFUSED = regex(
    r"reject: [A-Z-]{3,24} from [^\[\s]{0,255}\[(?:IPv6:)?([0-9A-Fa-f.:]{2,45})\](?::\d{1,5})?: "
    r"([45](?:\d\d|\.\d{1,3}\.\d{1,3}) .*?)"
    r"(?:; (?:from=<([^<>]{0,320})>,? )?(?:to=<([^<>]{0,320})>,? )?"
    r"proto=\S{0,20}(?: helo=<([^<>\s]{1,255})>)?.*)?$"
)
_OF_OWN_USER = regex(r"/(?:submissions?|smtps)/smtpd\[|\bsasl_username=")
"""Who hands mail in at these ports is a user of the server's own (RFC 6409 section 3.3)."""


def read(lines: list[str]) -> list[Entry]:
    """Deliveries and what became of them, refusals, and who sent what."""
    return line_by_line(_read, lines)


def _read(line: str) -> Entry | None:
    named = _QUEUE.search(line)
    queue = named[1] if named is not None else ""
    refused = _REFUSED.search(line) if "reject: " in line else None
    if refused is not None:
        client, words, sender, to, helo = refused.groups()
        server = writer(line, refused.start())
        if public(client) is None or _OF_OWN_USER.search(line) is not None:
            return Entry(
                queue,
                log_failure(to, words, by_class(words), relay=server),
                sender or None,
                client,
                helo,
                line=line,
            )
        return Entry(
            queue, log_failure(to, words, by_class(words)), sender or None, client, helo, server, line=line
        )
    sent = _SENDER.search(line)
    sender = sent[1] if sent is not None else None
    gave_up = _GIVEN_UP.search(line)
    if gave_up is not None:
        return Entry(queue, sender=sender, given_up=True, line=line)
    # Nowhere but behind the number: a line of many "to=" would be gone through for each.
    found = _DELIVERY.match(line, named.end()) if named is not None else None
    if found is not None and found[5] in _ACTIONS:
        to, original, relay, status, said, words = found.groups()
        one = log_failure(to, words or said, _ACTIONS[said], original=original, status=status, relay=relay)
        return Entry(queue, one, line=line)
    return Entry(queue, sender=sender) if queue and sender else None
