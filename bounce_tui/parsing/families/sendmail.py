"""Sendmail 5 to 8 and the many that print a transcript of the session: MDaemon, Biglobe, X1."""

import re

from msgspec import Struct

from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import ADDRESS, clean, domain_of
from bounce_tui.parsing.families.blocks import stretches
from bounce_tui.parsing.families.wording import action_of
from bounce_tui.parsing.replies import Reply, failure
from bounce_tui.parsing.report import Report

NAME = "Sendmail"
MARKS = (
    "transcript of session follows",
    "session transcript",
    "the following addresses had",
    "following address had",
    "transcript of the session",
    "unsent message",
)

_HEADING = re.compile(r"^[ \t]*+-{2,}+[ \t]*+([^ \t\n-][^\n]{0,100}?)[ \t]*+-{2,}+[ \t]*+$", re.M)
_REASON = re.compile(r"\(reason: ((?:[^()]|\([^()]*\)){1,2000})\)", re.S)
_REMARK = re.compile(r"\((?:unrecoverable|transient|permanent|fatal)[a-z ]{0,40}\)", re.I)
_EXPANDED = re.compile(r"\(expanded from: ?<?([^\s<>)]{1,320})>?\)")
_CODED = re.compile(r"[245]\d\d[ -]")
_PROGRAM = re.compile(r"[ \t]*\"?[|/:]")
_LOCAL_USER = re.compile(r"[ \t]*<?([\w.+-]{1,64})>?[ \t]*")
_NOT_ANSWERING = re.compile(
    r"(?:[Cc]onnection|[Oo]peration|read error|write error)\b[^\n]{0,60}? (?:with|by|from|to) "
    r"\[?([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})\]?\.?\s*$"
)
_TALKING = re.compile(r"while talking to \[?([A-Za-z0-9_.:-]{1,255}?)\]?\.?:", re.I)
_ABOUT = re.compile(
    rf"^(?:([245]\d\d)[ -])?(?:([245]\.\d{{1,3}}\.\d{{1,3}}) )?<?({ADDRESS.pattern})>?\.\.\. ?(.*)", re.I
)
_COMMAND = re.compile(r">>> *(\w{4})[^<\n]{0,20}(?:<([^>\n]{1,320})>)?", re.I)
_ADDRESS_LINE = re.compile(rf"^[ \t>*]*\"?\|?<?({ADDRESS.pattern})>?\"?,?[ \t]*(.*)$")


class _Talk(Struct):
    """What the transcript says of one recipient."""

    host: str | None = None
    command: str | None = None
    reply: str = ""
    note: str = ""


def read(report: Report) -> list[Failure]:
    """Recipients from the section that lists them, else from the transcript."""
    sections = _sections(report.text)
    listed = _listed(sections)
    talks, last = _transcript(sections)
    action = action_of(report)
    if not listed and not talks and (last.reply or last.note):
        return [_failure(_meant(report, last), "", last, action)]
    if not listed:
        return [
            _failure(address, "", talk, action) for address, talk in talks.items() if talk.note or talk.reply
        ]
    return [
        _failure(address, words, talks.get(address.lower(), last), action)
        for address, words in listed.items()
    ]


def _meant(report: Report, talk: _Talk) -> str | None:
    """Who is meant where the transcript names only a host: the one recipient of the returned message
    there."""
    said = f"{talk.reply}\n{talk.note}".lower()
    there = [one for one in report.original_recipients if (domain_of(one) or "@") in said]
    return there[0] if len(there) == 1 else None


def _sections(text: str) -> list[tuple[str, str]]:
    return [
        (heading[1].lower(), text[heading.end() : stop])
        for heading, stop in stretches(list(_HEADING.finditer(text)), len(text))
    ]


