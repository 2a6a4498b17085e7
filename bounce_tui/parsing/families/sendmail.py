"""Sendmail 5 to 8 and the many that print a transcript of the session: MDaemon, Biglobe, X1."""

import re
from collections.abc import Iterable

from bounce_tui.domain_name import written_domain
from bounce_tui.model import Action, Failure
from bounce_tui.parsing.addresses import ADDRESS, clean
from bounce_tui.parsing.replies import Reply, failure
from bounce_tui.parsing.report import Report
from bounce_tui.parsing.shapes.blocks import stretches
from bounce_tui.parsing.shapes.echo import is_echo
from bounce_tui.parsing.shapes.report_action import action_of
from bounce_tui.parsing.shapes.sendmail_transcript import Talk, Transcript
from bounce_tui.parsing.shapes.unqualified import whole_addresses
from bounce_tui.regex import regex

NAME = "Sendmail"
MARKS = (
    "transcript of session follows",
    "session transcript",
    "the following addresses had",
    "following address had",
    "transcript of the session",
    "unsent message",
)

_HEADING = regex(r"^[ \t]*+-{2,}+[ \t]*+([^ \t\n-][^\n]{0,100}?)[ \t]*+-{2,}+[ \t]*+$", re.M)
_REASON = regex(r"\(reason: ((?:[^()]|\([^()]*\)){1,2000})\)", re.S)
_GOES_ON = regex(r"[45]\d\d-[^\n]*")
"""A reply of several lines: the first is all that Sendmail puts beside the address."""
_REMARK = regex(r"\((?:unrecoverable|transient|permanent|fatal)[a-z ]{0,40}\)", re.I)
_EXPANDED = regex(r"\(expanded from: ?<?([^\s<>)]{1,320})>?\)")
_PROGRAM = regex(r"[ \t]*(\"[|/:][^\"\n]{0,320}\"|[|/:][^\n]{0,320})(.*)")
_PROGRAM_BEGINS = '"|/:'
_ANOTHER_PROGRAM = regex(r"\"?\||\"/")
_LOCAL_USER = regex(r"[ \t]*<?([\w.+-]{1,64})>?[ \t]*")
_REMARKS = ("(reason:", "(expanded from")
_NAME_LINE = regex(rf"[ \t]*<?([\w.+!%-]{{1,320}})>?[ \t]+(?={_REMARK.pattern})(.*)", re.I)
"""A local user or a path of machines ("host!user") with Sendmail's remark."""
_NOT_ANSWERING = regex(
    r"(?:[Cc]onnection|[Oo]peration|read error|write error)\b[^\n]{0,60}? (?:with|by|from|to) "
    r"\[?([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})\]?\.?\s*$"
)
_ADDRESS_LINE = regex(rf"^[ \t>*]*\"?\|?<?({ADDRESS.pattern})>?\"?,?[ \t]*(.*)$")


def read(report: Report) -> list[Failure]:
    """Recipients from the section that lists them, else from the transcript."""
    sections = _sections(report.text)
    listed = _listed(sections)
    transcript = _transcript(sections)
    talks, names, last = transcript.talks, transcript.names, transcript.last
    action = action_of(report)
    if not listed and not talks and (last.reply or last.note):
        meant = _meant(report, last)
        # What is dotted like a host may be one.
        talks = {name: talk for name, talk in names.items() if "!" in name or "." not in name}
        if meant is not None or last.reply or not talks:
            return [_failure(meant, "", last, action)]
    whole = whole_addresses(listed or talks, report)
    if not listed:
        return [
            _failure(whole.get(address, address), "", talk, action)
            for address, talk in talks.items()
            if talk.note or talk.reply
        ]
    programs = _programs(listed, transcript)
    return [
        _failure(
            whole.get(address, address),
            _whole(words, transcript),
            talks.get(address.lower()) or names.get(address.lower()) or programs.get(address) or last,
            action,
        )
        for address, words in listed.items()
    ]


def _whole(words: str, transcript: Transcript) -> str:
    """`words` with all lines of a reply that they quote the first of."""
    reason = _REASON.search(words) if transcript.long_replies else None
    reply = transcript.long_replies.get(reason[1].strip()) if reason is not None else None
    if reason is None or reply is None:
        return words
    return f"{words[: reason.start()]}{reply}{words[reason.end() :]}"


