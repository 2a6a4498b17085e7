"""Notes in languages other than English, and others that write headings alone on a line: the addresses
below one, the cause below the next ("Grund:", "Raison :", "Motivo:").

konnte nicht zugestellt werden an:

  b@example.net

Grund:

  Benutzer nicht im Domino-Verzeichnis gefunden
"""

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.parsing.words.lexicon import lexicon

NAME = "headed sections"
MARKS = lexicon("reasons", "heading")

_MOST_WORDS = 5
_OPENING = 20_000
_ABOVE = 20
_LONGEST = 2000


def read(report: Report) -> list[Failure]:
    """The addresses that stand alone on the lines right above the cause's heading."""
    lines = report.text[:_OPENING].split("\n")
    for number, line in enumerate(lines):
        heading = line.rstrip().lower()
        if heading.endswith(MARKS) and len(heading.split()) <= _MOST_WORDS:
            words = "\n".join(lines[number + 1 :]).lstrip().partition("\n\n")[0][:_LONGEST]
            recipients = _above(lines[max(number - _ABOVE, 0) : number])
            return [failure(address, words, action_of(report)) for address in recipients] if words else []
    return []


def _above(lines: list[str]) -> list[str]:
    recipients: list[str] = []
    for line in reversed(lines):
        bare = line.strip(" \t<>,;\"'")
        address = clean(bare) if "@" in bare and " " not in bare else None
        if address:
            recipients.insert(0, address)
        elif bare:
            break
    return recipients
