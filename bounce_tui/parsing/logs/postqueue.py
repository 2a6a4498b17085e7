"""What `postqueue -j` lists of Postfix's queue: an object of JSON a message, on a line of its own or, as `jq`
shows it, over several."""

from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import Struct

from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.queued import State, waiting, without_underway

NAME = "postqueue -j"
MARKS = ('"queue_id":',)

_STATES: Final[dict[str, State]] = {"active": "active", "hold": "hold"}


class _Recipient(Struct):
    address: str = ""
    delay_reason: str = ""


class _Message(Struct):
    queue_name: str = ""
    queue_id: str = ""
    arrival_time: int | float | str | None = None
    sender: str = ""
    recipients: list[_Recipient] = []


_decoder: Final = msgspec.json.Decoder(_Message)


def read(lines: list[str]) -> list[Entry]:
    """Each recipient of each message, with what held the mail up."""
    return without_underway([entry for message in _messages(lines) for entry in _entries(message)])


def _messages(lines: list[str]) -> Iterator[_Message]:
    for text in _objects(lines):
        try:
            message = _decoder.decode(text)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            continue
        if message.queue_id:
            yield message


def _objects(lines: list[str]) -> Iterator[str]:
    """The text of each object that begins a line, or that stands between two lines of a brace alone."""
    begun: list[str] = []
    for line in lines:
        bare = line.strip()
        if line.rstrip() in ("{", "  {"):
            begun = [bare]
        elif begun:
            begun.append(bare)
            if line.rstrip(" ,") in ("}", "  }"):
                yield "".join(begun).rstrip(",")
                begun = []
        elif bare.startswith("{"):
            yield bare.rstrip(",")


def _entries(message: _Message) -> Iterator[Entry]:
    sender = clean(message.sender) if message.sender else None
    state = _STATES.get(message.queue_name, "")
    for one in message.recipients:
        address = clean(one.address)
        if address is not None:
            failure = waiting(address, one.delay_reason, state)
            yield Entry(message.queue_id, failure, sender, arrived=_stamp(message.arrival_time))


def _stamp(seconds: object) -> str:
    """The seconds since 1970 as a stamp of a log."""
    return f"{seconds:010d}.000 " if isinstance(seconds, int) and seconds > 0 else ""
