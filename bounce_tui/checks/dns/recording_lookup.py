"""A `Lookup` that keeps what was answered, so that a result carries what it rests on."""

from bounce_tui.check_results import Seen
from bounce_tui.checks.dns.answer import Answer, Lookup, RecordType
from bounce_tui.checks.dns.wording import absence_words, plain_text

_MOST_SEEN = 60
_MOST_RECORDS = 40
_LONGEST = 500


class RecordingLookup:
    """Asks `lookup` and remembers each answer once, the first ones of very many."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._seen: dict[tuple[str, str], Seen | None] = {}
        self._missing: dict[str, None] = {}
        self._absent: dict[str, None] = {}
        self._found_any = False

    @property
    def address(self) -> str:
        """The server that sees the queries."""
        return self._lookup.address

    @property
    def seen(self) -> tuple[Seen, ...]:
        """What was answered, in the order asked."""
        return tuple(seen for seen in self._seen.values() if seen is not None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names that are said not to exist, at the ends of their aliases, as far as answers are kept."""
        return tuple(self._missing)

    @property
    def absent(self) -> tuple[str, ...]:
        """The names that are said not to exist, or to have no such record, where nothing was found at all."""
        return () if self._found_any else tuple(self._absent)

    async def query(self, name: str, rdtype: RecordType) -> Answer:
        """Ask for `name` and `rdtype`."""
        key = (name.lower().rstrip("."), rdtype)
        is_kept = key in self._seen or len(self._seen) < _MOST_SEEN
        if is_kept:
            self._seen.setdefault(key, None)
        answer = await self._lookup.query(name, rdtype)
        if is_kept:
            self._seen[key] = self._seen[key] or _as_seen(answer)
            if answer.outcome == "nxdomain":
                self._missing[answer.canonical or key[0]] = None
            if answer.outcome in ("nxdomain", "no_data"):
                self._absent[answer.canonical or key[0]] = None
        self._found_any = self._found_any or answer.outcome == "answer"
        return answer


def _as_seen(answer: Answer) -> Seen:
    records = sorted(answer.records)[:_MOST_RECORDS] or [absence_words(answer)]
    shown = tuple(plain_text(record)[:_LONGEST] for record in records)
    return Seen(answer.name.lower().rstrip("."), answer.rdtype, shown, answer.ttl)
