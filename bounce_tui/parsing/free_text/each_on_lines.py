"""Recipients who have lines of their own in anybody's words: labels, lists, replies, rows of a table."""

import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise

from bounce_tui.model import Failure
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.free_text.address_entries import are_alike
from bounce_tui.parsing.free_text.address_rows import Rows
from bounce_tui.parsing.free_text.free_text import LINE_START, WORD, FreeText, says_failure
from bounce_tui.parsing.free_text.joined_recipients import with_joined
from bounce_tui.parsing.free_text.named_server import from_server
from bounce_tui.parsing.free_text.passages import has_reason, passage
from bounce_tui.parsing.free_text.recipient_label import labelled_as_recipient
from bounce_tui.parsing.free_text.recipient_outcomes import has_arrived, outcome, replaces, rest_of
from bounce_tui.parsing.replies import Reply, failure
from bounce_tui.parsing.shapes.blocks import failures
from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.regex import regex

_OF_THOSE_LISTED = 3
_BLANK_LINE = regex(r"\n[ \t]*\n")
_LINE_CODE = regex(r"^[ \t*>-]{0,12}([45]\d\d)([ -])", re.M)
# As in "550 5.1.1 User unknown: b@example.net".
_REPLY_LINE = regex(
    r"^[ \t*>-]{0,12}(?=[45]\d\d[ -])([^\n@]{0,400}?<?[^\s<>@]{1,64}@[^\s<>@]{1,255}[^\n@]{0,400})$", re.M
)


def labelled(said: FreeText) -> list[Failure]:
    """Lines "Recipient: address", each with the words up to the next one where those say why.  Of several,
    a quoted To maybe, what lines that begin with the same ones say counts before that."""
    found = _labelled(said)
    if len(found) < 2:
        return found
    lines = listed(said)
    same = {one.recipient for one in lines} == {one.recipient for one in found}
    return lines if same else found


def _labelled(said: FreeText) -> list[Failure]:
    entries: dict[str, tuple[str, int]] = {}
    at = 0
    for line in said.text.split("\n"):
        if "@" in line:
            for address in labelled_as_recipient(line):
                if address.lower() not in said.own:
                    entries.setdefault(address.lower(), (address, at))
        at += len(line) + 1
    if not entries or not (said.fails or Reply(said.text).code is not None):
        return []
    if len(entries) == 1:
        return said.about([address for address, _ in entries.values()])
    found = []
    sections = _records(said.text, list(entries.values())) or _sections(said.text, list(entries.values()))
    for (address, _), section in zip(entries.values(), sections, strict=True):
        own = has_reason(section) or says_failing(section) or outcome(section) is not None
        words = passage(section) if own else said.words
        found.append(from_server(failure(address, words, said.action), section, said.report))
    return found


def _sections(text: str, entries: list[tuple[str, int]]) -> list[str]:
    """The lines below each labelled address up to the next one."""
    ends = (*(start for _, start in entries[1:]), len(text))
    return [text[start:end].partition("\n")[2] for (_, start), end in zip(entries, ends, strict=True)]


def _records(text: str, entries: list[tuple[str, int]]) -> list[str]:
    """The paragraph of each labelled address without its own line, where in some the result stands above it;
    nothing where several share a paragraph."""
    starts = [0, *(blank.end() for blank in _BLANK_LINE.finditer(text))]
    numbers = [bisect_right(starts, at) - 1 for _, at in entries]
    if len(set(numbers)) < len(entries):
        return []
    ends = [*starts[1:], len(text)]
    above = [text[starts[number] : at] for (_, at), number in zip(entries, numbers, strict=True)]
    if not any(_is_result(line) for lines in above for line in lines.split("\n")):
        return []
    return [
        lines + text[at : ends[number]].partition("\n")[2]
        for lines, (_, at), number in zip(above, entries, numbers, strict=True)
    ]


def _is_result(line: str) -> bool:
    """True for a label with the outcome of one recipient, "Result: NG"."""
    value = line.replace("：", ":").partition(":")[2].strip()
    return bool(value) and outcome(value) is not None


