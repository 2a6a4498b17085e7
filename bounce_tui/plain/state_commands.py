"""The commands of a plain session for states and notes, and `undo`."""

from collections.abc import Callable

from bounce_tui.plain.bulk_commands import nothing_meant
from bounce_tui.plain.talk import Talk
from bounce_tui.reporting.counted import counted
from bounce_tui.triage.memory import STATES
from bounce_tui.triage.store.records import TriageState


def stand(state: TriageState) -> Callable[[Talk, str], None]:
    """The command that gives the marked mails, or the one in hand, this state."""

    def command(talk: Talk, rest: str) -> None:
        changed = talk.session.changes.change(state=state)
        words = f"{STATES[state]}; undo takes it back."
        _tell(talk, changed, f"It is {words}", words)

    return command


def note(talk: Talk, rest: str) -> None:
    """Keep a note on the marked mails, or the one in hand; without one, take it away."""
    changed = talk.session.changes.change(note=rest)
    if rest:
        _tell(talk, changed, "It has the note; undo takes it back.", "noted; undo takes it back.")
    else:
        _tell(talk, changed, "It has no note now.", "no note now.")


def undo(talk: Talk, rest: str) -> None:
    """Take back the last change of marks, states or notes."""
    undone = talk.session.changes.undo()
    if not undone:
        talk.line("There is nothing left to undo.")
    elif not talk.told_trouble("Not taken back"):
        talk.line(f"Taken back: {STATES.get(undone, undone)}.")


def _tell(talk: Talk, changed: int, of_one: str, of_several: str) -> None:
    """What became of the mail in hand, or of so many that were marked."""
    if talk.told_trouble():
        return
    if not changed:
        talk.line(nothing_meant(talk))
    elif changed == 1 and not talk.session.marks:
        talk.line(of_one)
    else:
        talk.line(f"{counted(changed, 'mail')}: {of_several}")
