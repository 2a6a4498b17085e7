"""One file of rules: its bytes to its head and its entries, with everything that is wrong in it."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from bounce_tui.diagnosis.errors import Fault, Level
from bounce_tui.diagnosis.nearest_word import nearest
from bounce_tui.diagnosis.rule import Reason
from bounce_tui.diagnosis.rule_entry import LONGEST_ID, RuleEntry, RuleHead, head_troubles, troubles
from bounce_tui.diagnosis.toml_places import Path, Places, ScanError, scan
from bounce_tui.regex import regex

_T = TypeVar("_T")
_KINDS = {
    "bool": "true or false (bool)", "str": "text in quotes", "int": "a number", "float": "a number",
    "array": "a list in [brackets]", "object": "a table", "null": "nothing",
}  # fmt: skip
_ENTRY_KEYS = frozenset(RuleEntry.__struct_encode_fields__)
_HEAD_KEYS = frozenset((*RuleHead.__struct_encode_fields__, "rule"))
_PLACE_IN_WORDS = regex(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_PATH_IN_WORDS = regex(r"^(.*?)(?: - at `\$(.*)`)?$", re.DOTALL)
_STEP = regex(r"\.(\w+)|\[(\d+)\]")
_LONGEST_PROBLEM = 300
_MOST_FAULTS = 100
"""Of one file; finding out what a misspelt word was meant to be takes a while."""


class RulePage(Struct, frozen=True):
    """A file that was read.  `entries` are the usable ones, each with its number in the file; `faults`
    say what became of the rest.  `places` tells where things stand."""

    file: str
    head: RuleHead
    entries: tuple[tuple[int, RuleEntry], ...]
    faults: tuple[Fault, ...]
    places: Places

    def fault(self, path: Path, entry: str, problem: str, fix: str, level: Level = "error") -> Fault:
        """A fault of what stands at `path`."""
        line, column = self.places.of(path)
        return Fault(self.file, entry, problem, fix, line, column, level)


def read_page(
    file: str,
    raw: bytes,
    reasons: Mapping[str, Reason],
    concepts: Collection[str],
    *,
    trusted: bool = False,
) -> RulePage:
    """The page that `raw` holds.  Never raises: a file that is no TOML has no entries and one fault.
    Takes linear time, whatever is in the file, unless it is `trusted`: one of ours is not walked over
    before it is read."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        text = raw[: error.start].decode("utf-8", "replace")
        line, column = Places(text, {}).at(len(text))
        return _unread(file, Fault(file, "", "the file is not UTF-8 text", "save it as UTF-8", line, column))
    fault, places = (None, Places(text)) if trusted else _syntax(file, text)
    table = None
    if fault is None:
        table, fault = _table(file, text)
    if table is None or fault is not None:
        return _unread(file, fault)
    return _Reading(file, places, reasons, concepts).page(table)


def _unread(file: str, fault: Fault | None) -> RulePage:
    return RulePage(file, RuleHead(), (), (fault,) if fault else (), Places("", {}))


def _syntax(file: str, text: str) -> tuple[Fault | None, Places]:
    try:
        return None, Places(text, scan(text))
    except ScanError as stopped:
        places = Places(text, {})
        if stopped.syntax:
            # Up to here it is harmless, and tomllib has the better words for what follows.
            until = text.find("\n", stopped.offset)
            _, fault = _table(file, text if until < 0 else text[:until])
            if fault is not None:
                return fault, places
        line, column = places.at(stopped.offset)
        return Fault(file, "", stopped.problem, "write plain TOML", line, column), places


def _table(file: str, text: str) -> tuple[dict[str, Any] | None, Fault | None]:
    try:
        return tomllib.loads(text), None
    except (ValueError, RecursionError) as error:
        words = str(error)
        found = _PLACE_IN_WORDS.search(words)
        if found and found[1]:
            line, column = int(found[1]), int(found[2])
        else:
            line, column = Places(text, {}).at(len(text))
        problem = words[: found.start()] if found else words
        problem = f"no TOML: {problem[:_LONGEST_PROBLEM]}"
        return None, Fault(file, "", problem, "mend this line, or the one above", line, column)


