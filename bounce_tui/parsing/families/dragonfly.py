"""DragonFly Mail Agent (dma): two or three sentences, then the reply of the server."""

from msgspec.structs import replace

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

NAME = "DragonFly"
MARKS = ("dragonfly mail agent", "there was an error delivering your mail to")

_FAILED = regex(r"error delivering your mail to <([^>\n]{3,320})>\.?\s{0,8}")
_DISLIKED = regex(
    r"([A-Za-z0-9_.-]{1,255}) \[([0-9A-Fa-f.:]{3,45})\] did not like our ([A-Za-z]{4,8})[^:\n]{0,20}:\s*"
)


def read(report: Report) -> list[Failure]:
    """The recipient, and who did not like what."""
    failed = _FAILED.search(report.text)
    if failed is None:
        return []
    rest = report.text[failed.end() :]
    words = rest.partition("Message headers follow")[0].partition("Original message follows")[0]
    disliked = _DISLIKED.search(words)
    found = failure(clean(failed[1]), words[disliked.end() :] if disliked is not None else words)
    if disliked is None:
        return [found]
    return [replace(found, remote_mta=disliked[1], remote_ip=disliked[2], command=disliked[3].upper())]
