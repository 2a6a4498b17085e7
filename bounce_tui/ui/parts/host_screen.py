"""The screen as the parts on it see it."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from textual.app import App
from textual.dom import DOMNode

from bounce_tui.ui.dialogue import Dialogue
from bounce_tui.ui.keymap import Keymap

_ACTION = "action_"


class HostScreen(Protocol):
    """What every part may ask of its screen; whatever else it needs, its constructor names."""

    @property
    def app(self) -> App[Any]:
        """The app, for other screens and the terminal."""

    @property
    def keys(self) -> Keymap:
        """The keys in force."""

    @property
    def dialogue(self) -> Dialogue:
        """The dialogue with the user, in the notice."""

    @property
    def is_up(self) -> bool:
        """False while the screen is taken down: work that ends late must let it be."""

    def send(self) -> None:
        """Paint what changed on the screen in one frame."""

    def lacks(self, words: str = "") -> bool:
        """Say why there is nothing to work on, else `words`; False where there is neither."""

    def in_background(
        self, work: Callable[[], Coroutine[None, None, None]], group: str, *, exclusive: bool = False
    ) -> None:
        """Do `work` while keys are taken; an `exclusive` one ends what else of its `group` is under way."""


def offer_actions(screen: DOMNode, *parts: object) -> None:
    """Let keys and palette find the actions of `parts`: Textual looks for them on the screen alone.

    Raises:
        ValueError: The screen has an action of that name, its own or another part's.
    """
    for part in parts:
        for name in filter(lambda name: name.startswith(_ACTION), dir(part)):
            if hasattr(screen, name):
                raise ValueError(f"{name} of {part} is an action already")
            setattr(screen, name, getattr(part, name))
