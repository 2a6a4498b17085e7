"""The palette: find a command by name and run it."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from bounce_tui.ui.actions import Action, bindings, written
from bounce_tui.ui.line_edit import LineEdit
from bounce_tui.ui.screens.reading import ReadingScreen
from bounce_tui.ui.text.cells import fit
from bounce_tui.ui.text.page import Line, Span
from bounce_tui.ui.widgets.choice_list import ChoiceList

_KEYS = 10
_LATER = {"everywhere": 1, "reading": 2}


def matching(actions: Sequence[Action], words: str) -> list[Action]:
    """The actions whose name or sentence has every one of `words`, any case."""
    wanted = words.casefold().split()
    return [
        action
        for action in actions
        if all(word in f"{action.id} {action.label} {action.description}".casefold() for word in wanted)
    ]


def offered(actions: Sequence[Action]) -> list[Action]:
    """`actions` as the palette lists them: what can be done here first, how to move about last, and no way
    to the palette itself."""
    return sorted((one for one in actions if one.id != "palette"), key=lambda one: _LATER.get(one.scope, 0))


class ActionList(ChoiceList):
    """The commands that match."""

    def __init__(self) -> None:
        super().__init__("Commands", "commands")
        self.actions: list[Action] = []

    def offer(self, actions: list[Action]) -> None:
        """List `actions` in place of those listed before."""
        self.actions = actions
        self.start_over()

    def count(self) -> int:
        """How many commands are listed."""
        return len(self.actions)

    def line_at(self, index: int) -> Line:
        """The keys and the sentence of command `index`."""
        action = self.actions[index]
        keys = written(action.keys[:2])
        return (Span(fit(keys, _KEYS) + " ", "key"), Span(action.description))


class PaletteScreen(ReadingScreen, inherit_bindings=False):
    """Ends with the action to run, or with None.  Its prompt is always open."""

    BINDINGS = bindings("palette")

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__()
        self._actions = actions
        self._line = LineEdit()

    def compose(self) -> ComposeResult:
        """Matches over the words typed."""
        yield ActionList()
        yield self.notice

    def on_mount(self) -> None:
        """List all commands and give the list the keys."""
        self.set_focus(self._list)
        self._offer()

    def hint(self) -> str:
        """The words typed so far."""
        if not self._list.actions:
            return f"command: {self._line.text}_    no command has these words  esc back"
        choose = " ".join(self.keys.key(one) for one in ("previous-command", "next-command"))
        return f"command: {self._line.text}_    enter run  {choose} choose  esc back"

    @property
    def _list(self) -> ActionList:
        return self.query_one(ActionList)

    async def typed(self, key: str, character: str | None) -> bool:
        """Letters go into the words; the arrows stay commands."""
        if self.keys.has(key, "next-command", "previous-command"):
            return False
        outcome = self._line.take(key, character)
        if outcome == "done":
            found = self._list.actions
            self.dismiss(found[self._list.chosen].do if found else None)
        elif outcome == "left":
            self.dismiss(None)
        elif outcome == "edited":
            self._offer()
        return outcome != "not mine"

    def on_paste(self, event: events.Paste) -> None:
        """Add the pasted words to those that are searched for."""
        self._line.paste(event.text)
        self._offer()

    def _offer(self) -> None:
        self._list.offer(matching(self._actions, self._line.text))
        self.dialogue.tell()
        self.send()

    def action_choose(self, delta: int) -> None:
        """Up or down in the matches."""
        self._list.move(delta)
        self.send()
