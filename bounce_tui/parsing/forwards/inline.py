"""A message as mail programs show it inside another: fields named in the reader's language, then its text."""

import re
from functools import cache
from typing import Final

from bounce_tui.parsing.dates import by_clock, clock_of, seconds_between, to_utc
from bounce_tui.parsing.forwards.quotation import FIRST_WORDS, MARK, unquoted
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.parsing.mime.mail import Mail
from bounce_tui.parsing.mime.wire import as_wire
from bounce_tui.parsing.words.field_words import field_words
from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.regex import regex

NEAR: Final = 400
"""Characters above a copy in which the line stands that parts it from the forwarder's words."""
_MOST_ABOVE: Final = 8
"""Words above a forwarded copy that are no more than its separator."""
_LONGEST_HEADER: Final = 20_000
_FURTHEST: Final = 14 * 3_600
"""Seconds by which a local time can be ahead of UTC."""
_DATE: Final = "Date: "
_NEEDED: Final = {"From: ", "Subject: "}
_LINE: Final = r"[ \t>*]{0,8}"
_FIELD: Final = regex(r"\*?([^\s:：*][^\n:：*]{0,30})\*?[ \t]*[:：]\*?[ \t]*(.*)")
_MAILTO: Final = regex(r"\[mailto:([^\]\s]{3,320})\]|<mailto:([^>\s]{3,320})>", re.I)


def shown_message(text: str) -> tuple[Mail, bool] | None:
    """The first message in `text` as a mail program shows or forwards it, its fields named in the reader's
    language, and whether `text` begins with it; None without one."""
    field = _from_field().search(text, 0, FIRST_WORDS)
    if field is None:
        return None
    lines = text[: field.start()].split("\n")[:-1]
    while lines and _is_field(lines[-1]):
        lines.pop()
    above = "\n".join(lines)
    mail = Mail(as_wire(with_plain_fields(unquoted(text[len(above) :].lstrip("\n")), Head(""))))
    begins = len(above.split()) <= _MOST_ABOVE
    return (mail, begins) if mail.head.has("from") and mail.head.has("subject") else None


def inline_starts(text: str, *, answers: bool) -> list[int]:
    """Where what is passed on begins, with `answers` also behind "X wrote:"."""
    separator, field = _separator().search(text), _from_field().search(text)
    if separator is None and field is None and answers:
        separator = _attribution().search(text, 0, FIRST_WORDS)
    if separator is None or field is None:
        return [field.start()] if field is not None else [separator.end()] if separator is not None else []
    if separator.end() <= field.start() <= separator.end() + NEAR:
        # Thunderbird puts subject and date above From.
        between = [line for line in text[separator.end() : field.start()].split("\n") if line.strip()]
        return [separator.end() if between and all(map(_is_field, between)) else field.start()]
    return sorted((separator.end(), field.start()))


def is_whole_header(text: str, at: int, outer: Head) -> bool:
    """True unless the fields at `at` in `text` tell no subject: every mail program that forwards a message
    shows it.  `outer` is the header of the mail that they stand in."""
    if _from_field().match(text, at) is None:
        return True
    header = with_plain_fields(text[at : at + _LONGEST_HEADER], outer).partition("\n\n")[0]
    return "\nSubject: " in header


def begins_with_fields(text: str, at: int) -> bool:
    """Whether a field of a header stands at `at` in `text`."""
    if _from_field().match(text, at):
        return True
    return _is_field(text[at : at + NEAR].lstrip().partition("\n")[0])


def with_plain_fields(text: str, outer: Head) -> str:
    """The inline copy `text` with its fields under the names that every reader knows; `outer` is the header
    of the mail that it stands in.

    The block ends at a blank line; or, once it says from whom, about what, and when or to whom, at the
    first line that is no field of mail: HTML need not leave a line blank."""
    lines = text.lstrip("\n").split("\n")
    fields = _PlainFields(outer)
    for number, line in enumerate(lines):
        if not line.strip():
            if fields.lines:
                return fields.above(lines[number + 1 :])
        elif not fields.take(line):
            return fields.above(lines[number:]) if fields.lines else text
    return fields.above([])


