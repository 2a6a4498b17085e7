"""The server that the words of a reply name as the one that gave it."""

import re
from typing import Final

from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.regex import regex

_BRACKETED: Final = regex(r"\[(?:ipv6:)?([0-9a-f.:]{3,45})\](?::\d{1,5})?", re.I)
_NAME: Final = regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}")
_SPEAKS: Final = (": ", " said: ", " refused to talk to me: ")
_PREPOSITIONS: Final = frozenset(lexicon("replies", "before_host"))
_TALKING: Final = regex(r"alking to\s+\[?([A-Za-z0-9_.-]{1,255}?)\.?\]?:")
_BARE_IP: Final = regex(
    r"(\d{1,3}(?:\.\d{1,3}){3})\s"
    r"(?:does not like|failed after|said|but (?:sender|my name|greeting|connection|recipient))"
)
# "Connected to mx.example.net but recipient was rejected.", with the name in place of the address.
_CONNECTED: Final = regex(r"Connected to ([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10}),? but ")
# Postfix names the host that a socket of its own belongs to: "mx.example.net[private/dovecot-lmtp] said".
_SOCKET: Final = regex(r"[Hh]ost ([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})\[(?:private|public|/)")
# "mx.example.net: 550 5.7.1 ...", at the beginning or behind a word.
_HOST_FIRST: Final = regex(
    r"(?:^|(?<=[\w,;] ))([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){2,10}): [45]\d\d[ -]"
)
# Gmail names those that it could not reach: "[mx.example.net. 192.0.2.1: timed out]".
_UNREACHED: Final = regex(
    r"\[([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})\.? (\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:.]{3,45}): ",
    re.I,
)
_MAILER_SAID: Final = regex(r"[Mm]ailer\s+([A-Za-z0-9_.-]{1,255})\s+said")


def remote_of(text: str) -> tuple[str | None, str | None]:
    """Host and address of the server that the text says answered."""
    if "[" in text:
        for found in _BRACKETED.finditer(text):
            start = found.start()
            words = text[max(0, start - 300) : start].split()
            if words and words[-1].startswith("H=") and _NAME.fullmatch(words[-1], 2):
                return words[-1][2:].rstrip("."), found[1]  # Exim's log
            if (
                len(words) > 1
                and words[-2].lower().lstrip("(") in _PREPOSITIONS
                and _NAME.fullmatch(words[-1])
            ):
                return words[-1].rstrip("."), found[1]
            # Courier and its kin put the host first: "mx.example.net [192.0.2.1]: ...".
            if len(words) == 1 and "." in words[0] and text.startswith(_SPEAKS, found.end()):
                return (words[0].rstrip("."), found[1]) if _NAME.fullmatch(words[0]) else (None, None)
        unreached = _UNREACHED.search(text) if ": " in text else None
        if unreached is not None:
            return unreached[1], unreached[2]
        socket = _SOCKET.search(text)
        if socket is not None:
            return socket[1], None
    if " does not like" in text or " failed after" in text or " said" in text:
        bare = _BARE_IP.search(text)
        if bare is not None:
            return None, bare[1]
        mailer = _MAILER_SAID.search(text)
        if mailer is not None:
            return mailer[1], None
    named = _TALKING.search(text) if "alking to" in text else None
    named = named or (_CONNECTED.search(text) if "Connected to " in text else None)
    named = named or (_HOST_FIRST.search(text) if ": 4" in text or ": 5" in text else None)
    return (named[1], None) if named is not None else (None, None)
