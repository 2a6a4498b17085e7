"""Joins what a narrow window, a console or a copy broke in two, and parts what a copy joined: addresses and
names of hosts cut at a column, the headings of a report that came on one line."""

import re
from functools import cache
from itertools import groupby
from typing import Final

from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.regex import regex

_NARROWEST: Final = 24
_FEWEST_FULL: Final = 3
"""Lines of the very same width that a program broke at a column, whatever stood there."""
_COLUMNS: Final = regex(r"\S {3,}\S")

# With the marks of a quotation at the beginning of the next line.
_BEGINS: Final = r"[ \t]{0,8}(?:[>|][ \t]?){0,4}"
_BREAK: Final = rf"\n{_BEGINS}"
_DOT_NAME: Final = r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){0,10}"
# "<bob@exam" and "ple.net>" below it: a bracket that closes on the next line holds no blank.
_IN_BRACKETS: Final = regex(rf"<([^<>\s]{{1,320}}){_BREAK}([^<>\s]{{1,255}}>)")
# "bob@exam-" above "ple.net", "bob@" above "example.net", "bob@example" above ".net".
_ADDRESS: Final = regex(
    rf"([^\s<>@]{{1,64}}@(?:[A-Za-z0-9.-]{{0,255}}[.-])?){_BREAK}(?={_DOT_NAME})"
    rf"|([^\s<>@]{{1,64}}@[A-Za-z0-9.-]{{1,255}}){_BREAK}(?=\.[A-Za-z])"
    rf"|([A-Za-z0-9][A-Za-z0-9._+-]{{1,63}}){_BREAK}(?=@[A-Za-z0-9][A-Za-z0-9-]{{0,62}}\.)"
)
# "mx1.example-" or "mx1.east.example." above "example.net[192.0.2.1]".
_HOST: Final = regex(
    rf"\b([A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,8}}[.-]){_BREAK}"
    rf"(?={_DOT_NAME}\.?[ :]?[\[(])"
)
# What stands round the break in each of the two: found from "@" or from the line end, to which the engine
# skips, where a pattern that begins with a name is tried at every letter of the text.
_MAY_BREAK_ADDRESS: Final = regex(
    rf"@(?:(?:[A-Za-z0-9.-]{{0,255}}[.-])?{_BREAK}(?={_DOT_NAME})|[A-Za-z0-9.-]{{1,255}}{_BREAK}(?=\.[A-Za-z]))"
    rf"|{_BREAK}(?=@[A-Za-z0-9])"
)
_MAY_BREAK_HOST: Final = regex(rf"\n(?<=[.-]\n){_BEGINS}(?={_DOT_NAME}\.?[ :]?[\[(])")
# "550-Verification failed for" above "<bob@example.net> ...": no recipient begins there.
_REPLY_GOES_ON: Final = regex(
    r"([45](?<!\w[45])\d\d[ -](?:[^\n]{0,200} (?:for|from|of|by)|[245]\.\d{1,3}\.\d{1,3}))"
    rf"{_BREAK}(?=<)"
)
# "said: 5" above "50 5.1.1 ...", "55" above "0 5.1.1", and the same with a blank.
_CODE: Final = regex(
    rf"(?<=[\s:])(?:([45])(?:{_BREAK}| )(\d\d)|([45]\d)(?:{_BREAK}| )(\d))(?=[ -][245]\.\d{{1,3}}\.\d)"
)
# "<bob@example.net" above ">: host ...", in a quotation.
_CLOSED_BELOW: Final = regex(r"<([^<>\s@]{1,64}@[^<>\s@]{1,255}[A-Za-z])\n[ \t]{0,8}(?:[>|] ?){0,4}>(?=:)")
# "|-----" is a rule of a report.
_MARKED: Final = regex(r"[ \t]{0,4}(?:[>|] ?(?!-)){1,6}")
_FEWEST_MARKED: Final = 3
_SEVERAL: Final = 2
_LONG_LINE: Final = 250
_IN_WHOLE_BRACKETS: Final = regex(r"<([^<>\s@]{1,64}@[^<>\s]{1,255})>")
_MOST_ADDRESSES: Final = 50
_MOST_BROKEN: Final = 10
_LONGEST: Final = 20_000
_LABEL_BEHIND_TAB: Final = regex(r"\t(?=[^\W\d_][^\t:：]{1,40}[:：](?:\t|$))")
_FEWEST_TABS: Final = 4
_LISTED: Final = regex(
    r"[ \t](?=<?[^\s<>@,;:]{1,64}@[A-Za-z0-9.-]{1,255}>?:? "
    r"(?:Remote Server returned|host \S|SMTP error|#\d{3}))"
)


