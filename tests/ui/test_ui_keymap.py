"""Keys that the user moved: refused where they clash, and true wherever one is named."""

from pathlib import Path

import pytest
from ui_session import Opening

from bounce_tui.config.reading import example, read_config
from bounce_tui.triage.filter import read_filter
from bounce_tui.triage.row import outcomes_of
from bounce_tui.ui.actions import ACTIONS, written
from bounce_tui.ui.key_names import key_of
from bounce_tui.ui.keymap import Keymap, read_keymap
from bounce_tui.ui.preferences import AppPreferences, read_app_preferences


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("x", "x"), ("X", "X"), ("?", "question_mark"), ("/", "slash"), (" ", "space"), ("+", "plus"),
        ("esc", "escape"), ("Return", "enter"), ("PgDn", "pagedown"), ("Ctrl+X", "ctrl+x"),
        ("ctrl+m", "enter"),
        ("F5", "f5"), ("shift+tab", "shift+tab"), ("ö", "ö"), ("", None), ("xx", None), ("hyper+x", None),
        ("f99", None), ("\x1b", None), ("ctrl+", None),
    ],
)  # fmt: skip
def test_a_key_is_read_as_people_write_it(text: str, key: str | None) -> None:
    assert key_of(text) == key


def test_every_key_of_the_table_reads_back_from_how_it_is_written() -> None:
    for action in ACTIONS:
        assert [key_of(written((key,))) for key in action.keys] == list(action.keys)


def test_two_actions_may_swap_their_keys() -> None:
    keymap, faults = read_keymap({"done": ["x"], "export": ["d"]})
    assert faults == []
    assert keymap.moved == {"done": ("x",), "export": ("d",)}


def test_a_clash_on_one_screen_names_both_and_leaves_the_default() -> None:
    keymap, faults = read_keymap({"undo": ["h"], "done": ["h"]})
    assert faults == [
        ("done", 0, "h is the key of 'undo' on the same screen",
         'give undo or done another key, or take one away with ""'),
    ]  # fmt: skip
    assert keymap.moved == {"undo": ("h",)}


def test_the_same_key_on_different_screens_is_no_clash() -> None:
    assert read_keymap({"show-cause": ["d"]})[1] == []


def test_a_clash_that_mending_another_brings_is_found_too() -> None:
    # `export` cannot take the key of `undo`; back on x, it clashes with `done`.
    keymap, faults = read_keymap({"done": ["x"], "export": ["u"]})
    assert {one.id for one in faults} == {"done", "export"}
    assert keymap.moved == {}


@pytest.mark.parametrize(
    ("asked", "problem", "fix"),
    [
        ({"dune": ["x"]}, "no action is named 'dune'", 'did you mean "done"?'),
        ({"done": ["hyper+x"]}, "'hyper+x' is no key", "write it like"),
        ({"interrupt": []}, "the last way out", "ctrl+c"),
        ({"next-field": ["x"]}, "'x' is text where this works", "ctrl+n"),
    ],
)
def test_what_cannot_be_a_key_is_named_with_the_fix(asked: dict, problem: str, fix: str) -> None:
    keymap, faults = read_keymap(asked)
    assert keymap.moved == {}
    assert problem in faults[0].problem
    assert fix in faults[0].fix


async def test_moved_keys_work_and_help_footer_and_palette_say_so(opening: Opening, mail: Path) -> None:
    keymap, _ = read_keymap(
        {"help": ["f1"], "done": ["x", "f2"], "export": [], "search": ["s"], "summary": []}
    )
    async with opening(mail, size=(200, 50), preferences=AppPreferences(keys=keymap)) as session:
        assert "f1 help" in session.lines[-1]
        assert "? help" not in session.lines[-1]
        await session.press("question_mark")
        assert len(session.app.screen_stack) == 1
        await session.press("d")
        assert session.triage.bounces.annotations == {}
        await session.press("x", "f2")
        await session.until(lambda: len(session.triage.bounces.annotations) == 2, "two are done")
        await session.press("s", *"k12", "enter")
        focused = session.triage.queue.focused
        assert focused is not None
        assert "k12" in focused.file
        await session.press("f1")
        assert "s back  " not in session.lines[-1]
        assert "s search" in session.lines[-1]
        words = session.text
        await session.press("G")
        words += session.text
        await session.press("escape", "colon", *"done with")
        assert "x f2" in session.text
        await session.press("ctrl+u", *"export the")
        assert "Export the marked mails" in session.text
        await session.press("enter")
        assert "export 1 mail:" in session.notice, "a command without a key can still be run"
        assert "f1" in words


async def test_a_fault_is_told_once_in_the_app_and_listed(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nhelp = "q"\nundo = "h"\n')
    preferences = read_app_preferences(read_config(path))
    async with opening(mail, size=(160, 40), preferences=preferences) as session:
        assert "your config has one fault: R lists them" in session.lines[-1]
        assert "1 refused (R)" in session.lines[0]
        await session.press("j")
        assert "fault" not in session.lines[-1]
        await session.press("R")
        assert "keys.help: q is the key of 'quit' on the same screen" in session.text
        await session.press("escape", "q")
    assert session.app.return_code == 1


async def test_saved_filters_are_typed_as_names_and_completed(opening: Opening, mail: Path) -> None:
    preferences = AppPreferences(filters={"dead": "hard | reason:full"})
    async with opening(mail, preferences=preferences) as session:
        await session.press("f", *"hard | reason:full", "enter")
        expected = [row.key for row in session.triage.queue]
        assert 0 < len(expected) < session.triage.queue.total
        await session.press("f", "ctrl+u", *"@d", "tab", "enter")
        assert [row.key for row in session.triage.queue] == expected
        await session.press("f", "ctrl+u", *"!@dead", "enter")
        # A mail with a recipient who is and one who is not is among both.
        both = [row for row in session.triage.queue if row.key in expected]
        assert len(session.triage.queue) == session.triage.queue.total - len(expected) + len(both)
        assert both
        dead = read_filter("hard | reason:full")
        assert all({dead.suits(row, one) for one in outcomes_of(row)} == {True, False} for row in both)


async def test_own_addresses_are_offered_in_the_form(opening: Opening, mail: Path, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[sender]\nips = ["203.0.113.77"]\n')
    preferences = read_app_preferences(read_config(path))
    async with opening(mail / "k12-2-mailbox-full.eml", preferences=preferences) as session:
        await session.press("i")
        for _ in range(4):
            if "203.0.113.77" in session.text:
                break
            await session.press("down")
        assert "203.0.113.77" in session.text
        assert "from your configuration" in session.text


def test_the_example_is_taken_whole(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(example())
    preferences = read_app_preferences(read_config(path))
    assert preferences.faults == ()
    assert preferences.own.addresses == ("192.0.2.10",)
    assert preferences.own.domains == ("example.org",)
    assert set(preferences.keys.moved) == {"mark", "redraw"}
    assert preferences.filters


def test_an_action_without_a_key_is_left_out_of_the_footer() -> None:
    keymap = Keymap({"help": ()})
    assert "help" not in keymap.hints("everywhere")
    assert keymap.key("help") == '"help"'
