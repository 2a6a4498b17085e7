"""Who reads and diagnoses mail: this process, or another one (`reader_process`)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from bounce_tui.model import Case, Message
from bounce_tui.opened_message import OpenedMessage
from bounce_tui.scan.examination import examine, take_apart
from bounce_tui.scan.rule_state import RuleState, rule_state
from bounce_tui.scan.unit import Finished, Form, Unit, finish

if TYPE_CHECKING:
    from bounce_tui.diagnosis.backscatter import Owner


class Examiner(Protocol):
    """Examines what it is given; it never raises, whatever is in the mail.  `own` are the admin's servers."""

    own: "Owner | None"

    def rule_state(self) -> RuleState:
        """The state of the rules that it diagnoses by."""

    def finish(self, unit: Unit, form: Form, stopped: Callable[[], bool]) -> Finished:
        """The messages of `unit` in `form`, or fewer once `stopped` says so."""

    def examine(self, message: Message, raw: bytes) -> Case:
        """The case of `message` with the bytes `raw`."""

    def take_apart(self, raw: bytes) -> OpenedMessage:
        """Headers, hops and parts of the message with the bytes `raw`."""

    def leave(self) -> None:
        """Have whoever waits for an answer wait no more."""


class LocalExaminer:
    """Examines in this process."""

    def __init__(self, own: "Owner | None" = None) -> None:
        self.own = own

    def rule_state(self) -> RuleState:
        """The state of the rules, which are loaded now if they were not before."""
        return rule_state()

    def finish(self, unit: Unit, form: Form, stopped: Callable[[], bool]) -> Finished:
        """What `unit.finish` makes of it."""
        return finish(unit, form, stopped, self.own)

    def examine(self, message: Message, raw: bytes) -> Case:
        """What `examination.examine` makes of it."""
        return examine(message, raw, own=self.own)

    def take_apart(self, raw: bytes) -> OpenedMessage:
        """What `examination.take_apart` makes of it."""
        return take_apart(raw)

    def leave(self) -> None:
        """Nothing: what is read here is read to its end."""


LOCAL_EXAMINER = LocalExaminer()
