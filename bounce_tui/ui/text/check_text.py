"""The action panel in words: the verdict on top, then the checks with their states, then the inputs."""

from collections.abc import Sequence

from bounce_tui.check_results import Change, Check, CheckResult, Inputs, Verdict
from bounce_tui.checks.planning.registry import kind_of
from bounce_tui.model import Candidate
from bounce_tui.reporting.changes_text import change_lines, comparison_words
from bounce_tui.triage.failure_checks import FailureChecks
from bounce_tui.ui.keymap import DEFAULT, Keymap
from bounce_tui.ui.text.cells import shown, width_of
from bounce_tui.ui.text.page import LABEL, Line, Page, Role, Span

VERDICTS: dict[str, tuple[str, Role]] = {
    "still_holds": ("STILL HOLDS", "verdict-bad"),
    "no_longer_holds": ("NO LONGER HOLDS", "verdict-good"),
    "cannot_be_known": ("CANNOT BE KNOWN", "verdict-warn"),
}

STATES: dict[str, tuple[str, Role]] = {
    "pass": ("pass", "good"), "warn": ("warn", "warn"), "fail": ("FAIL", "bad"), "unknown": ("unkn", "warn"),
    "skipped": ("skip", "label"), "waiting": ("plan", "plain"), "running": ("....", "label"),
    "cancelled": ("stop", "label"),
}  # fmt: skip

_INPUTS = (
    ("Sending IP", "sending_ip"),
    ("Sender", "envelope_sender"),
    ("HELO", "helo"),
    ("From domain", "from_domain"),
)


def panel(
    work: FailureChecks | None,
    resolver: str,
    width: int,
    keys: Keymap = DEFAULT,
    *,
    remembered: bool = False,
) -> list[Line]:
    """The page about the checks of one failure.  `resolver` is the server that would see the queries; with
    `remembered` an earlier verdict stands on the page beside."""
    page = Page(width)
    if work is None:
        page.text("No failure here, nothing to check.", "label")
        return page.lines
    if len(work.bounce.failures) > 1:
        page.text(f"For {_recipient(work)}", "heading")
    _top(page, work, resolver, keys)
    if remembered and work.state == "ready":
        page.text("an earlier verdict: see Remembered", "label")
    if work.state == "ready":
        _plan(page, work)
    elif work.checks:
        page.heading("Checks")
        for check in work.checks:
            _state(page, check, work)
    answered = [check for check in work.checks if work.result(check)]
    if answered:
        comparison = work.comparison()
        page.heading("What they found")
        if comparison is not None:
            page.text(comparison_words(comparison), "strong" if comparison.changes else "label")
        for check in answered:
            result = work.results[check.id, check.target]
            change = comparison.of(result) if comparison is not None else None
            # The next step stands on top already.
            is_next = work.verdict is not None and result.to_do == work.verdict.next_step
            _result(page, result, change, remedy=None if is_next else result.to_do)
    # Checks of the recipient's domain start from nothing else that is found in the mail.
    if work.probes or any(check.target != work.inputs.recipient_domain for check in work.checks):
        _inputs(page, work.inputs, keys)
    return page.lines


def _recipient(work: FailureChecks) -> str:
    return work.failure.recipient or work.failure.original_recipient or "a recipient who is not named"


def _top(page: Page, work: FailureChecks, resolver: str, keys: Keymap) -> None:
    if work.verdict:
        _verdict(page, work.verdict, work.diagnosis.resolution)
    elif work.state == "running":
        page.text(f"Running: {len(work.results)} of {len(work.checks)} answered", "strong")
        page.text(f"{keys.key('back')} stops them", "label")
    elif work.state == "cancelled":
        page.text(f"Stopped after {len(work.results)} of {len(work.checks)}", "warn")
        page.text(f"{keys.key('check')} runs them again", "label")
    elif work.state == "broken":
        page.text("The checks could not run", "bad")
        page.text(work.trouble or "")
    else:
        page.text(f"Nothing sent yet, {keys.key('check')} asks", "strong")
    if not work.checks:
        page.text("no check is planned", "label")
    else:
        page.text(f"Resolver {resolver}", "label")


def _plan(page: Page, work: FailureChecks) -> None:
    if work.checks:
        page.heading("Checks, and who else sees them")
    for check in work.checks:
        _state(page, check, work, whole=True)
        if check.why:
            page.text(check.why, "plain", "  ")
        if check.target:
            page.text(check.seen_by or "nobody, nothing is asked", "label", "  ")
        elif (kind := kind_of(check.id)) is not None:
            page.text(kind.missing_of(work.inputs), "warn", "  ")


def _state(page: Page, check: Check, work: FailureChecks, *, whole: bool = False) -> None:
    result = work.result(check)
    word, role = STATES[result.state if result else _unanswered(work)]
    _named(page, Span(word, role), Span(check.id), Span(check.target), whole=whole)


def _named(page: Page, state: Span, check_id: Span, target: Span, *, whole: bool = False) -> None:
    """A check with what it looks at.  Half an address tells nothing: what does not fit is left out, as others
    tell it (the plan, the finding), or stands below where that is to be `whole`."""
    named = f"{check_id.text} {shown(target.text)}".rstrip()
    fits = width_of(f"{state.text} {named}") <= page.width
    spans = [Span(f"{state.text} ", state.role), check_id]
    if fits and target.role == check_id.role:
        spans[1] = check_id._replace(text=named)
    elif fits:
        spans.append(Span(f" {target.text}", target.role))
    page.spans(*spans)
    if whole and not fits:
        page.text(target.text, target.role, "  ")


def _verdict(page: Page, verdict: Verdict, advice: Sequence[str]) -> None:
    words, role = VERDICTS[verdict.state]
    page.text(words, role)
    page.text(verdict.summary)
    # What the detail beside it says already is not sent over the line twice.
    place = advice.index(verdict.next_step) + 1 if verdict.next_step in advice else 0
    page.text(f"Next: {f'step {place} of the detail' if place else verdict.next_step}", "strong")
    if verdict.because:
        page.text("rests on " + ", ".join(verdict.because), "label")


def _result(page: Page, result: CheckResult, change: Change | None, remedy: str | None) -> None:
    word, role = STATES[result.state]
    _named(page, Span(word, role), Span(result.id, "strong"), Span(result.target, "label"))
    page.text(result.summary, "plain", "  ")
    for line in change_lines(change) if change is not None else ():
        page.text(line, "evidence", "  ", "    ")
    for detail in result.details:
        page.text(detail, "label", "  ", "    ")
    if remedy:
        page.text(remedy, "strong", "  Do: ", "      ")
    if result.resolver:
        page.text(f"asked {result.resolver}, {result.elapsed_ms} ms", "label", "  ")


def _inputs(page: Page, inputs: Inputs, keys: Keymap) -> None:
    page.heading(f"Inputs ({keys.key('inputs')} changes them)")
    for label, name in _INPUTS:
        candidate: Candidate | None = getattr(inputs, name)
        if candidate is None:
            page.text("none known", "label", f"{label:<{LABEL}}", " " * LABEL)
            continue
        page.field(label, candidate.value if candidate.sure else f"{candidate.value}, a guess")


def _unanswered(work: FailureChecks) -> str:
    return {"running": "running", "cancelled": "cancelled", "broken": "cancelled"}.get(work.state, "waiting")
