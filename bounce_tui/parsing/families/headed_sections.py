"""Notes in languages other than English, and others that write headings alone on a line: the addresses
below one, the cause below the next ("Grund:", "Raison :", "Motivo:").

konnte nicht zugestellt werden an:

  b@example.net

Grund:

  Benutzer nicht im Domino-Verzeichnis gefunden
"""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.families.wording import action_of
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report

NAME = "headed sections"
MARKS = (
    "reason:",
    "because:",
    "cause:",
    "grund:",
    "weil:",
    "ursache:",
    "raison :",
    "raison:",
    "motif :",
    "motif:",
    "cause :",
    "motivo:",
    "causa:",
    "razón:",
    "reden:",
    "oorzaak:",
    "powód:",
    "przyczyna:",
    "причина:",
    "原因:",
    "原因：",
    "理由:",
    "理由：",
)

_HEADING = re.compile(
    f"^[ \\t]*(?:[^\\W\\d_]{{1,20}}[ \\t]){{0,3}}(?:{'|'.join(MARKS)})[ \\t]*\\n\\s{{0,40}}(\\S[^\\n]*)",
    re.M | re.I,
)
_OPENING = 20_000
_ABOVE = 20
_LONGEST = 2000


def read(report: Report) -> list[Failure]:
    """The addresses that stand alone on the lines right above the cause's heading."""
    text = report.text
    cause = _HEADING.search(text, 0, _OPENING)
    if cause is None:
        return []
    recipients: list[str] = []
    for line in reversed(text[: cause.start()].split("\n")[-_ABOVE:]):
        bare = line.strip(" \t<>,;\"'")
        address = clean(bare) if "@" in bare and " " not in bare else None
        if address:
            recipients.insert(0, address)
        elif bare:
            break
    words = text[cause.start(1) :].partition("\n\n")[0][:_LONGEST]
    return [failure(address, words, action_of(report)) for address in recipients]
