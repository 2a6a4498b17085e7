"""Nothing that a terminal acts on passes `visible`."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounce_tui.reporting.visible import visible, visible_lines, visible_path


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("a\r\nb", "a\\r\\nb"),
        ("tab\there", "tab\\there"),
        ("\x7f\x9b31m", "\\x7f\\x9b31m"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("a\u2028b", "a\\u2028b"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("\udcff", "\\udcff"),
        ("\U000e0041", "\\U000e0041"),
        ("日本語 Ünïcode 👍", "日本語 Ünïcode 👍"),
        ("non\u00a0breaking", "non\u00a0breaking"),
        ("[bold red]markup[/]", "[bold red]markup[/]"),
    ],
)
def test_what_a_terminal_acts_on_is_shown_as_an_escape(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@given(st.text(alphabet=st.characters(codec=None)))
def test_no_text_whatever_keeps_a_control_character(raw: str) -> None:
    shown = visible(raw)
    shown.encode("utf-8")
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co")]
    assert visible(shown) == shown


def test_lines_end_at_every_newline_style() -> None:
    assert visible_lines("a\r\nb\rc\n\td") == ["a", "b", "c", "    d"]


def test_a_file_name_that_is_no_utf8_shows_its_bytes() -> None:
    assert visible_path("caf\udce9.eml") == "caf\\xe9.eml"
