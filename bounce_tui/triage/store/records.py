"""What the store keeps about a mail, as values: state and note, verdicts, runs of checks, history of
addresses."""

from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.check_results import CheckResult, Verdict, VerdictState
from bounce_tui.triage.store.kept_result import KeptResult

TriageState = Literal["todo", "working", "done", "ignored"]


class Annotation(Struct, frozen=True):
    """What the user has noted of a mail: its state and a note, who set them last and when (RFC 3339, UTC)."""

    state: TriageState = "todo"
    note: str = ""
    who: str = ""
    changed: str = ""


UNTOUCHED = Annotation()


class Change(Struct, frozen=True):
    """The annotation of a mail before a change, and after it."""

    before: Annotation
    after: Annotation

    def undone(self, now: Annotation) -> Annotation | None:
        """The annotation that `now` becomes when this change is undone; None where somebody else has changed
        the same since."""
        if now == self.after:
            return self.before
        state = self.before.state != self.after.state == now.state
        note = self.before.note != self.after.note == now.note
        # Where both are as this change left them, somebody else has said the same again, and meant it.
        if not (state or note) or (now.state, now.note) == (self.after.state, self.after.note):
            return None
        return replace(
            now, state=self.before.state if state else now.state, note=self.before.note if note else now.note
        )


class AddressHistory(Struct, frozen=True):
    """Other reports about an address: how many failures before, when the last of them was, when the last
    delivery was, be it before or after, and how many failures of other addresses of its domain."""

    of_address: int = 0
    last: str | None = None
    delivered: str | None = None
    of_domain: int = 0


class EarlierVerdict(Struct, frozen=True):
    """A verdict of an earlier run: its state and sentence, who was asked, and when."""

    state: VerdictState
    summary: str
    resolver: str | None
    at: str


class KnownVerdict(Struct, frozen=True):
    """What the checks of a mail came to; `earlier` where that was before this session."""

    state: VerdictState
    earlier: bool = False


def verdict_matches(word: str, verdict: KnownVerdict | None) -> bool:
    """Whether the verdict `verdict` is what a filter means by `word`: "checked", "earlier" or a state of a
    verdict."""
    if verdict is None:
        return False
    return word == "checked" or (verdict.earlier if word == "earlier" else verdict.state == word)


def word_holds(word: str, annotation: Annotation | None, verdict: KnownVerdict | None) -> bool:
    """Whether `word` of the filter language, one about what the store keeps ("todo", "noted", "checked" ...),
    holds for a mail with this annotation and verdict."""
    if word in get_args(TriageState):
        return (annotation or UNTOUCHED).state == word
    if word == "noted":
        return annotation is not None and annotation.note != ""
    return verdict_matches(word, verdict)


class Run(Struct, frozen=True):
    """The checks of one recipient as they last came out: the verdict's state, the results, and when."""

    state: VerdictState
    at: str
    results: tuple[KeptResult, ...]


class FinishedChecks(Struct, frozen=True):
    """The checks of failure number `failure` of a mail, once they are over.  `key` is what its verdict is
    known by in the list (`causes.verdict_key`)."""

    identity: bytes
    failure: int
    key: bytes
    verdict: Verdict
    results: tuple[CheckResult, ...]

    @property
    def resolver(self) -> str | None:
        """The server that was asked."""
        return next((result.resolver for result in self.results if result.resolver), None)
