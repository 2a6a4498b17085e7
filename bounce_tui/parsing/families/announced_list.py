"""Kerio and many small systems: a sentence that ends in "to the following recipients:", in any language,
then the addresses with the words about each."""

from bounce_tui.model import Failure
from bounce_tui.parsing.free_text.words_above import heading
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import failures
from bounce_tui.parsing.shapes.closing import is_closing
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.parsing.shapes.unqualified import with_whole_names
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

NAME = "announced list"
MARKS = lexicon("recipients", "announced")

_OPENING = 20_000
_LONGEST_SENTENCE = 1000
_COLONS = (":", "：", ".")
_RULES = regex(r"\A(?:[-=_* \t]*\n)+")
_REPLY = regex(r"\b[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3} ")
_ENDED = regex(r"\n-- ?\n|\n[-=_*]{10,}[ \t]*\n")


def read(report: Report) -> list[Failure]:
    """The list, when every address in it comes with words."""
    text = report.text
    start = _announced(text)
    if start < 0:
        return []
    words = text[start:]
    listed = _ENDED.split(_RULES.sub("", words), maxsplit=1)[0]
    found = failures(with_whole_names(listed, report), action_of(report))
    if not all(one.diagnostic for one in found):
        return []
    if len(found) == 1 and not found[0].reply_code and not found[0].status and _REPLY.search(words):
        return []  # the server's own words stand further below, where free text finds them
    paragraphs = text[:start].rstrip().split("\n\n")
    return [_told(one, paragraphs) for one in found]


def _told(one: Failure, paragraphs: list[str]) -> Failure:
    """`one`, where its own words do not say what failed, with the sentence that announces the list, the last
    of `paragraphs`, and where they say nothing at all with what stands above instead."""
    if one.reply_code or one.status:
        return one
    sentence = paragraphs[-1][-_LONGEST_SENTENCE:]
    if is_closing(one.diagnostic):
        return failure(one.recipient, heading(paragraphs) or sentence, one.action)
    if says_failing(one.diagnostic):
        return one
    return failure(one.recipient, f"{sentence} {one.diagnostic}", one.action)


def _announced(text: str) -> int:
    """Where the line below the announcing sentence begins, or -1.  Line by line: a pattern of all the
    sentences would be tried at every letter."""
    at = 0
    for line in text[:_OPENING].split("\n")[:-1]:
        at += len(line) + 1
        if line.rstrip(" \t-").endswith(_COLONS):
            lower = line.lower()
            for mark in MARKS:
                if mark in lower and "@" not in lower[lower.rindex(mark) :]:
                    return at
    return -1
