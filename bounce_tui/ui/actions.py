"""The one table of actions: bindings, help, footer and palette are made from it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from bounce_tui.ui.key_names import key_name

if TYPE_CHECKING:
    from textual.binding import BindingType

Scope = Literal[
    "everywhere", "reading", "list", "causes", "bounce", "checks", "reference", "source", "written", "form",
    "inputs", "palette",
]  # fmt: skip

SCOPES: dict[Scope, str] = {
    "everywhere": "Everywhere",
    "reading": "List, detail and every page",
    "list": "The list and its panes",
    "causes": "The causes",
    "bounce": "The open bounce",
    "checks": "Checks",
    "reference": "The reference",
    "source": "The source of a mail",
    "written": "The text for the user, the test mail",
    "form": "Forms",
    "inputs": "The inputs of the checks",
    "palette": "The commands",
}


class Action(Struct, frozen=True):
    """`id` is what a keymap names, `keys` are Textual's key names, `do` is the action to run, `label`
    the two words of the footer, `description` the sentence of help and palette.  `footer` is its
    rank among the hints at the bottom, 0 for none."""

    id: str
    scope: Scope
    keys: tuple[str, ...]
    do: str
    label: str
    description: str
    footer: int = 0


# A keymap names an action by its id; scope, keys, what to do, label, sentence, rank in the footer.
ACTIONS: tuple[Action, ...] = (
    Action("help", "everywhere", ("question_mark",), "app.help", "help", "Show every key", 2),
    Action("palette", "everywhere", ("colon", "ctrl+p"), "app.palette", "command", "Find a command", 10),
    Action("reference", "everywhere", ("ctrl+f",), "app.reference", "look up",
           "Look up codes, reasons, providers, rules in the reference"),
    Action("theme", "everywhere", ("T",), "app.next_theme", "theme", "Other colours, for this session"),
    Action("redraw", "everywhere", ("ctrl+l",), "app.redraw", "redraw", "Draw the whole screen again"),
    Action("suspend", "everywhere", ("ctrl+z",), "app.suspend_process", "suspend", "Suspend; fg comes back"),
    Action("quit", "everywhere", ("q",), "app.leave", "quit",
           "Back one level: page, bounce, cause, search, filter; then quit", 1),
    Action("interrupt", "everywhere", ("ctrl+c",), "app.interrupt", "stop", "Quit at once, exit status 130"),
    Action("down", "reading", ("j", "down"), "screen.move(1)", "down", "One row or line down"),
    Action("up", "reading", ("k", "up"), "screen.move(-1)", "up", "One row or line up"),
    Action("half-down", "reading", ("ctrl+d", "pagedown"), "screen.page(1)", "on", "Half a page down"),
    Action("half-up", "reading", ("ctrl+u", "pageup"), "screen.page(-1)", "back", "Half a page up"),
    Action("start", "reading", ("g", "home"), "screen.go_to_start", "start", "To the first row or line"),
    Action("end", "reading", ("G", "end"), "screen.go_to_end", "end", "To the last row or line"),
    Action("search", "reading", ("slash",), "screen.search", "search", "Search what this pane shows", 6),
    Action("next-hit", "reading", ("n",), "screen.next_hit(1)", "next", "To the next hit of the search"),
    Action("previous-hit", "reading", ("N",), "screen.next_hit(-1)", "last", "To the previous hit"),
    Action("back", "reading", ("escape",), "screen.back", "back",
           "Stop what runs, else back one level; it never quits"),
    Action("open", "list", ("enter",), "screen.open", "open", "Open the bounce; again: the whole width", 4),
    Action("next-pane", "list", ("tab",), "screen.pane(1)", "pane", "To the next pane", 7),
    Action("previous-pane", "list", ("shift+tab",), "screen.pane(-1)", "pane", "To the previous pane"),
    Action("next-recipient", "bounce", ("right_square_bracket", "right"), "screen.recipient(1)", "recipient",
           "To the next failed recipient of this mail"),
    Action("previous-recipient", "bounce", ("left_square_bracket", "left"), "screen.recipient(-1)",
           "recipient", "To the previous failed recipient of this mail"),
    Action("filter", "list", ("f",), "screen.filter", "filter",
           "Filter: show what passes reason:spam & !hard", 6),
    Action("causes", "list", ("z",), "screen.causes", "causes", "Group the list by what must be mended", 5),
    Action("summary", "list", ("s",), "screen.summary", "summary",
           "Summary: reasons, receivers, senders, time"),
    Action("show-cause", "causes", ("enter", "z"), "screen.show_cause", "open",
           "Show the mails of this cause"),
    Action("check-cause", "causes", ("c", "C"), "screen.check_cause", "check",
           "Check the mails of this cause; each question is asked once"),
    Action("mark", "list", ("space",), "screen.mark", "mark", "Mark or unmark this mail and move on"),
    Action("mark-range", "list", ("V",), "screen.mark_range", "mark range",
           "Mark from the mail marked last to this one"),
    Action("mark-shown", "list", ("asterisk",), "screen.mark_shown", "mark all", "Mark all mails shown"),
    Action("invert", "list", ("I",), "screen.invert", "invert", "Invert the marks of the mails shown"),
    Action("unmark", "list", ("U",), "screen.unmark", "unmark", "Unmark all mails"),
    Action("undo", "list", ("u",), "screen.undo", "undo", "Undo the last mark, state, note or filter"),
    Action("done", "list", ("d",), "screen.stand('done')", "done", "Done with the marked mails, or this one"),
    Action("working", "list", ("w",), "screen.stand('working')", "in progress",
           "At work on the marked mails, or this one"),
    Action("ignore", "list", ("K",), "screen.stand('ignored')", "ignore",
           "Ignore the marked mails, or this one"),
    Action("reopen", "list", ("D",), "screen.stand('todo')", "reopen",
           "Reopen the marked mails, or this one"),
    Action("note", "list", ("t",), "screen.note", "note", "Write a note on the marked mails, or this one"),
    Action("check-marked", "list", ("C",), "screen.check_marked", "check all", "Check all marked mails"),
    Action("sort", "list", ("o",), "screen.sort", "sort", "Sort: as they came, by date, reason, domain", 8),
    Action("reverse", "list", ("O",), "screen.reverse", "reverse", "Reverse the order"),
    Action("source", "bounce", ("v",), "screen.source", "source",
           "Show the mail's source, control characters spelt out", 9),
    Action("copy", "bounce", ("y",), "screen.copy", "copy", "Copy reply, address, user's text or hand-over"),
    Action("export", "list", ("x",), "screen.export", "export", "Export the marked mails, or this one"),
    Action("explain", "bounce", ("e",), "screen.explain", "explain",
           "The rule that matched, its reason and its code, in the reference"),
    Action("pipe", "list", ("vertical_line",), "screen.pipe", "pipe",
           "Pipe the marked mails, or this one, to a shell command"),
    Action("for-user", "bounce", ("a",), "screen.for_user", "answer", "Answer the user: plain words to copy"),
    Action("testmail", "bounce", ("m",), "screen.testmail", "test mail",
           "A plain test mail to this address, and the commands that send it"),
    Action("reload", "list", ("r",), "screen.reload", "reload", "Read all given places again"),
    Action("refused", "list", ("R",), "screen.refused", "refused", "List the files that could not be read"),
    Action("check", "checks", ("c",), "screen.check", "check", "Run the planned checks of this bounce", 3),
    Action("probe", "checks", ("p",), "screen.probe", "probe", "Probe: ask the mail host, with the next run"),
    Action("inputs", "checks", ("i",), "screen.inputs", "inputs", "Change what the checks start from"),
    Action("read", "reference", ("enter",), "screen.read", "read", "Read the page; again: the whole screen"),
    Action("other-pane", "reference", ("tab", "shift+tab"), "screen.other_pane", "pane",
           "To the entries, to the page"),
    Action("pager", "source", ("p",), "screen.pager", "pager", "The raw mail in $PAGER"),
    Action("editor", "source", ("e",), "screen.editor", "editor", "A copy of the raw mail in $EDITOR"),
    Action("copy-page", "written", ("y",), "screen.copy_page", "copy", "Copy this text, or a command of it"),
    Action("cancel", "form", ("escape",), "screen.cancel", "back", "Back, nothing changed"),
    Action("use", "inputs", ("enter",), "screen.use", "use", "Use what stands in the form"),
    Action("next-field", "inputs", ("tab",), "screen.field(1)", "next field", "To the next field"),
    Action("previous-field", "inputs", ("shift+tab",), "screen.field(-1)", "last", "To the previous field"),
    Action("next-candidate", "inputs", ("down",), "screen.candidate(1)", "other", "The next value found"),
    Action("previous-candidate", "inputs", ("up",), "screen.candidate(-1)", "other", "The value before"),
    Action("next-command", "palette", ("down",), "screen.choose(1)", "down", "The next command"),
    Action("previous-command", "palette", ("up",), "screen.choose(-1)", "up", "The previous command"),
)  # fmt: skip


def bindings(*scopes: Scope) -> "list[BindingType]":
    """Textual's bindings of `scopes`, each with its action's id so that a keymap can move it.

    They have priority: Textual then runs them at once and in the order of the keys, where others take
    a walk through the queues of several widgets and may be overtaken.  In a form the letters belong
    to its fields.
    """
    # The command line asks this table for the names of actions, too, and has no use for Textual.
    from textual.binding import Binding

    return [
        Binding(
            ",".join(action.keys),
            action.do,
            action.description,
            show=False,
            id=action.id,
            priority=action.scope != "form" and action.scope != "inputs",
        )
        for action in ACTIONS
        if action.scope in scopes
    ]


def written(keys: Sequence[str]) -> str:
    """Keys as people write them, side by side."""
    return " ".join(map(key_name, keys))


def hints(*scopes: Scope, actions: Sequence[Action] = ACTIONS) -> str:
    """The footer: the ranked `actions` of `scopes`, most wanted first; those without a key are left out."""
    ranked = sorted(
        (one for one in actions if one.footer and one.keys and one.scope in scopes),
        key=lambda one: one.footer,
    )
    return "  ".join(f"{key_name(action.keys[0])} {action.label}" for action in ranked)
