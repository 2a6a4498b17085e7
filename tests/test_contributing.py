"""CONTRIBUTING.md sends nobody to a file that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLACES = ("bounce_tui", "tests", "styles", "samples")
OF_THE_USER = {"config.toml"}
NAMED = re.compile(r"`(?:bounce_tui/)?([a-z][\w./]*(?:/|\.(?:py|toml|tsv|tcss)))`")


def test_every_file_and_folder_that_it_names_is_there() -> None:
    there = {f"/{path.relative_to(ROOT)}" for place in PLACES for path in (ROOT / place).rglob("*")}
    there |= {f"/{path.relative_to(ROOT)}" for path in ROOT.iterdir()}
    named = {name.rstrip("/") for name in NAMED.findall((ROOT / "CONTRIBUTING.md").read_text())}
    named = {name for name in named if not any(part.isupper() for part in re.split(r"[/._]", name))}
    assert len(named) > 100
    ends = {"/".join(path.split("/")[-length:]) for path in there for length in range(1, path.count("/") + 1)}
    assert named - ends - OF_THE_USER == set()