class _Reading:
    """The tables of one file on their way to structs."""

    def __init__(
        self, file: str, places: Places, reasons: Mapping[str, Reason], concepts: Collection[str]
    ) -> None:
        self._file = file
        self._places = places
        self._reasons = reasons
        self._concepts = concepts
        self._faults: list[Fault] = []

    def page(self, table: dict[str, Any]) -> RulePage:
        rules = table.pop("rule", [])
        head = self._head(table)
        entries: list[tuple[int, RuleEntry]] = []
        if not isinstance(rules, list) or not all(isinstance(one, dict) for one in rules):
            self._fault(("rule",), "", "`rule` is no list of tables", "begin each rule with [[rule]]")
        elif head is not None:
            entries = list(self._entries(rules))
        return RulePage(self._file, head or RuleHead(), tuple(entries), tuple(self._faults), self._places)

    def _head(self, table: dict[str, Any]) -> RuleHead | None:
        self._refuse_unknown(table, _HEAD_KEYS, (), "")
        known = {key: value for key, value in table.items() if key in _HEAD_KEYS}
        head = self._convert(known, RuleHead, (), "")
        for path, problem, fix in head_troubles(head) if head else ():
            self._fault(path, "", problem, fix)
        return None if self._faults else head

    def _entries(self, rules: list[dict[str, Any]]) -> Iterator[tuple[int, RuleEntry]]:
        for number, table in enumerate(rules):
            path: Path = ("rule", number)
            if self._is_full():
                self._fault(path, "", "too much is wrong: the rest is not read", "mend what is named first")
                return
            id_ = table.get("id")
            name = id_[:LONGEST_ID] if isinstance(id_, str) and id_ else f"rule {number + 1}"
            before = len(self._faults)
            self._refuse_unknown(table, _ENTRY_KEYS, path, name)
            misspelt = len(self._faults) > before
            known = {key: value for key, value in table.items() if key in _ENTRY_KEYS}
            entry = self._convert(known, RuleEntry, path, name)
            if entry is None:
                continue
            for below, problem, fix in troubles(entry, self._reasons, self._concepts):
                # What seems to be missing may stand there under the wrong name.
                if below or not misspelt:
                    self._fault((*path, *below), name, problem, fix)
                if self._is_full():
                    break
            if len(self._faults) == before:
                yield number, entry

    def _refuse_unknown(self, table: dict[str, Any], known: Collection[str], path: Path, entry: str) -> None:
        for key in [key for key in table if key not in known][:_MOST_FAULTS]:
            fix = nearest(key, known, f"use one of {', '.join(sorted(known))}")
            self._fault((*path, key), entry, f"no key is named {key!r}", fix)

    def _convert(self, table: dict[str, Any], type_: type[_T], path: Path, entry: str) -> _T | None:
        try:
            return msgspec.convert(table, type_)
        except msgspec.ValidationError as error:
            found = _PATH_IN_WORDS.match(str(error))
            words, where = (found[1], found[2] or "") if found else (str(error), "")
            below: Path = tuple(
                name or int(number) for name, number in (step.groups() for step in _STEP.finditer(where))
            )
            self._fault((*path, *below), entry, *_plain(words, below))
            return None

    def _is_full(self) -> bool:
        return len(self._faults) >= _MOST_FAULTS

    def _fault(self, path: Path, entry: str, problem: str, fix: str) -> None:
        line, column = self._places.of(path)
        self._faults.append(Fault(self._file, entry, problem[:_LONGEST_PROBLEM], fix, line, column))


def _plain(words: str, path: Path) -> tuple[str, str]:
    """msgspec's complaint in words for somebody who writes TOML, and what to write instead."""
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "the value")
    if wanted := re.fullmatch(r"Expected `(\w+)(?: \| null)?`, got `(\w+)`", words):
        want, got = (_KINDS.get(kind, kind) for kind in wanted.groups())
        return f"`{name}` wants {want}, not {got}", f"write {want}"
    if missing := re.fullmatch(r"Object missing required field `(\w+)`", words):
        return f"`{missing[1]}` is missing", f'add {missing[1]} = "..."'
    return f"`{name}`: {words[:1].lower()}{words[1:]}", "see CONTRIBUTING.md, how to add a rule"
