"""The returned message, as far as the bounce brings it."""

from bounce_tui.model import Original
from bounce_tui.parsing.addresses import clean
from bounce_tui.parsing.dates import to_utc
from bounce_tui.parsing.headers import Head
from bounce_tui.parsing.received import read_hops

HEAD_LIMIT = 1 << 20


def read_original(wire: str, *, whole: bool) -> tuple[Original, Head] | None:
    """The Original whose header begins `wire`, with that header; None when there is no header."""
    wire = wire[:HEAD_LIMIT].lstrip("\n \t-=")
    if wire.startswith((">From ", "From ")):
        wire = wire.partition("\n")[2]
    stop = wire.find("\n\n")
    head = Head(wire if stop < 0 else wire[:stop])
    if not head.is_mail:
        return None
    return_path = head.raw("return-path")
    return (
        Original(
            whole=whole,
            message_id=head.get("message-id"),
            date=to_utc(head.get("date")),
            subject=head.get("subject"),
            from_=head.get("from"),
            to=head.get("to"),
            return_path=clean(return_path) or ("<>" if return_path == "<>" else None),
            mailer=head.get("x-mailer") or head.get("user-agent"),
            hops=read_hops(head),
        ),
        head,
    )
