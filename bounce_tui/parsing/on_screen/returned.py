"""The returned message of the bounce on screen, opened as far as it came back."""

from typing import Final

from msgspec.structs import replace

from bounce_tui.opened_message import Part, Returned
from bounce_tui.parsing.forwards.passed_on import passed_on
from bounce_tui.parsing.mime.entity import Entity
from bounce_tui.parsing.mime.mail import Mail
from bounce_tui.parsing.on_screen.header_list import header_list
from bounce_tui.parsing.recognition.addressing import is_daemon
from bounce_tui.parsing.report import Report
from bounce_tui.regex import regex

TEXT_LIMIT: Final = 1 << 18
MOST_PARTS: Final = 500
_DEEPEST: Final = 3
_MOST_FORWARDS: Final = 4
_SMALLEST: Final = 10
_MEASURED: Final = 4 << 20
_DECODED: Final = 64 << 20
_BODY_BEGINS: Final = "The body of the message is "
_BODY_IS: Final = regex(_BODY_BEGINS + r"([0-9]{1,12}) characters long; only the first")


def read_returned(mail: Mail) -> Returned | None:
    """The message that `mail`, or the bounce that a person passed on inside it, brings back; None where
    it brings none."""
    report = _bounce_in(Report(mail))
    if report is None:
        return None
    for entities, whole in ((report.message_parts, True), (report.header_parts, False)):
        for entity in entities:
            if entity.end - entity.start > _SMALLEST:
                partial = entity.content_type == "message/partial"
                # RFC 6532: there a header is UTF-8, and says so by its content type.
                utf8 = "global" in entity.content_type
                return _opened(_wire(entity), whole=whole and not partial, complete=True, utf8=utf8)
    quoted = report.returned
    opened = _opened(quoted[0], whole=False, complete=False) if quoted is not None else None
    return replace(opened, told_size=_told_size(mail.wire)) if opened is not None else None


def _bounce_in(report: Report) -> Report | None:
    """`report`, or the first one passed on inside it that a mail system wrote."""
    level = [report]
    for _ in range(_DEEPEST + 1):
        for one in level:
            if one.status_parts or one.failed_recipients or is_daemon(one):
                return one
        inner = [Report(mail) for one in level for mail in passed_on(one)]
        level = inner[:_MOST_FORWARDS]
    return report if report.returned is not None else None


def _told_size(wire: str) -> int:
    """How long Exim says the body is of which it brings the beginning."""
    told = _BODY_IS.match(wire, max(0, wire.find(_BODY_BEGINS)))
    return int(told[1]) if told is not None else 0


def _wire(entity: Entity) -> str:
    """The whole of the part, whose own transfer encoding is rare (RFC 2046 forbids it) but met."""
    if entity.head.has("content-transfer-encoding"):
        return entity.body(_DECODED)
    return entity.wire[entity.start : entity.end]


def _opened(wire: str, *, whole: bool, complete: bool, utf8: bool = False) -> Returned | None:
    wire = wire.lstrip("\n \t-=")
    if wire.startswith((">From ", "From ")):
        wire = wire.partition("\n")[2]
    mail = Mail(wire)
    if not mail.head:
        return None
    plain, html = _words(mail.entities)
    measured = wire[:_MEASURED]
    return Returned(
        whole=whole,
        complete_head=complete,
        size=len(wire) + wire.count("\n"),
        headers=header_list(mail.head),
        parts=tuple(_part(entity) for entity in mail.entities[:MOST_PARTS]) if whole else (),
        text=plain,
        html=html,
        longest_line=max(map(len, measured.split("\n"))),
        eight_bit_head=not utf8 and not mail.head.text.isascii(),
    )


def _words(entities: list[Entity]) -> tuple[str, str]:
    """What a reader sees: all plain text and all HTML that is no attachment."""
    found: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    left = TEXT_LIMIT
    for entity in entities[:MOST_PARTS]:
        texts = found.get(entity.content_type)
        if texts is None or left <= 0 or entity.filename is not None:
            continue
        text = entity.text(left)
        texts.append(text)
        left -= len(text)
    return "\n".join(found["text/plain"]), "\n".join(found["text/html"])


def _part(entity: Entity) -> Part:
    return Part(entity.content_type, entity.filename, _size(entity))


def _size(entity: Entity) -> int:
    """Bytes after decoding, reckoned: a film need not be decoded to be measured."""
    size = entity.end - entity.start
    if entity.head.raw("content-transfer-encoding").lower().startswith("base64"):
        lines = entity.wire.count("\n", entity.start, entity.end)
        padding = entity.wire.count("=", max(entity.start, entity.end - 4), entity.end)
        return max(0, (size - lines) * 3 // 4 - padding)
    return size
