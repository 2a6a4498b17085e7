"""MailMarshal (Trustwave SEG) and SurfControl, which name recipient, reason and hosts in labelled lines."""

from bounce_tui.model import Failure
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, blocks
from bounce_tui.parsing.shapes.labelled import read_labelled
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "MailMarshal"
MARKS = ("could not be delivered because of", "surfcontrol", "the number of attempts made")

_BECAUSE = regex(r"[Cc]ould not be delivered because of:?[ \t]*\n")
_AFFECTED = regex(r"The following recipients were affected:[ \t]*\n")
_ADDITIONAL = regex(r"\n[ \t]*Additional Information")


def read(report: Report) -> list[Failure]:
    """The reason, then those it affected; or SurfControl's "Addressed To:"."""
    text = report.text
    action = action_of(report)
    reason = between(text, _BECAUSE, _AFFECTED)
    affected = between(text, _AFFECTED, _ADDITIONAL)
    if reason is not None and affected is not None:
        return [failure(block.address, reason, action) for block in blocks(affected)]
    found = read_labelled(text, action, recipient=("addressed to",), reason=())
    return [failure(one.recipient, _transcript(text, one.recipient or ""), action) for one in found]


def _transcript(text: str, address: str) -> str:
    """SurfControl's last line about the address: "b@example.net: [192.0.2.1], 550 No such user"."""
    at = text.rfind(f"{address}: [")
    if at < 0:
        return text.partition(address)[2][:500]
    rest = text[at + len(address) + 1 :].partition("\n\n")[0]
    return rest.partition("],")[2] or rest
