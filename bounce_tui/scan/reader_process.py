"""A process of its own that reads mail for one that has more to do: to start, and to answer keys."""

import math
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from bounce_tui.model import Bounce, Case, Message
from bounce_tui.opened_message import OpenedMessage
from bounce_tui.scan.examination import examine, take_apart
from bounce_tui.scan.examiner import LocalExaminer
from bounce_tui.scan.process import Process, death
from bounce_tui.scan.rule_state import RuleState, rule_state
from bounce_tui.scan.unit import Finished, Form, Unit, finish_unit, halves, joined, refused

if TYPE_CHECKING:
    from bounce_tui.diagnosis.backscatter import Owner

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_LOOK_AGAIN = 0.1
"""Seconds after which it is noticed at the latest that nobody wants the answer any more."""

_PATIENCE = 0.5
"""Seconds that one message waits for the units before it: then it is read here."""

_LONGEST = 10.0
"""Seconds that one message may take, which takes milliseconds: then its reader hangs."""

_SAMPLE = b"""\
From: MAILER-DAEMON@mx.example.org
To: anna@example.org
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

<ben@example.net>: host mx.example.net[192.0.2.25] said: 550 5.7.1 not welcome here

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ben@example.net
Action: failed
Status: 5.7.1
Diagnostic-Code: smtp; 550 5.7.1 not welcome here

--b
Content-Type: text/rfc822-headers

From: anna@example.org
Subject: Hello
--b--
"""


class _Death(str):
    """How the process ended, in words."""

    __slots__ = ()


class ReaderProcess:
    """An examiner in a process of its own, which starts at once and warms up: the first mail finds all that
    reading needs loaded.  A message that ends the process is told as one that cannot be read, and so is one
    that is opened and takes longer than `longest` seconds.  Where there is no process to be had, mail is read
    here."""

    def __init__(self, *, longest: float = _LONGEST) -> None:
        self.own: Owner | None = None
        self._longest = longest
        self._lock = threading.Lock()
        self._process: Process | None = None
        self._rules: RuleState | None = None
        self._may_start = True
        self._left = False
        self._start()

    def __enter__(self) -> "ReaderProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()
        with self._lock:
            self._end()

    @property
    def _local(self) -> LocalExaminer:
        return LocalExaminer(self.own)

    def leave(self) -> None:
        """End the process in the middle of its work: nobody wants an answer any more."""
        self._left = True
        self._kill()

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            # Whoever waits for an answer sees it end; only then may what leads to it be closed.
            process.kill()

    def rule_state(self) -> RuleState:
        """The state of the rules that it diagnoses by."""
        with self._lock:
            self._running()
            state = self._rules
        # Who leaves reads nothing any more, and needs no rules for it.
        return RuleState(usable=False) if self._left else state or self._local.rule_state()

    def finish(self, unit: Unit, form: Form, stopped: Callable[[], bool]) -> Finished:
        """The messages of `unit` in `form`; nothing once `stopped` says so."""
        while not self._lock.acquire(timeout=_LOOK_AGAIN):
            if stopped():
                # What the process is at may have hung; who asked for that asks once more.
                self._kill()
                return Finished(b"", 0, ())
        try:
            told = self._ask(stopped, finish_unit, unit, form, self.own)
        finally:
            self._lock.release()
        if told is None:
            return self._local.finish(unit, form, stopped)
        if not isinstance(told, _Death):
            return told
        if stopped() or self._left:
            return Finished(b"", 0, ())
        parts = halves(unit)
        if len(parts) == 1:
            return refused(unit, told)
        return joined([self.finish(part, form, stopped) for part in parts])

    def examine(self, message: Message, raw: bytes) -> Case:
        """The case of `message` with the bytes `raw`."""
        told = self._ask_soon(_examine, message, raw, self.own)
        if isinstance(told, _Death):
            return Case(message, Bounce(), error=_ended(told))
        return told if told is not None else self._local.examine(message, raw)

    def take_apart(self, raw: bytes) -> OpenedMessage:
        """Headers, hops and parts of the message with the bytes `raw`."""
        told = self._ask_soon(take_apart, raw)
        if isinstance(told, _Death):
            return OpenedMessage(error=_ended(told))
        return told if told is not None else self._local.take_apart(raw)

    def _ask_soon(self, function: Callable[[*Ts], T], *arguments: *Ts) -> T | _Death | None:
        """As `_ask`, but None also where the process is still busy with units after `_PATIENCE` seconds."""
        if not self._lock.acquire(timeout=_PATIENCE):
            return None
        try:
            return self._ask(bool, function, *arguments, longest=self._longest)
        finally:
            self._lock.release()

    def _ask(
        self,
        stopped: Callable[[], bool],
        function: Callable[[*Ts], T],
        *arguments: *Ts,
        longest: float = math.inf,
    ) -> T | _Death | None:
        """What `function` returns, the _Death of the process, or None where there is no process.  One that
        takes more than `longest` seconds is ended."""
        told = self._ask_once(stopped, longest, function, *arguments)
        if isinstance(told, _Death) and not stopped() and not self._left:
            # It may have been ended from outside, where memory is short: what ends the next one, too, is to
            # blame itself.
            told = self._ask_once(stopped, longest, function, *arguments)
        return told

    def _ask_once(
        self,
        stopped: Callable[[], bool],
        longest: float,
        function: Callable[[*Ts], T],
        *arguments: *Ts,
    ) -> T | _Death | None:
        process = self._running()
        if self._left:
            # Nobody wants it any more, least of all this process, which is ending.
            return _Death("the program is ending")
        if process is None:
            return None
        process.call(function, *arguments)
        begun = time.monotonic()
        hangs = False
        while not process.answers(_LOOK_AGAIN):
            hangs = time.monotonic() - begun > longest
            if hangs or stopped():
                # It may take long over what nobody wants any more.
                process.kill()
        try:
            answer: T = process.answer()
        except (EOFError, OSError):
            end = death(self._end())
            return _Death(f"no answer in {longest:g} seconds" if hangs else end)
        return answer

    def _running(self) -> Process | None:
        """The process once it has warmed up; None where none can be had."""
        if self._process is None and not self._left:
            self._start()
        process = self._process
        if process is not None and self._rules is None:
            try:
                process.answer()  # worker.READY
                self._rules = process.answer()
            except (EOFError, OSError):
                # What ends before it has read a single mail will do so again.
                self._may_start = False
                self._end()
                return None
        return process

    def _start(self) -> None:
        if not self._may_start:
            return
        try:
            self._process = Process()
        except OSError:
            self._may_start = False
        else:
            self._process.call(_warm_up)

    def _end(self) -> int:
        """End the process, where there is one; its exit status."""
        process, self._process, self._rules = self._process, None, None
        # It is ending by itself, or killed; killed on top of that, it would not tell why.
        return process.end(patience=1) if process is not None else 0


def _ended(death: _Death) -> str:
    return f"the process that read it ended ({death})"


def _examine(message: Message, raw: bytes, own: "Owner | None") -> Case:
    return examine(message, raw, own=own)


def _warm_up() -> RuleState:
    """Load what reading needs."""
    state = rule_state()
    if state.usable:
        examine(Message(file="", index=0, offset=0, length=len(_SAMPLE)), _SAMPLE)
        take_apart(_SAMPLE)
    return state
