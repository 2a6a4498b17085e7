"""What the app uses of Textual's own business is named in two modules, and Textual has all of it."""

import ast
import inspect
from pathlib import Path

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.widget import Widget

from bounce_tui import ui

ROOM = Path(ui.__file__).parent
ADAPTERS = {"textual_inside.py", "driver/terminal_driver.py"}
OF_TEXTUAL = (App, Screen, Widget, LinuxDriver, Compositor)


def names_of(class_: type) -> set[str]:
    """Every attribute of `class_` that its name marks as its own business, those of its instances too."""
    found = {name for name in dir(class_) if name.startswith("_") and not name.startswith("__")}
    for base in class_.__mro__[:-1]:
        for node in ast.walk(ast.parse(inspect.getsource(inspect.getmodule(base) or base))):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr[0] == "_":
                found.add(node.attr)
    return found


def used(path: Path) -> set[str]:
    """The private names that `path` reads and that nothing in it defines."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    attributes = [node for node in nodes if isinstance(node, ast.Attribute) and node.attr.startswith("_")]
    defined |= {node.attr for node in attributes if isinstance(node.ctx, ast.Store)}
    return {node.attr for node in attributes if not node.attr.startswith("__")} - defined


@pytest.fixture(scope="module")
def private() -> set[str]:
    return set().union(*map(names_of, OF_TEXTUAL))


def test_the_textual_at_hand_has_every_name_that_the_adapters_use(private: set[str]) -> None:
    asked = set().union(*(used(ROOM / name) for name in ADAPTERS)) - {"_exit"}  # os._exit
    assert {"_compositor", "_exit_renderables", "_run_input_thread"} <= asked
    assert asked - private == set()
    assert hasattr(App, "_fatal_error")  # which the app overrides
    assert hasattr(LinuxDriver, "_get_terminal_size")


def test_no_other_module_uses_any(private: set[str]) -> None:
    ours = set().union(*(own_names(path) for path in ROOM.rglob("*.py")))
    others = [path for path in ROOM.rglob("*.py") if path.relative_to(ROOM).as_posix() not in ADAPTERS]
    assert {path.name: found for path in others if (found := used(path) & private - ours)} == {}


def own_names(path: Path) -> set[str]:
    """The private attributes that a class of ours gives itself."""
    nodes = ast.walk(ast.parse(path.read_text()))
    return {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr.startswith("_")
    }
