"""The machine-readable part of a complaint: message/feedback-report (ARF, RFC 5965)."""

from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.parsing.nouns import Feedback
from bounce_tui.parsing.public_address import public

LIMIT = 1 << 16


def read(body: str) -> Feedback:
    """`body`, the part with its transfer encoding undone, Latin-1."""
    head = Head(body[:LIMIT].strip())
    mta = head.raw("reporting-mta").rpartition(";")[2].split()
    return Feedback(
        source_ip=public(head.raw("source-ip")),
        mail_from=clean(head.raw("original-mail-from")),
        reporting_mta=mta[0].strip("[]") if mta else None,
    )
