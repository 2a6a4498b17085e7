"""What the administrator sends to the user: plain words, ready to copy."""

from collections.abc import Iterable, Iterator, Sequence

from bounce_tui.check_results import VerdictState
from bounce_tui.diagnosis.built_in import BuiltIn
from bounce_tui.forwarding import forwarded_to, forwarder_of, written_to
from bounce_tui.hints.failure_hints import NONE, Hints
from bounce_tui.hints.tables import Plain, for_user
from bounce_tui.model import Bounce, Case, Diagnosis, Failure
from bounce_tui.regex import regex
from bounce_tui.reporting.wrapping import wrapped

WIDTH = 72
"""Columns of a mail that is quoted once or twice more."""
_SLOT = regex(r"\{(recipient|domain|until)\}")
_UNLESS_TOLD = regex(r"\[([^]|]*\{(\w+)\}[^]|]*)(?:\|([^]]*))?\]")
_LONGEST_SUBJECT = 100
_LONGEST_ADDRESS = 254
_MOST_NAMED = 5
_ABOUT_USER = ("attachments", "size")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def text_for_user(
    bounce: Bounce,
    failure: Failure,
    diagnosis: Diagnosis,
    hints: Hints = NONE,
    verdict: VerdictState | None = None,
    *,
    alike: Sequence[str] = (),
    width: int = WIDTH,
) -> str:
    """What happened, what it means, what the user and what the administrators do, in lines of at most `width`
    columns where words allow.  Everything from the mail is made visible.  `verdict` is what the checks of
    this recipient came to: where the cause is gone, the user is asked to send again.  `alike` are those other
    addresses for which the same is true (`alike_of`)."""
    return "\n".join(_lines(bounce, failure, diagnosis, hints, verdict, width, alike)) + "\n"


def alike_of(case: Case, index: int) -> list[str]:
    """The addresses of the other recipients of a mail that met with the same as failure `index`: the user
    gets one text for all of them."""
    met = _met(case, index)
    return _others(case, index, (at for at in range(len(case.bounce.failures)) if _met(case, at) == met))


def texts_for_user(case: Case, hints: Sequence[Hints]) -> Iterator[tuple[str, int]]:
    """What to send to the user, a text for all recipients who met with the same, and for how many each is.
    `hints` are those of the first failures; who has a mistyped address gets a text of their own."""
    bounce = case.bounce
    together: dict[tuple[object, ...], list[int]] = {}
    for at in range(len(bounce.failures)):
        is_mistyped = at < len(hints) and bool(hints[at].mistyped)
        together.setdefault((_met(case, at), at if is_mistyped else None), []).append(at)
    for first, *others in together.values():
        hint = hints[first] if first < len(hints) else NONE
        alike = _others(case, first, others)
        failure, diagnosis = bounce.failures[first], case.diagnoses[first]
        yield text_for_user(bounce, failure, diagnosis, hint, alike=alike), 1 + len(others)


def _met(case: Case, index: int) -> tuple[object, ...]:
    """What failure `index` met with, as far as the user is told."""
    diagnosis = case.diagnoses[index]
    return diagnosis.rule, diagnosis.reason, case.bounce.failures[index].action


def _others(case: Case, index: int, alike: Iterable[int]) -> list[str]:
    """The addresses of the failures `alike`, as the user knows them, but for that of failure `index`."""
    bounce = case.bounce
    found = dict.fromkeys(written_to(bounce, bounce.failures[at]) for at in alike)
    return [address for address in found if address and address != written_to(bounce, bounce.failures[index])]


