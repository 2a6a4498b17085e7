"""The compiled rules: kept, believed only when fresh and whole, and never in the way."""

from pathlib import Path
from shutil import copytree

import pytest

from bounce_tui.diagnosis.rule_cache import KNOWLEDGE, load_rulebook
from bounce_tui.diagnosis.rulebook import Rules


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return Path(copytree(KNOWLEDGE, tmp_path / "knowledge"))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def _kept(cache: Path) -> Path:
    (only,) = cache.iterdir()
    return only


def test_the_second_load_is_equal_to_the_first(knowledge: Path, cache: Path) -> None:
    first = load_rulebook(knowledge, cache)
    stamp = _kept(cache).stat().st_mtime_ns
    second = load_rulebook(knowledge, cache)
    assert _kept(cache).stat().st_mtime_ns == stamp
    assert list(Rules(first.packed)) == list(Rules(second.packed))
    assert first.reasons == second.reasons


def test_an_edited_rule_is_seen_at_once(knowledge: Path, cache: Path) -> None:
    load_rulebook(knowledge, cache)
    file = knowledge / "godaddy.toml"
    file.write_text(file.read_text().replace("carries more mail than usual", "is full to the brim"))
    rules = Rules(load_rulebook(knowledge, cache).packed)
    assert any("full to the brim" in rule.cause for rule in rules)


def test_a_new_and_a_removed_file_are_seen_at_once(knowledge: Path, cache: Path) -> None:
    load_rulebook(knowledge, cache)
    (knowledge / "zerospam.toml").unlink()
    (knowledge / "own.toml").write_text(
        '[[rule]]\nid = "own"\nreason = "blocked"\ncontains = ["our own words"]\n'
    )
    ids = load_rulebook(knowledge, cache).ids
    assert "own" in ids
    assert "zerospam-grey" not in ids


@pytest.mark.parametrize("harm", ["empty", "cut", "flipped", "foreign"])
def test_a_damaged_cache_is_made_anew(knowledge: Path, cache: Path, harm: str) -> None:
    whole = load_rulebook(knowledge, cache)
    kept = _kept(cache)
    content = bytearray(kept.read_bytes())
    if harm == "flipped":
        content[len(content) // 2] ^= 0x20
    harmed = {"empty": b"", "cut": bytes(content[:-100]), "foreign": b"\x93\x01\x02\x03"}
    kept.write_bytes(harmed.get(harm, bytes(content)))
    again = load_rulebook(knowledge, cache)
    assert list(Rules(again.packed)) == list(Rules(whole.packed))
    assert len(kept.read_bytes()) == len(content)


def test_a_cache_that_cannot_be_written_is_done_without(knowledge: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    assert load_rulebook(knowledge, in_the_way).ids
    assert in_the_way.read_text() == "not a folder"


def test_nothing_half_written_is_left_behind(knowledge: Path, cache: Path) -> None:
    load_rulebook(knowledge, cache)
    assert [path.suffix for path in cache.iterdir()] == [".msgpack"]
