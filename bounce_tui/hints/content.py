"""What a filter saw: the content of the returned message, in notes."""

from collections.abc import Iterator

from bounce_tui.hints.attachments import attachment_notes, named_in_reply
from bounce_tui.hints.byte_sizes import amount
from bounce_tui.hints.links import link_notes
from bounce_tui.hints.note import Note
from bounce_tui.hints.odd_headers import header_notes
from bounce_tui.hints.quoted_sizes import quoted_sizes
from bounce_tui.opened_message import Returned
from bounce_tui.reason import ReasonSlug
from bounce_tui.reason_groups import reason_groups

_MOST = 40


def content_notes(
    returned: Returned | None, reason: ReasonSlug, reply: str, mailer: str | None = None
) -> tuple[Note, ...]:
    """What is to be noticed about `returned`, and about its size by the `reply` even where nothing came back.

    `mailer` is the program that wrote it.
    """
    # Of a full mailbox the reply quotes sizes that are not the message's.
    notes = list(_size(returned, reply if reason in reason_groups().of_size else ""))
    parts = returned.parts if returned is not None else ()
    if reason in reason_groups().of_files:
        notes += named_in_reply(reply, parts)
    if returned is not None:
        notes += attachment_notes(parts)
        notes += link_notes(returned.text, returned.html)
        notes += header_notes(returned)
        if returned.html.strip() and not returned.text.strip():
            notes.append(Note("headers", "HTML without a plain text beside it"))
    if mailer:
        notes.append(Note("client", f"written with {mailer}"))
    return tuple(notes[:_MOST])


def _size(returned: Returned | None, reply: str) -> Iterator[Note]:
    sizes = quoted_sizes(reply)
    size = sizes.message
    if returned is not None and returned.whole:
        size = max(size or 0, returned.size)
    elif returned is not None and returned.told_size:
        size = max(size or 0, returned.told_size)
    if sizes.limit is None:
        if size:
            yield Note("size", f"{amount(size)} with everything")
        return
    # Base64 writes three bytes as four characters (RFC 4648), in lines.
    fits = f"files of {amount(sizes.limit * 72 // 100)} in all fit"
    if size is None:
        yield Note("size", f"the reply allows {amount(sizes.limit)}: {fits}", odd=True)
    else:
        over = size > sizes.limit
        yield Note("size", f"{amount(size)}, the reply allows {amount(sizes.limit)}: {fits}", odd=over)
    if returned is not None:
        largest = sorted((part for part in returned.parts if part.filename), key=lambda one: -one.size)[:1]
        for part in largest:
            yield Note("size", f"the largest file is {part.filename}, {amount(part.size)}")
