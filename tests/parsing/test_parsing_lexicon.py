"""The words of the languages: their files are in form, and what they hold is what the code reads."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from words_form import FILES, GROUP, formatted

from bounce_tui.parsing.cleaning.banners import without_banner
from bounce_tui.parsing.words import lexicon as module
from bounce_tui.parsing.words.lexicon import FOLDER, WordsError, lexicon
from bounce_tui.parsing.words.sentences import stem_of

THEMES = [path.stem for path in FILES]
CONCEPTS = "concepts"
"""The theme that is asked for as a whole, and whose words may speak of several things."""


def _text(theme: str) -> str:
    return (FOLDER / f"{theme}.toml").read_text(encoding="utf-8")


def _groups(theme: str) -> list[str]:
    return [group["name"] for group in GROUP.finditer(_text(theme))]


def _asked_for() -> set[tuple[str, str]]:
    """Theme and group of every call of `lexicon` in `parsing`, outside its own module."""
    asked = set()
    for path in {*FOLDER.parent.rglob("*.py")} - {FOLDER / "lexicon.py"}:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "lexicon":
                theme, *groups = map(ast.literal_eval, node.args)
                asked |= {(theme, group) for group in groups}
    return asked


@pytest.mark.parametrize("theme", THEMES)
def test_a_file_of_words_is_in_form(theme: str) -> None:
    assert _text(theme) == formatted(_text(theme)), "python tests/parsing/words_form.py --write"


@pytest.mark.parametrize("theme", THEMES)
def test_a_file_and_each_of_its_groups_says_what_it_means(theme: str) -> None:
    text = _text(theme)
    assert text.startswith("# ")
    assert all(group["comment"] for group in GROUP.finditer(text))
    bare = GROUP.sub("", text)
    assert all(not line or line.startswith("#") for line in bare.split("\n")), "something is no group"


@pytest.mark.parametrize("theme", THEMES)
def test_a_word_stands_once_in_a_file_and_as_it_is_compared(theme: str) -> None:
    often = Counter(word for group in _groups(theme) for word in lexicon(theme, group))
    assert theme == CONCEPTS or [word for word, times in often.items() if times > 1] == []
    assert [word for word in often if word != word.lower() or not word.strip()] == []


def test_each_group_is_asked_for_and_each_that_is_asked_for_is_there() -> None:
    others = [theme for theme in THEMES if theme != CONCEPTS]
    assert _asked_for() == {(theme, group) for theme in others for group in _groups(theme)}


def test_each_concept_is_spoken_of_in_the_code() -> None:
    code = "".join(
        (FOLDER.parent / name).read_text(encoding="utf-8")
        for name in ("words/sentences.py", "recognition/word_signs.py", "recognition/head_signs.py")
    )
    assert [concept for concept in _groups(CONCEPTS) if f'"{concept}"' not in code] == []


def test_a_blank_at_the_end_of_a_word_is_part_of_it() -> None:
    assert {"550 ", " 5.1.1"} < set(lexicon("failed", "text"))


@pytest.mark.parametrize("written", ["liste$ ", "hand$ over", "$", "a ~b", "~", " $"])
def test_a_stem_that_occurs_nowhere_is_refused(written: str) -> None:
    with pytest.raises(WordsError, match=r"^concepts\.toml: .* occurs nowhere"):
        stem_of(written)


def test_a_file_that_is_none_of_words_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_theme.toml").write_text('a = ["b"]\n', encoding="utf-8")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(WordsError, match=r"^broken_theme\.toml: .*\$"):
        lexicon("broken_theme", "a")


def test_a_group_that_is_not_there_is_named() -> None:
    with pytest.raises(WordsError, match=r"^mail\.toml: there is no group 'parcel'"):
        lexicon("mail", "parcel")


@pytest.mark.parametrize("warning", lexicon("banners", "warning"))
def test_a_warning_has_letters_that_are_looked_for_before_it(warning: str) -> None:
    assert without_banner(f"Caution: {warning}.\n\nRead on.") == "Read on."
