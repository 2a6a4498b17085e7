"""Sendmail's report of a local delivery agent (procmail, maildrop, mail.local ...) that failed: the agent
prints the cause into the transcript, and Sendmail itself only says that there was no output."""

import re

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.families import sendmail
from bounce_tui.parsing.replies import one_line
from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

NAME = "Sendmail's delivery agent"
MARKS = ("procmail: ", "maildrop: ", "mail.local: ", "dovecot-lda: ", "deliver: ")

_PRINTED = regex(
    r"^[ \t]*((?:procmail|maildrop|mail\.local|dovecot-lda|deliver): [^\n]{1,1000})", re.M | re.I
)


def read(report: Report) -> list[Failure]:
    """Sendmail's one recipient, with the agent's words before Sendmail's.  Of several recipients the
    transcript does not tell whose mail the agent had."""
    printed = _PRINTED.search(report.text)
    found = sendmail.read(report) if printed is not None else []
    if printed is None or len(found) != 1 or printed[1].strip() in found[0].diagnostic:
        return []
    before, one = one_line(printed[1]), found[0]
    said = f"{before} {one.diagnostic}".rstrip()
    return [replace(one, diagnostic=said, quoted=one.quoted and f"{before} {one.quoted}")]
