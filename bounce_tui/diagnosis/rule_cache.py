"""The rules, compiled once and kept in the user's cache folder.

Reading the TOML takes some hundred milliseconds, the compiled form a few.  The cache is named after a
digest of the very files, so that any edit makes a new one; a cache that cannot be written is done
without, a damaged one is made anew.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from bounce_tui.diagnosis.rule import Rulebook
from bounce_tui.diagnosis.rule_files import compile_rulebook

KNOWLEDGE = Path(__file__).with_name("knowledge")
_FORM = b"bounce-tui rulebook 1"
"""Change the number when a struct of `rule` changes its fields."""

_DIGEST_SIZE = 16


def load_rulebook(folder: Path = KNOWLEDGE, cache: Path | None = None) -> Rulebook:
    """The rulebook of `folder`, from `cache` (default: the user's cache folder) when that is fresh.
    Raises RuleError when a file is wrong, never because of the cache."""
    files = _read(folder)
    digest = _digest(files)
    cache = cache if cache is not None else _user_cache()
    path = cache / f"rules-{digest.hex()}.msgpack"
    kept = _kept(path)
    if kept is not None:
        return kept
    rulebook = compile_rulebook(files)
    _keep(path, rulebook)
    return rulebook


def _read(folder: Path) -> list[tuple[str, bytes]]:
    found = []
    for path in sorted(folder.rglob("*.toml")):
        found.append((path.relative_to(folder).as_posix(), path.read_bytes()))
    return found


def _digest(files: Sequence[tuple[str, bytes]]) -> bytes:
    hashed = hashlib.blake2b(_FORM, digest_size=_DIGEST_SIZE)
    for name, content in files:
        hashed.update(f"{name}\0{len(content)}\0".encode())
        hashed.update(content)
    return hashed.digest()


def _user_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("bounce-tui", appauthor=False)


def _kept(path: Path) -> Rulebook | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    checksum, packed = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
    if hashlib.blake2b(packed, digest_size=_DIGEST_SIZE).digest() != checksum:
        return None
    try:
        return msgspec.msgpack.decode(packed, type=Rulebook)
    except msgspec.DecodeError:
        return None


def _keep(path: Path, rulebook: Rulebook) -> None:
    packed = msgspec.msgpack.encode(rulebook)
    checksum = hashlib.blake2b(packed, digest_size=_DIGEST_SIZE).digest()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=".rules-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(checksum + packed)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _forget_older(path)


def _forget_older(path: Path) -> None:
    for other in path.parent.glob("rules-*.msgpack"):
        if other != path:
            with contextlib.suppress(OSError):
                other.unlink()
