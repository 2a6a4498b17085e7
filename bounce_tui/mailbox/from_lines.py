"""The `From ` lines of an mbox: which of them begin a message, and what they did to its text.

RFC 4155 asks for "From " + sender + a date in the form of asctime; programs write several more.  A
line that begins with "From " separates messages where it holds a time and a year and follows a blank
line, or (some programs leave no blank line) where a header field follows it.  In an mbox whose first
`From ` line has no date, a header field must follow and a blank line precede.  Where messages tell their
lengths, such a line within a body is none (`content_length.py`).
"""

from bounce_tui.mailbox.content_length import HEADER_LIMIT, Lengths, body_end, tells_lengths
from bounce_tui.regex import regex

_LINE_LIMIT = 1000
_HORIZON = _LINE_LIMIT + 200
"""How far after a candidate the bytes must be known before it is judged."""

# Ten times as fast as with a class of line ends in front of it.
_CANDIDATE = regex(rb"From ")
# What nearly every program writes, in one look.
_USUAL = regex(rb"From [!-~]{1,400}+ ++[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?:19|20)\d\d\r?\n")
_LINE = regex(rb"From [^\r\n]{0,%d}" % _LINE_LIMIT)
_TIME = regex(rb"[ T]\d{1,2}:\d\d")
_YEAR = regex(rb"(?<!\d)(?:19|20)\d\d(?!\d)")
_LINE_END = regex(rb"\r?\n|\r")
_REST_OF_LINE = regex(rb"[^\r\n]*+(?:\r?\n|\r|$)")
_FIELD = regex(rb">?From |[!-9;-~]{1,100}[ \t]*:")
_QUOTE = ord(">")
_LINE_ENDS = b"\r\n"
_BLANK_BEFORE = (b"\n\n", b"\r\r")
_DEEPEST = 16
_BLANK = b" \t\r\n\f\v"
_UTF8_MARK = b"\xef\xbb\xbf"


def without_mark(raw: bytes) -> bytes:
    """`raw` without a UTF-8 byte order mark, then without white space in front; but where a header begins
    with it, its indent may be every line's, as somebody's paste left it."""
    raw = raw.removeprefix(_UTF8_MARK)
    bare = raw.lstrip(_BLANK)
    indent = raw[: len(raw) - len(bare)].rpartition(b"\n")[2]
    return indent + bare if bare and indent.strip(b"\r") and not bare.startswith(b"From ") else bare


def is_dated(line: bytes) -> bool:
    """Whether a `From ` line holds a time and a year."""
    return _TIME.search(line) is not None and _YEAR.search(line) is not None


def opens_mbox(head: bytes) -> bool:
    """Whether a file that begins with `head` (blank lines removed) begins with a separator."""
    head = head[: 2 * _HORIZON]
    return head.startswith(b"From ") and _is_separator(head, 0, dated=False, after_blank=True)


def after_from_lines(data: bytes, start: int) -> int:
    """Where the mail begins in `data` that has a separator at `start`: after that line, and after the
    ">From " lines with a date that UUCP left below it."""
    usual = _USUAL.match(data, start)
    at = usual.end() if usual else _after_line(data, start)
    while data.startswith(b">From ", at) and (line := _LINE.match(data, at + 1)) and is_dated(line[0]):
        at = _after_line(data, at)
    return at


def unquoted(raw: bytes) -> bytes:
    """`raw` with one ">" taken from every line that begins with ">From ", ">>From " ...

    That is mboxrd's rule.  In an mboxo file it takes one ">" too many from a line that was written as
    ">From " and quoted by no one, which harms less than the quoting left in would.  Lines quoted more
    than _DEEPEST times stay.
    """
    # One replacement a depth and no regex: its list of pieces would be many times the message.
    for depth in range(1, _DEEPEST + 1):
        quoted = b">" * depth + b"From "
        if quoted not in raw:
            break
        for end in (b"\n", b"\r"):
            raw = raw.replace(end + quoted, end + quoted[1:])
    return raw


class FromLines:
    """Finds the starts of messages in an mbox that comes in pieces, in any cut."""

    def __init__(self, head: bytes, start: int = 0) -> None:
        """`head` is the beginning of the mbox; its first line tells how its `From ` lines look.  The pieces
        begin at the offset `start`, where a message is known to start."""
        text = without_mark(head)
        # The first line needs no line before it: a byte order mark may stand there.
        self._first = start or len(head) - len(text)
        line = _LINE.match(text)
        self._dated = line is None or is_dated(line[0])
        self.quoted: list[int] = []
        """The starts of those messages that have a line that the writer may have quoted (">From ")."""
        self._open = start
        self._lengths = Lengths(start) if tells_lengths(head) else None
        self._horizon = _HORIZON if self._lengths is None else _HORIZON + HEADER_LIMIT
        # So that every candidate has a byte before it.
        self._kept = b"\n"
        self._base = start - 1

    def feed(self, piece: bytes, *, last: bool = False) -> list[int]:
        """The offsets of the messages that are known to start by now, in order, each told once.

        `last` says that no more pieces follow.
        """
        buffer = self._kept + piece
        known = len(buffer) if last else len(buffer) - self._horizon
        found = []
        keep = max(len(buffer) - 8, 0)
        for match in _CANDIDATE.finditer(buffer):
            at = match.start()
            before = buffer[at - 1]
            if before == _QUOTE:
                if self._lengths is not None:
                    self._lengths.quote(self._base + at)
                elif not self.quoted or self.quoted[-1] != self._open:
                    self.quoted.append(self._open)
                continue
            is_first = self._base + at == self._first
            if before not in _LINE_ENDS and not is_first:
                continue
            if at > known:
                keep = max(at - 3, 0)
                break
            if not _is_separator(buffer, at, dated=self._dated, after_blank=is_first):
                continue
            self._open = self._base + at
            if self._lengths is None:
                found.append(self._open)
            else:
                end = body_end(buffer, at)
                self._lengths.add(self._open, self._base + end if end is not None else None)
        if self._lengths is not None:
            found, quoted = self._lengths.settle(self._base + max(known, 0), last=last)
            self.quoted += quoted
        self._kept = buffer[keep:]
        self._base += keep
        return found


def _is_separator(buffer: bytes, at: int, *, dated: bool, after_blank: bool) -> bool:
    if not after_blank and at > 2:
        after_blank = buffer.startswith(_BLANK_BEFORE, at - 2) or buffer.startswith(b"\n\r\n", at - 3)
    if after_blank and _USUAL.match(buffer, at):
        return True
    line = _LINE.match(buffer, at)
    if line is None:
        return False
    if is_dated(line[0]):
        return after_blank or _field_follows(buffer, line.end())
    return not dated and after_blank and _field_follows(buffer, line.end())


def _field_follows(buffer: bytes, at: int) -> bool:
    end = _LINE_END.match(buffer, at)
    return end is not None and _FIELD.match(buffer, end.end()) is not None


def _after_line(raw: bytes, at: int) -> int:
    line = _REST_OF_LINE.match(raw, at)
    return len(raw) if line is None else line.end()
