"""The header fields by which a report describes the mail that failed: nobody's words about why."""

from bounce_tui.parsing.words.failing import says_failing
from bounce_tui.parsing.words.field_words import field_words
from bounce_tui.regex import regex

_FEWEST = 2
_MESSAGE_ID = "message-id"
_SUBJECT = "Subject: "
_MOST_PARTS = 50
_WORD = regex(r"[^\W\d_]{3}")


def without_description(text: str) -> str:
    """`text` without the lines that are fields of a mail, where at least two different ones stand together;
    all of it where nothing else says anything."""
    if text.count(":") + text.count("：") < _FEWEST:
        return text
    kept: list[str] = []
    lines: list[str] = []
    fields: set[str] = set()
    for line in (*text.split("\n"), ""):
        field = _field(line)
        if field is not None or (fields and _goes_on(line, lines[-1])):
            fields |= {field} if field else set()
            lines.append(line)
            continue
        if len(fields) < _FEWEST:
            kept += lines
        elif kept and _is_its_name(kept[-1]):
            kept.pop()
        lines, fields = [], set()
        kept.append(line)
    rest = "\n".join(kept[:-1])
    return rest if _WORD.search(rest) else text


def is_description(words: str) -> bool:
    """True where `words`, joined to one line, begin with a field of a mail, hold another, and speak of no
    failure."""
    parts = words.replace("：", ":").split(":")[:_MOST_PARTS]
    if len(parts) <= _FEWEST or _field_named(parts[0]) is None:
        return False
    named = {_field_named(part.rpartition(" ")[2]) for part in parts[1:-1]} | {_field_named(parts[0])}
    return len(named - {None}) >= _FEWEST and not says_failing(words)


def begins_with_subject(words: str) -> bool:
    """True where `words` begin with the subject of a mail, behind which nobody can tell where it ends."""
    label, colon, _ = words.replace("：", ":").partition(":")
    return bool(colon) and _field_named(label) == _SUBJECT


def _field(line: str) -> str | None:
    """The field of a mail that `line` is, be it behind the words that announce it ("Your message: Subject:
    ...")."""
    for part in line.replace("：", ":").split(":", 2)[:2] if ":" in line or "：" in line else ():
        name = _field_named(part)
        if name is not None:
            return name
    return None


def _field_named(label: str) -> str | None:
    name = "".join(label.split()).strip("*>|-").lower()
    return field_words().get(name) or (name if name == _MESSAGE_ID else None)


def _goes_on(line: str, field: str) -> bool:
    """True for a line that stands deeper than the `field` above it, which goes on with it."""
    return bool(line.strip()) and _indent(line) > _indent(field)


def _indent(line: str) -> int:
    line = line.expandtabs()
    return len(line) - len(line.lstrip())


def _is_its_name(line: str) -> bool:
    """True for what a filter calls the message, "Message: 4f2a.mml", above the fields."""
    label, colon, value = line.partition(":")
    return bool(colon) and label.strip().lower() == "message" and len(value.split()) == 1
