"""A TOML file as tables, with the place of each value."""

import tomllib
from typing import Any

from msgspec import Struct

from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.toml_places import Path, Places, ScanError, scan
from bounce_tui.regex import regex

_PLACE_IN_WORDS = regex(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_LONGEST = 300


class TomlFile(Struct, frozen=True):
    """`table` is empty where the file is no TOML; `faults` then says why."""

    file: str
    table: dict[str, Any]
    places: Places
    faults: tuple[Fault, ...] = ()

    def fault(self, path: Path, problem: str, fix: str) -> Fault:
        """What is wrong with the value at `path`."""
        line, column = self.places.of(path)
        named = ".".join(step for step in path if isinstance(step, str))
        return Fault(self.file, named, problem[:_LONGEST], fix, line, column)


def read_toml_file(file: str, raw: bytes) -> TomlFile:
    """The file of which `raw` are the bytes.  Never raises; takes linear time."""
    nothing = Places("", {})
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        fault = Fault(file, "", "the file is not UTF-8 text", "save it as UTF-8", line, 1)
        return TomlFile(file, {}, nothing, (fault,))
    try:
        places = Places(text, scan(text))
        return TomlFile(file, tomllib.loads(text), places)
    except ScanError as stopped:
        line, column = Places(text, {}).at(stopped.offset)
        fault = Fault(
            file, "", f"no TOML: {stopped.problem}", "mend this line, or the one above", line, column
        )
    except (ValueError, RecursionError) as error:
        found = _PLACE_IN_WORDS.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found and found[1] else (text.count("\n") + 1, 1)
        problem = str(error)[: found.start()] if found else str(error)
        fix = "mend this line, or the one above"
        fault = Fault(file, "", f"no TOML: {problem[:_LONGEST]}", fix, line, column)
    return TomlFile(file, {}, nothing, (fault,))
