"""The table of cases, for people: fixed columns in a pipe, as wide as the terminal on one."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from bounce_tui.model import Case, Diagnosis, Failure
from bounce_tui.reporting.columns import fit, fit_end
from bounce_tui.reporting.date_text import minute
from bounce_tui.reporting.visible import visible, visible_path


class _Column(Struct, frozen=True):
    """A column of `piped` characters in a pipe.  On a terminal it has `fixed` ones, or takes its `share` of
    what the fixed columns leave."""

    name: str
    piped: int
    fixed: int = 0
    share: int = 0


_FILE = _Column("file", 0, share=4)
_WIDE = (
    _Column("date", 16, fixed=16),
    _Column("kind", 10, fixed=10),
    _Column("recipient", 32, share=5),
    _Column("reason", 20, fixed=20),
    _Column("code", 10, fixed=10),
    _Column("server", 30, share=4),
    _Column("subject", 40, share=4),
    _FILE,
)
_MIDDLE = tuple([column for column in _WIDE if column.name != "subject"])
_SMALL = tuple([column for column in _MIDDLE if column.name != "server"])
_NARROW = (
    _Column("date", 10, fixed=10),
    _Column("kind", 9, fixed=9),
    _Column("recipient", 20, share=3),
    _Column("reason", 14, fixed=14),
    _Column("code", 9, fixed=9),
    _Column("file", 0, share=2),
)
_FROM = ((160, _WIDE), (125, _MIDDLE), (100, _SMALL), (0, _NARROW))
"""What a terminal of so many columns has room for."""

_NARROWEST = 66


Layout = tuple[tuple[str, int], ...]
"""The names of the columns with their widths in characters; 0 for as many as the text needs."""

PIPED: Layout = tuple([(column.name, column.piped) for column in _WIDE])


def layout(width: int) -> Layout:
    """The columns for a terminal of `width` characters: no line is longer, as long as it has some 70."""
    columns = next(columns for least, columns in _FROM if width >= least)
    left = max(width, _NARROWEST) - sum(column.fixed for column in columns) - len(columns) + 1
    shares = sum(column.share for column in columns)
    widths = [column.fixed or left * column.share // shares for column in columns]
    # What rounding leaves over.
    widths[-1] += max(width, _NARROWEST) - sum(widths) - len(columns) + 1
    return tuple(zip([column.name for column in columns], widths, strict=True))


def table_header(columns: Layout = PIPED) -> bytes:
    """The head of the table."""
    return _line({name: name.upper() for name, _ in columns}, columns)


def table(cases: Sequence[Case], columns: Layout = PIPED) -> bytes:
    """One line a failure (a message without failures has one line too): "-" where there is nothing to say."""
    return b"".join([_line(cells, columns) for case in cases for cells in _rows(case)])


def _rows(case: Case) -> Iterator[dict[str, str]]:
    bounce = case.bounce
    whole = {
        "date": _time(bounce.date),
        "kind": bounce.kind,
        "server": bounce.reporting_mta or "",
        "reason": "error" if case.error else "",
        "subject": case.error or bounce.subject or "",
        "file": visible_path(case.message.file),
    }
    if not bounce.failures:
        yield whole
    for failure, diagnosis in zip(bounce.failures, case.diagnoses, strict=True):
        yield whole | _of_failure(failure, diagnosis, whole)


def _of_failure(failure: Failure, diagnosis: Diagnosis, whole: dict[str, str]) -> dict[str, str]:
    return {
        "date": _time(failure.date or failure.queued) or whole["date"],
        "kind": failure.action,
        "recipient": failure.recipient or "",
        "reason": diagnosis.reason,
        "code": " ".join(filter(None, (failure.reply_code, failure.status))),
        "server": failure.remote_mta or whole["server"],
    }


def _time(date: str | None) -> str:
    return minute(date or "")


def _line(cells: dict[str, str], columns: Layout) -> bytes:
    return (" ".join([_cell(name, cells.get(name) or "-", width) for name, width in columns]) + "\n").encode()


def _cell(name: str, text: str, width: int) -> str:
    if name == "date":
        # The day alone, where there is no room for more.
        text = text[:width]
    if name == _FILE.name:
        return fit_end(text, width).rstrip() if width else visible(text)
    return fit(text, width)
