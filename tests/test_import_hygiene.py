"""A package costs nothing until it is used: no module of it loads a heavy library, but those named here.

Imports are watched in processes of their own: in this one pytest has imported everything.  Who may import
what at all is tests/test_import_contracts.py.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "bounce_tui"
HEAVY = (
    "textual", "rich", "dns", "dkim", "aiosmtplib", "httpx", "mailparser", "publicsuffixlist", "rapidfuzz",
    "watchfiles",
)  # fmt: skip
PACKAGES = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))

PERMITTED = {
    "checks.authentication.dkim.key": {"dns", "dkim"},
    "checks.authentication.dkim.signature": {"dns", "dkim"},
    "checks.authentication.dkim.trial": {"dns", "dkim"},
    "checks.authentication.dkim.tried_signature": {"dns", "dkim"},
    "checks.dns.exchange": {"dns"},
    "checks.kinds.dkim": {"dns", "dkim"},
    "checks.kinds.rdap": {"httpx", "rich"},  # httpx's own command line asks for rich, where it is installed
    "checks.kinds.smtp": {"aiosmtplib"},
    "checks.names.registration": {"httpx", "rich"},
    "checks.dns.reply": {"dns"},
    "checks.dns.resolver": {"dns"},
    "checks.route.smtp_probe": {"aiosmtplib"},
    "cli.settling": {"dns"},
    "demo.responder": {"dns"},
    "demo.server": {"dns"},
    "demo.serving": {"dns"},
    "demo.zones": {"dns"},
    **{
        f"ui.{module}": {"textual", "rich"}
        for module in (
            "app",
            "clipboard",
            "dialogue",
            "driver.terminal_driver",
            "external_programs",
            "lent_terminal",
            "looks",
            "textual_inside",
        )
    },
    "ui.driver.cells": {"rich"},
    "ui.driver.changes": {"rich"},
    "ui.driver.pen": {"rich"},
    "ui.driver.strokes": {"rich"},
    "ui.parts": {"textual", "rich"},
    "ui.screens": {"textual", "rich"},
    "ui.text": {"rich"},
    "ui.widgets": {"textual", "rich"},
}
"""What a module loads as it is imported, or the modules of a package.  Whoever imports one of these when it
is imported itself stands here too."""


def permitted(module: str) -> set[str]:
    """What `module` may load, by its own name or that of the package that it stands in."""
    return PERMITTED.get(module) or PERMITTED.get(module.rpartition(".")[0], set())


def modules_of(package: str) -> list[str]:
    names = [
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        for path in (PACKAGE / package).rglob("*.py")
    ]
    return sorted(names, key=lambda name: (len(permitted(name)), name))


def trespasses(modules: Sequence[str], *further: Path) -> str:
    """A line for each of `modules`, imported in this order, that loads what it may not."""
    allowed = {name: sorted(permitted(name)) for name in modules}
    program = f"""
import sys, importlib, bounce_tui
bounce_tui.__path__ += {[str(folder) for folder in further]!r}
for module, allowed in {allowed!r}.items():
    before = set(sys.modules)
    importlib.import_module(f"bounce_tui.{{module}}")
    found = [name for name in {HEAVY!r} if name in sys.modules and name not in before and name not in allowed]
    if found:
        print(module, "loads", *found)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.strip()


def loaded_by(statement: str, watched: tuple[str, ...]) -> set[str]:
    """The modules of `watched` that are loaded after `statement`."""
    program = f"import sys\n{statement}\nprint(*[name for name in {watched!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split()) & set(watched)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_of_a_package_loads_a_heavy_library_that_it_is_not_named_for(package: str) -> None:
    assert trespasses(modules_of(package)) == ""


def test_a_module_that_loads_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "loads_dnspython.py").write_text("import dns.name")
    assert trespasses(["model", "loads_dnspython"], tmp_path) == "loads_dnspython loads dns"


def test_whatever_is_named_is_a_module_or_a_package() -> None:
    for name in PERMITTED:
        place = PACKAGE / name.replace(".", "/")
        assert place.is_dir() or place.with_suffix(".py").is_file(), name


def test_a_scan_of_a_mail_loads_no_textual_no_dnspython_and_no_mail_parser() -> None:
    statement = (
        "from bounce_tui.scan import examine\n"
        "from bounce_tui.model import Message\n"
        "examine(Message('a.eml'), b'From: a@example.org\\n\\n550 5.1.1 <b@example.net> no such user\\n')"
    )
    assert loaded_by(statement, HEAVY) == set()


def test_planning_and_judging_load_no_dnspython() -> None:
    statement = (
        "from bounce_tui.checks.planning import inputs, plan\nfrom bounce_tui.checks.verdicts import judge"
    )
    assert loaded_by(statement, ("dns",)) == set()


def test_a_version_is_told_without_loading_any_room() -> None:
    packages = tuple(f"bounce_tui.{package}" for package in PACKAGES if package != "cli")
    telling = (
        "from bounce_tui.cli.commands import commands; commands.main(['--version'], standalone_mode=False)"
    )
    assert loaded_by(telling, packages) == set()
