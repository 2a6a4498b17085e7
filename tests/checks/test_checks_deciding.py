"""What decides: typed facts, and never a sentence that was written for people."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bounce_tui.checks

ROOM = Path(bounce_tui.checks.__file__).parent
DECIDE = [
    *sorted(ROOM.glob("verdicts/*.py")),
    *(ROOM / "planning" / name for name in ("plan.py", "named_lists.py", "listed_domain.py")),
    *sorted(ROOM.glob("planning/quoted*.py")),
]
SENTENCES = {"summary", "cause", "remedy", "to_do", "resolution", "details"}
SEARCHES = {"count", "endswith", "find", "findall", "finditer", "fullmatch", "index", "match", "named_in"}
SEARCHES |= {"partition", "rpartition", "search", "split", "startswith"}


def decided_by_a_sentence(tree: ast.AST) -> Iterator[str]:
    """Where a sentence is compared or searched; whether there is one at all may be asked."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=[ast.Is() | ast.IsNot()]):
                looked_at: list[ast.AST] = []
            case ast.Compare():
                looked_at = [node]
            case ast.Call(func=ast.Attribute(attr=name)) if name in SEARCHES:
                looked_at = [node]
            case _:
                looked_at = []
        for part in looked_at:
            for read in ast.walk(part):
                if isinstance(read, ast.Attribute) and read.attr in SENTENCES:
                    yield f"line {read.lineno}: .{read.attr}"


@pytest.mark.parametrize("file", DECIDE, ids=lambda file: file.name)
def test_no_verdict_and_no_plan_is_read_out_of_a_sentence(file: Path) -> None:
    assert not list(decided_by_a_sentence(ast.parse(file.read_text())))


@pytest.mark.parametrize("file", sorted(ROOM.rglob("*.py")), ids=lambda file: file.name)
def test_no_outcome_is_taken_apart(file: Path) -> None:
    """Its words are typed, and what belongs to one stands beside it."""
    parsed = [
        f"line {node.lineno}"
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in SEARCHES and isinstance(node.value, ast.Attribute)
        if node.value.attr in ("outcome", "outcome_text")
    ]
    assert not parsed


@pytest.mark.parametrize("file", DECIDE, ids=lambda file: file.name)
def test_neither_the_words_nor_the_name_of_a_rule_are_looked_at(file: Path) -> None:
    """A user's rule may set both."""
    reads = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute)]
    of_rule = {"cause"} | ({"rule"} if file.name != "plan.py" else set())
    assert not [f"line {node.lineno}: .{node.attr}" for node in reads if node.attr in of_rule]


@pytest.mark.parametrize(
    "line",
    [
        'if "TLSA" in tls.summary: pass',
        'if tls.remedy == "x": pass',
        're.search("x", diagnosis.cause)',
        'x = tls.summary.partition(" ")',
        'x = [step for step in diagnosis.resolution if "queue" in step and diagnosis.resolution == ()]',
    ],
)
def test_a_sentence_that_decides_is_seen(line: str) -> None:
    assert list(decided_by_a_sentence(ast.parse(line)))
