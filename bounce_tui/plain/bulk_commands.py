"""The commands of a plain session for many mails: `mark`, `unmark`, `sort`, `export`."""

from typing import get_args

from bounce_tui.plain.talk import Talk, number_of
from bounce_tui.reporting.counted import counted
from bounce_tui.reporting.visible import visible
from bounce_tui.triage.export import FORMS, ExportError, form_of
from bounce_tui.triage.export import export as write
from bounce_tui.triage.queue import ORDERS, Order
from bounce_tui.triage.row import Row

_WORDS: dict[Order, str] = {
    "arrival": "as they came", "date": "by date", "reason": "by reason", "domain": "by domain",
}  # fmt: skip


def mark(talk: Talk, rest: str) -> None:
    """Mark the mail in hand, N, N-M or all that are listed."""
    _remark(talk, rest, "mark", marked=True)


def unmark(talk: Talk, rest: str) -> None:
    """Take marks away: of the mail in hand, of N, N-M or all."""
    if rest == "all":
        talk.session.changes.unmark_all()
        talk.line("Nothing is marked now.")
    else:
        _remark(talk, rest, "unmark", marked=False)


def sort(talk: Talk, rest: str) -> None:
    """Another order, or the other way round."""
    queue = talk.session.queue
    if rest == "reverse":
        queue.reverse()
    elif rest in get_args(Order):
        queue.sort(next(order for order in ORDERS if order == rest))
    elif rest:
        talk.line(f"sort takes {', '.join(ORDERS)} or reverse.")
        return
    turned = ", reversed" if queue.is_reversed else ""
    talk.line(f"The list is sorted {_WORDS[queue.order]}{turned}.")


def export(talk: Talk, rest: str) -> None:
    """Write the marked mails, or the one in hand, to a new file; its ending says how."""
    if not rest:
        talk.line("export takes the name of a new file, and its ending says what to write:")
        for form in FORMS:
            talk.line(f"{form.ending}: {form.sentence}")
        return
    rows = talk.session.changes.targets()
    if not rows:
        talk.line(nothing_meant(talk))
        return
    try:
        form_of(rest)
        written = write(rest, [talk.session.entry(row) for row in rows])
    except ExportError as error:
        talk.line(f"Not exported: {visible(str(error))}.")
        return
    talk.line(f"Wrote {written.what}, {written.octets:,} bytes, to {visible(rest)}.")


def nothing_meant(talk: Talk) -> str:
    """Why a command has nothing to work on."""
    if marks := talk.session.marks:
        return f"{counted(len(marks), 'mail')} marked, none of them listed: unmark all unmarks them."
    return talk.lack or "There is no mail in hand."


def _remark(talk: Talk, rest: str, command: str, *, marked: bool) -> None:
    if not talk.session.queue:
        talk.line(talk.lack)
        return
    rows = _rows(talk, rest)
    if rows is None:
        last = len(talk.session.queue)
        talk.line(f"{command} takes a number from 1 to {last:,}, two with a dash between, or all.")
    elif not rows:
        talk.line("There is no mail in hand.")
    else:
        remark = talk.session.changes.mark if marked else talk.session.changes.unmark
        remark(rows)
        talk.line(f"{counted(len(talk.session.marks), 'mail')} marked.")


def _rows(talk: Talk, rest: str) -> list[Row] | None:
    """The rows that `rest` means; None where it means nothing."""
    queue = talk.session.queue
    if not rest:
        return [queue.focused] if queue.focused is not None else []
    if rest == "all":
        return list(queue)
    first, dash, last = rest.partition("-")
    start, end = number_of(first.strip()), number_of((last if dash else first).strip())
    if start is None or end is None or not start <= end <= len(queue):
        return None
    return queue[start - 1 : end]
