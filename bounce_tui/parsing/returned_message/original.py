"""The returned message, as far as the bounce brings it."""

from typing import Final

from bounce_tui.model import Original
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.dates import day_where_written, to_utc
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.parsing.returned_message.auth_results import read_auth_results
from bounce_tui.parsing.returned_message.received import read_hops

HEAD_LIMIT: Final = 1 << 20


def head_of(wire: str) -> Head | None:
    """The header that begins the returned message `wire`; None when there is none."""
    wire = wire[:HEAD_LIMIT].lstrip("\n \t-=")
    if wire.startswith((">From ", "From ")):
        wire = wire.partition("\n")[2]
    stop = wire.find("\n\n")
    head = Head(wire if stop < 0 else wire[:stop])
    return head if head.is_mail else None


def return_path_of(head: Head) -> str | None:
    """The envelope sender in Return-Path, "<>" for the null one."""
    path = head.raw("return-path")
    return (clean(path) or ("<>" if path == "<>" else None)) if path else None


def mailer_of(head: Head) -> str | None:
    """The program that the sender wrote the mail with."""
    return head.get("x-mailer") or head.get("user-agent")


def read_original(head: Head, wire: str, whole: bool) -> Original:
    """The returned message by its `head` and the wire text that came back; cut off, it is not `whole`."""
    return Original(
        whole=whole and len(wire) < HEAD_LIMIT,
        message_id=head.get("message-id"),
        date=to_utc(head.get("date")),
        day=day_where_written(head.get("date")),
        subject=head.get("subject"),
        from_=head.get("from"),
        to=head.get("to"),
        return_path=return_path_of(head),
        mailer=mailer_of(head),
        hops=read_hops(head),
        auth_results=read_auth_results(head),
        content=wire.lstrip("\n \t-=").encode("latin-1", "replace"),
    )


def is_report(returned: Head) -> bool:
    """True for the header of a message that is a mail system's own: a bounce bounced."""
    return (
        returned.raw("return-path") == "<>"
        or returned.says("content-type", "delivery-status")
        or returned.says("from", "mailer-daemon")
    )
