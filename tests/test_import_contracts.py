"""Who may import what: CONTRIBUTING.md's table, the contracts of pyproject.toml and the code say the same."""

import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "bounce_tui"
LINTER = pytest.mark.skipif(
    find_spec("importlinter") is None,
    reason="import-linter comes with the [lint] extra and is not installed",
)
Importers = dict[str, set[str]]
"""By what is imported: the packages, or the modules of a package, that may."""


def contracts() -> list[dict[str, list[str]]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [each for each in settings["tool"]["importlinter"]["contracts"] if each["type"] == "protected"]


def by_the_contracts() -> Importers:
    """What is for every package, the modules at the root, is left out."""
    return {
        imported.removeprefix("bounce_tui."): {
            importer.removeprefix("bounce_tui.") for importer in contract["allowed_importers"]
        }
        for contract in contracts()
        if not contract.get("ignore_imports")
        for imported in contract["protected_modules"]
    }


def table() -> list[list[str]]:
    """The cells of each row: package, what it holds, what it may import, libraries."""
    text = (ROOT / "CONTRIBUTING.md").read_text()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| `")
    ]


def by_the_table() -> Importers:
    said: Importers = {}
    for name, _, packages, libraries in table():
        if name.endswith(".py`"):
            continue
        importer = name.strip("`/")
        for imported, only in re.findall(r"(\w+)(?: \(only ([^)]*)\))?", f"{packages}, {libraries}"):
            modules = [part.strip("` ").removesuffix(".py").replace("/", ".") for part in only.split(",")]
            if imported != "nothing":
                said.setdefault(imported, set()).update(
                    f"{importer}.{module}" if module else importer for module in modules
                )
    return said


def test_the_table_and_the_contracts_say_the_same() -> None:
    enforced = by_the_contracts()
    assert enforced.pop("cli") == {"__main__"}
    assert by_the_table() == enforced


def test_every_package_and_every_module_at_the_root_has_its_row_and_its_contract() -> None:
    found = {
        path.stem
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path.is_dir() and (path / "__init__.py").exists())
    } - {"__init__", "__main__"}
    protected = {name for contract in contracts() for name in contract["protected_modules"]}
    assert {row[0].strip("`/").removesuffix(".py") for row in table()} == found
    assert {name.removeprefix("bounce_tui.") for name in protected if name.startswith("bounce_tui.")} == found


def test_a_module_at_the_root_imports_what_its_row_says() -> None:
    ignored = {pair for contract in contracts() for pair in contract.get("ignore_imports", ())}
    said = {
        f"bounce_tui.{name.strip('`').removesuffix('.py')} -> bounce_tui.{imported}"
        for name, _, importeds, _ in table()
        for imported in importeds.split(", ")
        if name.endswith(".py`") and imported != "nothing"
    }
    assert said == ignored


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120
    )


@LINTER
def test_every_import_keeps_to_the_contracts() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


# An import that no contract of before forbade, and of each kind of contract one.
TRESPASSES = {
    "plain/talk.py": ("import textual", "textual"),
    "plain/line_text.py": ("import dns.resolver", "dns"),
    "config/reading.py": ("import dns.resolver", "dns"),
    "hints/content.py": ("import mailparser", "mailparser"),
    "scan/batch.py": ("import rich.text", "rich"),
    "hints/links.py": ("import bounce_tui.checks.planning.plan", "bounce_tui.checks"),
    "parsing/dates.py": ("from bounce_tui.diagnosis import diagnose", "bounce_tui.diagnosis"),
    "locations.py": ("import bounce_tui.model", "bounce_tui.model"),
    "regex.py": ("import bounce_tui.domain_name", "bounce_tui.domain_name"),
}


@LINTER
def test_each_trespass_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for path in PACKAGE.rglob("*.py"):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        statement, _ = TRESPASSES.get(path.relative_to(PACKAGE).as_posix(), ("", ""))
        copy.write_text(path.read_text() + f"\n{statement}\n")
    told = " ".join(lint(tmp_path).stdout.split())
    for place, (_, imported) in TRESPASSES.items():
        importer = "bounce_tui." + place.removesuffix(".py").replace("/", ".")
        assert re.search(rf"- {re.escape(importer)} -> {re.escape(imported)}\b", told), (place, told)
