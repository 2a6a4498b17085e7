"""The compiled build: `HATCH_BUILD_HOOKS_ENABLE=1 pip install .`

Compiles the modules that every message passes (`modules` in pyproject.toml) with mypyc, for about a fifth
more messages a second.  It needs a C compiler and takes a minute, so it is for those who ask; without
being asked no build comes here.  Each compiled module stands beside its source and does the same.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_COMPILE = """
import sys
from mypyc.build import mypycify
from setuptools import setup

options = ["--config-file=", "--strict", "--ignore-missing-imports", "--follow-imports=silent"]
setup(
    name="bounce-tui",
    packages=[],
    ext_modules=mypycify([*options, *sys.argv[1:]], opt_level="2", debug_level="0", group_name="bounce_tui"),
    script_args=["--quiet", "build_ext", "--build-lib", "compiled", "--build-temp", "objects"],
)
"""


class CompiledBuild(BuildHookInterface):
    """Adds compiled modules to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, away from the sources.  Raises CalledProcessError where there is no compiler."""
        if version == "editable":
            # A compiled module would hide what is edited.
            self.app.display_warning("an editable install stays as it is: nothing is compiled")
            return
        self._folder = TemporaryDirectory(prefix="bounce-tui-")
        folder = Path(self._folder.name)
        left_out = shutil.ignore_patterns("__pycache__", "*.so")
        shutil.copytree(Path(self.root, "bounce_tui"), folder / "bounce_tui", ignore=left_out)
        subprocess.run([sys.executable, "-c", _COMPILE, *self.config["modules"]], cwd=folder, check=True)
        compiled = folder / "compiled"
        build_data["force_include"] |= {
            str(module): str(module.relative_to(compiled)) for module in compiled.rglob("*.so")
        }
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled once it is in the wheel."""
        if version != "editable":
            self._folder.cleanup()
