"""The reference: everything that is known, to be looked up by reasons, providers, status codes and rules."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias, overload

from msgspec import Struct

from bounce_tui.diagnosis.diagnostician import diagnostician
from bounce_tui.diagnosis.rule import Reason, Rule, Speaker, StatusMeaning
from bounce_tui.diagnosis.rule_search import places
from bounce_tui.diagnosis.rulebook import Rulebook
from bounce_tui.diagnosis.search import Places, SearchIndex
from bounce_tui.model import Diagnosis, Failure

EntryKind = Literal["reason", "provider", "status", "rule"]


class Provider(Struct, frozen=True):
    """Whoever writes replies of their own: how that is recognised, and their rules."""

    name: str
    speakers: tuple[Speaker, ...]
    rules: tuple[Rule, ...]


_lock = threading.Lock()
_shared: "Reference | None" = None

Subject: TypeAlias = Rule | Reason | StatusMeaning | Provider


class Entry(NamedTuple):
    """One thing to look up.  `id` is the rule's id, the reason's slug, the code ("X.7.26") or the name."""

    kind: EntryKind
    id: str
    subject: Subject


class Reference(Sequence[Entry]):
    """All entries: reasons, providers, status codes, then rules by provider and id.

    It costs some fifty milliseconds to make, which is not for an event loop; `search` takes a few.
    """

    def __init__(self, book: Rulebook, rules: Sequence[Rule]) -> None:
        self.book = book
        by_id = sorted(rules, key=lambda rule: (rule.provider == "", rule.provider.casefold(), rule.id))
        self.rules = by_id
        self.rules_of: Mapping[str, Sequence[Rule]] = _by_reason(by_id)
        self._entries = [
            *(Entry("reason", slug, reason) for slug, reason in sorted(book.reasons.items())),
            *(Entry("provider", one.name, one) for one in _providers(book, by_id)),
            *(Entry("status", one.code, one) for _, one in sorted(book.statuses.items(), key=_in_numbers)),
            *(Entry("rule", rule.id, rule) for rule in by_id),
        ]
        self._numbers = {(entry.kind, entry.id): number for number, entry in enumerate(self._entries)}
        self._index = SearchIndex((entry, _places(entry)) for entry in self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> list[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | list[Entry]:
        return self._entries[place]

    def search(self, words: str) -> Sequence[Entry]:
        """The entries that hold every one of `words`, the nearest first; all of them without words."""
        return self._index.search(words) if words.strip() else self

    def entry(self, kind: EntryKind, id_: str) -> Entry | None:
        """One entry; a rule may be asked for by an id that it had."""
        if kind == "rule":
            id_ = self.book.former.get(id_, id_) if (kind, id_) not in self._numbers else id_
        number = self._numbers.get((kind, id_))
        return None if number is None else self._entries[number]

    def place(self, entry: Entry) -> int:
        """The number of `entry` in the order of the reference."""
        return self._numbers[entry.kind, entry.id]

    def about(self, failure: Failure, diagnosis: Diagnosis) -> list[Entry]:
        """What `diagnosis` rests on: the rule that matched, its reason, the provider, the status code, and
        the rules that would read the same words otherwise."""
        status = "X." + failure.status.partition(".")[2] if failure.status else ""
        wanted: list[tuple[EntryKind, str]] = [
            ("rule", diagnosis.rule),
            ("reason", diagnosis.reason),
            ("provider", diagnosis.provider or ""),
            ("status", status),
            *(("rule", other.rule) for other in diagnosis.also),
        ]
        found = (self.entry(kind, id_) for kind, id_ in dict.fromkeys(wanted))
        return [entry for entry in found if entry is not None]

    def look_up(self, name: str) -> Entry | None:
        """The entry that `name` names exactly, in any case: a rule's id, a reason, a code or a provider."""
        folded = name.strip().casefold()
        kind_and_id = next((one for one in self._numbers if one[1].casefold() == folded), None)
        if kind_and_id is None and folded[:2] in ("2.", "4.", "5."):
            return self.entry("status", f"X.{folded[2:]}")
        return self.entry(*kind_and_id) if kind_and_id else self.entry("rule", folded)


def read_reference() -> Reference:
    """The one of our rules and the user's, made on first use.  Raises RuleError if those that came with the
    program are broken."""
    global _shared
    found = diagnostician()
    with _lock:
        if _shared is None or _shared.book is not found.rulebook:
            _shared = Reference(found.rulebook, found.rules)
        return _shared


def _by_reason(rules: Sequence[Rule]) -> Mapping[str, Sequence[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.reason, []).append(rule)
    return found


def _providers(book: Rulebook, rules: Sequence[Rule]) -> Iterator[Provider]:
    by_name: dict[str, list[Rule]] = {one.provider: [] for one in book.speakers}
    for rule in rules:
        by_name.setdefault(rule.provider, []).append(rule)
    for name in sorted(by_name, key=str.casefold):
        if name:
            speakers = tuple(one for one in book.speakers if one.provider == name)
            yield Provider(name, speakers, tuple(by_name[name]))


def _in_numbers(item: tuple[str, StatusMeaning]) -> list[int]:
    return [int(part) for part in item[0].split(".")]


def _places(entry: Entry) -> Places:
    subject = entry.subject
    if isinstance(subject, Rule):
        return places(subject)
    if isinstance(subject, Reason):
        words = (subject.slug.replace("_", " "), *subject.sisimai, subject.kumomta)
        return Places((subject.slug,), (words, (subject.meaning,), (subject.cause, *subject.steps)))
    if isinstance(subject, StatusMeaning):
        detail = subject.code.partition(".")[2]
        codes = (subject.code, *(f"{digit}.{detail}" for digit in "245"))
        return Places(codes, ((subject.name,), (subject.reference, *subject.reasons)))
    hosts = [host for one in subject.speakers for host in (*one.host_suffix, *one.recipient_domains)]
    mentions = [words for one in subject.speakers for words in one.mentions]
    return Places((subject.name, *hosts), ((*mentions, "provider"),))
