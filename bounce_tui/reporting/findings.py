"""What the checks of one recipient found: the contract of `check --format json`, and its text."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from bounce_tui.check_results import CheckResult, Comparison, Inputs, Verdict
from bounce_tui.model import Candidate
from bounce_tui.reporting.bounce_text import field
from bounce_tui.reporting.changes_text import change_lines, comparison_words
from bounce_tui.reporting.origins import candidate
from bounce_tui.reporting.record import json_line
from bounce_tui.reporting.visible import visible, visible_path

VERDICTS = {
    "still_holds": "STILL HOLDS",
    "no_longer_holds": "NO LONGER HOLDS",
    "cannot_be_known": "CANNOT BE KNOWN FROM HERE",
}
_INPUT_NAMES = {
    "sending_ip": "Sending IP",
    "envelope_sender": "Envelope sender",
    "helo": "HELO",
    "from_domain": "From domain",
}


class InputRecord(Struct, frozen=True, gc=False):
    """One input of the checks and where it was found."""

    value: str
    source: str


class ResultRecord(Struct, frozen=True, gc=False):
    """What one check found, as scripts read it."""

    id: str
    target: str
    state: str
    summary: str
    details: tuple[str, ...]
    resolver: str | None
    elapsed_ms: int
    outcome: str
    remedy: str | None


class VerdictRecord(Struct, frozen=True, gc=False):
    """The verdict on the quoted cause."""

    state: str
    summary: str
    next_step: str
    because: tuple[str, ...]


class FindingsRecord(Struct, frozen=True, gc=False):
    """Everything found for one failed recipient."""

    file: str
    recipient: str | None
    inputs: dict[str, InputRecord | None]
    checks: tuple[ResultRecord, ...]
    verdict: VerdictRecord
    since_last_run: Comparison | None = None


def findings_json(
    file: str,
    inputs: Inputs,
    results: Sequence[CheckResult],
    verdict: Verdict,
    comparison: Comparison | None = None,
) -> bytes:
    """One line of JSON for one failed recipient."""
    return json_line(
        FindingsRecord(
            visible_path(file),
            inputs.recipient,
            {name: _input_record(_input(inputs, name)) for name in _INPUT_NAMES},
            tuple(
                ResultRecord(
                    r.id,
                    r.target,
                    r.state,
                    r.summary,
                    r.details,
                    r.resolver,
                    r.elapsed_ms,
                    r.outcome_text,
                    r.to_do,
                )
                for r in results
            ),
            VerdictRecord(verdict.state, verdict.summary, verdict.next_step, verdict.because),
            comparison,
        )
    )


def findings_text(
    inputs: Inputs, results: Sequence[CheckResult], verdict: Verdict, comparison: Comparison | None = None
) -> str:
    """The verdict first, then what it rests on, each with what was otherwise in the run before."""
    return "\n".join(_lines(inputs, results, verdict, comparison)) + "\n"


def _input_record(found: Candidate | None) -> InputRecord | None:
    return InputRecord(found.value, found.source) if found is not None else None


def _input(inputs: Inputs, name: str) -> Candidate | None:
    value = getattr(inputs, name)
    return value if isinstance(value, Candidate) else None


def _lines(
    inputs: Inputs, results: Sequence[CheckResult], verdict: Verdict, comparison: Comparison | None
) -> Iterator[str]:
    yield visible(inputs.recipient or "(no address named)")
    yield from field("Verdict", f"{VERDICTS[verdict.state]}: {verdict.summary}")
    yield from field("Next step", verdict.next_step)
    if comparison is not None:
        yield from field("Last run", comparison_words(comparison))
    for name, label in _INPUT_NAMES.items():
        value = _input(inputs, name)
        if value:
            yield from field(label, candidate(value))
    for result in results:
        yield ""
        yield f"  {result.state.upper():<7}  {visible(result.id)}  {visible(result.target)}"
        yield from field("", result.summary)
        change = comparison.of(result) if comparison is not None else None
        if change is not None:
            for number, line in enumerate(change_lines(change)):
                yield from field("" if number else "Changed", line)
        for detail in result.details:
            yield from field("", "· " + detail)
        # The next step stands on top already.
        if result.to_do != verdict.next_step:
            yield from field("To do", result.to_do)
