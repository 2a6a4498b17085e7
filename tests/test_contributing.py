"""CONTRIBUTING.md names no file, function or parameter that is not there, and the README counts right."""

import ast
import re
from collections import defaultdict
from pathlib import Path

from bounce_tui.diagnosis import rules

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


def test_every_signature_that_it_shows_is_one_of_the_code() -> None:
    code: dict[str, list[set[str]]] = defaultdict(list)
    for path in (ROOT / "bounce_tui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                code[node.name].append(_parameters(node))
            elif isinstance(node, ast.ClassDef):
                inits = (
                    one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"
                )
                fields = {
                    one.target.id
                    for one in node.body
                    if isinstance(one, ast.AnnAssign)
                    if isinstance(one.target, ast.Name)
                }
                code[node.name].append(fields.union(*map(_parameters, inits)))
    shown = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## The signatures")[2]
    shown = shown.partition("```python")[2].partition("```")[0]
    signatures = re.findall(r"^(?:async )?(?:def|class) (\w+)\(([^()]*(?:\([^()]*\)[^()]*)*)\)", shown, re.M)
    assert len(signatures) > 40
    for name, parameters in signatures:
        named = set(re.findall(r"(\w+):", re.sub(r"\[[^\]]*\]", "", parameters)))
        assert any(named <= known for known in code[name]), f"{name}: {sorted(named)} of {code[name]}"


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    arguments = function.args
    return {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}


def test_the_readme_tells_how_many_rules_there_are() -> None:
    told = re.search(r"more than ([\d,]+) rules", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert told is not None
    assert 0 < len(rules()) - int(told[1].replace(",", "")) <= 100