def _programs(listed: Iterable[str], transcript: Transcript) -> dict[str, Talk]:
    """What is said of those `listed` programs that the transcript does not name; of what a host said, nothing
    is about them."""
    unnamed = [one for one in listed if one[:1] in _PROGRAM_BEGINS and one.lower() not in transcript.talks]
    if not unnamed or transcript.last.host is None:
        return {}
    said = transcript.programs
    if len(said) != len(unnamed):
        # Which of them is about which program is not told.
        return dict.fromkeys(unnamed, said[0] if len(said) == 1 else Talk())
    return dict(zip(unnamed, said, strict=True))


def _meant(report: Report, talk: Talk) -> str | None:
    """Who is meant where the transcript names only a host: the one recipient of the returned message
    there."""
    said = f"{talk.reply}\n{talk.note}".lower()
    there = [one for one in report.original_recipients if (written_domain(one) or "@") in said]
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
            named = _NAME_LINE.match(line) if found is None else None
            if named is not None:
                current = named[1]
                listed.setdefault(current, named[2].strip())
            elif found is not None and not line.lstrip().startswith("("):
                current = clean(found[1])
                if current is not None:
                    beside = found[2].strip()
                    listed.setdefault(
                        current, "" if clean(beside) == current and " " not in beside else beside
                    )
            elif _is_local_user(line, below, first=current is None):
                current = line.strip(" \t<>")
                listed[current] = ""
            elif current is not None and line.strip() and not _ANOTHER_PROGRAM.match(line):
                listed[current] = f"{listed[current]}\n{line.strip()}"
            elif program := _PROGRAM.match(line):
                current = program[1].strip()
                listed[current] = program[2].strip()
            elif current is not None and listed[current]:
                current = None
    return listed


def _is_local_user(line: str, below: str, *, first: bool) -> bool:
    """True where `line` is the name of a local user, as what stands `below` tells: behind another recipient
    only Sendmail's own remark does, for a word alone may end what is said about that one."""
    remark = below.lstrip()
    told = remark.startswith("(") if first else remark.startswith(_REMARKS)
    return told and _LOCAL_USER.fullmatch(line) is not None


def _transcript(sections: list[tuple[str, str]]) -> Transcript:
    """What the sections with a transcript tell; what could not be sent has a section of its own."""
    transcript = Transcript()
    for title, body in sections:
        if "non-delivered" in title:
            transcript.last.note = body.strip()
        elif "transcript" in title:
            transcript.read(body.split("\n"))
    return transcript


def _failure(address: str | None, words: str, talk: Talk, action: Action) -> Failure:
    from_ = _EXPANDED.search(words)
    if from_ is not None:
        words = words.replace(from_[0], "")
    reason = _REASON.search(words)
    said = reason[1] if reason is not None else words.strip().strip("[]")
    reply = talk.reply if talk.reply and Reply(talk.reply).code else ""
    if reply and (_GOES_ON.fullmatch(said) if reason is not None else not (said and Reply(said).code)):
        said = reply
    if reply and is_echo(said) and not is_echo(reply):
        said = reply
    if talk.note and (_REMARK.fullmatch(said) or said.isdecimal()):
        said = talk.note  # which says what the exit status does not
    diagnostic = said or talk.note
    note = Reply(talk.note)
    silent = _NOT_ANSWERING.search(talk.note) if talk.host is None else None
    found = failure(address, diagnostic, action, original=clean(from_[1]) if from_ is not None else None)
    if address is not None and "@" not in address:
        is_program = address[0] in _PROGRAM_BEGINS
        address = found.original_recipient or (None if is_program else address)
    return Failure(
        recipient=address,
        original_recipient=found.original_recipient,
        action=action,
        reply_code=found.reply_code or note.code,
        status=found.status or note.status,
        diagnostic=found.diagnostic,
        quoted=found.quoted,
        command=found.command or talk.command,
        remote_mta=found.remote_mta or talk.host or (silent[1] if silent is not None else None),
        remote_ip=found.remote_ip,
    )
