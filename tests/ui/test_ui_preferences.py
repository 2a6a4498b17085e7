"""The preferences of the app, out of a whole config."""

from pathlib import Path

from bounce_tui.config.reading import read_config
from bounce_tui.ui.preferences import read_app_preferences


def test_the_config_that_the_readme_shows_is_good(tmp_path: Path) -> None:
    readme = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8")
    blocks = [part.split("```")[0] for part in readme.split("```toml\n")[1:]]
    (config,) = [block for block in blocks if "[sender]" in block]
    path = tmp_path / "config.toml"
    path.write_text(config, encoding="utf-8")
    preferences = read_app_preferences(read_config(path))
    assert not preferences.refusals
    assert preferences.theme == "light"
    assert preferences.filters
