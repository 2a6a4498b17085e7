"""The state of one plain session: the list, the mail in hand, what is known and kept of it."""

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from bounce_tui.config.preferences import Preferences
from bounce_tui.heartbeat import BEAT_S
from bounce_tui.hints.found import Hints
from bounce_tui.hints.hinting import hint
from bounce_tui.mailbox import Refusal, StandardInput
from bounce_tui.model import Case, Message
from bounce_tui.plain.bench import Bench
from bounce_tui.plain.ctrl_c import on_ctrl_c
from bounce_tui.plain.notebook import Notebook
from bounce_tui.plain.views import Views
from bounce_tui.reporting.entry import Checked, Entry
from bounce_tui.triage.casework import Casework
from bounce_tui.triage.causes import Cause, Group, OfCause, group, verdict_key
from bounce_tui.triage.export import export, form_of
from bounce_tui.triage.filter import read_filter
from bounce_tui.triage.listed import Listed
from bounce_tui.triage.loading import Arrivals, Loading, kind_of_loading
from bounce_tui.triage.marks import Marks, targets
from bounce_tui.triage.matching import Passing, failure_meant, fate_meant
from bounce_tui.triage.memory import memory
from bounce_tui.triage.open import read_case, read_opened, read_source
from bounce_tui.triage.queue import Queue
from bounce_tui.triage.reloading import Reloading, Reread
from bounce_tui.triage.row import Fate, Row, fates
from bounce_tui.triage.store.standing import Earlier, Judged, Kept, Standing, State, stands

_SLICE = 10_000


