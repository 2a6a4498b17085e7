"""The mail in hand of a plain session, and which of its recipients is."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from bounce_tui.hints.failure_hints import Hints
from bounce_tui.hints.hinting import hint
from bounce_tui.mailbox import StandardInput
from bounce_tui.model import Case, Message
from bounce_tui.plain.views import Views
from bounce_tui.scan.examiner import Examiner
from bounce_tui.triage.loaded_recipients import LoadedRecipients
from bounce_tui.triage.matching import failure_meant
from bounce_tui.triage.opener import read_case, read_opened, read_source
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.reloading import Reread
from bounce_tui.triage.row import Row


class MailInHand:
    """Holds the mail of `queue` that has the focus, which `examiner` reads when it is first asked for.
    `index` is the number of the failure in hand; `own` are the admin's domains."""

    def __init__(
        self,
        queue: Queue,
        views: Views,
        stdin: StandardInput | None,
        examiner: Examiner,
        own: Sequence[str],
    ) -> None:
        self.index = 0
        self._queue = queue
        self._views = views
        self._stdin = stdin
        self._examiner = examiner
        self._own = own
        self._listed = LoadedRecipients(queue)
        self._case: Case | None = None

    @property
    def row(self) -> Row | None:
        """The mail in hand."""
        return self._queue.focused

    def look_at(self, place: int) -> bool:
        """Take the mail at `place` of the list in hand; False when there is none."""
        if not 0 <= place < len(self._queue):
            return False
        self._queue.look_at(place)
        return True

    def case(self) -> Case | None:
        """The mail in hand, read and diagnosed."""
        row = self.row
        if row is None:
            return None
        if self._case is None or self._case.message != row.message:
            self._case = read_case(row.message, self._stdin, self._examiner)
            self.index = self._case.bounce.leading
            self.turn_to_meant()
        return self._case

    def turn_to_meant(self) -> None:
        """Of the mail in hand, take the failure that it is listed for."""
        row, test = self.row, self._views.test
        if self._case is not None and row is not None and row.message == self._case.message and test:
            self.index = failure_meant(self._case, row, test.suits, self.index)

    def source(self, limit: int) -> tuple[list[str], bool] | None:
        """The lines of the mail in hand as it is, of its first `limit` bytes, and whether that is all of it;
        None where there is none."""
        return read_source(self.row.message, limit, self._stdin) if self.row is not None else None

    def hints(self) -> Hints:
        """What is to be noticed about the recipient in hand."""
        case = self.case()
        if case is None:
            return Hints()
        returned = read_opened(case.message, self._stdin, self._examiner).returned
        return hint(case, self.index, returned, self._listed.addresses(), own=self._own)

    def move(self, moved: Mapping[Message, Message]) -> None:
        """Follow mails that lie elsewhere now; what was read of the one in hand stays."""
        if self._case is not None and (place := moved.get(self._case.message)) is not None:
            self._case = replace(self._case, message=place)

    def carry(self, again: Reread, looked_at: Row | None) -> None:
        """All mail was read again: what was read of the mail in hand, which was `looked_at`, stays if it is
        the same still."""
        self._listed = LoadedRecipients(self._queue)
        self.move(again.moved)
        heir = again.heirs.get(looked_at.key) if looked_at is not None else None
        if looked_at is None or heir is None or looked_at.error or heir.error:
            self._case = None
