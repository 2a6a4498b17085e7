"""Whether a pasted text of no known form tells of a failed mail: nobody's name stands above it, so that its
words alone count."""

from collections.abc import Sequence

from bounce_tui.model import Failure
from bounce_tui.parsing.pasted import begins_as_letter, quotes_system
from bounce_tui.parsing.recognition.failure_words import speaks_of_failure
from bounce_tui.parsing.recognition.plausible import fails_as_mail, is_personal
from bounce_tui.parsing.recognition.samples import explains_codes
from bounce_tui.parsing.report import Report


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
    if failures and not fails_as_mail(report.opening):
        return "it says that something failed, but not that it was mail"
    return "a person tells of it, and quotes no reply" if is_told else None