class _PlainFields:
    """The fields of a header as it is read line by line, under their plain names."""

    def __init__(self, outer: Head) -> None:
        self.lines: list[str] = []
        self._outer = outer
        self._seen: set[str] = set()

    def take(self, line: str) -> bool:
        """Take `line` in where it belongs to the header, and say whether it does."""
        text = line.strip()
        field = _FIELD.match(text)
        name = field_words().get(_compared(field[1])) if field is not None else None
        if field is not None and name is not None and not (self._is_whole and name in self._seen):
            self._seen.add(name)
            self.lines.append(name + self._value(name, field[2]))
        elif not self.lines:
            return False
        elif field is None and self._is_folded(line):
            self.lines.append(f" {text}")
        elif field is not None and (not self._is_whole or "-" in field[1]):
            self.lines.append(f"X-{text}" if text.isascii() else f" {text}")
        else:
            return False
        return True

    def above(self, body: list[str]) -> str:
        """The header and, below it, the lines of `body`."""
        return "\n".join(self.lines) + "\n\n" + "\n".join(body)

    @property
    def _is_whole(self) -> bool:
        return len(self._seen) > len(_NEEDED) and self._seen >= _NEEDED

    def _is_folded(self, line: str) -> bool:
        goes_on = not self._is_whole or self.lines[-1].endswith((",", ";")) or self.lines[-1][:2] == "X-"
        return line[:1] in " \t" and goes_on

    def _value(self, name: str, value: str) -> str:
        return _dated(value, self._outer) if name == _DATE else _MAILTO.sub(r"<\1\2>", value)


def _dated(date: str, outer: Head) -> str:
    """The `date` of an inline copy as a mail program shows it: mostly without a zone, by the clock by which
    the `outer` mail was written, or else by UTC.  Empty where it would be later than that mail by no more
    than clocks of the world differ: it is by another of them."""
    if to_utc(date, "+0100") == to_utc(date, "-0100"):
        return date  # it names its zone, or no moment
    written = outer.get("date")
    clock = clock_of(written)
    moment, passed_on = to_utc(date, clock), to_utc(written)
    if moment is None or (passed_on is not None and 0 < seconds_between(passed_on, moment) <= _FURTHEST):
        return ""
    return by_clock(moment, clock) if clock else date


def _is_field(line: str) -> bool:
    field = _FIELD.match(MARK.sub("", line).strip())
    return field is not None and _compared(field[1]) in field_words()


def _compared(name: str) -> str:
    """The name of a field as `field_words` has it."""
    return "".join(name.split()).lower()


@cache
def _separator() -> re.Pattern[str]:
    between_dashes = any_of(lexicon("forwards", "separator"))
    alone = any_of(lexicon("forwards", "separator_alone"))
    return re.compile(
        rf"^{_LINE}(?:-{{2,20}} ?(?:{between_dashes})[^\n]{{0,40}}|(?:{alone}):?[ \t]*|_{{10,}}[ \t]*)$",
        re.M | re.I,
    )


@cache
def _from_field() -> re.Pattern[str]:
    # In small letters such words begin a sentence's lines, too: "de : ...".
    names = any_of(word[0].upper() + word[1:] for word in lexicon("fields", "from")).replace(r"\ ", " ?")
    return re.compile(
        rf"^{_LINE}(?:{names})\*?[ \t]*[:：]\*?[ \t]*\S[^\n]*\n"
        rf"(?=(?:{_LINE}[^\s:：][^\n:：]{{1,30}}[:：][^\n]*\n(?:[ \t]+[^\n]*\n)?){{1,8}})",
        re.M,
    )


@cache
def _attribution() -> re.Pattern[str]:
    """The end of the line by which an answer announces what it quotes, where no marks follow (HTML)."""
    wrote = any_of(lexicon("forwards", "wrote"))
    return re.compile(rf"(?:{wrote})[ \t]{{0,4}}[:：][ \t]*$", re.M)
