"""What the administrator sends to the user: plain words, ready to copy."""

from collections.abc import Iterator, Sequence

from bounce_tui.check_results import VerdictState
from bounce_tui.diagnosis.built_in import BuiltIn
from bounce_tui.forwarding import forwarded_to, forwarder_of, written_to
from bounce_tui.hints.failure_hints import NONE, Hints
from bounce_tui.hints.tables import Plain, for_user
from bounce_tui.model import Case
from bounce_tui.regex import regex
from bounce_tui.reporting.wrapping import wrapped

WIDTH = 72
"""Columns of a mail that is quoted once or twice more."""
_SLOT = regex(r"\{(recipient|domain|until)\}")
_UNLESS_TOLD = regex(r"\[([^]|]*\{(\w+)\}[^]|]*)(?:\|([^]]*))?\]")
_LONGEST_SUBJECT = 100
_LONGEST_ADDRESS = 254
_MOST_NAMED = 5
_MOST_MEANT = 2
_MOST_NOTES = 3
_ABOUT_USER = ("attachments", "size")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def text_for_user(
    case: Case, index: int, hints: Hints = NONE, verdict: VerdictState | None = None, *, width: int = WIDTH
) -> str:
    """What happened to the mail of failure `index`, what it means, what the user and what the administrators
    do, in lines of at most `width` columns where words allow.  Everything from the mail is made visible.
    `verdict` is what the checks of this recipient came to: where the cause is gone, the user is asked to send
    again.  The other recipients who met with the same are named."""
    met = _met(case, index)
    alike = [at for at in range(len(case.bounce.failures)) if _met(case, at) == met]
    return _Letter(case, index, hints, verdict).text(alike, width)


def texts_for_user(case: Case, hints: Sequence[Hints]) -> Iterator[tuple[str, int]]:
    """What to send to the user, a text for all recipients who met with the same, and for how many each is.
    `hints` are those of the first failures; who has a mistyped address gets a text of their own."""
    together: dict[tuple[object, ...], list[int]] = {}
    for at in range(len(case.bounce.failures)):
        is_mistyped = at < len(hints) and bool(hints[at].mistyped)
        together.setdefault((_met(case, at), at if is_mistyped else None), []).append(at)
    for alike in together.values():
        first = alike[0]
        hint = hints[first] if first < len(hints) else NONE
        yield _Letter(case, first, hint, None).text(alike, WIDTH), len(alike)


def _met(case: Case, index: int) -> tuple[object, ...]:
    """What failure `index` met with, as far as the user is told."""
    diagnosis = case.diagnoses[index]
    return diagnosis.rule, diagnosis.reason, case.bounce.failures[index].action


