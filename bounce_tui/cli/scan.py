"""`bounce-tui scan`: one record a message, once through the mail or for ever."""

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Literal

import click

from bounce_tui.cli.options import follow_option, require_followable
from bounce_tui.cli.streams import refuse, standard_input, terminal_width, write
from bounce_tui.exit_status import DONE, SOME_INPUT_FAILED

if TYPE_CHECKING:
    from bounce_tui.model import Case, Message
    from bounce_tui.scan.examiner import LocalExaminer

Form = Literal["table", "ndjson", "csv"]
Paths = tuple[str, ...]


@click.command(short_help="Print what PATHS hold: as a table, as NDJSON or as CSV.")
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "ndjson", "csv"]),
    default="table",
    help="One line a failed recipient, or, as NDJSON, one record a message.",
    show_default=True,
)
@click.option("--workers", type=click.IntRange(1, 256), help="Processes that read; by default as needed.")
@follow_option
def scan(paths: Paths, form: Form, workers: int | None, follow: bool) -> int:
    """Read PATHS and print what is in them, in the order of the input.

    With --follow it goes on until ctrl+c.  Each mail is printed once, when it has come; nothing more
    where its file moves or its mbox is rewritten.  A mail that was read before its end was written is
    printed again once it says other things: in NDJSON with "replaces", the file, index and offset of
    the line that this one stands for.
    """
    if not follow:
        return scan_paths(paths, form, workers)
    require_followable(paths)
    return follow_paths(paths, form, workers)


def scan_paths(paths: Paths, form: Form, workers: int | None = None) -> int:
    """Print what is read at `paths`; the exit status."""
    from bounce_tui.scan import convey

    writer, header = _forms()[form]
    examiner, status = _examiner()
    if form == "csv":
        # A sheet of no rows is still a sheet; a table of none is not worth its head.
        write(header)
        header = b""
    stdin = standard_input()
    for batch in convey(paths, writer, workers=workers, stdin=stdin, at_once=False, examiner=examiner):
        if batch.output:
            write(header + batch.output)
            header = b""
        if batch.refusals:
            status = SOME_INPUT_FAILED
            refuse(batch.refusals)
    return status


def follow_paths(paths: Paths, form: Form, workers: int | None = None) -> int:
    """Print what is read at `paths` and what comes there, until the process is told to end."""
    from bounce_tui.mailbox import StandardInput
    from bounce_tui.mailbox.watching import Watch
    from bounce_tui.reporting.record import correction
    from bounce_tui.scan.batch import Batch
    from bounce_tui.scan.following import Settled, follow
    from bounce_tui.triage.followed_output import FollowedOutput, followed_form

    writer, header = _forms()[form]
    write(header)
    stream = standard_input()
    stdin = StandardInput(stream) if stream else None
    examiner, status = _examiner()
    mails = FollowedOutput(correction if form == "ndjson" else _printed_again)
    with closing(Watch(paths)) as watch:
        form_ = followed_form(writer)
        for news in follow(
            paths, form_, watch, workers=workers, stdin=stdin, at_once=False, examiner=examiner
        ):
            if isinstance(news, Batch):
                if lines := mails.arrive(news.output):
                    write(lines)
                refuse(news.refusals)
            elif isinstance(news, Settled):
                # What seems gone may be the message that is still being written.
                if not news.waits:
                    mails.settle()
                refuse(news.unwatched)
            else:
                mails.files_changed(news.gone, news.moved)
    return status


def _examiner() -> "tuple[LocalExaminer, int]":
    """Who reads the mail, with what the config says of the admin's own servers, and the exit status that
    follows from the config.  Most have none, and wait for none."""
    from bounce_tui.config.reading import read_config
    from bounce_tui.scan.examiner import LOCAL_EXAMINER, LocalExaminer

    if not read_config().exists:
        return LOCAL_EXAMINER, DONE
    from bounce_tui.cli.config_state import say_config_state

    preferences, status = say_config_state()
    return LocalExaminer(preferences.own), status


def _printed_again(line: bytes, told: "Message") -> bytes:
    """A line of a form that has no place for what it replaces."""
    return line


def _forms() -> dict[str, tuple[Callable[[Sequence["Case"]], bytes], bytes]]:
    from bounce_tui.reporting import csv_text, record, table_text

    width = terminal_width()
    columns = table_text.PIPED if width is None else table_text.layout(width)
    return {
        "table": (partial(table_text.table, columns=columns), table_text.table_header(columns)),
        "ndjson": (record.ndjson, b""),
        "csv": (csv_text.csv, csv_text.csv_header()),
    }
