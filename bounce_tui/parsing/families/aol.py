"""AOL's old notices, which list screen names without a domain."""

from bounce_tui.model import Failure
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

NAME = "AOL"
MARKS = ("mail delivery problem", "@aol.com")

_NAMES = regex(
    r"recipients? could not be delivered because ([^:]{5,400}):[ \t]*\n((?:[ \t]*\n"
    r"|[ \t]+\S+[ \t]*\n?){1,1000})"
)


def read(report: Report) -> list[Failure]:
    """The names below the sentence, at the domain that writes."""
    found = _NAMES.search(report.text + "\n")
    domain = report.sender_domain
    if found is None or domain is None:
        return []
    names = [name if "@" in name else f"{name}@{domain}" for name in found[2].split()]
    return [failure(name, found[1]) for name in names]
