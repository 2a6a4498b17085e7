"""Whether a pasted text of no known form tells of a failed mail: nobody's name stands above it, so that its
words alone count."""

import re
from collections.abc import Sequence
from typing import Final

from bounce_tui.lower_case import lower_case
from bounce_tui.model import Failure
from bounce_tui.parsing.pasted import begins_as_letter, quotes_system
from bounce_tui.parsing.recognition.failure_words import speaks_of_failure
from bounce_tui.parsing.recognition.plausible import fails_as_mail, is_personal
from bounce_tui.parsing.recognition.samples import explains_codes
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

_FIELDS: Final = regex(r"^(Recipient: |Response: |Sender: |Subject: )([^\n]{1,400})", re.M)
_FEWEST_FIELDS: Final = 3
_LONGEST: Final = 20_000


def why_no_bounce(report: Report, failures: Sequence[Failure]) -> str | None:
    """Why the pasted `report`, of which `failures` were read, tells of no failed mail, or None."""
    if explains_codes(report.text):
        return "it explains codes, and tells of no mail"
    if report.returned is not None or any(one.remote_mta or one.remote_ip or one.command for one in failures):
        return None
    is_told = begins_as_letter(report.text) and is_personal(report) and not quotes_system(report.text)
    if any(one.reply_code or one.status for one in failures):
        asks = is_told and not speaks_of_failure(report)
        return "a person speaks of a code, and of no mail that failed" if asks else None
    if failures and not fails_as_mail(report.opening) and not _is_page(report.text):
        return "it says that something failed, but not that it was mail"
    return "a person tells of it, and quotes no reply" if is_told else None


def _is_page(text: str) -> bool:
    """True for the fields of a page that says of which mail it was, to whom, and what came of it."""
    fields = {field[1].partition(":")[0]: lower_case(field[2]) for field in _FIELDS.finditer(text[:_LONGEST])}
    said = fields.get("Response", "")
    is_named = "Recipient" in fields and len(fields) >= _FEWEST_FIELDS
    return is_named and any(word in said for word in lexicon("pages", "of_mail"))
