"""The shape that most text reports share: a line that begins with an address, and the words about it.

<b@example.net>: host mx.example.net[192.0.2.1] said: 550 5.1.1     Postfix, OpenSMTPD, MXLogic
    No such user                                                    the rest is indented deeper

  b@example.net                                                     Exim, Gmail, GroupWise
    SMTP error from remote mail server after RCPT TO: ...

<b@example.net>:                                                    qmail, Yahoo
192.0.2.1 does not like recipient.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import ADDRESS, clean, find_all
from bounce_tui.parsing.replies import failure
from bounce_tui.parsing.words.whom_to_ask import CONTACT
from bounce_tui.regex import regex

MOST_LINES = 100_000
MOST_BLOCKS = 20_000
_LONGEST_BLOCK = 8192
_CONTACT_WORDS = 80

_START = re.compile(
    rf"([ \t]*)(?:(?:[*>•·|-]|--|\*{{2,3}}|->|>>>|SMTP:?|\d{{1,4}}[.)]|\d{{1,2}})[ \t]+"
    rf"|>)?(?:\"[^\"\n]{{0,100}}\"[ \t]+)?(<?)({ADDRESS.pattern})(>?)"
    r"[\"']?[ \t]*(.*)"
)

# Behind the first address of a line others and nothing else: the words come below.
_ROW = regex(rf"(?:[,;、，][ \t]{{0,8}}<?{ADDRESS.pattern}>?[ \t]{{0,8}}){{1,200}}[,;]?")
_CODED = regex(r"[245]\d\d-")
_RULED = re.compile(r"([-=_*#~])\1{9,}")
"""A line that a system draws below what it says of an address."""


class Block:
    """An address at the beginning of a line, and what follows it; `named` where words follow its colon,
    `apart` where a blank line stands above the last of its lines."""

    __slots__ = ("address", "apart", "indent", "lines", "named", "size")

    def __init__(self, address: str, indent: int, rest: str, *, named: bool = False) -> None:
        self.address = address
        self.indent = indent
        self.lines = [rest] if rest else []
        self.named = named
        self.size = len(rest)
        self.apart = False

    @property
    def announces(self) -> bool:
        """True where all that is said is one line that ends in a colon: the words come behind it."""
        return len(self.lines) == 1 and self.lines[0].endswith((":", "：")) and not self.named

    def gives_heading_back(self) -> bool:
        """Takes away the last line where it is the heading of what comes now; False where it is none."""
        headed = self.apart and self.lines[-1].endswith((":", "："))
        if headed:
            self.lines.pop()
        return headed

    @property
    def words(self) -> str:
        """Everything that is said about the address."""
        return "\n".join(self.lines)


def blocks(text: str, *, paragraphs: int = 1) -> Iterator[Block]:
    """The blocks of `text` in order.  A block takes the rest of its line, the lines below that do not begin
    another one, and, when that is nothing or only announces it, the next `paragraphs` paragraphs, up to a
    drawn line; addresses that stand together share the words below the last."""
    waiting: list[Block] = []
    current: Block | None = None
    taken = 0
    blank, above = True, ""
    for count, line in enumerate(text.split("\n")):
        if count > MOST_LINES:
            break
        stripped = line.strip()
        if not stripped:
            if current is not None and current.lines and not current.announces:
                taken += 1
            blank, above = True, ""
            continue
        found = _START.match(line) if "@" in line else None
        if found is not None and _begins(found, current, blank) and not _is_contact(above):
            address = clean(found[3])
            if address:
                if current is not None:
                    if current.gives_heading_back() or current.lines:
                        yield from _shared(waiting, current)
                        waiting = []
                    else:
                        waiting.append(current)
                *beside, current = _row(address, found)
                waiting += beside
                taken = 0
                blank, above = False, line
                if len(waiting) > MOST_BLOCKS:
                    return
                continue
        if current is not None and taken < paragraphs and current.size < _LONGEST_BLOCK:
            if _RULED.fullmatch(stripped):
                taken = paragraphs if current.lines else taken
                continue
            current.lines.append(stripped)
            current.size += len(stripped)
            current.apart = blank
        blank, above = False, line
    if current is not None:
        yield from _shared(waiting, current)


def _is_contact(above: str) -> bool:
    """True where the line `above` an address ends in words that tell the reader whom to write to."""
    return bool(above) and CONTACT.search(above[-_CONTACT_WORDS:].rstrip() + " ") is not None


def _begins(found: re.Match[str], current: Block | None, blank: bool) -> bool:
    if (found[2] == "<") != (found[4] == ">"):
        return False
    if current is None:
        return True
    if clean(found[3]) == current.address and not found[5].startswith(":"):
        return False
    if not blank and (_CODED.match(found[3]) or (current.named and not found[5].startswith(":"))):
        return False  # a wrapped reply that lost its indent on the way
    # A wrapped reply may begin a line with an address; it stands deeper than the block's own.
    deeper = len(found[1].expandtabs()) > current.indent
    return not deeper or (blank and not current.lines)


def _row(address: str, found: re.Match[str]) -> list[Block]:
    """The block of a line that begins with `address`, or a block for each of the row that it is:
    all have their words below."""
    if "@" not in found[5] or not _ROW.fullmatch(found[5]):
        return [_block(address, found)]
    indent = len(found[1].expandtabs())
    return [Block(one, indent, "") for one in (address, *find_all(found[5]))]


def _block(address: str, found: re.Match[str]) -> Block:
    rest = _rest(found[5])
    return Block(address, len(found[1].expandtabs()), rest, named=bool(rest) and found[5].startswith(":"))


def _rest(rest: str) -> str:
    if rest.startswith("<mailto:"):
        rest = rest.partition(">")[2]  # Outlook's link behind the address
    return rest.lstrip(":,; \t").strip() if rest[:3] != "..." else rest.strip()


def _shared(waiting: list[Block], last: Block) -> Iterator[Block]:
    for block in waiting:
        block.lines = last.lines
        yield block
    yield last


def between(text: str, start: re.Pattern[str], stop: re.Pattern[str] | None = None) -> str | None:
    """The text after the first match of `start` up to the next one of `stop`; None without the
    first."""
    opened = start.search(text)
    if opened is None:
        return None
    closed = stop.search(text, opened.end()) if stop is not None else None
    return text[opened.end() : closed.start() if closed is not None else len(text)]


def stretches(starts: Sequence[re.Match[str]], end: int) -> Iterator[tuple[re.Match[str], int]]:
    """Each match with where the next one begins, `end` for the last."""
    for number, match in enumerate(starts, 1):
        yield match, starts[number].start() if number < len(starts) else end


def failures(
    text: str,
    action: Action = "failed",
    *,
    paragraphs: int = 1,
    replaces: Callable[[str, str], bool] = lambda words, earlier: False,
) -> list[Failure]:
    """One Failure a block, each recipient once: the first block with words counts, but for a later one whose
    words `replaces` says to count instead."""
    found: dict[str, Failure] = {}
    for block in blocks(text, paragraphs=paragraphs):
        known = found.get(block.address.lower())
        if (
            known is None
            or (not known.diagnostic and block.lines)
            or (block.lines and replaces(block.words, known.diagnostic))
        ):
            found[block.address.lower()] = failure(block.address, block.words, action)
    return list(found.values())
