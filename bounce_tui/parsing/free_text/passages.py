"""The passage of a report in anybody's words that says why: with a reply in it, or behind a label."""

import re
from typing import Final

from bounce_tui.parsing.free_text.description import begins_with_subject
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

_REASON_LABELS: Final = frozenset(lexicon("reasons", "label"))
_LONGEST_LABEL = 60
_LONGEST_CAUSE = 200
_LONGEST_REPLY = 500
_WORD = regex(r"[^\W\d_]{3}")
_CODE = regex(r"[45]\d\d[ -]|[45]\.\d{1,3}\.\d{1,3}")
_SENT = regex(r"^[CS>: -]{0,6}(?:RCPT TO|MAIL FROM|EHLO|HELO|DATA|BDAT|STARTTLS|AUTH)\b", re.M)


def passage(text: str, paragraph: str = "") -> str:
    """The passage that says why: the one with a reply code, the one behind "reason:", else
    `paragraph`."""
    at = _code_at(text)
    if at >= 0:
        start = max(_after(text, "\n\n", at), _after(text, "\n", max(at - 400, 0)))
        for sent in _SENT.finditer(text, start, at):
            start = sent.start()  # of a session, the last command before the refusal
        stop = text.find("\n\n", at)
        return text[start : stop if stop >= 0 else len(text)][:2000]
    at = _reason_at(text)
    if at >= 0:
        return text[at:].lstrip().partition("\n\n")[0][:2000]
    if paragraph:
        return f"{paragraph}\n{_line_below(text, paragraph)}".strip()[:2000]
    return text[:2000].strip()


def has_reason(text: str) -> bool:
    """Whether a label such as "reason:" stands in `text`."""
    return _reason_at(text) >= 0


def _line_below(text: str, paragraph: str) -> str:
    """The paragraph behind `paragraph` where it is short, as which many servers put the cause."""
    below = text.partition(paragraph)[2].lstrip().partition("\n\n")[0].rstrip()
    return below if len(below) < _LONGEST_CAUSE and not below.endswith((":", "：")) else ""


def _code_at(text: str) -> int:
    """Where the first code stands that words follow in its paragraph, or else the first, or -1."""
    first = -1
    for found in _CODE.finditer(text):
        at = found.start()
        if at and (text[at - 1].isalnum() or text[at - 1] == "."):
            continue
        first = at if first < 0 else first
        if _WORD.search(text[at : at + _LONGEST_REPLY].partition("\n\n")[0]) is not None:
            return at
    return first


def _reason_at(text: str) -> int:
    """Where the words behind a label such as "reason:" begin, or -1.  What "your message:" leads to, with a
    subject, is which mail it was."""
    at = 0
    for line in text.split("\n"):
        label, colon, _ = line.replace("：", ":").partition(":")
        if colon and len(label) < _LONGEST_LABEL:
            words = label.lower().strip(" \t*>-").split()
            if words and (words[0] in _REASON_LABELS or words[-1] in _REASON_LABELS):
                start = at + len(label) + 1
                if not begins_with_subject(text[start : start + _LONGEST_LABEL].lstrip()):
                    return start
        at += len(line) + 1
    return -1


def _after(text: str, mark: str, end: int) -> int:
    at = text.rfind(mark, 0, end)
    return at + len(mark) if at >= 0 else 0
