"""Attachments that filters forbid, as far as names and types tell; nothing is unpacked."""

from collections.abc import Iterable, Iterator

from bounce_tui.hints.byte_sizes import amount
from bounce_tui.hints.note import Note
from bounce_tui.hints.odd_characters import is_invisible, named
from bounce_tui.hints.tables import attachments
from bounce_tui.opened_message import Part
from bounce_tui.regex import regex

_MOST_NAMED = 12
_LONGEST_NAME = 120
_READ = 2000
_FILE_NAME = regex(r"(?<![\w.@-])[\w-][\w.-]{0,100}\.[A-Za-z][\w-]{1,12}(?![\w@-]|\.\w)")
_TOP_LEVEL = ("com", "app", "pl", "py", "ps", "rev", "zip", "prf", "cab")


def attachment_notes(parts: Iterable[Part]) -> Iterator[Note]:
    """A note for each part that a filter may refuse, then one that counts the rest."""
    plain, named_so_far = [], 0
    for part in parts:
        words = _why(part)
        if words is None:
            if part.filename is not None:
                plain.append(part)
        elif named_so_far < _MOST_NAMED:
            named_so_far += 1
            yield Note("attachments", f"{_name(part)}: {words}", odd=True)
        else:
            plain.append(part)
    if plain:
        total = sum(part.size for part in plain)
        names = ", ".join(_name(part) for part in plain[:3])
        more = f" and {len(plain) - 3} more" if len(plain) > 3 else ""
        yield Note("attachments", f"{names}{more}: {amount(total)}")


def named_in_reply(reply: str, parts: Iterable[Part]) -> Iterator[Note]:
    """A note for each forbidden file that the reply names and that did not come back."""
    known = {(part.filename or "").lower() for part in parts}
    seen: set[str] = set()
    for found in _FILE_NAME.finditer(reply[:_READ]):
        name = found[0]
        ending = name.rpartition(".")[2].lower()
        forbidding = _forbidding(ending)
        # Hosts end like files of a few types.
        if not forbidding or ending in _TOP_LEVEL or name.lower() in known or name.lower() in seen:
            continue
        if len(seen) >= _MOST_NAMED:
            return
        seen.add(name.lower())
        yield Note("attachments", f"{name}, which the reply names: .{ending} {_by(forbidding)}", odd=True)


def _why(part: Part) -> str | None:
    """What a filter may have against `part`, None for nothing."""
    table = attachments()
    name = (part.filename or "").lower()[-_LONGEST_NAME:]
    hidden = [char for char in name if is_invisible(char) and char != " "]
    if hidden:
        return f"its name holds {named(hidden[0])}"
    # Windows drops dots and blanks at the end of a name, and so do filters.
    pieces = [piece.strip() for piece in name.rstrip(". ").split(".")[1:]]
    ending = pieces[-1] if pieces else table.types.get(part.content_type, "")
    inner = next((piece for piece in reversed(pieces[:-1]) if _forbidding(piece)), None)
    forbidding = _forbidding(ending)
    if ending in table.archives and inner is not None:
        return f"by its name there is a .{inner} inside, which {_by(_forbidding(inner))}"
    if forbidding:
        words = f".{ending} {_by(forbidding)}"
        if len(pieces) > 1 and pieces[-2] in table.disguises:
            words += f", all the more behind .{pieces[-2]}"
        return words
    if ending in table.archives:
        return "an archive: refused where a forbidden file is inside, or a password keeps the filter out"
    return None


def _forbidding(ending: str) -> list[str]:
    return [one.name for one in attachments().filter if ending in one.extensions]


def _by(names: list[str]) -> str:
    several = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"is refused by {several}"


def _name(part: Part) -> str:
    name = part.filename or f"a part without a name ({part.content_type})"
    return name if len(name) <= _LONGEST_NAME else f"{name[:40]}…{name[-60:]}"
