"""The table of actions with the keys that the user gave them."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from msgspec.structs import replace

from bounce_tui.ui.actions import ACTIONS, Action, Scope, hints, written
from bounce_tui.ui.key_names import is_typed, key_of

SCREENS: tuple[frozenset[Scope], ...] = (
    frozenset(("everywhere", "reading", "list", "bounce", "checks")),
    frozenset(("everywhere", "reading", "causes")),
    frozenset(("everywhere", "reading", "reference")),
    frozenset(("everywhere", "reading", "source")),
    frozenset(("everywhere", "reading", "written")),
    frozenset(("everywhere", "form", "inputs")),
    frozenset(("everywhere", "palette")),
)
"""The scopes that are bound together: there a key has one meaning."""
_TYPED_IN: tuple[Scope, ...] = ("form", "inputs", "palette")
_LAST_WAY_OUT = "interrupt"
_NO_KEY = "no-key-for-"
"""The name of a key that nobody can press, for Textual: an empty one would leave the default in force, and
one that two actions share would leave one of them out of the palette."""


class KeyFault(NamedTuple):
    """What cannot be used of the keys that were asked for: the `id` of the action, the `number` of the key
    there (from 0; -1 for the action itself), the `problem` and what to write instead."""

    id: str
    number: int
    problem: str
    fix: str


class Keymap:
    """`actions` is the whole table with the keys in force; `moved` the ids whose keys are the user's."""

    def __init__(self, moved: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.moved = dict(moved or {})
        self.actions = tuple(
            replace(action, keys=self.moved[action.id]) if action.id in self.moved else action
            for action in ACTIONS
        )
        self._by_id = {action.id: action for action in self.actions}

    def __contains__(self, id_: object) -> bool:
        return id_ in self._by_id

    def key(self, id_: str) -> str:
        """The first key of an action as people write it; its name for the palette where it has none."""
        keys = self._by_id[id_].keys
        return written(keys[:1]) if keys else f'"{id_}"'

    def untyped(self, id_: str) -> str:
        """The first key of an action that works while text is typed, as people write it; "" for none."""
        return written([key for key in self._by_id[id_].keys if not is_typed(key)][:1])

    def has(self, key: str, *ids: str) -> bool:
        """Whether Textual's `key` is one of the keys of these actions."""
        return any(key in self._by_id[id_].keys for id_ in ids)

    def hints(self, *scopes: Scope) -> str:
        """The footer of a screen that binds `scopes`."""
        return hints(*scopes, actions=self.actions)

    def say(self, *ids: str) -> str:
        """A footer of these actions, in this order: `esc back  n next`."""
        named = (self._by_id[id_] for id_ in ids)
        return "  ".join(f"{written(action.keys[:1])} {action.label}" for action in named if action.keys)

    @property
    def for_textual(self) -> dict[str, str]:
        """The moved keys by action id, as `App.set_keymap` takes them."""
        return {id_: ",".join(keys) or f"{_NO_KEY}{id_}" for id_, keys in self.moved.items()}


DEFAULT = Keymap()


def keymap_of(app: object) -> Keymap:
    """The keymap of the app that a screen runs in."""
    found = getattr(app, "keys", None)
    return found if isinstance(found, Keymap) else DEFAULT


def read_keymap(asked: Mapping[str, Sequence[str]]) -> tuple[Keymap, list[KeyFault]]:
    """The keymap that follows from `asked` (keys by the id of an action), and what of it cannot be used:
    there the default stays in force."""
    faults: list[KeyFault] = []
    moved: dict[str, tuple[str, ...]] = {}
    for id_, texts in asked.items():
        found = list(_faults_of(id_, texts))
        faults += found
        if not found:
            moved[id_] = tuple(dict.fromkeys(key for text in texts if (key := key_of(text))))
    while (clash := _clash(Keymap(moved))) is not None:
        at_fault, other, key = clash
        name = written((key,))
        problem = f"{name} is the key of {other!r} on the same screen"
        fix = f'give {other} or {at_fault} another key, or take one away with ""'
        faults.append(KeyFault(at_fault, moved[at_fault].index(key), problem, fix))
        del moved[at_fault]
    return Keymap(moved), faults


def _faults_of(id_: str, texts: Sequence[str]) -> Iterator[KeyFault]:
    action = DEFAULT._by_id.get(id_)
    if action is None:
        near = get_close_matches(id_[:60], DEFAULT._by_id, 1)
        fix = f'did you mean "{near[0]}"?' if near else "`bounce-tui config` lists the actions"
        yield KeyFault(id_, -1, f"no action is named {id_[:60]!r}", fix)
        return
    if not texts and id_ == _LAST_WAY_OUT:
        yield KeyFault(id_, -1, "this is the last way out and needs a key", 'write "ctrl+c"')
    for number, text in enumerate(texts):
        key = key_of(text)
        if key is None:
            fix = 'write it like "x", "X", "ctrl+x", "f5" or "pagedown"'
            yield KeyFault(id_, number, f"{text[:40]!r} is no key", fix)
        elif action.scope in _TYPED_IN and is_typed(key):
            fix = 'take a key like "ctrl+n" or "f2"'
            yield KeyFault(id_, number, f"{text!r} is text where this works", fix)


def _clash(keymap: Keymap) -> tuple[str, str, str] | None:
    """A moved action, another with the same key on the same screen, and that key."""
    order = list(keymap.moved)
    for scopes in SCREENS:
        holders: dict[str, Action] = {}
        for action in keymap.actions:
            for key in action.keys if action.scope in scopes else ():
                other = holders.setdefault(key, action)
                if other is not action:
                    # The later of two that were moved is at fault; one that was not moved never is.
                    by_order = sorted(
                        (action.id, other.id), key=lambda id_: order.index(id_) if id_ in order else -1
                    )
                    return by_order[1], by_order[0], key
    return None
