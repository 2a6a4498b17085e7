"""The wheel carries all it needs: built, installed in a venv of its own, run from an empty folder.

From the checkout Python would import the checkout, so everything here runs elsewhere, with an empty HOME.
"""

import ast
import fcntl
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Callable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())
MAIL = b"""From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: anna@example.org
Subject: Undelivered Mail Returned to Sender
Date: Fri, 20 Nov 2026 09:14:02 +0000
Message-ID: <1@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

<bert@example.net>: host mx.example.net said: 550 5.1.1 User unknown

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; bert@example.net
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b--
"""


class Installed:
    """A venv with the wheel in it, and an empty folder to run from."""

    def __init__(self, venv_folder: Path, empty: Path) -> None:
        self.bin = venv_folder / "bin"
        self.empty = empty
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self.environ = inherited | {"HOME": str(empty), "PATH": f"{self.bin}:/usr/bin:/bin"}

    def run(self, *command: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [str(self.bin / command[0]), *command[1:]],
            cwd=self.empty,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert done.returncode == status, f"{command}: {done.stdout}{done.stderr}"
        return done

    def python(self, program: str) -> str:
        return self.run("python", "-c", program).stdout.strip()


def pip(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *words],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr


def built_once(tmp_path_factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """The folder `name`, filled by `build` in whichever process of this test run comes first."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "packaging"
    shared.mkdir(exist_ok=True)
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder, half = shared / name, shared / f"{name}.half"
        if not folder.exists():
            half.mkdir()
            build(half)
            half.rename(folder)
    return folder


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def build(folder: Path) -> None:
        pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT))

    (built,) = built_once(tmp_path_factory, "wheel", build).glob("*.whl")
    return built


@pytest.fixture
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Installed:
    def build(folder: Path) -> None:
        # A venv cannot be moved, so it lies beside the folder that says it is done.
        place = folder.with_name("venv")
        venv.create(place, with_pip=False)
        pip("--python", str(place / "bin" / "python"), "install", "--quiet", str(wheel))

    return Installed(built_once(tmp_path_factory, "installed", build).with_name("venv"), tmp_path)


def shipped_files(folder: str) -> set[str]:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", folder], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return set(filter(None, tracked.split("\0")))


def test_the_wheel_holds_the_package_with_its_data_styles_and_samples(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert any(name.endswith(".data/data/share/man/man1/bounce-tui.1") for name in names)
    package = {name for name in shipped_files("bounce_tui") if (ROOT / name).exists()}
    assert {name for name in package if name.endswith((".py", ".toml", ".sql", ".typed"))} <= names
    for folder in ("styles", "samples"):
        assert {f"bounce_tui/{name}" for name in shipped_files(folder)} <= names
    assert not [name for name in names if name.startswith(("tests/", "styles/", "samples/"))]


def test_the_console_script_and_the_module_tell_their_version(installed: Installed) -> None:
    script = installed.run("bounce-tui", "--version").stdout
    assert script == installed.run("python", "-m", "bounce_tui", "--version").stdout
    assert script.startswith("bounce-tui, version ")


def test_the_program_runs_from_the_wheel_with_folders_from_the_wheel(installed: Installed) -> None:
    places = installed.python(
        "import bounce_tui; from bounce_tui.locations import shipped\n"
        "print(bounce_tui.__file__, shipped('styles'), shipped('samples'), sep='\\n')"
    ).splitlines()
    inside = str(installed.bin.parent.resolve())
    assert [place for place in places if not str(Path(place).resolve()).startswith(inside)] == []


def test_a_mail_is_scanned(installed: Installed) -> None:
    (installed.empty / "mail.eml").write_bytes(MAIL)
    scanned = installed.run("bounce-tui", "scan", "mail.eml", "--format", "ndjson").stdout
    assert scanned.count("\n") == 1
    assert '"recipient":"bert@example.net"' in scanned.replace('": "', '":"')


def test_the_demo_without_a_terminal_prints_the_samples_and_writes_only_in_its_own_folders(
    installed: Installed,
) -> None:
    printed = installed.run("bounce-tui", "demo")
    assert "no terminal here" in printed.stderr
    assert "Traceback" not in printed.stderr
    assert len(printed.stdout.splitlines()) > 100
    written = [path.relative_to(installed.empty) for path in installed.empty.rglob("*") if path.is_file()]
    assert [path for path in written if "bounce-tui" not in path.parts] == []


def test_every_library_that_is_imported_is_declared_and_every_declared_one_imported() -> None:
    declared = {re.split(r"[^\w-]", each)[0] for each in SETTINGS["project"]["dependencies"]}
    imported = {
        name.partition(".")[0]
        for path in (ROOT / "bounce_tui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        for name in imported_by(node)
    }
    # typeshed is there for mypy alone.
    libraries = imported - sys.stdlib_module_names - {"bounce_tui", "_typeshed"}
    sold_as = packages_distributions()
    assert {canonical(sold_as[name][0]) for name in libraries} == set(map(canonical, declared))


def imported_by(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_source_distribution_builds_the_same_wheel_with_the_oldest_hatchling_that_is_allowed(
    wheel: Path, tmp_path: Path
) -> None:
    (oldest,) = (each.replace(">=", "==") for each in SETTINGS["build-system"]["requires"])
    venv.create(tmp_path / "venv", with_pip=False)
    python = str(tmp_path / "venv" / "bin" / "python")
    pip("--python", python, "install", "--quiet", "--no-compile", oldest)
    build = [python, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    (source,) = tmp_path.glob("*.tar.gz")
    again = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path))
    pip("--python", python, *again, str(source))
    (built,) = tmp_path.glob("*.whl")
    assert {name for name in zipfile.ZipFile(built).namelist() if name.endswith(".tcss")}
    assert set(zipfile.ZipFile(built).namelist()) == set(zipfile.ZipFile(wheel).namelist())


def test_an_editable_install_and_a_plain_checkout_find_the_folders(tmp_path: Path) -> None:
    program = (
        "from bounce_tui.locations import shipped; print(shipped('styles'), shipped('samples'), sep='\\n')"
    )
    checkout = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    pip("--python", str(python), "install", "--quiet", "--no-deps", "--editable", str(ROOT))
    editable = subprocess.run(
        [str(python), "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    expected = [str(ROOT / "styles"), str(ROOT / "samples")]
    assert checkout.stdout.splitlines() == editable.stdout.splitlines() == expected
