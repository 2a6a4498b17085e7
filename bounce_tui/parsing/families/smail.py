"""Smail 3: failed addresses in angles, paths of machines among them, each with the reason behind dots.

|------------------------- Failed addresses follow: ---------------------|
 <host!user> ... transport uux: system "host" unknown
 <b@example.net> ... unknown user
|------------------------- Message text follows: ------------------------|
"""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, stretches
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.parsing.shapes.unqualified import whole_addresses
from bounce_tui.regex import regex

NAME = "Smail"
MARKS = ("failed addresses follow:", "deferred addresses follow:")

_LISTED = regex(r"(?:Failed|Deferred) addresses follow:[^\n]*\n", re.I)
_ENDED = regex(r"^[ \t]*\|-{5}", re.M)
_RECIPIENT = regex(r"^[ \t]*<([^<>\s]{1,320})>[ \t]*\.\.\.[ \t]*", re.M)


def read(report: Report) -> list[Failure]:
    """Each address in angles with what stands behind and below it."""
    words = between(report.text, _LISTED, _ENDED) or ""
    entries = list(_RECIPIENT.finditer(words))
    whole = whole_addresses([entry[1] for entry in entries], report)
    return [
        failure(whole.get(entry[1]) or clean(entry[1]), words[entry.end() : stop], action_of(report))
        for entry, stop in stretches(entries, len(words))
    ]
