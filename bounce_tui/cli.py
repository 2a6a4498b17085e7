"""The commands: each imports the rooms it needs when it runs, so that every one starts fast.

Exit status of every command: 0 done, 1 some input failed, 2 wrong use, 130 interrupted.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

import click

from bounce_tui import __version__

if TYPE_CHECKING:
    from bounce_tui.mailbox import Refusal
    from bounce_tui.model import Case, CheckResult, Inputs, Verdict

DONE, SOME_INPUT_FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

Paths = tuple[str, ...]


class DefaultToOpen(click.Group):
    """A group whose first argument may be a path: `bounce-tui inbox.mbox` opens the app on it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `open` before arguments that name no command."""
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "-h", "--version")):
            args = ["open", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=DefaultToOpen,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="[PATH... | COMMAND ...]",
)
@click.version_option(__version__, prog_name="bounce-tui")
def commands() -> None:
    """Triage e-mail bounces: why each failed, who must act, and whether the cause still holds.

    With PATHs (.eml files, folders, Maildirs, mboxes, pasted text, or - for standard input) the app
    opens on them.  A file that bears a command's name is given as ./NAME.
    """


def _checked_nameserver(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        from bounce_tui.checks.nameserver import NameserverError, parse_nameserver

        try:
            parse_nameserver(value)
        except NameserverError as error:
            raise click.BadParameter(str(error)) from None
    return value


def _checked_input(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        from bounce_tui.checks.inputs import InputError, with_overrides
        from bounce_tui.model import Inputs

        try:
            with_overrides(Inputs(), **{str(parameter.name): value})
        except InputError as error:
            raise click.BadParameter(str(error)) from None
    return value


def _checked_ids(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    ids = tuple(filter(None, (value or "").split(",")))
    if ids:
        from bounce_tui.checks.plan import request
        from bounce_tui.model import Inputs

        try:
            request(ids, Inputs())
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return ids


_nameserver = click.option(
    "--nameserver",
    metavar="IP[:PORT]",
    callback=_checked_nameserver,
    help="Ask this DNS server, not the system's.",
)
_json_or_text = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
_index = click.option(
    "--index", default=0, type=click.IntRange(0), help="Which message of FILE, counted from 0."
)


@commands.command("open", hidden=True)
@click.argument("paths", nargs=-1)
@_nameserver
def open_app(paths: Paths, nameserver: str | None) -> int:
    """Open the app on PATHS; where there is no terminal, print the table and say so."""
    if not paths and not sys.stdin.isatty():
        paths = ("-",)
    if not _has_screen():
        _say("no terminal here: printing the table (see `bounce-tui scan --help` for other forms)")
        return _scan(paths, "table", None)
    from bounce_tui.ui.run import run_app

    return run_app(paths, nameserver=nameserver)


@commands.command()
def demo() -> int:
    """Open the app on the samples, with every check answered by an embedded DNS server.

    Needs no network: the server runs on loopback and nothing leaves this machine.
    """
    from bounce_tui.demo.serving import serving
    from bounce_tui.locations import shipped

    samples = shipped("samples")
    with serving(samples / "zones") as nameserver:
        if _has_screen():
            from bounce_tui.ui.run import run_app

            return run_app((str(samples / "mail"),), nameserver=nameserver, demo=True)
        _say(f"no terminal here: printing the samples, their checks answered by {nameserver}")
        return _demo_as_text(samples / "mail", nameserver)


@commands.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["table", "ndjson", "csv"]), default="table")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes that read; by default as it pays.")
def scan(paths: Paths, form: Literal["table", "ndjson", "csv"], workers: int | None) -> int:
    """Read PATHS and print one record a message, in the order of the input."""
    return _scan(paths, form, workers)


@commands.command()
@click.argument("file")
@_index
def show(file: str, index: int) -> int:
    """Print one bounce as a person reads it."""
    from bounce_tui.reporting.person import show

    case = _one_case(file, index)
    if case is None:
        return SOME_INPUT_FAILED
    _write(show(case))
    return SOME_INPUT_FAILED if case.error else DONE


@commands.command()
@click.argument("reply", nargs=-1, required=True)
@_json_or_text
def explain(reply: Paths, form: str) -> int:
    """Diagnose an SMTP reply, such as "550 5.7.1 Relaying denied"; - reads it from standard input."""
    from bounce_tui.diagnosis import diagnose
    from bounce_tui.model import Bounce
    from bounce_tui.parsing import read_reply
    from bounce_tui.reporting import person
    from bounce_tui.reporting.record import failure_record, json_line

    text = _read_text(sys.stdin.buffer) if reply == ("-",) else " ".join(reply)
    if not text.strip():
        _say("there is no reply to explain")
        return SOME_INPUT_FAILED
    failure = read_reply(text)
    diagnosis = diagnose(failure, Bounce(kind="failed", failures=(failure,)))
    if form == "json":
        _write(json_line(failure_record(failure, diagnosis)))
    else:
        _write(person.explain(failure, diagnosis))
    return DONE


@commands.command()
@click.argument("file")
@_index
@click.option(
    "--only",
    metavar="ID,...",
    callback=_checked_ids,
    help="Run these checks, planned or not: spf, ptr, mx, dnsbl:ZONE ...",
)
@_nameserver
@click.option(
    "--ip",
    "sending_ip",
    metavar="IP",
    callback=_checked_input,
    help="The sending IP, where the bounce has it wrong.",
)
@click.option(
    "--sender",
    "envelope_sender",
    metavar="ADDR",
    callback=_checked_input,
    help="The envelope sender, where the bounce has it wrong.",
)
@_json_or_text
def check(
    file: str,
    index: int,
    only: tuple[str, ...],
    nameserver: str | None,
    sending_ip: str | None,
    envelope_sender: str | None,
    form: str,
) -> int:
    """Run the checks that the bounce in FILE calls for, and say whether its cause still holds."""
    from bounce_tui.reporting.findings import findings_json, findings_text

    case = _one_case(file, index)
    if case is None:
        return SOME_INPUT_FAILED
    if case.error:
        _say(case.error, file)
        return SOME_INPUT_FAILED
    if not case.bounce.is_bounce or not case.bounce.failures:
        _say(f"nothing to check: this message is {case.bounce.kind} ({case.bounce.because})", file)
        return SOME_INPUT_FAILED
    for inputs, results, verdict in _settle(case, nameserver, only, sending_ip, envelope_sender):
        if form == "json":
            _write(findings_json(file, inputs, results, verdict))
        else:
            _write(findings_text(inputs, results, verdict) + "\n")
    return DONE


def main() -> None:
    """Run the command line of this process and exit with its status."""
    try:
        status = commands.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = WRONG_USE
    except (KeyboardInterrupt, click.Abort):
        status = INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone: no more output, and no noise at shutdown either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = DONE
    sys.exit(status)


def _has_screen() -> bool:
    # Textual draws on standard error; standard output may be on its way into a pipe.
    return sys.stdout.isatty() and sys.stderr.isatty()


def _say(text: str, file: str | None = None) -> None:
    from bounce_tui.reporting.visible import visible, visible_path

    where = f"{visible_path(file)}: " if file is not None else ""
    click.echo(f"bounce-tui: {where}{visible(text)}", err=True)


def _refuse(refusals: Sequence["Refusal"]) -> None:
    for refusal in refusals:
        _say(refusal.reason, refusal.file)


def _write(output: bytes | str) -> None:
    data = output if isinstance(output, bytes) else output.encode("utf-8", "backslashreplace")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _read_text(stream: BinaryIO) -> str:
    # A reply of more than a megabyte is no reply.
    return stream.read(1 << 20).decode("utf-8", "replace")


def _forms() -> dict[str, tuple[Callable[[Sequence["Case"]], bytes], bytes]]:
    from bounce_tui.reporting import record, sheets

    return {
        "table": (sheets.table, sheets.table_header()),
        "ndjson": (record.ndjson, b""),
        "csv": (sheets.csv, sheets.csv_header()),
    }


def _scan(paths: Paths, form: str, workers: int | None) -> int:
    from bounce_tui.scan import convey

    writer, header = _forms()[form]
    status = DONE
    _write(header)
    for batch in convey(paths, writer, workers=workers, stdin=sys.stdin.buffer):
        _write(batch.output)
        if batch.refusals:
            status = SOME_INPUT_FAILED
            _refuse(batch.refusals)
    return status


def _one_case(file: str, index: int) -> "Case | None":
    from bounce_tui.mailbox import Refusal, open_sources, read_span
    from bounce_tui.scan import examine

    seen = 0
    for span in open_sources([file], sys.stdin.buffer):
        if isinstance(span, Refusal):
            _refuse([span])
            return None
        for found in read_span(span):
            if isinstance(found, Refusal):
                _refuse([found])
                continue
            if seen == index:
                return examine(*found)
            seen += 1
    if seen:
        _say(f"there is no message {index}: it holds {seen}, counted from 0", file)
    return None


def _settle(
    case: "Case",
    nameserver: str | None,
    only: tuple[str, ...] = (),
    sending_ip: str | None = None,
    envelope_sender: str | None = None,
) -> "list[tuple[Inputs, tuple[CheckResult, ...], Verdict]]":
    """Run the planned checks of each failed recipient of `case` and judge them."""
    import asyncio

    from bounce_tui.checks.inputs import gather, with_overrides
    from bounce_tui.checks.judge import judge
    from bounce_tui.checks.plan import plan, request
    from bounce_tui.checks.resolver import Resolver
    from bounce_tui.checks.run import run

    async def settle() -> "list[tuple[Inputs, tuple[CheckResult, ...], Verdict]]":
        found = []
        async with Resolver(nameserver) as lookup:
            for failure, diagnosis in zip(case.bounce.failures, case.diagnoses, strict=True):
                if failure.action not in ("failed", "delayed"):
                    continue
                inputs = with_overrides(
                    gather(case.bounce, failure), sending_ip=sending_ip, envelope_sender=envelope_sender
                )
                checks = plan(case.bounce, failure, diagnosis, inputs)
                if only:
                    planned = {one.id: one for one in checks}
                    checks = tuple(planned.get(one.id, one) for one in request(only, inputs))
                results = await run(checks, inputs, lookup)
                found.append((inputs, results, judge(diagnosis, inputs, results)))
        return found

    return asyncio.run(settle())


def _demo_as_text(mail: Path, nameserver: str) -> int:
    from bounce_tui.mailbox import Refusal, open_sources, read_span
    from bounce_tui.reporting.findings import findings_text
    from bounce_tui.reporting.person import show
    from bounce_tui.scan import examine

    status = DONE
    for span in open_sources([str(mail)]):
        for found in [span] if isinstance(span, Refusal) else read_span(span):
            if isinstance(found, Refusal):
                _refuse([found])
                status = SOME_INPUT_FAILED
                continue
            case = examine(*found)
            _write("=" * 78 + "\n" + show(case) + "\n")
            for inputs, results, verdict in _settle(case, nameserver):
                _write(findings_text(inputs, results, verdict) + "\n")
    return status
