"""Mails exported into a new file, in the form that its ending names."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from bounce_tui.reporting.entry import Entry
from bounce_tui.reporting.new_file import write_new

Bundle = Sequence[Entry]


class Form(Struct, frozen=True):
    """A form of export: the `ending` of the file that asks for it, and what it holds."""

    ending: str
    sentence: str
    write: Callable[[Bundle], bytes]


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


FORMS = (
    Form(".md", "the hand-over for another team", _handover),
    Form(".redacted.md", "the hand-over without names", _redacted),
    Form(".ndjson", "one record a mail", _records),
    Form(".csv", "for a spreadsheet", _sheet),
    Form(".txt", "dead addresses, to stop sending to", _dead),
)


class ExportError(Exception):
    """Nothing was written; the text says why, in one line."""


def form_of(path: str) -> Form:
    """The form that the ending of `path` names, the longest that fits.  Raises ExportError."""
    found = [form for form in FORMS if path.lower().endswith(form.ending)]
    if not found:
        endings = ", ".join(form.ending for form in FORMS)
        raise ExportError(f"the ending says what to write: {endings}")
    return max(found, key=lambda form: len(form.ending))


def free_name(path: str) -> str:
    """`path`, or, where that is there already, the first of "bounces-2.md", "bounces-3.md" that is not."""
    ending = form_of(path).ending
    stem = path[: -len(ending)]
    names = (path, *(f"{stem}-{number}{ending}" for number in range(2, 1000)))
    return next((name for name in names if not os.path.lexists(_place(name))), path)


def export(path: str, bundle: Bundle) -> int:
    """Write `bundle` to `path`, a file that is not there yet and that only its owner may read; the number
    of octets.  Raises ExportError."""
    form = form_of(path)
    data = form.write(bundle)
    target = _place(path)
    try:
        write_new(target, data)
    except FileExistsError:
        raise ExportError(f"{path} is there already; nothing is ever overwritten") from None
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror}") from None
    return len(data)


def _place(path: str) -> Path:
    """The file that `path` means; "~" and "~name" are home folders.  Raises ExportError."""
    if "\0" in path:
        raise ExportError("the name of a file cannot hold a NUL")
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise ExportError(f"cannot write {path}: there is no such user") from None
