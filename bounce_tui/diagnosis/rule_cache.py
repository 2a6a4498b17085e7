"""The rules, compiled once and kept in the user's cache folder.

Reading the TOML takes some hundred milliseconds, the compiled form a few.  The kept form begins with
names, sizes and times of the files that it was made from, ours and the user's, and of the code that made
it (what Python itself goes by for its own compiled files), so that any edit makes it stale.  A cache
that cannot be written is done without, a damaged one is made anew.
"""

import contextlib
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from bounce_tui.diagnosis.rulebook import Rulebook
from bounce_tui.diagnosis.user_rules import Stamp, read_files, stamps, user_folder

KNOWLEDGE = Path(__file__).with_name("knowledge")
_MAKERS = (
    *(
        "advice.py",
        "binding.py",
        "bounded_regex.py",
        "common_words.py",
        "concept_stems.py",
        "errors.py",
        "folding.py",
        "list_file.py",
        "reference_files.py",
        "rule.py",
    ),
    *("rule_entry.py", "rule_files.py", "rule_page.py", "rulebook.py", "toml_places.py", "user_rules.py"),
)
"""The code that makes the kept form: a newer one makes it stale, too."""


class _Kept(Struct, frozen=True, array_like=True):
    """What the cache file holds: the packed `rulebook`, and the code and the files that it was made from."""

    makers: tuple[tuple[str, int, int], ...]
    files: tuple[tuple[str, int, int], ...]
    own: tuple[Stamp, ...]
    checksum: int
    rulebook: bytes


_decoder = msgspec.msgpack.Decoder(_Kept)


def load_rulebook(folder: Path = KNOWLEDGE, cache: Path | None = None, users: Path | None = None) -> Rulebook:
    """The rulebook of `folder` with the rules of `users` (default: the user's config folder), from `cache`
    (a folder; default: the user's cache folder) when what is kept there is fresh.  Raises RuleError when
    one of our files is wrong, never because of the user's or of the cache."""
    cache = cache if cache is not None else _user_cache()
    users = users if users is not None else user_folder()
    both = os.fsencode(folder) + b"\0" + os.fsencode(users)
    path = cache / f"rules-{zlib.crc32(both):08x}.msgpack"
    files, own = _stamp(folder), stamps(users)
    kept = _read_kept(path, files, own)
    if kept is not None:
        return kept
    from bounce_tui.diagnosis.rule_files import compile_rulebook

    texts, faults = read_files(own)
    rulebook = compile_rulebook(((name, (folder / name).read_bytes()) for name, _, _ in files), texts, faults)
    _keep(path, files, own, rulebook)
    return rulebook


def knowledge_files() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each of our files."""
    return ((name, (KNOWLEDGE / name).read_bytes()) for name, _, _ in _stamp(KNOWLEDGE))


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    stamps = []
    for below in ("", "wordings/"):
        with contextlib.suppress(FileNotFoundError), os.scandir(folder / below) as entries:
            for entry in entries:
                if entry.name.endswith(".toml"):
                    stat = entry.stat()
                    stamps.append((below + entry.name, stat.st_size, stat.st_mtime_ns))
    return tuple(sorted(stamps))


def _makers() -> tuple[tuple[str, int, int], ...]:
    stamps = []
    for name in _MAKERS:
        stat = KNOWLEDGE.with_name(name).stat()
        stamps.append((name, stat.st_size, stat.st_mtime_ns))
    return tuple(stamps)


def _user_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("bounce-tui", appauthor=False)


def _read_kept(
    path: Path, files: tuple[tuple[str, int, int], ...], own: tuple[Stamp, ...]
) -> Rulebook | None:
    try:
        kept = _decoder.decode(path.read_bytes())
        if kept.files != files or kept.own != own or kept.makers != _makers():
            return None
        if zlib.crc32(kept.rulebook) != kept.checksum:
            return None
        return msgspec.msgpack.decode(kept.rulebook, type=Rulebook)
    except (OSError, msgspec.DecodeError):
        return None


def _keep(
    path: Path, files: tuple[tuple[str, int, int], ...], own: tuple[Stamp, ...], rulebook: Rulebook
) -> None:
    from tempfile import mkstemp

    packed = msgspec.msgpack.encode(rulebook)
    kept = _Kept(makers=_makers(), files=files, own=own, checksum=zlib.crc32(packed), rulebook=packed)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = mkstemp(prefix=".rules-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.msgpack.encode(kept))
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
