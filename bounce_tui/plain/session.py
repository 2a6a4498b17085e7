"""A plain session: its mails, and all that can be done with them."""

from collections.abc import Sequence
from pathlib import Path

from bounce_tui.config.preferences import Preferences
from bounce_tui.mailbox import Refusal, StandardInput
from bounce_tui.mailbox.refusal import still_refused
from bounce_tui.model import Case
from bounce_tui.plain.changes import Changes
from bounce_tui.plain.checking import Checking
from bounce_tui.plain.mail_in_hand import MailInHand
from bounce_tui.plain.reading import Progress, Reading
from bounce_tui.plain.views import Views
from bounce_tui.reporting.entry import Entry, handed_over
from bounce_tui.scan.examiner import Examiner, LocalExaminer
from bounce_tui.triage.causes import Cause
from bounce_tui.triage.failure_checks import FailureChecks
from bounce_tui.triage.loading import Arrivals
from bounce_tui.triage.marks import Marks
from bounce_tui.triage.notebook import Notebook
from bounce_tui.triage.opener import read_case
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.reloading import Reloading, Reread
from bounce_tui.triage.row import RecipientOutcome, Row

_SLICE = 10_000


class PlainSession:
    """Work on the mail at `paths`.  Nothing here prints; every method may take as long as a disk or the
    network does.  States and notes are kept in `store`, for this session only with None.  `examiner` reads
    the mail."""

    def __init__(
        self,
        paths: Sequence[str],
        *,
        stdin: StandardInput | None = None,
        nameserver: str | None = None,
        preferences: Preferences | None = None,
        store: Path | None = None,
        follow: bool = False,
        examiner: Examiner | None = None,
    ) -> None:
        preferences = preferences or Preferences()
        own = preferences.own
        self.probes = preferences.probes
        self.queue = Queue()
        self.marks = Marks()
        self.notebook = Notebook(store, preferences.memory_days)
        self.changes = Changes(self.queue, self.marks, self.notebook)
        self.checking = Checking(own, nameserver or preferences.nameserver)
        self.views = Views(self.queue, self._stands, preferences.filters)
        self._examiner = examiner or LocalExaminer(own)
        self.hand = MailInHand(self.queue, self.views, stdin, self._examiner, own.domains)
        self._faults = preferences.refusals
        self.refusals: list[Refusal] = list(self._faults)
        self._paths = paths
        self._stdin = stdin
        self._follow = follow
        self._reading = Reading(paths, stdin, self._examiner, follow=follow)

    def load(self, progress: Progress) -> bool:
        """Read the mail; `progress` is told the percentage now and then.  False when ctrl+c stopped it."""
        return self._reading.read(self._take_in, progress)

    def reload(self, progress: Progress) -> Reread | None:
        """Read the mail again: marks, states, checks and the mail in hand stay with their mails.  None when
        ctrl+c stopped it: then all is as it was."""
        reloading = Reloading(self._paths)
        reading = Reading(reloading.paths, self._stdin, self._examiner, follow=self._follow)
        if not reading.read(reloading.take, progress):
            return None
        before, looked_at = self.queue.arrived(0), self.hand.row
        again = reloading.against(before, self.refusals)
        self.marks.carry(again.heirs)
        for _ in self.queue.replace(again.rows, again.heirs, _SLICE):
            pass
        self.checking.carry(again.moved)
        self.hand.carry(again, looked_at)
        self.refusals = [*self._faults, *again.refusals]
        self._learn(again.rows)
        self._reading.close()
        self._reading = reading
        return again

    def catch_up(self) -> Arrivals | None:
        """Take in what has come since, where mail is followed; None where there is no news."""
        if not self._follow:
            return None
        arrivals = self._reading.come_since()
        self._take_in(arrivals)
        is_news = arrivals.rows or arrivals.renewed or arrivals.unwatched or arrivals.trouble
        return arrivals if is_news else None

    def _take_in(self, arrivals: Arrivals) -> None:
        pairs = self.queue.renew(arrivals.renewed)
        self.marks.renew({before.key: after.key for before, after in pairs})
        same = [(before, after) for before, after in pairs if before.identity == after.identity]
        moved = {before.message: after.message for before, after in same}
        self.checking.move(moved)
        self.hand.move(moved)
        self.queue.add(arrivals.rows)
        files = {row.file for row in arrivals.rows}
        self.refusals = [*still_refused(self.refusals, files), *arrivals.refusals]
        if arrivals.trouble:
            self.refusals.append(Refusal("loading", f"broke off: {arrivals.trouble}"))
        self._learn([*(row for _, row in arrivals.renewed), *arrivals.rows])

    def _learn(self, rows: Sequence[Row]) -> None:
        self.notebook.learn(rows)
        if trouble := self.notebook.take_trouble():
            self.refusals.append(Refusal("states and notes", trouble))

    def _stands(self, word: str, row: Row, outcome: RecipientOutcome) -> bool:
        return row in self.marks if word == "marked" else self.notebook.word_holds(word, row, outcome)

    @property
    def lack(self) -> str:
        """Why no mail is listed, "" where one is."""
        if self.queue:
            return ""
        if self.queue.total and self.views.words:
            return f"No mail passes {self.views.words}. back lists what was listed before."
        return "No mail has come yet." if self._follow else "There is no mail here: nothing was loaded."

    def narrow(self, text: str) -> str:
        """As `Views.narrow`; the mail in hand then shows the failure that it is listed for."""
        doubt = self.views.narrow(text)
        self.hand.turn_to_meant()
        return doubt

    def narrow_to(self, cause: Cause) -> None:
        """As `Views.narrow_to`; the mail in hand then shows the failure that it is listed for."""
        self.views.narrow_to(cause)
        self.hand.turn_to_meant()

    def back(self) -> bool:
        """As `Views.back`; the mail in hand then shows the failure that it is listed for."""
        went = self.views.back()
        self.hand.turn_to_meant()
        return went

    def work(self) -> FailureChecks | None:
        """The work on the recipient in hand; None where there is nothing to check."""
        case = self.hand.case()
        return self.checking.work(case, self.hand.index) if case is not None else None

    def check(self, work: FailureChecks) -> None:
        """Run the planned checks of `work` and keep what they come to; ctrl+c stops them and raises
        KeyboardInterrupt."""
        self.checking.check(work)
        self.notebook.keep(work)

    def memory(self, row: Row, case: Case) -> tuple[str, ...]:
        """How the mail in hand stands, what failed before for the recipient in hand, and the last verdict, a
        line each."""
        index = self.hand.index
        return self.notebook.remembered(row, case, [index])[0] if case.bounce.failures else ()

    def entry(self, row: Row, case: Case | None = None) -> Entry:
        """The mail of `row`, which is `case` where it was read, with what was checked for it and what is
        remembered."""
        case = case or read_case(row.message, self._stdin, self._examiner)
        remembered = self.notebook.remembered(row, case, handed_over(case))
        return Entry(case, self.checking.checked(case), remembered)

    def close(self) -> None:
        """Stop reading and checking, and close the notebook."""
        self._reading.close()
        self.checking.close()
        self.notebook.close()