class Desk:
    """Work on the mail at `paths`.  Nothing here prints; every method may take as long as a disk or the
    network does.  States and notes are kept in `store`, for this session only with None."""

    def __init__(
        self,
        paths: Sequence[str],
        *,
        stdin: StandardInput | None = None,
        nameserver: str | None = None,
        preferences: Preferences | None = None,
        store: Path | None = None,
        follow: bool = False,
    ) -> None:
        preferences = preferences or Preferences()
        self.queue = Queue()
        self.marks = Marks()
        self.index = 0
        self.probes = preferences.probes
        self._faults = preferences.refusals
        self.refusals: list[Refusal] = list(self._faults)
        self._paths = paths
        self._stdin = stdin
        self._follow = follow
        self._loading: Loading | None = None
        self._own = preferences.own
        self._saved = preferences.filters
        self._bench = Bench(preferences.own, nameserver or preferences.nameserver)
        self._notebook = Notebook(store)
        self._views = Views(self.queue)
        self._listed = Listed(self.queue)
        self._past: list[tuple[str, Callable[[], object]]] = []
        self._case: Case | None = None
        trouble = self.take_trouble()
        if trouble is not None:
            self.refusals.append(Refusal("states and notes", trouble))

    def load(self, progress: Callable[[int], None]) -> bool:
        """Read the mail; `progress` is told the percentage now and then.  False when ctrl+c stopped it."""
        return self._read(self._paths, self._take_in, progress)[1]

    def reload(self, progress: Callable[[int], None]) -> Reread | None:
        """Read the mail again: marks, states, checks and the mail in hand stay with their mails.  None when
        ctrl+c stopped it: then all is as it was."""
        reloading = Reloading(self._paths)
        loading, done = self._read(reloading.paths, reloading.take, progress)
        if not done:
            return None
        before, looked_at = self.queue.arrived(0), self.row
        again = reloading.against(before, self.refusals)
        self.marks.carry(again.heirs)
        for _ in self.queue.replace(again.rows, again.heirs, _SLICE):
            pass
        self._bench.move_all(again.moved)
        self._case_moves(again.moved)
        heir = again.heirs.get(looked_at.key) if looked_at is not None else None
        if looked_at is None or heir is None or looked_at.error or heir.error:
            self._case = None
        self._listed = Listed(self.queue)
        self.refusals = [*self._faults, *again.refusals]
        self._notebook.learn(again.rows)
        self._stop_loading()
        self._loading = loading
        return again

    def _read(
        self, paths: Sequence[str], take: Callable[[Arrivals], None], progress: Callable[[int], None]
    ) -> tuple[Loading, bool]:
        """What reads `paths`, once all has come and was taken; False when ctrl+c stopped it."""
        news = threading.Event()
        loading = kind_of_loading(follow=self._follow)(paths, self._stdin, news.set)
        self._loading = self._loading or loading
        # In the middle of taking rows in, an exception would leave half of them.
        with on_ctrl_c(loading.cancel):
            loading.start()
            while True:
                if not news.wait(BEAT_S):
                    continue
                news.clear()
                arrivals = loading.take()
                take(arrivals)
                if arrivals.finished:
                    return loading, not arrivals.cancelled
                if arrivals.total_bytes:
                    progress(arrivals.done_bytes * 100 // arrivals.total_bytes)

    def catch_up(self) -> Arrivals | None:
        """Take in what has come since, where mail is followed; None where there is no news."""
        if not self._follow or self._loading is None:
            return None
        arrivals = self._loading.take()
        self._take_in(arrivals)
        return arrivals if arrivals.rows or arrivals.renewed or arrivals.unwatched else None

    def _take_in(self, arrivals: Arrivals) -> None:
        pairs = self.queue.renew(arrivals.renewed)
        self.marks.renew({before.key: after.key for before, after in pairs})
        same = [(before, after) for before, after in pairs if before.identity == after.identity]
        moved = {before.message: after.message for before, after in same}
        self._bench.move(moved)
        self._case_moves(moved)
        self.queue.add(arrivals.rows)
        self.refusals += arrivals.refusals
        if arrivals.trouble:
            self.refusals.append(Refusal("loading", f"broke off: {arrivals.trouble}"))
        self._notebook.learn([*(row for _, row in arrivals.renewed), *arrivals.rows])

    def _case_moves(self, moved: Mapping[Message, Message]) -> None:
        if self._case is not None and (place := moved.get(self._case.message)) is not None:
            self._case = replace(self._case, message=place)

    # The mail in hand

    @property
    def row(self) -> Row | None:
        """The mail in hand."""
        return self.queue.focused

    def look_at(self, place: int) -> bool:
        """Take the mail at `place` of the list in hand; False when there is none."""
        if not 0 <= place < len(self.queue):
            return False
        self.queue.look_at(place)
        return True

    def case(self) -> Case | None:
        """The mail in hand, read and diagnosed."""
        row = self.row
        if row is None:
            return None
        if self._case is None or self._case.message != row.message:
            self._case = read_case(row.message, self._stdin)
            self.index = self._case.bounce.leading
            self._turn_to_meant()
        return self._case

    def _turn_to_meant(self) -> None:
        """Of the mail in hand, the failure that it is listed for."""
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
        returned = read_opened(case.message, self._stdin).returned
        return hint(case, self.index, returned, self._listed.addresses(), own=self._own.domains)

    def memory(self) -> tuple[Standing | None, Earlier, Kept | None]:
        """How the mail in hand stands, what failed before, and the last verdict."""
        return self._notebook.about(self.row) if self.row is not None else (None, Earlier(), None)

    # The list

    @property
    def lack(self) -> str:
        """Why no mail is listed, "" where one is."""
        if self.queue:
            return ""
        if self.queue.total and self._views.words:
            return f"No mail passes {self._views.words}. back lists what was listed before."
        return "No mail has come yet." if self._follow else "There is no mail here: nothing was loaded."

    def narrow(self, text: str) -> str:
        """Show only what passes the filter `text`; everything with "".  Returns the question that it raises,
        "" for none.  Raises FilterError."""
        test = read_filter(text, standing=self._stands, saved=self._saved) if text else None
        self._views.turn_to(test, f"the filter {text}" if text else "")
        self._turn_to_meant()
        return test.doubt if test is not None else ""

    def causes(self) -> list[Group]:
        """The mails listed, by what must be mended."""
        return group(self.queue, self.passing)

    def narrow_to(self, cause: Cause) -> None:
        """Of the mails listed, show only those of `cause`."""
        self._views.turn_to(OfCause(cause, self._views.test), "this cause")
        self.queue.look_at(0)
        self._turn_to_meant()

    def back(self) -> bool:
        """List what was listed before, with the mail in hand that was; False where nothing was."""
        went = self._views.back()
        self._turn_to_meant()
        return went

    def shown_for(self, row: Row) -> Fate:
        """What `row` met with that it is listed for."""
        test = self._views.test
        return fate_meant(row, test.suits) if test is not None else row

    @property
    def passing(self) -> Passing:
        """For what of that which it met with a mail is listed."""
        return self._views.test.passing if self._views.test is not None else fates

    def known(self, row: Row, fate: Fate | None = None) -> tuple[Standing | None, Judged | None]:
        """How a mail stands, and what its checks came to for `fate`, the leading failure with None."""
        judged = self._notebook.verdicts.get(verdict_key(row, fate or row))
        return self._notebook.standings.get(row.identity), judged

    def _stands(self, word: str, row: Row) -> bool:
        return row in self.marks if word == "marked" else stands(word, *self.known(row))

    # Marks, states and notes

    def targets(self) -> list[Row]:
        """What a command for many works on: the marked mails that are listed, else the mail in hand."""
        return targets(self.queue, self.marks)

    def mark(self, rows: Sequence[Row], *, marked: bool) -> None:
        """Mark `rows`, or take their marks away."""
        changed = (
            self.marks.add(rows) if marked else self.marks.toggle(row for row in rows if row in self.marks)
        )
        self._remarked(changed, "mark" if marked else "unmark")

    def unmark_all(self) -> None:
        """No mail is marked."""
        self._remarked(self.marks.clear(), "unmark all")

    def change(self, *, state: State | None = None, note: str | None = None) -> int:
        """Give the marked mails, or the one in hand, another state or note; how many they are."""
        rows = self.targets()
        if rows:
            before = self._notebook.change(rows, state=state, note=note)
            self._past.append((state or "note", lambda: self._notebook.restore(before)))
        return len(rows)

    def take_trouble(self) -> str | None:
        """What is wrong with the file of states and notes, in one line, told once; None when nothing is."""
        return self._notebook.take_trouble()

    def undo(self) -> str:
        """Take the last change of marks, states or notes back; what it was, "" when there is none left."""
        if not self._past:
            return ""
        words, back = self._past.pop()
        back()
        return words

    def _remarked(self, changed: bool, words: str) -> None:
        if changed:
            self._past.append((words, lambda: self.marks.undo()))

    def export(self, path: str, rows: Sequence[Row]) -> int:
        """Write `rows` with what was checked for them to the new file `path`; the number of bytes.  Raises
        ExportError."""
        form_of(path)
        return export(path, [self._entry(row) for row in rows])

    def _entry(self, row: Row) -> Entry:
        case = read_case(row.message, self._stdin)
        checked = [self.checked(case, index) for index in range(len(case.diagnoses))]
        return Entry(case, checked, memory(*self._notebook.about(row)))

    # Checks

    def work(self) -> Casework | None:
        """The work on the recipient in hand; None where there is nothing to check."""
        case = self.case()
        return self._bench.work(case, self.index) if case is not None else None

    def checked(self, case: Case, index: int) -> Checked | None:
        """What the checks of one recipient came to, where they have run to their end."""
        return self._bench.checked(case, index)

    def open_door(self) -> str:
        """The server that will be asked; nothing is sent.  Raises NameserverError where the system names
        none."""
        return self._bench.open_door()

    def check(self, work: Casework) -> None:
        """Run the planned checks of `work`; ctrl+c stops them and raises KeyboardInterrupt."""
        self._bench.check(work)
        self._notebook.keep(work, self._bench.address)

    def _stop_loading(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
            self._loading.join(2)

    def close(self) -> None:
        """Leave nothing open."""
        self._stop_loading()
        self._bench.close()
        self._notebook.close()
