"""What stands before the address of who wrote a mail, be it in a reply, a line of a log or a sentence."""

import re

from bounce_tui.regex import regex

SENDER = regex(
    r"(?:\b(?:from|sender:?|absender:?|expéditeur ?:|remitente:)\s{1,3}"
    r"|\b(?:from|F)=|\bmail from:|\b(?:blocked senders?|sender blocked|envelope blocked)\s?[:–-]\s?)[<\"']?$",
    re.I,
)
