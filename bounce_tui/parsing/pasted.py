"""A report that somebody pasted below words of their own, or that a ticket system wrapped in its form: no
mark of quotation and no header tells it, only the sentence with which a mail system begins."""

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.lower_case import lower_case
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.recognition.samples import is_sample
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

_MOST_TEXT = 40_000
_LONGEST_PARAGRAPH = 2000
_FEWEST_WORDS = 3
_WORD = regex(r"[^\W\d_]{2,}")
_GREETING = regex(r"\s*(?:\S+[ \t]+){0,5}\S+[,!][ \t]*\n\s*\n")
_ADDRESSED = regex(r"^[ \t*>-]{0,12}<?[^\s<>@,]{1,64}@[^\s<>@,]{1,255}", re.M)
_BLANK_LINE = regex(r"\n[ \t]*\n")
# "{noformat}", "{code:title=x}", "```text", "[quote]", "<pre>": what trackers put round text as it is.
_FENCE = regex(
    r"^[ \t]*(?:\{[a-z]{3,10}(?::[^}\n]{0,60})?\}|```[a-z]{0,12}|\[/?[a-z]{4,10}\]|</?(?:pre|code)>)[ \t]*$",
    re.M,
)
# A newsletter says nothing of the kind; what is sent by itself about somebody's case does.
_AUTOMATIC = ("auto-submitted", "x-auto-response-suppress", "x-mailer", "x-powered-by")


@cache
def _openings() -> AhoCorasick:
    # Made for the first mail that is no report by itself.
    return AhoCorasick(
        lexicon("pasted", "opening") + lexicon("pasted", "about_address"),
        implementation=Implementation.ContiguousNFA,
    )


def pasted(report: Report) -> Iterator[str]:
    """The report that begins below the writer's own words, without its header, from each place where it may
    begin; nothing for text that begins with it, for a list's mail, and for text without any system's form.
    """
    if not report.head or _is_for_many(report):
        return
    text = report.whole_text[:_MOST_TEXT]
    lower = lower_case(text).replace("\u2019", "'")
    found = next(iter(_openings().find_matches_as_indexes(lower)), None)
    if found is None:
        return
    line = text.rfind("\n", 0, found[1]) + 1
    starts = (line,) if found[0] < len(lexicon("pasted", "opening")) else _addressed(text, line, report)
    for start in starts:
        above = text[:start]
        greeted = _GREETING.match(above)
        own = above[greeted.end() :] if greeted is not None else above
        if len(_WORD.findall(own)) >= _FEWEST_WORDS and not is_sample(own):
            yield _dedented(_FENCE.sub("", text[start:]))


def begins_as_letter(text: str) -> bool:
    """True for a text with somebody greeted on its first line."""
    return _GREETING.match(text[:_LONGEST_PARAGRAPH]) is not None


def quotes_system(text: str) -> bool:
    """True where a sentence or a heading stands in `text` that nobody but a mail system writes."""
    lower = lower_case(text[:_MOST_TEXT]).replace("\u2019", "'")
    return bool(_openings().find_matches_as_indexes(lower))


def _is_for_many(report: Report) -> bool:
    """True for a list's mail, and for what a program sends that nobody answers."""
    head = report.head
    if any(name.startswith(lexicon("pasted", "tracker")) for name in head.fields):
        return False
    if head.has("list-id") or head.has("list-unsubscribe"):
        return True
    if head.raw("precedence").lower() in ("bulk", "list"):
        return not any(map(head.has, _AUTOMATIC))
    sender = report.sender.lower()
    return any(word in sender for word in lexicon("pasted", "machine"))


def _addressed(text: str, line: int, report: Report) -> tuple[int, ...]:
    """Where the words about an address may begin that go on in the `line` that begins there: with the address
    in the same paragraph, with that line, or with the nearest line above that has an address."""
    before = text[max(0, line - _LONGEST_PARAGRAPH) : line]
    blank = list(_BLANK_LINE.finditer(before))
    paragraph = line - len(before) + (blank[-1].end() if blank else 0)
    address = _ADDRESSED.search(text, paragraph, line + 1)
    if address is not None:
        return (address.start(),)
    own = {one.lower() for field in ("from", "to", "cc") for one in find_all(report.head.raw(field))}
    end = line
    for above in reversed(before.split("\n")[:-1]):
        end -= len(above) + 1
        if "@" in above and any(one.lower() not in own for one in find_all(above)):
            return (line, end)
    return (line,)


def _dedented(text: str) -> str:
    """`text` without the indent of its first line, as trackers and people set off what they paste."""
    indent = text[: len(text) - len(text.lstrip(" \t"))]
    return text.replace(f"\n{indent}", "\n")[len(indent) :] if indent else text
