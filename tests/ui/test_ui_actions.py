"""One table of actions: keys, help and palette cannot disagree with it."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from textual.binding import Binding
from ui_session import Opening

from bounce_tui.ui.actions import ACTIONS, SCOPES, Action, bindings, hints, key_name
from bounce_tui.ui.app import BounceApp
from bounce_tui.ui.parts.host_screen import offer_actions
from bounce_tui.ui.screens.causes import CausesScreen
from bounce_tui.ui.screens.copying import CopyingScreen
from bounce_tui.ui.screens.inputs import InputsScreen
from bounce_tui.ui.screens.pages import PageScreen
from bounce_tui.ui.screens.palette import PaletteScreen, matching
from bounce_tui.ui.screens.reading import ReadingScreen
from bounce_tui.ui.screens.reference import ReferenceScreen
from bounce_tui.ui.screens.source import SourceScreen
from bounce_tui.ui.screens.triage import TriageScreen
from bounce_tui.ui.text.help_text import help_page

HOMES = {
    "everywhere": (BounceApp,),
    "reading": (TriageScreen, PageScreen, ReferenceScreen, SourceScreen, CopyingScreen),
    "list": (TriageScreen,),
    "bounce": (TriageScreen,),
    "checks": (TriageScreen,),
    "causes": (CausesScreen,),
    "reference": (ReferenceScreen,),
    "source": (SourceScreen,),
    "written": (CopyingScreen,),
    "form": (InputsScreen,),
    "inputs": (InputsScreen,),
    "palette": (PaletteScreen,),
}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_is_found_on_every_screen_that_binds_it(action: Action) -> None:
    name = re.fullmatch(r"(?:app|screen)\.(\w+)(?:\((?:-?\d+|'\w+')\))?", action.do)
    assert name is not None
    for home in HOMES[action.scope]:
        # The list's screen takes most of its actions from its parts, once it is made.
        bearer = BounceApp().get_default_screen() if home is TriageScreen else home
        assert callable(getattr(bearer, f"action_{name[1]}", None))
        bound = {binding.id for binding in home.BINDINGS if isinstance(binding, Binding)}
        assert action.id in bound


def test_ids_are_unique_and_no_key_has_two_meanings_on_one_screen() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    keys: dict[type, list[str]] = defaultdict(list)
    for action in ACTIONS:
        for home in HOMES[action.scope]:
            keys[home] += action.keys
    for home, bound in keys.items():
        with_app = bound if home is BounceApp else bound + keys[BounceApp]
        assert len(set(with_app)) == len(with_app), home


def test_help_names_every_key_with_its_sentence() -> None:
    words = ["".join(span.text for span in line) for line in help_page(200)]
    for action in ACTIONS:
        line = next(line for line in words if action.description in line)
        assert all(key_name(key) in line for key in action.keys)
    for title in SCOPES.values():
        assert title in words


def test_the_footer_offers_the_keys_by_rank() -> None:
    assert hints("everywhere", "reading", "list", "bounce", "checks").startswith(
        "q quit  ? help  c check  enter open"
    )


def test_the_palette_finds_commands_by_any_of_their_words() -> None:
    assert [action.id for action in matching(ACTIONS, "ORDER reverse")] == ["reverse"]
    assert matching(ACTIONS, "") == list(ACTIONS)
    assert matching(ACTIONS, "no such thing") == []


def keys_of(*scopes: str) -> list[str]:
    leaving = {"quit", "interrupt", "suspend"}
    return [key for a in ACTIONS if a.scope in scopes and a.id not in leaving for key in a.keys]


async def test_every_key_is_harmless_on_an_empty_list(opening: Opening) -> None:
    async with opening() as session:
        for key in keys_of("everywhere", "reading", "list", "bounce", "checks"):
            await session.press(key, "escape", "escape")
            assert "No mail here" in session.text, key
        assert session.app.is_running


async def test_every_key_does_its_work_on_a_loaded_list(opening: Opening, mail: Path) -> None:
    async with opening(mail / "several-recipients.eml", mail / "ordinary.eml") as session:
        for key in keys_of("everywhere", "reading", "list", "bounce", "checks"):
            await session.press(key)
            while len(session.app.screen_stack) > 1:
                await session.press("escape")
            await session.press("escape", "escape")
        assert session.app.is_running
        assert session.triage.queue


def test_bindings_carry_their_ids_so_that_a_keymap_can_move_them() -> None:
    assert [b.id for b in bindings("checks") if isinstance(b, Binding)] == ["check", "probe", "inputs"]


def test_two_parts_of_a_screen_cannot_lend_it_actions_of_one_name() -> None:
    class Part:
        def action_mark(self) -> None:
            pass

    with pytest.raises(ValueError, match=r"action_mark .* is an action already"):
        offer_actions(ReadingScreen(), Part(), Part())


def test_no_part_takes_the_place_of_an_action_of_the_screen_itself() -> None:
    class Part:
        def action_move(self) -> None:
            pass

    with pytest.raises(ValueError, match=r"action_move .* is an action already"):
        offer_actions(ReadingScreen(), Part())
