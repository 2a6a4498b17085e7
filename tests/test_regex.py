"""Patterns that are compiled when they are first used."""

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest

import bounce_tui
from bounce_tui.regex import regex


def test_a_pattern_does_what_one_compiled_at_once_does() -> None:
    text = "550 5.1.1 <bob@example.net>, 551 5.1.6"
    ours, theirs = regex(r"(\d{3}) (?P<status>[\d.]+)", re.I), re.compile(r"(\d{3}) (?P<status>[\d.]+)", re.I)
    assert ours.findall(text) == theirs.findall(text)
    assert [found.span() for found in ours.finditer(text)] == [
        found.span() for found in theirs.finditer(text)
    ]
    assert ours.sub("-", text, count=1) == theirs.sub("-", text, count=1)
    assert (ours.pattern, ours.groups, ours.groupindex) == (theirs.pattern, theirs.groups, theirs.groupindex)
    assert regex(rb"\d+").match(b"421 later")


def test_it_is_compiled_on_first_use_only() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.search("")


def test_every_pattern_of_the_package_can_be_compiled() -> None:
    names = [module.name for module in pkgutil.walk_packages(bounce_tui.__path__, "bounce_tui.")]
    kind = type(regex(""))
    patterns = [
        (name, one)
        for name in names
        if not name.endswith("__main__")
        for one in vars(import_module(name)).values()
        if isinstance(one, kind)
    ]
    assert len(patterns) > 200
    assert all(one.groups >= 0 for _, one in patterns)


def test_no_group_is_possessive() -> None:
    """Python 3.11.2, Debian 12's own, matches `(?:x|y)*+` wrongly; `(?>(?:x|y)*)` means the same and is right
    there (https://github.com/python/cpython/issues/106052)."""
    possessive = re.compile(r"\)(?:[*+?]|\{\{?[0-9,]+\}?\})\+")
    folder = Path(bounce_tui.__file__).parent
    for file in (*folder.rglob("*.py"), *folder.rglob("*.toml")):
        assert possessive.search(file.read_text(encoding="utf-8")) is None, file
