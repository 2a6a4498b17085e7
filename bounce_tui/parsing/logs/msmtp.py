"""msmtp's log: "host=... from=... recipients=... smtpmsg='550 ...' errormsg='...' exitcode=EX_..."."""

from bounce_tui.model import Action
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.fields import log_failure
from bounce_tui.regex import regex

NAME = "msmtp"
MARKS = (" exitcode=EX_",)

_LINE = regex(
    r"\bhost=(\S{1,255}) .{0,300}?\bfrom=(\S{1,320}) recipients=(\S{1,2000}) (.*)\bexitcode=EX_([A-Z]{2,16})"
)
_SAID = regex(r"smtpmsg='([^']{1,1000})'")
_ERROR = regex(r"errormsg='([^']{1,1000})'")


def read(lines: list[str]) -> list[Entry]:
    """One line a mail; msmtp has no queue, so that what fails for now fails."""
    found = []
    for line in lines:
        told = _LINE.search(line)
        if told is None:
            continue
        host, sender, recipients, rest, code = told.groups()
        words = _SAID.search(rest) or _ERROR.search(rest)
        action: Action = "delivered" if code == "OK" else "failed"
        for to in recipients.split(","):
            one = log_failure(to, words[1] if words is not None else f"EX_{code}", action, relay=host)
            found.append(Entry("", one, sender, line=line))
    return found
