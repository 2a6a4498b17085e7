"""Groups of bounces in words, a line each."""

from collections.abc import Mapping

from bounce_tui.reporting.counted import counted
from bounce_tui.triage.causes import Group
from bounce_tui.triage.group_verdicts import group_verdicts
from bounce_tui.triage.store.records import KnownVerdict
from bounce_tui.ui.text.cells import fit, shown, width_of
from bounce_tui.ui.text.page import Line, Role, Span
from bounce_tui.ui.text.row_text import verdict_mark

_COUNT = 6
_MARK = 5
_ROOM_FOR_TIME = 76
_NONE: Mapping[bytes, KnownVerdict] = {}


def cause_line(group: Group, width: int, verdicts: Mapping[bytes, KnownVerdict] = _NONE) -> Line:
    """`   214  HOLDS  Outlook.com blocks 192.0.2.10 (S3140)    61 senders, since 2026-11-20 09:12`.  Senders
    and time give way where the sentence would be cut."""
    room = max(width - _COUNT - 2, 20) - _MARK - 2
    day = f"since {shown(group.since)[:10]}" if group.since and room >= 56 else ""
    time = shown(group.since or "")[11:16] if room >= _ROOM_FOR_TIME else ""
    when = f"{day} {time}" if time else day
    people = counted(group.senders, "sender") if group.senders else ""
    if group.recipients > group.mails and not group.cause.is_of_mailboxes:
        people = ", ".join(filter(None, (people, f"{group.recipients:,} recipients")))
    word, role, so_many = _verdict(group, verdicts)
    sentence = shown(so_many + group.counted)
    tails = [", ".join(filter(None, (people if room >= 70 else "", when))), when, day]
    left = room - width_of(sentence)
    tail = next((tail for tail in tails if tail and len(tail) + 2 <= left), "")
    words = room - (len(tail) + 2 if tail else 0)
    return (
        Span(f"{group.mails:>{_COUNT},}  ", "strong"),
        Span(fit(word, _MARK) + "  ", role),
        Span(fit(sentence, words)),
        Span(f"  {tail}" if tail else "", "label"),
    )


def _verdict(group: Group, verdicts: Mapping[bytes, KnownVerdict]) -> tuple[str, Role, str]:
    """The word for the group's mails where all were checked and agree, its role; else "mixed" or "part", and
    the counts in words."""
    found = group_verdicts(group, verdicts)
    if not found:
        return "", "plain", ""
    if len(found) == 1 and found.total() == group.mails:
        return *verdict_mark(next(iter(found))), ""
    counts = ", ".join(f"{number:,} {verdict_mark(verdict)[0]}" for verdict, number in found.most_common())
    return "part" if len(found) == 1 else "mixed", "warn", f"{counts}: "


def not_of_all(group: Group, verdicts: Mapping[bytes, KnownVerdict]) -> str:
    """What "part" or "mixed" before the group says; "" where neither stands there."""
    found = group_verdicts(group, verdicts)
    if len(found) > 1:
        return "mixed: its mails were judged otherwise"
    checked = found.total()
    return f"part: {checked:,} of its {group.mails:,} mails checked" if 0 < checked < group.mails else ""
