"""The commands of a plain session about the mail in hand: its reading, `recipient`, `user`, `handover`."""

from bounce_tui.hints.failure_hints import Hints
from bounce_tui.plain.line_text import row_line
from bounce_tui.plain.talk import Talk, number_of
from bounce_tui.reporting import bounce_text
from bounce_tui.reporting.for_user import text_for_user
from bounce_tui.reporting.visible import visible
from bounce_tui.triage.requests import handover_of
from bounce_tui.triage.row import Row


def show(talk: Talk, rest: str) -> None:
    """All of it: the reading of `bounce-tui show`, and what is remembered."""
    case, row = talk.session.hand.case(), talk.session.hand.row
    if case is None or row is None:
        talk.refuse("There is no mail in hand.")
        return
    number = (talk.session.queue.focus or 0) + 1
    talk.line(listed_line(talk, number, row))
    hints = [Hints()] * talk.session.hand.index + [talk.session.hand.hints()]
    talk.say(bounce_text.show(case, hints))
    for line in talk.session.memory(row, case):
        talk.line(visible(line))
    if trouble := talk.session.notebook.take_trouble():
        talk.line(f"{visible(trouble)}.")
    if (total := len(case.bounce.failures)) > 1:
        talk.line(
            f"Recipient {talk.session.hand.index + 1:,} of {total:,} is in hand; recipient N takes another."
        )


def recipient(talk: Talk, rest: str) -> None:
    """Take another failed recipient of the mail in hand."""
    case = talk.session.hand.case()
    total = len(case.bounce.failures) if case else 0
    number = number_of(rest)
    if case is None or number is None or number > total:
        few = "This mail has one failed recipient." if total else "No recipient is named here."
        talk.line(f"recipient takes a number from 1 to {total:,}." if total > 1 else talk.lack or few)
        return
    talk.session.hand.index = number - 1
    talk.line(f"{visible(case.bounce.failures[number - 1].recipient or '(no address named)')} is in hand.")


def user(talk: Talk, rest: str) -> None:
    """What to tell the user whose mail failed."""
    case, index = talk.session.hand.case(), talk.session.hand.index
    if case is None or index >= len(case.diagnoses):
        talk.refuse("Nothing failed here: there is nothing to tell a user.")
        return
    hints, verdict = talk.session.hand.hints(), talk.session.checking.verdict(case, index)
    talk.say(text_for_user(case, index, hints, verdict))


def handover(talk: Talk, rest: str) -> None:
    """What another team needs to go on, with the marked mails or the one in hand."""
    marked = talk.session.changes.targets() if talk.session.marks else []
    if marked:
        talk.say(handover_of([talk.session.entry(one) for one in marked]))
        return
    case, row = talk.session.hand.case(), talk.session.hand.row
    if case is None or row is None or not case.diagnoses:
        talk.refuse("Nothing failed here: there is nothing to hand over.")
        return
    talk.say(handover_of([talk.session.entry(row, case)]))


def listed_line(talk: Talk, number: int, row: Row) -> str:
    """The line of a mail in the list, with all that is known of it."""
    outcome = talk.session.views.shown_for(row)
    return row_line(number, row, *talk.session.notebook.known(row, outcome), outcome)
