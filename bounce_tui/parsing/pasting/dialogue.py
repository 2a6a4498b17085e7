"""A dialogue that swaks printed, who sent the mail by hand: each refusal with whom it was for, as Postfix
writes it."""

import re
from typing import Final

from bounce_tui.regex import regex

_LONGEST: Final = 40_000
_LINE: Final = regex(r"[ \t]{0,4}(->|~>|<-|<~|<\*\*|<~\*)[ \t]{1,4}(\S[^\n]{0,1000})")
_CONNECTED: Final = regex(r"=== Connected to ([A-Za-z0-9.-]{3,255}?)\.?[ \t]*$")
_RCPT: Final = regex(r"RCPT TO:[ \t]?<([^<>\s]{3,320})>", re.I)
_COMMANDS: Final = {"MAIL": "MAIL FROM command", "RCPT": "RCPT TO command", "DATA": "DATA command"}
_OF_DATA: Final = "end of DATA command"


def without_dialogue(text: str) -> str:
    """`text` with the refusals of the dialogue in it in place of that; as it is where it holds none."""
    if ("<** " not in text and "<~* " not in text) or len(text) > _LONGEST:
        return text
    kept: list[str] = []
    host, command = "", ""
    asked: list[str] = []
    for line in text.split("\n"):
        connected = _CONNECTED.match(line)
        said = _LINE.match(line)
        if connected is not None:
            host = connected[1]
        elif said is not None and said[1] in ("->", "~>"):
            command = _command_of(said[2], command)
            asked += _RCPT.findall(said[2])
        elif said is not None and "*" in said[1]:
            kept.append(_refusal(asked, host, said[2], command))
        elif said is None and not line.startswith("==="):
            kept.append(line)
    return "\n".join(kept) if command else text


def _command_of(sent: str, before: str) -> str:
    """What stands for the command that was `sent`; for a line of the message the end of DATA."""
    word = sent.split(" ", 1)[0].split(":", 1)[0].upper()
    if before in (_COMMANDS["DATA"], _OF_DATA):
        return _OF_DATA
    return _COMMANDS.get(word, f"{word} command")


def _refusal(asked: list[str], host: str, reply: str, command: str) -> str:
    said = (
        f"host {host} said: {reply} (in reply to {command})" if host else f"{reply} (in reply to {command})"
    )
    return f"<{asked[-1]}>: {said}" if asked else said