def rejoined(text: str) -> str:
    """`text` with its addresses and hosts whole, and the headings of a report on lines of their own."""
    if "\n" in text:
        text = _without_columns(text)
        if "<" in text and len(text) <= _LONGEST:
            text = _with_known_addresses(_IN_BRACKETS.sub(_whole_address, text))
        text = _with_whole_quotes(text)
        if "<" in text:
            text = _CLOSED_BELOW.sub(r"<\1>", text)
            text = _IN_BRACKETS.sub(_whole_address, text)
        if "@" in text and _MAY_BREAK_ADDRESS.search(text) is not None:
            text = _ADDRESS.sub(_head_of_break, text)
        if _MAY_BREAK_HOST.search(text) is not None:
            text = _HOST.sub(r"\1", text)
        if "<" in text:
            text = _REPLY_GOES_ON.sub(r"\1 ", text)
    text = _CODE.sub(lambda code: "".join(filter(None, code.groups())), text)
    if any(len(line) > _LONG_LINE for line in text.split("\n", 40)[:40]):
        text = "\n".join(_parted(line) if len(line) > _LONG_LINE else line for line in text.split("\n"))
    return text


def _with_known_addresses(text: str) -> str:
    """`text` with each address on one line that stands whole in brackets elsewhere."""
    for address in dict.fromkeys(_IN_WHOLE_BRACKETS.findall(text)[:_MOST_BROKEN]):
        for cut in range(1, len(address)):
            # A copy loses no more than the mark of a quotation there.
            begins, ends = f"{address[:cut]}\n", address[cut:]
            # A reader of photos sees blanks.
            text = text.replace(f"<{address[:cut]} {ends}>", f"<{address}>")
            if begins in text:
                text = re.sub(
                    rf"(?<![\w@.+-]){re.escape(begins)}(?:[>|][ \t]?){{0,4}}{re.escape(ends)}(?![\w@-])",
                    address,
                    text,
                )
    return text


def _with_whole_quotes(text: str) -> str:
    """`text` with what a narrower window broke off the lines of a quotation, and what lost its mark so."""
    lines = text.split("\n")
    widths = [len(line) for line in lines if _MARKED.match(line)]
    if len(widths) < _FEWEST_MARKED or len(widths) in (len(lines), 0):
        return text
    width = max(widths)
    # One line as wide as the window may end where a word does.
    is_cut = widths.count(width) >= _SEVERAL
    whole: list[str] = []
    for above, line, below in zip(("", *lines), lines, (*lines[1:], ""), strict=False):
        broken = whole and line.strip() and not _MARKED.match(line) and _MARKED.match(above)
        # The last piece of all has no line below it that is marked.
        if broken and above.strip(" \t>|") and (_MARKED.match(below) or not below.strip()):
            whole[-1] += line if is_cut and len(above) == width else f" {line}"
        else:
            whole.append(line)
    return "\n".join(whole)


def _without_columns(text: str) -> str:
    """`text` with the paragraphs whole that were cut at a column, in the middle of words."""
    paragraphs = []
    for is_blank, lines in groupby(text.split("\n"), key=lambda line: not line.strip()):
        paragraph = list(lines)
        paragraphs.append("\n".join(paragraph) if is_blank else _paragraph(paragraph))
    return "\n".join(paragraphs)


def _paragraph(lines: list[str]) -> str:
    width = max(map(len, lines))
    full = lines[:-1]
    # A blank at the column is lost where the copy drops blanks at the ends of lines.
    is_cut = (
        width >= _NARROWEST
        and len(full) >= _FEWEST_FULL
        and all(width - 1 <= len(line) <= width for line in full)
        and sum(len(line) == width for line in full) >= _FEWEST_FULL
        and any(_splits_word(above, below) for above, below in zip(full, lines[1:], strict=True))
        and not any(_COLUMNS.search(line) for line in lines)
    )
    if not is_cut:
        return "\n".join(lines)
    return "".join(line if len(line) == width else f"{line} " for line in full) + lines[-1]


def _splits_word(above: str, below: str) -> bool:
    return above[-1].isalnum() and below[0].islower()


def _whole_address(broken: re.Match[str]) -> str:
    joined = broken[1] + broken[2]
    address = joined[:-1]
    return f"<{joined}" if address.count("@") == 1 and "." in address.rpartition("@")[2] else broken[0]


def _head_of_break(broken: re.Match[str]) -> str:
    """What stands above a break inside an address; the break itself where a sentence ends with it."""
    whole = broken[1] or broken[2] or broken[3]
    domain = whole.rpartition("@")[2]
    return broken[0] if domain.endswith(".") and "." in domain[:-1] else whole


def _parted(line: str) -> str:
    """A long `line` with each heading of a report on a line of its own."""
    begins, ends = _headings()
    line = ends.sub(r"\1\n", begins.sub("\n", line))
    # What stands in brackets elsewhere tells where an address ends that runs into the next word.
    for address in dict.fromkeys(_IN_WHOLE_BRACKETS.findall(line)[:_MOST_ADDRESSES]):
        line = line.replace(f"{address}host ", f"\n{address}\n host ")
    if line.count("\t") >= _FEWEST_TABS:
        line = _LABEL_BEHIND_TAB.sub("\n", line)
    return _LISTED.sub("\n", line)


@cache
def _headings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The blank before a heading that begins a line, and one that ends a line with the blank behind it."""
    alone = lexicon("pasted", "heading_alone")
    begin = any_of((*lexicon("pasted", "heading"), *alone))
    end = any_of((*lexicon("pasted", "heading_above"), *alone))
    return re.compile(rf"[ \t](?={begin})", re.I), re.compile(rf"({end})[ \t]", re.I)
