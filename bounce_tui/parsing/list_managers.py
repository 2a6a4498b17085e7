"""List managers that pass a bounce on to the owner of the list or to the member: ezmlm, Mailman, Majordomo,
Sympa, LISTSERV, SmartList and their kin.  What they say themselves names the list, which failed nobody."""

from collections.abc import Iterable

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean, find_all
from bounce_tui.parsing.headers import Head
from bounce_tui.parsing.kinds import is_named_daemon
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.returned_post import FIELDS, MANAGER


def passes_on(report: Report, brought: Head, failures: Iterable[Failure]) -> bool:
    """True where `report`, whose words name `failures`, comes from nobody, as a bounce does, and yet only
    passes on the report with the header `brought`: a list manager sent it, or that report was to none of
    those named."""
    if report.failed_recipients or is_named_daemon(report):
        return False
    if any(map(report.head.has, FIELDS)) or MANAGER.match(clean(report.sender) or "") is not None:
        return True
    # Of a bounce of a bounce the outer one counts, and that names whom the inner one was for.
    written_to = {one.lower() for one in find_all(brought.raw("to"))}
    return not any((one.recipient or "").lower() in written_to for one in failures)
