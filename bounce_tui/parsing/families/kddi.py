"""Japanese mobile carriers (au, EZweb, docomo, SoftBank): an address in angles and a short session."""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import ADDRESS, clean
from bounce_tui.parsing.replies import Reply, failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import stretches
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "KDDI"
MARKS = (
    "ezweb.ne.jp",
    "each of the following recipients was rejected",
    "dion.ne.jp",
    "au-mail.com",
    "docomo.ne.jp",
    "softbank.ne.jp",
    "could not be delivered to: <",
)

_RECIPIENT = regex(
    rf"^[ \t]*(?:Recipient:[ \t]*|Could not be delivered to:[ \t]*)?<({ADDRESS.pattern})>[ \t]*$", re.M | re.I
)
_LINE_BELOW = regex(rf"\n[ \t]*(?!<{ADDRESS.pattern}>[ \t]*$)[^\s]", re.M)
_ANSWER = regex(r"^[ \t]*<<< ?([45]\d\d[^\n]{0,1000})", re.M)


def read(report: Report) -> list[Failure]:
    """Each address in angles on a line of its own; the answer below it, else the sentence above."""
    text = report.text
    found = []
    end = 0
    own = ""
    for entry, stop in stretches(list(_RECIPIENT.finditer(text)), len(text)):
        answer = _ANSWER.search(text, entry.end(), stop)
        below = text[entry.end() : stop].strip().partition("\n\n")[0]
        above = text[end : entry.start()]
        own = own if own and not above.strip("\n") else _sentence_of(above)
        end = entry.end() + 1
        if answer is not None:
            words = answer[1]
        elif own and Reply(below).code is None and not _LINE_BELOW.match(text, entry.end()):
            words = own
        else:
            words = below or _sentence_above(text[: entry.start()])
        found.append(failure(clean(entry[1]), words, action_of(report)))
    return found


def _sentence_of(above: str) -> str:
    """The sentence that ends right `above` an address and makes a paragraph with it: what stands below a
    blank line is then about others.  Nothing where it only announces the address."""
    sentence = above.rpartition("\n\n")[2].strip()
    return "" if sentence.endswith(":") else sentence


def _sentence_above(text: str) -> str:
    """The last paragraph of `text`, with the one before where the last only announces the recipients."""
    before, _, last = text.strip().rpartition("\n\n")
    if last.endswith(":"):
        _, _, cause = before.rstrip().rpartition("\n\n")
        return f"{cause}\n{last}".strip()
    return last
