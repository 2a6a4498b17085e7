"""A pasted reply to its diagnosis: what somebody typed in may be no refusal at all."""

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from bounce_tui.diagnosis.advice import Filler
from bounce_tui.diagnosis.built_in import BuiltIn
from bounce_tui.diagnosis.reply import POSITIVE
from bounce_tui.model import Bounce, Diagnosis, Evidence, Failure
from bounce_tui.regex import regex

if TYPE_CHECKING:
    from bounce_tui.diagnosis.diagnostician import Diagnostician

HOLDS_NONE: Final[frozenset[str]] = frozenset({BuiltIn.NO_REFUSAL, BuiltIn.LOG_REFUSES_NOTHING})
"""Rules that say of a pasted text that it holds no reply at all."""
_NOTICES: Final = {"auto_reply": BuiltIn.ABSENCE_NOTE, "feedback": BuiltIn.COMPLAINT_PASSED_ON}
"""The rule of each kind of mail that is an answer and no report."""
REFUSES_NOTHING: Final = HOLDS_NONE | {BuiltIn.POSITIVE_REPLY, *_NOTICES.values()}
"""Rules that say of a pasted text that nothing was refused in it."""

_QUEUED: Final = regex(
    r"(?<![\w.])250[ -]2\.[06]\.0 [^\n]{0,200}\bqueued(?: as \S{1,64}| mail for delivery)?\W{0,9}$"
)
"""Ends a line about a delivery whose server took the message on."""

_SAYS_NOTHING: Final[frozenset[str]] = frozenset(
    {BuiltIn.NO_WORDS, BuiltIn.WORDS_WITHOUT_CODE, "wording-after-354"}
)
"""Rules that say of a report, in which something did fail, that nothing in it tells why."""


def with_actions(diagnostician: "Diagnostician", bounce: Bounce) -> Bounce:
    """`bounce`, as `read_pasted` gives it, with failures that wait where words without a code tell of what
    passes by itself ("Greylisted"): that the mail came back, nobody said."""
    if bounce.because or bounce.kind == "other":
        return bounce
    heals = diagnostician.rulebook.reasons
    failures = [
        replace(one, action="delayed")
        if one.action == "failed"
        and one.reply_code is None
        and one.status is None
        and heals[diagnostician.diagnose(one, bounce).reason].time_heals
        else one
        for one in bounce.failures
    ]
    return replace(bounce, failures=tuple(failures))


def diagnose_pasted(diagnostician: "Diagnostician", failure: Failure, bounce: Bounce) -> Diagnosis:
    """The diagnosis of a failure as `read_pasted` gives it.  A reply that a server gives when all is well, a
    text in which no refusal stands, an absence note, a complaint that was passed on, and lines of a log that
    refuse nothing are called that."""
    coded = failure.reply_code is not None or failure.status is not None
    queued = None if coded else _QUEUED.search(failure.diagnostic)
    taken = queued if queued or coded else POSITIVE.match(failure.diagnostic)
    diagnosis = diagnostician.diagnose(failure, bounce)
    # "250 recipients are too many" begins with a number that is no code.
    unsure = queued is not None or (taken is not None and diagnosis.confidence == "low")
    refuses_nothing = bounce.kind == "other"
    # Where a log or a report says that it failed, words that tell no cause are no sign that nothing did.
    is_told = bounce.because and not refuses_nothing
    told = _NOTICES.get(bounce.kind)
    if diagnosis.reason == "vacation" and not coded:
        told = BuiltIn.ABSENCE_NOTE
    if told is None:
        if is_told or (diagnosis.rule not in _SAYS_NOTHING and not unsure and not refuses_nothing):
            return diagnosis
        not_taken = BuiltIn.NO_REFUSAL if taken is None else BuiltIn.POSITIVE_REPLY
        told = BuiltIn.LOG_REFUSES_NOTHING if refuses_nothing and bounce.because else not_taken
    rule = diagnostician.built_in(told)
    words = "" if taken is None else taken[0].strip()
    return replace(
        diagnosis,
        reason=rule.reason,
        temporary=False,
        hard=False,
        provider=None,
        rule=rule.id,
        confidence="low" if rule.id == BuiltIn.NO_REFUSAL else "high",
        evidence=Evidence(words, "diagnostic", failure.diagnostic.find(words)),
        cause=f"{rule.cause} {bounce.because}".rstrip() if refuses_nothing else rule.cause,
        resolution=Filler(failure, bounce).fill_all(rule.steps),
        who_acts=rule.who_acts,
        checks=(),
        url=None,
        also=(),
        blocklist=None,
        lists=(),
        speaks_of=(),
        retries_first=False,
    )
