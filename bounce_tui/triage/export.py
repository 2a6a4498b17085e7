"""Mails exported into a new file, in the form that its ending names."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from bounce_tui.reporting.counted import counted
from bounce_tui.reporting.entry import Entry
from bounce_tui.reporting.new_file import write_new

Bundle = Sequence[Entry]


class Exported(Struct, frozen=True):
    """What was written: so many octets, and of what, in words."""

    octets: int
    what: str


class Form(Struct, frozen=True):
    """A form of export: the `ending` of the file that asks for it, what it holds, what makes it of mails,
    and what it then is, in words."""

    ending: str
    sentence: str
    write: Callable[[Bundle], bytes]
    what: Callable[[Bundle, bytes], str]


# What writes is imported by the first export: the app offers the forms from its start.


def _handover(bundle: Bundle, *, redacted: bool = False) -> bytes:
    from bounce_tui.triage.requests import handover_of

    return handover_of(bundle, redacted=redacted).encode()


def _redacted(bundle: Bundle) -> bytes:
    return _handover(bundle, redacted=True)


def _records(bundle: Bundle) -> bytes:
    from bounce_tui.reporting.record import ndjson

    return ndjson([one.case for one in bundle])


def _sheet(bundle: Bundle) -> bytes:
    from bounce_tui.reporting.csv_text import csv, csv_header

    return csv_header() + csv([one.case for one in bundle])


def _dead(bundle: Bundle) -> bytes:
    from bounce_tui.reporting.handover import dead_addresses

    found = dead_addresses(one.case for one in bundle)
    if not found:
        raise ExportError("no address is dead by what these mails say: nothing was written")
    return found.encode()


def _mails(bundle: Bundle, data: bytes) -> str:
    return counted(len(bundle), "mail")


def _addresses(bundle: Bundle, data: bytes) -> str:
    number = data.count(b"\n")
    return f"{number:,} address{'' if number == 1 else 'es'} of {_mails(bundle, data)}"


FORMS = (
    Form(".md", "the hand-over for another team", _handover, _mails),
    Form(".redacted.md", "the hand-over without names", _redacted, _mails),
    Form(".ndjson", "one JSON record a mail", _records, _mails),
    Form(".csv", "a table for a spreadsheet", _sheet, _mails),
    Form(".txt", "the dead addresses, as a suppression list", _dead, _addresses),
)


class ExportError(Exception):
    """Nothing was written; the text says why, in one line."""


def form_of(path: str) -> Form:
    """The form that the ending of `path` names.  Raises ExportError where it names none, or where nothing but
    the ending is given: that would be the name of a hidden file."""
    stem, form = parted(path)
    if form is None:
        endings = ", ".join(form.ending for form in FORMS)
        raise ExportError(f"the ending says what to write: {endings}")
    if lacks_name(stem):
        raise ExportError(f"the file wants a name before {form.ending}")
    return form


def parted(path: str) -> tuple[str, Form | None]:
    """`path` without the longest ending that names a form, and that form, None where there is none."""
    found = [form for form in FORMS if path.lower().endswith(form.ending)]
    if not found:
        return path, None
    form = max(found, key=lambda form: len(form.ending))
    return path[: -len(form.ending)], form


def lacks_name(stem: str) -> bool:
    """Whether `stem`, a path without its ending, names at most a folder."""
    return not stem.rpartition(os.sep)[2].strip()


def free_name(path: str) -> str:
    """`path`, or, where that is there already, the first of "bounces-2.md", "bounces-3.md" that is not."""
    ending = form_of(path).ending
    stem = path[: -len(ending)]
    names = (path, *(f"{stem}-{number}{ending}" for number in range(2, 1000)))
    return next((name for name in names if not os.path.lexists(_place(name))), path)


def export(path: str, bundle: Bundle) -> Exported:
    """Write `bundle` to `path`, a file that is not there yet and that only its owner may read.  Raises
    ExportError."""
    form = form_of(path)
    data = form.write(bundle)
    target = _place(path)
    try:
        write_new(target, data)
    except FileExistsError:
        raise ExportError(f"{path} is there already; nothing is ever overwritten") from None
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror}") from None
    return Exported(len(data), form.what(bundle, data))


def _place(path: str) -> Path:
    """The file that `path` means; "~" and "~name" are home folders.  Raises ExportError."""
    if "\0" in path:
        raise ExportError("the name of a file cannot hold a NUL")
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise ExportError(f"cannot write {path}: there is no such user") from None
