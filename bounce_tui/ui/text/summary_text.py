"""The summary of the mails shown, with bars that need no colour."""

from bounce_tui.reporting.counted import counted
from bounce_tui.triage.summary import Part, Summary
from bounce_tui.triage.timeline import timeline
from bounce_tui.ui.text.cells import fit, shown
from bounce_tui.ui.text.page import Line, Page, Span

_FAILED, _DELAYED = "#", "-"
_VALUE = 28
# Eighths of a line, in signs that every terminal has.
_HEIGHTS = " .:-=+*#"


def summary(width: int, found: Summary, so_far: str = "") -> list[Line]:
    """Reasons, receivers, senders and time of the failures and delays that were counted; `so_far` says why
    these may not be all."""
    page = Page(width)
    if so_far:
        page.text(so_far, "label")
    if not found.parts:
        page.text("No failure and no delay among these mails.")
        return page.lines
    page.text(headline(found), "strong")
    delayed = f", {_DELAYED} delayed: still being tried" if found.delayed else ""
    page.text(f"{_FAILED} failed{delayed}", "label")
    if found.backscatter:
        page.text(found.forged, "label")
    if found.several:
        page.text(
            "mails are counted: one with several failures counts once under each of its values", "label"
        )
    for part in found.parts:
        _bars(page, part)
    _time(page, found)
    return page.lines


def headline(found: Summary) -> str:
    """`41 failed, 3 delayed, of 49 mails`."""
    parts = ((found.failed, "failed"), (found.delayed, "delayed"))
    said = ", ".join(f"{number:,} {word}" for number, word in parts if number)
    return f"{said}, of {counted(found.mails, 'mail')}"


def _bars(page: Page, part: Part) -> None:
    page.heading(part.title)
    longest = max(page.width - _VALUE - 12, 4)
    top = part.counts[0].total
    for one in part.counts:
        length = max(1, one.total * longest // top)
        delayed = min(length, -(-one.delayed * length // one.total))
        bar = _FAILED * (length - delayed) + _DELAYED * delayed
        page.spans(
            Span(fit(shown(one.value), _VALUE) + " "),
            Span(f"{one.total:>6,}  ", "strong"),
            Span(bar, "label"),
        )
    if part.more:
        page.text(f"{part.more:,} in {counted(part.others, 'other')}", "label")


def _time(page: Page, found: Summary) -> None:
    """How many each hour, day, week ..., a sign each."""
    line = timeline(found.when, page.width)
    steps = line.steps
    if not steps:
        return
    top = max(step.total for step in steps)
    page.heading(f"When, by the {line.unit}")
    # Blanks stand for steps without any, and wrapping would drop them.
    page.spans(Span("".join(_HEIGHTS[-(-step.total * (len(_HEIGHTS) - 1) // top)] for step in steps)))
    ends = steps[0].value if len(steps) == 1 else f"{steps[0].value} to {steps[-1].value}"
    unit = line.unit.partition(" ")[0]
    one = "an hour" if unit == "hour" else f"a {unit}"
    page.text(f"{ends} (UTC); a sign is {one}, blank where none, at most {top:,}", "label")
