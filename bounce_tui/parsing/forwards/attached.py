"""Messages that are attached to a mail, as such or as files."""

import re
from collections.abc import Iterator
from typing import Final

from bounce_tui.parsing.mime.entity import Entity
from bounce_tui.parsing.mime.mail import Mail, cut
from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

_MOST: Final = 8
_LONGEST_SAVED: Final = 20_000
_MAIL_BEGINS: Final = regex(
    r"\s{0,20}(?:>?From [^\n]{1,200}\n)?(?:Return-Path|Received|Delivered-To|X-[\w-]{2,40}|From|Date"
    r"|Message-ID|To|Subject|MIME-Version)[ \t]?:[^\n]*\n(?:[ \t][^\n]*\n)*[A-Za-z][A-Za-z-]{1,40}[ \t]?:",
    re.I,
)


def attached(report: Report) -> Iterator[Mail]:
    """The messages that are attached to `report`, in order."""
    files = [entity for entity in report.mail.entities if _may_be_message(entity)]
    for entity in [*report.message_parts, *files][:_MOST]:
        mail = cut(entity.body().encode("latin-1", "replace"))
        if mail.head or entity.content_type == "text/plain":
            yield mail


def _may_be_message(entity: Entity) -> bool:
    if not (entity.content_type.startswith("application/") or entity.content_type == "text/plain"):
        return False
    disposition = entity.head.raw("content-disposition")
    if ".eml" in disposition or ".eml" in entity.head.raw("content-type"):
        return True
    return disposition[:10].lower() == "attachment" and _may_be_saved(entity)


def _may_be_saved(entity: Entity) -> bool:
    """True for an attached file that may be a message, or its text, that somebody saved."""
    if _MAIL_BEGINS.match(entity.body(2000)):
        return True
    if entity.content_type != "text/plain" or entity.end - entity.start > _LONGEST_SAVED:
        return False
    return (entity.filename or ".txt").lower().endswith((".txt", ".text", ".eml"))
