"""The commands of a plain session that show more: `source`, `testmail`, `summary`."""

from collections.abc import Iterator, Sequence

from bounce_tui.plain.talk import Talk, number_of
from bounce_tui.reporting.counted import counted
from bounce_tui.reporting.testmail_text import recipe
from bounce_tui.reporting.visible import visible
from bounce_tui.triage.count import Count
from bounce_tui.triage.summary import summarise
from bounce_tui.triage.timeline import timeline

_LINES = 40
"""Lines of a source at once: a screen reader reads all of them."""
_LONGEST = 1000
_BYTES = 1 << 18


def source(talk: Talk, rest: str) -> None:
    """The mail in hand as it is, made visible, from line N on."""
    first = number_of(rest) if rest else 1
    found = talk.session.hand.source(_BYTES)
    if found is None:
        talk.refuse("There is no mail in hand.")
        return
    lines, whole = found
    if first is None or first > len(lines):
        talk.line(f"source takes a number from 1 to {len(lines):,}.")
        return
    end = min(first - 1 + _LINES, len(lines))
    for line in lines[first - 1 : end]:
        cut = f" and {len(line) - _LONGEST} more characters" if len(line) > _LONGEST else ""
        talk.line(visible(line[:_LONGEST]) + cut)
    more = f"; source {end + 1} goes on" if end < len(lines) else ""
    limit = "" if whole or more else f"; the mail goes on after {_BYTES:,} bytes"
    talk.line(f"Lines {first:,} to {end:,} of {len(lines):,}{more}{limit}.")


def testmail(talk: Talk, rest: str) -> None:
    """The plain test mail to the recipient in hand, and the commands that send it."""
    case, index = talk.session.hand.case(), talk.session.hand.index
    if case is None or index >= len(case.bounce.failures):
        talk.refuse("No failed address is in hand to send a test mail to.")
        return
    for line in recipe(case, index, talk.session.hand.hints()).lines():
        talk.line(line)


testmail.__test__ = False  # type: ignore[attr-defined]  # no test, whatever pytest thinks of its name


def summary(talk: Talk, rest: str) -> None:
    """The mails listed, counted by why, who and when: failures and delays apart."""
    found = summarise(list(talk.session.queue), talk.session.views.passing)
    if not found.parts:
        talk.refuse("No failure and no delay is listed.")
        return
    talk.line(f"{_both(found.failed, found.delayed)}, of {counted(found.mails, 'mail')} listed.")
    if found.backscatter:
        talk.line(f"{found.forged} (filter backscatter).")
    if found.several:
        talk.line("Mails are counted: one with several failures counts once under each of its values.")
    for part in found.parts:
        talk.line(f"{part.title}:")
        for line in _counted(part.counts):
            talk.line(line)
        if part.more:
            talk.line(f"{counted(part.others, 'other')}: {part.more:,}")
    if found.when:
        times = timeline(found.when, _LINES)
        talk.line(f"When, by the {times.unit}, UTC:")
        # Each is named: one without any need not be read out.
        for line in _counted([step for step in times.steps if step.total]):
            talk.line(line)


def _counted(counts: Sequence[Count]) -> Iterator[str]:
    for one in counts:
        yield f"{visible(one.value)}: {_both(one.failed, one.delayed)}"


def _both(failed: int, delayed: int) -> str:
    said = ((failed, "failed"), (delayed, "delayed"))
    return ", ".join(f"{number:,} {word}" for number, word in said if number)
