"""List managers that refuse a post, and return it to its author."""

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.recognition.returned_post import list_refusing
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.closing import is_closing
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

NAME = "list manager"
MARKS = lexicon("recipients", "list")

_SENTENCE_ENDS = regex(r"(?<=[.!?])\s+|\n[ \t]*\n")
_RULE = regex(r"\n[ \t]*[-=_*]{5,}")
_LONGEST = 2000


def read(report: Report) -> list[Failure]:
    """The list, with what is said but for whom to ask."""
    refusing = list_refusing(report)
    if refusing is None:
        return []
    own = refusing.lower()
    readers = {one.lower() for one in find_all(report.head.raw("to"))}
    text = _RULE.split(report.text[:_LONGEST], maxsplit=1)[0]
    kept = [
        sentence
        for sentence in _SENTENCE_ENDS.split(text)
        if all(one.lower() in (own, *readers) for one in find_all(sentence)) and not is_closing(sentence)
    ]
    return [failure(refusing, "\n".join(kept) or text, action_of(report))]
