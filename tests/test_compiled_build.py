"""The compiled build reads every mail as the pure one does.

Compiling takes a minute and a C compiler, so these run in CI (.ci/run), or with CI=true in the environment.
"""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from test_packaging import built_once, pip

pytestmark = pytest.mark.skipif(
    not os.environ.get("CI"), reason="compiling takes a minute: CI=true asks for it"
)

ROOT = Path(__file__).parent.parent
MAILS = [
    ROOT / "samples" / "mail",
    ROOT / "tests" / "parsing" / "mails",
    ROOT.parent / "shared" / "corpus" / "emails",
]
CUTS = 7
"""Each mail is read whole and cut off at this many places: what is compiled meets broken mail, too."""

SCAN = """
import sys
from pathlib import Path
from bounce_tui.model import Message
from bounce_tui.parsing import mime
from bounce_tui.reporting.record import ndjson
from bounce_tui.scan import examine

cuts, *folders = sys.argv[1:]
print(mime.__file__.endswith(".so"))
for folder in folders:
    for path in sorted(Path(folder).rglob("*.eml")):
        raw = path.read_bytes()
        for cut in range(int(cuts)):
            head = raw[: len(raw) - cut * len(raw) // int(cuts)]
            case = examine(Message(path.name, cut), head)
            sys.stdout.write(ndjson([case]).decode())
            print(case.bounce.original)
"""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as the compiled build makes it."""

    def build(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("HATCH_BUILD_HOOKS_ENABLE", "1")
            pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
        (wheel,) = folder.glob("*.whl")
        zipfile.ZipFile(wheel).extractall(folder)

    return built_once(tmp_path_factory, "compiled", build)


def run(package: Path, *command: str) -> str:
    """What Python prints for `command` with the bounce_tui in the folder `package`."""
    environ = os.environ | {"PYTHONPATH": str(package), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(
        [sys.executable, "-P", *command], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=900
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
    return done.stdout


def test_whole_and_broken_mails_read_the_same(compiled: Path) -> None:
    folders = [str(folder) for folder in MAILS if folder.is_dir()]
    was_compiled, _, fast = run(compiled, "-c", SCAN, str(CUTS), *folders).partition("\n")
    is_pure, _, pure = run(ROOT, "-c", SCAN, str(CUTS), *folders).partition("\n")
    assert (was_compiled, is_pure) == ("True", "False")
    assert fast.splitlines() == pure.splitlines()


def test_the_parsers_own_tests_pass_when_it_is_compiled(compiled: Path) -> None:
    # Those that bring mails of their own: the mails of the others were compared above, whole and cut.
    kinds = ("details", "hostile", "mojibake", "returned", "senders")
    tests = [f"tests/parsing/test_parsing_{kind}.py" for kind in kinds]
    run(compiled, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *tests)


def test_an_editable_install_is_never_compiled(tmp_path: Path) -> None:
    before = set((ROOT / "bounce_tui").rglob("*.so"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HATCH_BUILD_HOOKS_ENABLE", "1")
        pip("install", "--quiet", "--no-deps", "--target", str(tmp_path), "--editable", str(ROOT))
    assert list(tmp_path.rglob("*.so")) == []
    assert set((ROOT / "bounce_tui").rglob("*.so")) == before
