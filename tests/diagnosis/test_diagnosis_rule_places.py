"""Where things stand in a rule file, and that a walk over it sees what the TOML library sees."""

import re
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.diagnosis.rule_cache import knowledge_files
from bounce_tui.diagnosis.toml_places import Places, ScanError, scan

OURS = {name: raw for name, raw in knowledge_files() if name.endswith(".toml")}


HEADER = re.compile(r"^\[[\w.]*\b(\w+)\]$", re.MULTILINE)


def _paths(value: Any, headed: set[str], path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    found = {path} if path else set()
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        # What stands within braces has the place of the whole; a table with a header of its own has places.
        inside = isinstance(below, dict) and not isinstance(key, int) and path and key not in headed
        found |= {(*path, key)} if inside else _paths(below, headed, (*path, key))
    return found


@pytest.mark.parametrize("name", sorted(OURS))
def test_the_walk_finds_every_key_and_element_of_our_files(name: str) -> None:
    text = OURS[name].decode()
    assert set(scan(text)) - {("rule",), ("reason",)} == _paths(
        tomllib.loads(text), set(HEADER.findall(text))
    ) - {(table,) for table in ("rule", "reason", "status", "list", "concept")}


def test_a_place_is_a_line_and_a_column_in_characters() -> None:
    text = (
        'provider = "é"  # [[rule]] in a comment\n\n[[rule]]\nid = "a"\nany_of = [\n'
        "  [\"ü\", # one, ]\n   'two'],\n  [],\n]\n"
        '[rule.token_range]\nlow = 1\n[[rule]]\n  "id" = """\n[[rule]]"""\n'
    )
    places = Places(text)
    assert places.of(("provider",)) == (1, 1)
    assert places.of(("rule", 0)) == (3, 1)
    assert places.of(("rule", 0, "any_of", 0, 0)) == (6, 4)
    assert places.of(("rule", 0, "any_of", 0, 1)) == (7, 4)
    assert places.of(("rule", 0, "any_of", 1)) == (8, 3)
    assert places.of(("rule", 0, "token_range", "low")) == (11, 1)
    assert places.of(("rule", 1, "id")) == (13, 3)


def test_what_has_no_place_has_that_of_what_holds_it() -> None:
    places = Places('[[rule]]\nid = "a"\ntoken_range = { low = 1 }\n')
    assert places.of(("rule", 0, "token_range", "low")) == (3, 1)
    assert places.of(("rule", 0, "reason")) == (1, 1)
    assert places.of(("nothing", 7)) == (1, 1)


VALUES = st.recursive(
    st.text(max_size=9) | st.integers(-99, 99) | st.booleans(),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=9,
)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(char):08x}" if char in '"\\' or char < " " or char == "\x7f" else char
                             for char in value) + '"'  # fmt: skip
    if isinstance(value, list):
        return "[ " + " ,\n # a ] comment\n".join(map(_toml, value)) + "\n]"
    return str(value)


@given(st.dictionaries(st.from_regex(r"[a-z_-]{1,8}", fullmatch=True), VALUES, max_size=5))
def test_the_walk_agrees_with_the_library_on_any_table(table: dict[str, Any]) -> None:
    text = "[[rule]]\n" + "".join(f"{key} = {_toml(value)}  # note\n" for key, value in table.items())
    assert tomllib.loads(text) == {"rule": [table]}
    assert set(scan(text)) == _paths({"rule": [table]}, set()) - {("rule",)}


@given(st.text(st.sampled_from("[]{}=,.#\"'\\\n a1"), max_size=60))
def test_the_walk_takes_all_that_the_library_takes(text: str) -> None:
    if _scannable(text) is False:
        with pytest.raises((ValueError, RecursionError)):
            tomllib.loads(text)


def _scannable(text: str) -> bool | None:
    """None where the walk refuses what may be TOML, but none that a rule file needs."""
    try:
        scan(text)
    except ScanError as stopped:
        return None if not stopped.syntax else False
    return True
