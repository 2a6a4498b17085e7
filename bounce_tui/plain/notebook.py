"""The store as a plain session uses it: asked at once, what is listed at hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from bounce_tui.triage.casework import Casework, verdict_key_of
from bounce_tui.triage.row import Row, identity_of
from bounce_tui.triage.store.standing import Earlier, Judged, Kept, Standing, State
from bounce_tui.triage.store.store import Store


class Notebook:
    """Keeps in `path`, or for this session only with None.  `standings` and `verdicts` hold what is known of
    the rows that were learnt."""

    def __init__(self, path: Path | None) -> None:
        self.standings: dict[bytes, Standing] = {}
        self.verdicts: dict[bytes, Judged] = {}
        self._store = Store(path)

    def take_trouble(self) -> str | None:
        """What is wrong with the file of states and notes, in one line, told once; None when nothing is."""
        trouble, self._store.trouble = self._store.trouble, None
        return trouble

    def learn(self, rows: Sequence[Row]) -> None:
        """Keep what `rows` report, and look up how they stand and what their checks came to."""
        if rows:
            self._store.remember(rows)
            identities = [row.identity for row in rows]
            self.standings |= self._store.standings(identities)
            # What was found in this session counts more.
            self.verdicts = self._store.verdicts(identities) | self.verdicts

    def about(self, row: Row) -> tuple[Standing | None, Earlier, Kept | None]:
        """How a mail stands, what failed before, and the last verdict."""
        return self.standings.get(row.identity), self._store.earlier(row), self._store.verdict(row.identity)

    def change(
        self, rows: Sequence[Row], *, state: State | None = None, note: str | None = None
    ) -> Mapping[bytes, Standing]:
        """Give `rows` another state or note; what `restore` wants to take it back."""
        identities = [row.identity for row in rows]
        before = self._store.change(identities, state=state, note=note)
        self.standings |= self._store.standings(identities)
        return before

    def restore(self, before: Mapping[bytes, Standing]) -> None:
        """Take a change back."""
        self._store.restore(before)
        self.standings.update(before)

    def keep(self, work: Casework, resolver: str) -> None:
        """Keep what the checks of `work` came to, where they did, and give it the run before."""
        found = work.to_keep()
        if found is None:
            return
        identity, leads = identity_of(work.bounce), work.index == work.bounce.leading
        self.verdicts[verdict_key_of(work)] = Judged(found[1].state)
        work.before = self._store.keep_run(identity, *found, resolver, leads=leads)

    def close(self) -> None:
        """Close the file."""
        self._store.close()