def _lines(
    bounce: Bounce,
    failure: Failure,
    diagnosis: Diagnosis,
    hints: Hints,
    verdict: VerdictState | None,
    width: int,
    alike: Sequence[str],
) -> Iterator[str]:
    plain = for_user().of(diagnosis.reason, diagnosis.rule)
    if diagnosis.reason == "auth_failure" and forwarder_of(bounce, failure):
        plain = for_user().forwarded
    if diagnosis.is_backscatter:
        plain, hints, verdict = for_user().forged, NONE, None
    # What is still being tried goes out by itself, and need not be sent again.
    delayed = plain.failed and not diagnosis.is_backscatter and failure.action == "delayed"
    tried = delayed and not _is_held(diagnosis)
    if tried:
        plain = _while_tried(plain, dated=failure.will_retry_until is not None)
    elif verdict == "no_longer_holds" and plain.failed and not _is_held(diagnosis):
        plain, hints = for_user().mended, NONE
    address = (written_to(bounce, failure) or "")[:_LONGEST_ADDRESS]
    # Where the mail was forwarded, another address failed than the user knows; what to do is about that.
    failed = (failure.recipient or address)[:_LONGEST_ADDRESS]
    values = {
        "recipient": address,
        "domain": failed.rpartition("@")[2] if "@" in failed else "",
        "until": _day(failure.will_retry_until or ""),
    }

    def filled(text: str, **other: str) -> str:
        said = values | other
        text = _UNLESS_TOLD.sub(lambda part: part[1] if said[part[2]] else part[3] or "", text)
        return _SLOT.sub(lambda slot: said[slot[1]] or _named(slot[1], begins=slot.start() == 0), text)

    opening = _opening(bounce, failure, diagnosis, address, failed=plain.failed)
    # A verdict is that of one recipient, and a mistyped address is nobody else's.
    same = _same(alike) if verdict is None and not hints.mistyped else ""
    yield from wrapped(f"{opening}{same}", width)
    yield from _part("What happened", (filled(plain.happened, recipient=failed),), width)
    yield from _part("What it means", (filled(plain.means, recipient=failed),), width)
    then = " Then send it there, without waiting." if tried else ""
    # Where the mail was forwarded, somebody else has typed the address that failed.
    meant = hints.mistyped[:2] if forwarded_to(bounce, failure) is None else ()
    you = [f"Did you mean {one.address}?{then}" for one in meant]
    if hints.content_first:
        noted = [note.words for note in hints.notes if note.odd and note.about in _ABOUT_USER][:3]
        you += [f"{words}." for words in noted]
    yield from _part("What you can do", (*you, *map(filled, plain.you)), width, mark="- ")
    yield from _part("What we do", (filled(plain.we),), width)


def _same(alike: Sequence[str]) -> str:
    """For whom the same is true, the first by their addresses."""
    if not alike:
        return ""
    named = [address[:_LONGEST_ADDRESS] for address in alike[:_MOST_NAMED]]
    if more := len(alike) - len(named):
        named.append(f"{more:,} more")
    *first, last = named
    joined = f"{', '.join(first)} and {last}" if first else last
    return f" The same is true of {joined}."


def _is_held(diagnosis: Diagnosis) -> bool:
    """Whether the message stays in the sender's own queue until somebody releases it."""
    return diagnosis.rule == BuiltIn.QUEUE_HOLDS


def _while_tried(plain: Plain, *, dated: bool) -> Plain:
    """What is said instead of `plain` of a message that is still tried, `dated` where until when is known."""
    always, other = for_user().waiting, plain.waiting
    first = always.first if dated else always.first_undated
    return Plain(
        happened=other.happened or plain.happened,
        means=other.means or plain.means,
        you=(first, *other.you, *always.last),
        we=other.we or plain.we,
    )


def _named(slot: str, *, begins: bool) -> str:
    """What stands in for an address that the bounce does not name."""
    words = "the address" if slot == "recipient" else "the other side"
    return words.capitalize() if begins else words


def _opening(bounce: Bounce, failure: Failure, diagnosis: Diagnosis, address: str, *, failed: bool) -> str:
    original = bounce.original
    whose = "Your message" if bounce.list_says is None else "A message of the mailing list"
    if diagnosis.is_backscatter:
        whose = "A message that somebody sent in your name"
    words = f"{whose} to {address}" if address else whose
    if there := forwarded_to(bounce, failure):
        words += f" (forwarded to {there[:_LONGEST_ADDRESS]})"
    if original and original.subject:
        subject = original.subject[:_LONGEST_SUBJECT]
        words += f" with the subject “{subject}{'…' if len(original.subject) > _LONGEST_SUBJECT else ''}”"
    if original and original.day:
        words += f", sent on {_day(original.day)},"
    if not failed:
        return f"{words} has brought a notice, not an error."
    if failure.action != "delayed":
        return f"{words} was not delivered."
    if _is_held(diagnosis):
        return f"{words} has not been delivered yet: it is on hold on our side."
    until = f" until {_day(failure.will_retry_until)}" if failure.will_retry_until else ""
    return f"{words} has not been delivered yet. It is still being tried{until}; you need not send it again."


def _day(date: str) -> str:
    """An RFC 3339 date as people write it; as it is when it is none."""
    year, _, rest = date[:10].partition("-")
    month, _, day = rest.partition("-")
    if not (month.isdecimal() and day.isdecimal() and 1 <= int(month) <= len(_MONTHS)):
        return date
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def _part(title: str, texts: tuple[str, ...], width: int, mark: str = "") -> Iterator[str]:
    yield ""
    yield title
    for text in texts:
        yield from wrapped(text, width, f"  {mark}")