def listed(said: FreeText, *, least: int = 2) -> list[Failure]:
    """Addresses at the beginning of lines; from two on, when all come with words that say what failed."""
    if not said.fails or len(LINE_START.findall(said.text)) < least:
        return []
    lines = with_joined(failures(said.text, said.action, replaces=replaces), said.text)
    found = [one for one in lines if one.recipient and said.foreign(one.recipient)]
    if len(found) < least:
        return []
    if least > 1:
        found = said.apart(found)
    if least == 1 or all(map(_says_what_failed, found)):
        return found
    return found if _say_what_failed(found) and are_alike(found, said.text, said.foreign) else []


def listed_in_any_words(said: FreeText) -> list[Failure]:
    """The lines that begin with an address where no words known say what failed: all where the lines are of
    one form, as no two that only happen to begin so are, else the first."""
    lines = listed(said, least=1)
    if len(lines) > 1 and are_alike(lines, said.text, said.foreign):
        return said.apart(lines)
    return lines[:1]


def replies(said: FreeText) -> list[Failure]:
    """Several lines that are a reply with one address in it each."""
    found: dict[str, Failure] = {}
    further = _further_lines(said.text)
    if further is None:
        return []
    for line in _REPLY_LINE.finditer(said.text):
        for address in find_all(line[1]) if line.start() not in further else ():
            if said.foreign(address):
                found.setdefault(address.lower(), failure(address, line[1], said.action))
    return list(found.values()) if len(found) > 1 else []


def _further_lines(text: str) -> set[int] | None:
    """Where the further lines of a reply of several begin, "550-..." before "550 ..." (RFC 5321 section
    4.2.1): they speak of whom its first does.  None where `text` has not even two lines with a code."""
    lines = list(_LINE_CODE.finditer(text))
    if len(lines) < 2:
        return None
    further = [two for one, two in pairwise(lines) if one[2] == "-" and one[1] == two[1]]
    # A list may have the dash on each of its lines.
    ends = any(line[2] == " " for line in further)
    return {line.start() for line in further} if ends else set()


def rows(said: FreeText) -> list[Failure]:
    """Several rows of a list or table, of whose words some say what failed."""
    table = Rows(said.text, said.foreign)
    if len(table.each()) < 2 or not (table.are_alike or table.begin_with(outcome) or table.keep_named()):
        return []
    # A cell before the address may have the outcome: "NOT SENT  b@example.net  552 full".
    cells = [
        (address, f"{before}\n{words}" if outcome(before) else words)
        for address, before, words in table.each()
    ]
    found = said.apart([failure(address, words, said.action) for address, words in cells])
    if table.begin_with(outcome) and any(one.action != "delivered" for one in found):
        return found
    return found if _say_what_failed(found) or (table.are_cells and _fails_outside(said, found)) else []


def all_arrived(said: FreeText) -> bool:
    """True where each row of a list or table, be it the only one, or each line "Result: ..." tells of an
    arrival."""
    table = Rows(said.text, said.foreign)
    rows = table.each()
    if rows and table.are_alike and all(_has_got_it(*row[1:]) for row in rows):
        return True
    results = [line[1] for line in _result().finditer(said.text)]
    return bool(results) and all(map(has_arrived, results))


@cache
def _result() -> re.Pattern[str]:
    label = any_of(lexicon("outcomes", "label"))
    return re.compile(
        rf"^[ \t]{{0,12}}(?:{label})[ \t.]{{0,40}}[:：][ \t]{{0,40}}(\S[^\n]{{0,200}})$", re.M | re.I
    )


def _has_got_it(before: str, words: str) -> bool:
    return has_arrived(words.partition("\n")[0]) or (not words and has_arrived(before))


def _fails_outside(said: FreeText, found: list[Failure]) -> bool:
    """Whether words that stand in none of the rows `found`, all of which say something, tell of a failure."""
    rest = rest_of(said.text, found)
    all_say = all(WORD.search(one.diagnostic) for one in found)
    return all_say and says_failure(f"{said.report.subject}\n\n{rest}")


def _says_what_failed(one: Failure) -> bool:
    return bool(one.reply_code or one.status or says_failing(one.diagnostic))


def _say_what_failed(found: list[Failure]) -> bool:
    """True where some of `found` say what failed: that tells what the others' words, in whatever wording,
    are."""
    failing = sum(map(_says_what_failed, found))
    all_say = all(WORD.search(one.diagnostic) for one in found)
    return all_say and failing * _OF_THOSE_LISTED >= len(found)
