"""Exchange's protocol logs, of a connector that sends or receives: a line for each command and each reply of
a session, "date-time,connector,session,number,our end,their end,event,data,context"."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from bounce_tui.model import Action
from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.dates import to_utc
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.fields import by_class, log_failure
from bounce_tui.parsing.public_address import public
from bounce_tui.regex import regex

NAME = "Exchange's protocol log"
MARKS = (",>,", ",<,")

_LINE: Final = regex(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z),[^,]{0,200},([0-9A-Fa-f]{8,32}),\d{1,6},"
    r"[^,]{0,80},([^,]{0,80}),[<>],\"?(.*)"
)
_COMMAND: Final = regex(
    r"(EHLO|HELO|STARTTLS|AUTH|MAIL|RCPT|DATA|BDAT|RSET|QUIT|NOOP|X-?[A-Z-]{3,20})\b", re.I
)
_REPLY: Final = regex(r"([2-5]\d\d)[ -]([^\n]{0,2000}?),?$")
_MOST_WAITING: Final = 1000


class _Session:
    """One session as far as its lines tell: the commands that no reply has answered, who sent the mail, and
    the recipients whom the server took."""

    def __init__(self) -> None:
        self.sender: str | None = None
        self._asked: deque[tuple[str, str | None]] = deque(maxlen=_MOST_WAITING)
        self._taken: list[str] = []

    def command(self, name: str, data: str) -> None:
        address = next(iter(find_all(data)), None)
        if name == "MAIL":
            self.sender = address
            self._taken = []
        self._asked.append((name, address if name == "RCPT" else None))

    def reply(self, code: str) -> Iterator[tuple[str | None, Action]]:
        """What a reply with this `code` means for whom."""
        # None asked: it answers the connection, or the end of the data.
        name, address = self._asked.popleft() if self._asked else ("", None)
        if name == "RCPT":
            if code[0] == "2" and address is not None:
                self._taken.append(address)
            elif address is not None:
                yield address, by_class(code)
        elif code[0] in "45" and name in ("", "MAIL", "DATA", "BDAT"):
            waiting = [to for asked, to in self._asked if asked == "RCPT"]
            for to in self._taken + waiting or [None]:
                yield to, by_class(code)
            self._taken = []
            self._asked.clear()
        elif code == "250" and name in ("", "BDAT"):
            for to in self._taken:
                yield to, "delivered"
            self._taken = []


def read(lines: list[str]) -> list[Entry]:
    """What became of the recipients of each session, by the reply to what was said last about them."""
    sessions: dict[str, _Session] = {}
    found: list[Entry] = []
    for line in lines:
        told = _LINE.match(line)
        if told is None:
            continue
        when, number, end, data = told.groups()
        session = sessions.setdefault(number, _Session())
        command = _COMMAND.match(data)
        if command is not None:
            session.command(command[1].upper(), data)
            continue
        reply = _REPLY.match(data)
        if reply is None or data[3:4] == "-":
            continue
        for to, action in session.reply(reply[1]):
            one = log_failure(to, f"{reply[1]} {reply[2]}", action)
            address = public(end.rpartition(":")[0].strip("[]"))
            one = replace(one, date=to_utc(when), remote_ip=one.remote_ip or address)
            found.append(Entry(number, one, session.sender))
    return found
