"""Many mails to hand over as few requests: what one cause holds up is asked for once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from bounce_tui.forwarding import written_to
from bounce_tui.model import Diagnosis
from bounce_tui.reporting.bounce_text import WHO_ACTS
from bounce_tui.reporting.counted import counted
from bounce_tui.reporting.date_text import minute_utc
from bounce_tui.reporting.entry import Entry
from bounce_tui.reporting.findings import VERDICTS
from bounce_tui.reporting.handover import entry_lines, failure_lines, page, plain, unnamed_entry
from bounce_tui.reporting.visible import visible_path

Member = tuple[Entry, int]
"""A mail, and the number of one of its failures."""


class Request(Struct, frozen=True):
    """Failures of one cause, which `title` tells as a sentence."""

    title: str
    members: tuple[Member, ...]


def handover_by_cause(
    entries: Iterable[Entry],
    requests_of: Callable[[Sequence[Entry]], Sequence[Request]],
    *,
    redacted: bool = False,
) -> str:
    """The hand-over of many mails: the failures that share a cause as one request, by `requests_of`, then
    every other failure by itself.

    Args:
        redacted: As in `handover`.
    """
    told = [unnamed_entry(entry) if redacted else entry for entry in entries]
    requests = [request for request in requests_of(told) if len(request.members) > 1]
    asked: dict[int, set[int]] = {}
    for request in requests:
        for entry, number in request.members:
            asked.setdefault(id(entry), set()).add(number)
    lines = [line for request in requests for line in _request(request)]
    for entry in told:
        lines += entry_lines(entry, asked.get(id(entry), frozenset()))
    return page(lines, redacted=redacted)


def _request(request: Request) -> Iterator[str]:
    members = request.members
    yield f"## {plain(request.title)}"
    yield ""
    diagnoses = [entry.case.diagnoses[number] for entry, number in members]
    yield from _asked(diagnoses)
    yield f"- Failures: {len(members):,}, of {counted(len({id(entry) for entry, _ in members}), 'mail')}"
    dates = sorted(filter(None, map(_date, members)))
    if dates:
        yield f"- When: {plain(minute_utc(dates[0]))} to {plain(minute_utc(dates[-1]))}"
    yield f"- Checked: {_verdicts(members)}"
    common = _remembered_of_all(members)
    for words in common:
        yield f"- Of each: {plain(words)}"
    yield ""
    example = _example(members)
    yield "The latest of them in full:" if example == _latest(members) else "One that was checked, in full:"
    yield ""
    yield from failure_lines(*example, level="###")
    yield "### All of them"
    yield ""
    for member in sorted(members, key=lambda member: _date(member) or ""):
        yield from _line(member, common)
    yield ""


def _asked(diagnoses: Sequence[Diagnosis]) -> Iterator[str]:
    """Who is asked for what, as far as it is the same for all."""
    who = Counter(diagnosis.who_acts for diagnosis in diagnoses).most_common(1)[0][0]
    steps = {diagnosis.resolution for diagnosis in diagnoses}
    yield f"**A request to {WHO_ACTS[who]}**" + (":" if len(steps) == 1 else "")
    yield ""
    if len(steps) == 1:
        for number, step in enumerate(steps.pop(), 1):
            yield f"{number}. {plain(step)}"
        yield ""


def _verdicts(members: Sequence[Member]) -> str:
    """`12 STILL HOLDS, 48 not checked`."""
    found = Counter(map(_verdict, members))
    unchecked = found.pop("", 0)
    said = [f"{number:,} {words}" for words, number in found.most_common()]
    return ", ".join([*said, f"{unchecked:,} not checked"] if unchecked else said)


def _verdict(member: Member) -> str:
    """What the checks of a failure came to, "" where there were none."""
    entry, number = member
    checked = entry.checked_of(number)
    return VERDICTS[checked.verdict.state] if checked and checked.verdict else ""


def _example(members: Sequence[Member]) -> Member:
    """The failure that stands for all: the latest of those that were checked, where some were."""
    return _latest([member for member in members if _verdict(member)] or members)


def _latest(members: Sequence[Member]) -> Member:
    return max(members, key=lambda member: _date(member) or "")


def _date(member: Member) -> str | None:
    entry, number = member
    bounce = entry.case.bounce
    return bounce.failures[number].date or bounce.date


def _remembered_of_all(members: Sequence[Member]) -> list[str]:
    """What is remembered of each of them in the same words."""
    first, *others = ([*entry.remembered_of(number)] for entry, number in members)
    return [words for words in first if all(words in other for other in others)]


def _line(member: Member, common: Sequence[str]) -> Iterator[str]:
    """One of many failures on a line, with what is remembered of it below but for what is `common`."""
    entry, number = member
    case, bounce = entry.case, entry.case.bounce
    failure = bounce.failures[number]
    sender = next(iter(bounce.envelope_senders_of(failure)), None)
    date = _date(member)
    said = (
        minute_utc(date) if date else "",
        written_to(bounce, failure) or "no address named",
        f"from {sender.value}" if sender else "",
        " ".join(part for part in (failure.reply_code, failure.status) if part),
        _verdict(member),
        f"Message-ID {bounce.original.message_id}" if bounce.original and bounce.original.message_id else "",
        f"{visible_path(case.message.file)}, message {case.message.index + 1}",
    )
    yield f"- {plain(', '.join(filter(None, said)))}"
    for words in entry.remembered_of(number):
        if words not in common:
            yield f"  - {plain(words)}"
