"""Units of work: spans packed so that one is worth a journey to another process."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from bounce_tui.mailbox import Refusal, Span, read_span
from bounce_tui.mailbox.standard_input import NAME as STANDARD_INPUT
from bounce_tui.model import Case, Message
from bounce_tui.scan.examination import NO_MAIL, broken, examine_all, is_no_mail

if TYPE_CHECKING:
    from bounce_tui.diagnosis.backscatter import Owner

Form = Callable[[Sequence[Case]], bytes]

UNIT_BYTES = 1 << 19
UNIT_MESSAGES = 128
FIRST_MESSAGES = 64
"""The first unit is small, so that the first screen fills at once."""


class Unit(Struct, frozen=True):
    """Work for one process: spans, and the refusals that came between them."""

    items: tuple[Span | Refusal, ...]

    @property
    def length(self) -> int:
        """How many bytes of mail the unit holds."""
        return sum(item.length for item in self.items if isinstance(item, Span))

    @property
    def is_light(self) -> bool:
        """Whether it only says where the mail lies, and carries none."""
        return all(item.data is None for item in self.items if isinstance(item, Span))


class Finished(Struct, frozen=True):
    """What became of a unit."""

    output: bytes
    messages: int
    refusals: tuple[Refusal, ...]


def pack(items: Iterable[Span | Refusal]) -> Iterator[Unit]:
    """The units that `items` make, in their order."""
    held: list[Span | Refusal] = []
    held_bytes = held_messages = 0
    limit = FIRST_MESSAGES
    for item in items:
        length, messages = (item.length, len(item.starts) or 1) if isinstance(item, Span) else (0, 1)
        if held and (held_messages + messages > limit or held_bytes + length > UNIT_BYTES):
            yield Unit(tuple(held))
            held, held_bytes, held_messages, limit = [], 0, 0, UNIT_MESSAGES
        held.append(item)
        held_bytes += length
        held_messages += messages
    if held:
        yield Unit(tuple(held))


def halves(unit: Unit) -> tuple[Unit, ...]:
    """`unit` cut into two; a single message or refusal stays one."""
    items = unit.items
    if len(items) > 1:
        middle = len(items) // 2
        return Unit(items[:middle]), Unit(items[middle:])
    if isinstance(items[0], Refusal):
        return (unit,)
    return tuple([Unit((span,)) for span in items[0].halves()])


def joined(parts: Sequence[Finished]) -> Finished:
    """What became of a unit whose `parts` were worked on one by one."""
    refusals = [refusal for part in parts for refusal in part.refusals]
    return Finished(
        b"".join([one.output for one in parts]), sum(one.messages for one in parts), tuple(refusals)
    )


def refused(unit: Unit, death: str) -> Finished:
    """What became of a `unit` of one message on which its process died: a refusal that says how (`death`)."""
    refusals = []
    for item in unit.items:
        if isinstance(item, Span):
            reason = f"{_which(item)}the process that read it ended ({death})"
            refusals.append(Refusal(item.file, reason))
        else:
            refusals.append(item)
    return Finished(b"", 0, tuple(refusals))


def _which(span: Span) -> str:
    if span.form == "message":
        return ""
    last = span.index + len(span.starts) - 1
    return f"message {last}: " if last == span.index else f"messages {span.index} to {last}: "


def finish(
    unit: Unit, form: Form, stopped: Callable[[], bool] = bool, own: "Owner | None" = None
) -> Finished:
    """Read and examine the messages of `unit`, with `own` as `examine` takes it, and put their cases into
    `form`.

    Ends early, with what there is, once `stopped` says so.  Never raises.
    """
    cases: list[Case] = []
    refusals: list[Refusal] = []
    with _uncollected():
        found = list(_found(unit))
        mails = [one for _, one in found if not isinstance(one, Refusal)]
        examined = iter(examine_all(mails, own, stopped))
        for item, one in found:
            if isinstance(one, Refusal):
                refusals.append(one)
                continue
            case = next(examined, None)
            if case is None:
                break
            if item is not None and is_no_mail(case, one[1]):
                refusals.append(_no_mail(item))
            else:
                cases.append(case)
                if case.bounce.is_partial:
                    refusals.append(_read_in_part(case.message))
        output = _formed(cases, form, refusals)
    return Finished(output, len(cases), tuple(refusals))


def finish_unit(unit: Unit, form: Form, own: "Owner | None") -> Finished:
    """As `finish`, called by another process, which ends this one where it wants no more."""
    return finish(unit, form, own=own)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Switch the garbage collector of cycles off: reading a mail makes none, and looking for them among all
    that a unit holds costs a twentieth of the scan."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _found(unit: Unit) -> Iterator[tuple[Span | None, tuple[Message, bytes] | Refusal]]:
    """The messages and refusals of `unit`, in order; each message of a file of its own with its span, as that
    file may be no mail at all."""
    for item in unit.items:
        if isinstance(item, Refusal):
            yield None, item
        else:
            alone = item if item.form == "message" else None
            for found in read_span(item):
                yield alone, found


def _read_in_part(message: Message) -> Refusal:
    # Imported for the first such log: few who scan meet one.
    from bounce_tui.parsing.logs import MOST_TEXT

    part = f"only the first {MOST_TEXT >> 20} MiB of this log were read"
    return Refusal(message.file, f"{part}: split it, so that nothing is left out")


def _no_mail(span: Span) -> Refusal:
    if span.data is not None and span.file != STANDARD_INPUT:
        return Refusal(span.file, f"packed: {NO_MAIL}")
    return Refusal(span.file, NO_MAIL, no_mail=True)


def _formed(cases: list[Case], form: Form, refusals: list[Refusal]) -> bytes:
    try:
        return form(cases) if cases else b""
    except Exception as error:  # noqa: BLE001 - a case that our output cannot bear must not cost the others
        if len(cases) == 1:
            return _without_what_it_says(cases[0].message, error, form, refusals)
    return b"".join([_formed([case], form, refusals) for case in cases])


def _without_what_it_says(message: Message, error: Exception, form: Form, refusals: list[Refusal]) -> bytes:
    try:
        return form([broken(message, error)])
    except Exception as again:  # noqa: BLE001 - the same, for a form that fails on any case
        refusals.append(Refusal(message.file, f"internal error in the output: {type(again).__name__}"))
        return b""
