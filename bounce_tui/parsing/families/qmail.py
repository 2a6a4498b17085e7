"""qmail-send and its kin (netqmail, IndiMail, s/qmail), and Yahoo and X2, which write alike."""

import re

from bounce_tui.model import Failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import between, failures
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.regex import regex

NAME = "qmail"
MARKS = (
    "this is the qmail-send program",
    "i'm afraid i wasn't able to deliver",
    "i tried to deliver a bounce message",
    "qmail-send",
    "unable to deliver message to the following address",
    "we were unable to deliver your message to the following",
    "delivery failure",
    "failure notice",
    "failed delivery",
    "failure delivery",
)

_INTRODUCED = regex(r"(?:address(?:es)?(?:\(es\))?\.?|Sorry it didn't work out\.)[ \t]*\n", re.I)
_STOP = regex(r"\n-{2,}[ \t-]|\n[-=_]{10,}[ \t]*\n")


def read(report: Report) -> list[Failure]:
    """ "<address>:" on a line of its own, the words below."""
    text = "\n" + report.text
    words = between(text, _INTRODUCED, _STOP) or text
    return [one for one in failures(words, action_of(report), paragraphs=2) if one.diagnostic]
