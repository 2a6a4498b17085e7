"""What Sendmail's transcript of a session tells of each recipient: our commands (">>>"), the replies to them
("<<<") and Sendmail's own remarks ("550 <a@b.example>... User unknown")."""

import re
from collections.abc import Iterable

from msgspec import Struct

from bounce_tui.parsing.addresses import ADDRESS, clean
from bounce_tui.regex import regex

_TALKING = regex(r"while talking to \[?([A-Za-z0-9_.:-]{1,255}?)\]?\.?:", re.I)
_COMMAND = regex(r">>> *(\w{4})[^<\n]{0,20}(?:<([^>\n]{1,320})>)?", re.I)
_REMARK = regex(
    rf"^(?:([245]\d\d)[ -])?(?:([245]\.\d{{1,3}}\.\d{{1,3}}) )?<?({ADDRESS.pattern})>?\.\.\. ?(.*)", re.I
)
_OF_PROGRAM = regex(r"[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3} )?(\"[|/:][^\"\n]{1,320}\")\.\.\. ")
_OF_NAME = regex(r"[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3} )?<?([\w.+!%-]{1,320})>?\.\.\. ")
"""A local user or a path of machines, "host!user"."""
_CODED = regex(r"[245]\d\d[ -]")
_GOES_ON = regex(r"[45]\d\d-")
_MOST_PRINTED = 20


class Talk(Struct):
    """What was said to one recipient's server, and Sendmail's remark on it."""

    host: str | None = None
    command: str | None = None
    reply: str = ""
    note: str = ""


class Transcript:
    """Reads transcripts line by line into `talks`, one for each address in lower case, and `last`, what was
    said last at all."""

    __slots__ = (
        "_about",
        "_answered",
        "_command",
        "_host",
        "_is_shared",
        "_printed",
        "_reply_to_come",
        "last",
        "long_replies",
        "names",
        "programs",
        "talks",
    )

    def __init__(self) -> None:
        self.talks: dict[str, Talk] = {}
        self.last = Talk()
        self.programs: list[Talk] = []
        """What delivery programs met with, in order: their own words and Sendmail's remark below, which names
        nobody."""
        self.names: dict[str, Talk] = {}
        """Remarks on those whom the machine knows by a name without a domain, in lower case."""
        self.long_replies: dict[str, str] = {}
        """Replies of several lines by their first, which is all that a list of recipients quotes."""
        self._reply_to_come: list[str] = []
        """The lines so far of a reply that goes on."""
        self._host: str | None = None
        self._command: str | None = None
        self._about: str | None = None
        """The recipient that the last command named."""
        self._is_shared = True
        """Whether the last command was about all recipients."""
        self._answered = False
        """Whether a host's answer stands right above: then Sendmail's remark is on that."""
        self._printed: list[str] = []
        """The lines above that nobody said in a session."""

    def read(self, lines: Iterable[str]) -> None:
        """The lines of one transcript."""
        for line in lines:
            text = line.strip()
            if text[3:4] == "-" or self._reply_to_come or text.startswith("<<<"):
                self._collect(text.removeprefix("<<<").lstrip())
            talking = _TALKING.search(text) if "alking" in text else None
            if talking is not None:
                self._host, self._command, self._about = talking[1], None, None
                self._answered, self._printed = False, []
            elif text.startswith(">>>"):
                self._ask(text)
                self._answered = False
            elif text.startswith("<<<"):
                self._answer(text.lstrip("< "))
                self._answered, self._printed = True, []
            elif text:
                self._remark(text)
                self._answered = False

    def _collect(self, reply: str) -> None:
        """Takes a line that may begin a reply of several or go on with it (RFC 5321 section 4.2.1)."""
        begun = self._reply_to_come
        if begun and not reply.startswith(begun[0][:3]):
            self._reply_to_come = begun = []
        if begun or _GOES_ON.match(reply):
            begun.append(reply)
            if not _GOES_ON.match(reply) or len(begun) >= _MOST_PRINTED:
                self.long_replies.setdefault(begun[0], "\n".join(begun))
                self._reply_to_come = []

    def _ask(self, text: str) -> None:
        sent = _COMMAND.match(text)
        self._command = sent[1].upper() if sent else None
        named = sent is not None and bool(sent[2]) and self._command == "RCPT"
        self._about = sent[2].lower() if sent is not None and named else None
        self._is_shared = not named

    def _answer(self, reply: str) -> None:
        talk = self.talks.setdefault(self._about, Talk()) if self._about else self.last
        goes_on = talk.reply and (talk.host, talk.command) == (self._host, self._command)
        talk.reply = f"{talk.reply}\n{reply}" if goes_on else reply
        talk.host, talk.command = self._host, self._command
        if talk is not self.last:
            self.last.reply, self.last.host, self.last.command = talk.reply, talk.host, talk.command

    def _remark(self, text: str) -> None:
        found = _REMARK.match(text) if "..." in text else None
        address = clean(found[3]) if found is not None else None
        coded = _CODED.match(text) is not None
        printed, self._printed = self._printed, []
        if found is not None and address:
            self._remark_on(address, text, found[4].strip())
        elif program := _OF_PROGRAM.match(text):
            self.talks[program[1].lower()] = Talk(note=text)
            self.last.note = self.last.note or text
        elif coded:
            self.last.note = text
            if named := _OF_NAME.match(text):
                self.names.setdefault(named[1].lower(), Talk(note=text))
            if not self._answered:
                self.programs.append(Talk(note="\n".join((*printed, text))))
        elif "... " in text:
            self.last.note = self.last.note or text  # about a local user
        else:
            self._printed = [*printed[1 - _MOST_PRINTED :], text]

    def _remark_on(self, address: str, text: str, inner: str) -> None:
        talk, last = self.talks.setdefault(address.lower(), Talk()), self.last
        # "554 <a@b>... 550 Host unknown": the inner code is the cause.
        own_cause = _CODED.match(inner) is not None
        if last.reply.startswith("5") and inner.lower().startswith("deferred"):
            # Who waits was not refused with the others.
            self.talks[address.lower()] = Talk(host=self._host, note=text)
            return
        talk.note = inner if own_cause else text
        if not talk.reply and last.host == self._host and self._is_shared and not own_cause:
            talk.reply, talk.host, talk.command = last.reply, self._host, last.command
        last.note = last.note or text
