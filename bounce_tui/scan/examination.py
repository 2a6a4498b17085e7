"""One message, read and diagnosed or taken apart, whatever is in it."""

from collections.abc import Callable, Sequence
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from bounce_tui.mailbox.file_kind import HEAD, has_mail_fields
from bounce_tui.mailbox.mbox_or_message import is_one_message
from bounce_tui.model import Bounce, Case, Diagnosis, Message
from bounce_tui.opened_message import OpenedMessage

if TYPE_CHECKING:
    from bounce_tui.diagnosis.backscatter import Owner

NO_MAIL = "neither a mail nor the text of a bounce: it has no header and tells of no failure"


def examine(message: Message, raw: bytes, *, brief: bool = False, own: "Owner | None" = None) -> Case:
    """The case of `message` with the bytes `raw`; a `brief` one as `parse` reads it.  `own` are the admin's
    servers, by which mail is told that others sent in their name.  Never raises: `Case.error` says what went
    wrong."""
    return _diagnosed(_read(message, raw, brief=brief), raw, own, brief=brief)


def examine_all(
    mails: Sequence[tuple[Message, bytes]], own: "Owner | None", stopped: Callable[[], bool]
) -> list[Case]:
    """`examine`, brief, for each of `mails`; for fewer once `stopped` says so.

    All are read before the first is diagnosed: a processor that goes to and fro between the two loses code
    and tables of either from its caches, and takes a twelfth longer."""
    read: list[Case] = []
    for message, raw in mails:
        read.append(_read(message, raw, brief=True))
        if stopped():
            break
    cases: list[Case] = []
    for case, (_, raw) in zip(read, mails, strict=False):
        cases.append(_diagnosed(case, raw, own, brief=True))
        if stopped():
            break
    return cases


def _read(message: Message, raw: bytes, *, brief: bool) -> Case:
    """The case of `message`, before it is diagnosed."""
    parsing, _ = _rooms()
    try:
        return Case(message, parsing.parse(raw, brief=brief))
    except Exception as error:  # noqa: BLE001 - one mail that our code cannot bear must not cost the others
        return broken(message, error)


def _diagnosed(case: Case, raw: bytes, own: "Owner | None", *, brief: bool) -> Case:
    """`case` of a message with the bytes `raw`, with its diagnoses."""
    bounce = case.bounce
    if not bounce.failures:
        return case
    diagnose = _rooms()[1].diagnose
    try:
        diagnoses = tuple([diagnose(failure, bounce) for failure in bounce.failures])
        if not brief or (own is not None and own.addresses_known):
            diagnoses = _forged(bounce, diagnoses, raw, own, brief=brief)
    except Exception as error:  # noqa: BLE001 - as above
        return broken(case.message, error)
    return Case(case.message, bounce, diagnoses)


def _forged(
    bounce: Bounce, diagnoses: tuple[Diagnosis, ...], raw: bytes, own: "Owner | None", *, brief: bool
) -> tuple[Diagnosis, ...]:
    """`diagnoses`, changed to say so where the returned mail is backscatter."""
    from bounce_tui.diagnosis.backscatter import NOBODY, find_backscatter, may_be_backscatter, told

    own = own or NOBODY
    if not may_be_backscatter(bounce, own):
        return diagnoses
    # A brief reading leaves out the way that the mail came; few get as far as this.
    whole: Bounce = _rooms()[0].parse(raw) if brief else bounce
    found = find_backscatter(whole, own)
    if found is None:
        return diagnoses
    return tuple([told(one, failure, found) for one, failure in zip(diagnoses, bounce.failures, strict=True)])


def is_no_mail(case: Case, raw: bytes) -> bool:
    """Whether a file of its own with the bytes `raw`, which make `case`, is neither a mail nor the text of a
    bounce.  What is named or placed as a mail is one, whatever it says."""
    if case.bounce.kind != "other" or case.error is not None or is_one_message(case.message.file):
        return False
    return not has_mail_fields(raw[:HEAD])


@cache
def _rooms() -> tuple[ModuleType, ModuleType]:
    # Imported for the first message, since a process that only hands out work needs neither; and once, since
    # an import that has nothing to do still costs what a small function does.
    from bounce_tui import diagnosis, parsing

    return parsing, diagnosis


def broken(message: Message, error: Exception) -> Case:
    """The case of a message that our own code failed on: a defect of ours, named for a report."""
    return Case(message, Bounce(), error=_defect(error))


def take_apart(raw: bytes) -> OpenedMessage:
    """Headers, hops and parts of the message with the bytes `raw`.  Never raises: `error` says what went
    wrong."""
    parsing, _ = _rooms()
    try:
        opened: OpenedMessage = parsing.open_message(raw)
    except Exception as error:  # noqa: BLE001 - as above
        return OpenedMessage(error=_defect(error))
    return opened


def _defect(error: Exception) -> str:
    return f"internal error while reading this mail: {type(error).__name__}"
