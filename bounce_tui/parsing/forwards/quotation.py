"""Lines that an answer or a forward marks as another's, and the words that announce them."""

import re
from functools import cache
from typing import Final

from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.mime.mail import Mail
from bounce_tui.parsing.mime.wire import as_wire
from bounce_tui.parsing.recognition.subject_marks import is_passed_on, without_marks
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of, whole
from bounce_tui.regex import regex

FIRST_WORDS: Final = 20_000
"""Characters of a text in which its writer says that the rest is another's."""
COLONS: Final = (":", "：")
_FEWEST_LINES: Final = 3
_LONGEST_ANNOUNCEMENT: Final = 400
# "> ", "| " and the "AB> " of some older programs.
MARK: Final = regex(r"^[ \t]{0,3}[A-Z]{0,3}[>|]", re.M)
_MARKS: Final = regex(r"^[ \t]{0,3}(?:[A-Z]{0,3}[>|] ?){1,6}", re.M)


def is_quoted(text: str) -> bool:
    """True for text with lines that an answer or a forward marks as another's."""
    return len(MARK.findall(text, 0, FIRST_WORDS)) >= _FEWEST_LINES


def unquoted(text: str) -> str:
    """`text` without its "> " marks when it begins with one."""
    return _MARKS.sub("", text) if MARK.match(text.lstrip("\n")) else text


def quoted(report: Report, text: str, first: int) -> Mail:
    """What the marked lines of `text`, the first at `first`, quote."""
    lines = [line for line in text.split("\n") if MARK.match(line) or not line.strip()]
    head = head_of_answered(report, text, first)
    return Mail(as_wire(head + unquoted("\n".join(lines))))


def answers_reader(report: Report) -> bool:
    """True where a mail quotes what its reader wrote, and nothing else."""
    if not is_passed_on(report.subject) or "\n>" not in report.whole_text:
        return False
    first = MARK.search(report.whole_text)
    return first is not None and is_readers_own(report, report.whole_text, first.start())


def is_readers_own(report: Report, text: str, at: int) -> bool:
    """True where the words above the quotation `at` say that the reader wrote it."""
    above = _announcement(text, at).lower()
    if not above.endswith(COLONS):
        return False
    if _reader_wrote().search(above) is not None:
        return True
    readers = {one.lower() for field in ("to", "cc") for one in find_all(report.head.raw(field))}
    return is_passed_on(report.subject) and any(one in readers for one in find_all(above))


def is_announced(text: str, at: int) -> bool:
    """Whether the words above `at` in `text` end with a colon, as "On Friday X wrote:" does."""
    return _announcement(text, at).endswith(COLONS)


def head_of_answered(report: Report, text: str, at: int) -> str:
    """The header of what is answered from `at` on in `text`: from the line above it, "On Friday X wrote:",
    and the answer's subject without its mark.  Empty unless X or that subject is a mail system's."""
    above = _announcement(text, at)
    announced = above.endswith(COLONS)
    by_a_daemon = announced and _names_daemon(above)
    answered = is_passed_on(report.subject)
    if not by_a_daemon and not (answered and "failed_subject" in report.subject_words):
        return ""
    sender = _writer_in(above) if announced else ""
    if by_a_daemon and not sender:
        sender = above.rstrip("".join(COLONS))
    subject = without_marks(report.subject) if answered else ""
    # The answer's subject is a mail system's, so what it answers was, whatever that calls itself.
    path = "" if by_a_daemon else "Return-Path: <>\n"
    return f"{path}From: {sender}\nSubject: {subject}\n\n"


def _announcement(text: str, at: int) -> str:
    """The paragraph above `at`, on one line."""
    return " ".join(text[max(0, at - _LONGEST_ANNOUNCEMENT) : at].rstrip().rpartition("\n\n")[2].split())


def _names_daemon(above: str) -> bool:
    lower = above.lower()
    return any(word in lower for word in lexicon("senders", "daemon", "mail_server"))


def _writer_in(above: str) -> str:
    """Name and address of whom the words `above` a quotation name as its writer; empty without them."""
    found = _writer().search(above)
    return f"{found[1].strip()} <{found[2]}>" if found is not None else ""


@cache
def _writer() -> re.Pattern[str]:
    before = any_of(lexicon("forwards", "before_writer", "wrote"))
    return re.compile(rf"(?: ?(?i:{before})\b){{0,2}}([^<>:;,\d]{{0,80}})<\s?([^<>\s]{{3,320}})>")


@cache
def _reader_wrote() -> re.Pattern[str]:
    return re.compile(whole(lexicon("forwards", "reader_wrote")))
