"""What the user and the checks have made of the mails of a session, and its file."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bounce_tui.model import Case
from bounce_tui.triage.causes import verdict_key
from bounce_tui.triage.failure_checks import FailureChecks, verdict_key_of
from bounce_tui.triage.memory import recalled
from bounce_tui.triage.row import RecipientOutcome, Row
from bounce_tui.triage.store.records import (
    Annotation,
    Change,
    FinishedChecks,
    KnownVerdict,
    Run,
    TriageState,
    word_holds,
)
from bounce_tui.triage.store.retention import MEMORY_DAYS

if TYPE_CHECKING:
    from bounce_tui.triage.store.store import Store


class Notebook:
    """Keeps in `path`, or for this session only with None; the file is opened when it is first asked for.
    Addresses and what checks found are kept for `memory_days`.
    `annotations` and `verdicts` hold what is known of the rows that were learnt.

    Whatever asks the file may take as long as a disk does, so the app lets a thread of its own do that;
    `judge`, `known` and `word_holds` ask nothing, and may be called meanwhile.
    """

    def __init__(self, path: Path | None, memory_days: int = MEMORY_DAYS) -> None:
        self.annotations: dict[bytes, Annotation] = {}
        self.verdicts: dict[bytes, KnownVerdict] = {}
        self._path = path
        self._memory_days = memory_days
        self._store: Store | None = None
        self._judging = threading.Lock()

    def take_trouble(self) -> str | None:
        """What is wrong with the file, in one line, told once; None when nothing is."""
        if self._store is None:
            return None
        trouble, self._store.trouble = self._store.trouble, None
        return trouble

    def learn(self, rows: Sequence[Row]) -> bool:
        """Keep what `rows` report, and look up how they stand and what their checks came to; True when
        something is known of one."""
        if not rows:
            return False
        store = self._opened()
        store.remember(rows)
        identities = [row.identity for row in rows]
        of_several = [row.identity for row in rows if row.others and row.identity]
        annotations, verdicts = store.annotations(identities), store.verdicts(identities, of_several)
        self.annotations.update(annotations)
        with self._judging:
            for key, judged in verdicts.items():
                # What was found in this session counts more.
                if key not in self.verdicts or self.verdicts[key].earlier:
                    self.verdicts[key] = judged
        return bool(annotations or verdicts)

    def known(
        self, row: Row, outcome: RecipientOutcome | None = None
    ) -> tuple[Annotation | None, KnownVerdict | None]:
        """What the user has noted of a mail, and what its checks came to for `outcome`, the leading failure
        with None."""
        return self.annotations.get(row.identity), self.verdicts.get(verdict_key(row, outcome or row))

    def word_holds(self, word: str, row: Row, outcome: RecipientOutcome | None = None) -> bool:
        """Whether a word of the filter language about states, notes and verdicts ("done", "checked") is true
        of `row` and its `outcome`, the leading one with None."""
        return word_holds(word, *self.known(row, outcome))

    def remembered(self, row: Row, case: Case, indexes: Sequence[int]) -> list[tuple[str, ...]]:
        """For each of the failures `indexes` of a mail, in lines: what the user noted, what failed before,
        and the last verdict."""
        return recalled(self._opened(), row, self.annotations.get(row.identity), case, indexes)

    def change(
        self, rows: Sequence[Row], *, state: TriageState | None = None, note: str | None = None
    ) -> Mapping[bytes, Change]:
        """Give `rows` another state or note; what `restore` wants to take it back."""
        changes = self._opened().change([row.identity for row in rows], state=state, note=note)
        self.annotations.update({identity: change.after for identity, change in changes.items()})
        return changes

    def restore(self, changes: Mapping[bytes, Change]) -> None:
        """Take `changes` back, but for what others have changed since."""
        self.annotations.update(self._opened().restore(changes))

    def judge(self, work: FailureChecks) -> None:
        """Take what the checks of `work` found as the verdict on its failure."""
        if work.state == "done" and work.verdict is not None:
            with self._judging:
                self.verdicts[verdict_key_of(work)] = KnownVerdict(work.verdict.state)

    def keep(self, work: FailureChecks) -> bool:
        """Note the verdict of `work`, keep its run in the file, and give `work` the run before; False where
        nothing was left to keep."""
        self.judge(work)
        found = work.to_keep()
        if found is not None:
            work.before = self.put(found)
        return found is not None

    def put(self, found: FinishedChecks) -> Run | None:
        """Keep a run that is over; the one before, if there was one."""
        return self._opened().keep_run(
            found.identity, found.failure, found.verdict, found.results, found.resolver, key=found.key
        )

    def close(self) -> None:
        """Close the file of states and notes."""
        if self._store is not None:
            self._store.close()

    def _opened(self) -> "Store":
        if self._store is None:
            # With it comes SQLite, which the first frame of the app does not wait for.
            from bounce_tui.triage.store.store import Store

            self._store = Store(self._path, self._memory_days)
        return self._store