def _listed(sections: list[tuple[str, str]]) -> dict[str, str]:
    """Address -> the words beside and below it."""
    listed: dict[str, str] = {}
    for title, body in sections:
        if "address" not in title and "recipient" not in title:
            continue
        if "success" in title or "relayed" in title:
            continue
        current: str | None = None
        lines = body.split("\n")
        for line, below in zip(lines, (*lines[1:], ""), strict=True):
            found = _ADDRESS_LINE.match(line) if "@" in line else None
            if found is not None and not line.lstrip().startswith("("):
                current = clean(found[1])
                if current is not None:
                    beside = found[2].strip()
                    listed.setdefault(
                        current, "" if clean(beside) == current and " " not in beside else beside
                    )
            elif current is not None and line.strip():
                listed[current] = f"{listed[current]}\n{line.strip()}"
            elif current is None and _PROGRAM.match(line):
                current = line.strip()
                listed[current] = ""
            elif current is None and below.lstrip().startswith("(") and _LOCAL_USER.fullmatch(line):
                current = line.strip(" \t<>")
                listed[current] = ""
            elif current is not None and listed[current]:
                current = None
    return listed


def _transcript(sections: list[tuple[str, str]]) -> tuple[dict[str, _Talk], _Talk]:
    """What was said about each address, by its lower-case form, and the last thing said at all."""
    talks: dict[str, _Talk] = {}
    last = _Talk()
    host: str | None = None
    command: str | None = None
    about: str | None = None
    shared = True
    for title, body in sections:
        if "transcript" not in title and "non-delivered" not in title:
            continue
        if "non-delivered" in title:
            last.note = body.strip()
            continue
        for line in body.split("\n"):
            text = line.strip()
            talking = _TALKING.search(text) if "alking" in text else None
            if talking is not None:
                host, command, about = talking[1], None, None
            elif text.startswith(">>>"):
                sent = _COMMAND.match(text)
                command = sent[1].upper() if sent else None
                about = sent[2].lower() if sent and sent[2] and command == "RCPT" else None
                shared = about is None
            elif text.startswith("<<<"):
                reply = text.lstrip("< ")
                talk = talks.setdefault(about, _Talk()) if about else last
                same = talk.command == command and talk.host == host and talk.reply
                talk.reply = f"{talk.reply}\n{reply}" if same else reply
                talk.host, talk.command = host, command
                if about:
                    last.reply, last.host, last.command = talk.reply, host, command
            elif text:
                found = _ABOUT.match(text) if "..." in text else None
                key = clean(found[3]) if found is not None else None
                if key:
                    talk = talks.setdefault(key.lower(), _Talk())
                    # "554 <a@b>... 550 Host unknown": the inner code is the cause.
                    inner = found[4].strip() if found is not None else ""
                    own_cause = _CODED.match(inner) is not None
                    talk.note = inner if own_cause else text
                    if not talk.reply and last.host == host and shared and not own_cause:
                        talk.reply, talk.host, talk.command = last.reply, host, last.command
                    last.note = last.note or text
                elif _CODED.match(text):
                    last.note = text
                elif "... " in text:
                    last.note = last.note or text  # about a local user
    return talks, last


def _failure(address: str | None, words: str, talk: _Talk, action: Action) -> Failure:
    from_ = _EXPANDED.search(words)
    if from_ is not None:
        words = words.replace(from_[0], "")
    reason = _REASON.search(words)
    said = reason[1] if reason is not None else words.strip().strip("[]")
    reply = talk.reply if talk.reply and Reply(talk.reply).code else ""
    if reason is None and reply and not (said and Reply(said).code):
        said = reply
    if talk.note and _REMARK.fullmatch(said):
        said = talk.note
    diagnostic = said or talk.note
    note = Reply(talk.note)
    silent = _NOT_ANSWERING.search(talk.note) if talk.host is None else None
    found = failure(address, diagnostic, action, original=clean(from_[1]) if from_ is not None else None)
    if address is not None and "@" not in address:
        address = found.original_recipient
    return Failure(
        recipient=address,
        original_recipient=found.original_recipient,
        action=action,
        reply_code=found.reply_code or note.code,
        status=found.status or note.status,
        diagnostic=found.diagnostic,
        command=found.command or talk.command,
        remote_mta=found.remote_mta or talk.host or (silent[1] if silent is not None else None),
        remote_ip=found.remote_ip,
    )
