"""Themes: other colours, the same words."""

from pathlib import Path

import pytest
from textual.color import Color
from ui_session import Opening, Session

from bounce_tui.config.reading import read_config
from bounce_tui.ui.preferences import AppPreferences, read_app_preferences
from bounce_tui.ui.themes import for_textual, next_theme, theme_colours, theme_names, theme_words

SIXTEEN = {f"color({number})" for number in range(16)}


def colours(session: Session) -> set[str]:
    """The names of all foreground and background colours on the screen."""
    return {
        colour.name
        for strip in session.strips
        for segment in strip
        if segment.style
        for colour in (segment.style.color, segment.style.bgcolor)
        if colour is not None and not colour.is_default
    }


def test_there_are_four_and_each_says_what_it_is_and_sets_the_same_things() -> None:
    assert theme_names() == ("terminal", "dark", "light", "mono")
    assert len({tuple(theme_colours(name)) for name in theme_names()}) == 1
    assert len({theme_words(name) for name in theme_names()}) == 4


def test_going_on_from_the_last_theme_begins_again() -> None:
    walk = ["terminal"]
    for _ in theme_names():
        walk.append(next_theme(walk[-1]))
    assert walk == [*theme_names(), "terminal"]


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("role", ["words", "label", "heading", "good", "warn", "bad"])
def test_every_colour_can_be_read_on_its_ground(name: str, role: str) -> None:
    """WCAG 2.2, criterion 1.4.3: 4.5 to 1 for text."""
    look = theme_colours(name)
    lights = sorted(_luminance(Color.parse(look[key])) for key in ("ground", role))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5


def _luminance(color: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


async def test_the_terminals_own_colours_are_the_default(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        assert session.app.theme == "terminal"
        assert colours(session) <= SIXTEEN


async def test_a_key_goes_through_the_themes_and_the_words_stay(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        words = session.lines[:-1]
        for name in ("dark", "light", "mono", "terminal"):
            await session.press("T")
            await session.until(lambda name=name: f"theme {name}" in session.lines[-1], "the theme is said")
            look = {theme.name: theme for theme in for_textual()}[name].variables
            if look["ground"].startswith("#"):
                wanted = {look["ground"], look["words"], look["label"], look["heading"]}
                await session.until(lambda wanted=wanted: wanted <= colours(session), f"{name} is drawn")
                assert not colours(session) & SIXTEEN
            elif name == "mono":
                await session.until(lambda: not colours(session), "no colour is left")
            assert session.lines[:-1] == words


async def test_no_color_means_no_colour_whatever_the_config_asks_for(
    opening: Opening, mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opening(mail, preferences=AppPreferences(theme="light")) as session:
        assert session.app.theme == "mono"
        assert not colours(session)


def test_the_config_names_the_theme_and_a_wrong_name_is_told_with_its_place(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[display]\ntheme = "light"\n')
    assert read_app_preferences(read_config(config)).theme == "light"
    config.write_text('[display]\ntheme = "lihgt"\n')
    preferences = read_app_preferences(read_config(config))
    assert preferences.theme == "terminal"
    (fault,) = preferences.faults
    assert fault.words.startswith("line 2, column 1: display.theme: there is no theme 'lihgt'")
    assert fault.words.endswith('did you mean "light"?')