class _Letter:
    """What the user is told whose mail met with one failure."""

    def __init__(self, case: Case, index: int, hints: Hints, verdict: VerdictState | None) -> None:
        self._bounce = case.bounce
        self._failure = case.bounce.failures[index]
        self._diagnosis = diagnosis = case.diagnoses[index]
        self._hints, self._verdict = (NONE, None) if diagnosis.is_backscatter else (hints, verdict)
        self._address = (written_to(self._bounce, self._failure) or "")[:_LONGEST_ADDRESS]
        # Where the mail was forwarded, another address failed than the user knows; what to do is about that.
        self._failed = (self._failure.recipient or self._address)[:_LONGEST_ADDRESS]
        self._is_held = diagnosis.rule == BuiltIn.QUEUE_HOLDS
        """Whether the message stays in the sender's own queue until somebody releases it."""
        plain = self._plain()
        is_lost = plain.failed and not diagnosis.is_backscatter and not self._is_held
        # What is still being tried goes out by itself, and need not be sent again.
        self._is_tried = is_lost and self._failure.action == "delayed"
        if self._is_tried:
            plain = _while_tried(plain, dated=self._failure.will_retry_until is not None)
        elif is_lost and self._verdict == "no_longer_holds":
            plain, self._hints = for_user().mended, NONE
        self._words = plain

    def text(self, alike: Sequence[int], width: int) -> str:
        """The letter; it names whose mail met with the same, the failures `alike`."""
        return "\n".join(self._lines(alike, width)) + "\n"

    def _plain(self) -> Plain:
        """What is said of the reason, whatever becomes of the mail."""
        if self._diagnosis.is_backscatter:
            return for_user().forged
        if self._diagnosis.reason == "auth_failure" and forwarder_of(self._bounce, self._failure):
            return for_user().forwarded
        return for_user().of(self._diagnosis.reason, self._diagnosis.rule)

    def _lines(self, alike: Sequence[int], width: int) -> Iterator[str]:
        words = self._words
        yield from wrapped(f"{self._opening()}{self._same(alike)}", width)
        yield from _part("What happened", (self._filled(words.happened, recipient=self._failed),), width)
        yield from _part("What it means", (self._filled(words.means, recipient=self._failed),), width)
        you = (*self._corrections(), *map(self._filled, words.you))
        yield from _part("What you can do", you, width, mark="- ")
        yield from _part("What we do", (self._filled(words.we),), width)

    def _opening(self) -> str:
        diagnosis, failure, original = self._diagnosis, self._failure, self._bounce.original
        whose = "Your message" if self._bounce.list_says is None else "A message of the mailing list"
        if diagnosis.is_backscatter:
            whose = "A message that somebody sent in your name"
        words = f"{whose} to {self._address}" if self._address else whose
        if there := forwarded_to(self._bounce, failure):
            words += f" (forwarded to {there[:_LONGEST_ADDRESS]})"
        if original and original.subject:
            subject = original.subject[:_LONGEST_SUBJECT]
            words += f" with the subject “{subject}{'…' if len(original.subject) > _LONGEST_SUBJECT else ''}”"
        if original and original.day:
            words += f", sent on {_day(original.day)},"
        if not self._words.failed:
            return f"{words} has brought a notice, not an error."
        if failure.action != "delayed":
            return f"{words} was not delivered."
        words += " has not been delivered yet"
        if self._is_held:
            return f"{words}: it is on hold on our side."
        until = f" until {_day(failure.will_retry_until)}" if failure.will_retry_until else ""
        return f"{words}. It is still being tried{until}; you need not send it again."

    def _same(self, alike: Sequence[int]) -> str:
        """For whom the same is true, the first by their addresses."""
        if self._verdict is not None or self._hints.mistyped:
            return ""  # the verdict of one recipient, and nobody else's address
        known = dict.fromkeys(written_to(self._bounce, self._bounce.failures[at]) for at in alike)
        others = [one for one in known if one and one != written_to(self._bounce, self._failure)]
        if not others:
            return ""
        named = [address[:_LONGEST_ADDRESS] for address in others[:_MOST_NAMED]]
        if more := len(others) - len(named):
            named.append(f"{more:,} more")
        *first, last = named
        joined = f"{', '.join(first)} and {last}" if first else last
        return f" The same is true of {joined}."

    def _corrections(self) -> Iterator[str]:
        """What the user can put right in the mail itself."""
        # Where the mail was forwarded, somebody else has typed the address that failed.
        if forwarded_to(self._bounce, self._failure) is None:
            then = " Then send it there, without waiting." if self._is_tried else ""
            for meant in self._hints.mistyped[:_MOST_MEANT]:
                yield f"Did you mean {meant.address}?{then}"
        if self._hints.content_first:
            odd = [note.words for note in self._hints.notes if note.odd and note.about in _ABOUT_USER]
            for words in odd[:_MOST_NOTES]:
                yield f"{words}."

    def _filled(self, text: str, *, recipient: str | None = None) -> str:
        """`text` with its slots filled: by the address written to, unless another `recipient` is meant."""
        said = {
            "recipient": self._address if recipient is None else recipient,
            "domain": self._failed.rpartition("@")[2] if "@" in self._failed else "",
            "until": _day(self._failure.will_retry_until or ""),
        }
        text = _UNLESS_TOLD.sub(lambda part: part[1] if said[part[2]] else part[3] or "", text)
        return _SLOT.sub(lambda slot: said[slot[1]] or _named(slot[1], begins=slot.start() == 0), text)


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
