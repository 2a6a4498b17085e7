"""The commands: each imports what it needs when it runs, so that every one starts fast."""

import os
from typing import TYPE_CHECKING

import click

from bounce_tui import __version__
from bounce_tui.cli.config import config
from bounce_tui.cli.config_state import say_config_state
from bounce_tui.cli.forget import forget
from bounce_tui.cli.one_message import messages, one_message
from bounce_tui.cli.options import (
    follow_option,
    form_option,
    index_option,
    nameserver_option,
    only_option,
    plain_option,
    require_followable,
    sender_option,
    sending_ip_option,
)
from bounce_tui.cli.pasted import pasted_text
from bounce_tui.cli.rule_state import say_rule_state
from bounce_tui.cli.rules import rules
from bounce_tui.cli.scan import follow_paths, scan, scan_paths
from bounce_tui.cli.show import show
from bounce_tui.cli.streams import (
    has_piped_input,
    has_screen,
    say,
    write,
)
from bounce_tui.cli.testmail import testmail
from bounce_tui.exit_status import SOME_INPUT_FAILED

if TYPE_CHECKING:
    from bounce_tui.checks.planning.own import Own
    from bounce_tui.model import Case

Paths = tuple[str, ...]


class DefaultToOpen(click.Group):
    """A group whose first argument may be a path: `bounce-tui inbox.mbox` opens the app on it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `open` before arguments that name no command; the demo takes `--plain` on either side."""
        if args[:2] == ["--plain", "demo"]:
            args = ["demo", "--plain", *args[2:]]
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
    opens on them; --nameserver IP[:PORT] behind them asks that DNS server, --follow goes on with the
    mail that comes, and --plain makes it lines of text for screen readers.  A file that bears a
    command's name is given as ./NAME.
    """


commands.add_command(config)
commands.add_command(forget)
commands.add_command(rules)
commands.add_command(scan)
commands.add_command(show)
commands.add_command(testmail)


@commands.command("open", hidden=True)
@click.argument("paths", nargs=-1)
@plain_option
@follow_option
@nameserver_option
def open_app(paths: Paths, plain: bool, follow: bool, nameserver: str | None) -> int:
    """Open the app on PATHS; where there is no terminal, print the table and say so."""
    if meant := _command_meant(paths):
        say(f"no such file or folder; did you mean `{meant}`?", paths[0])
        return SOME_INPUT_FAILED
    if not paths and has_piped_input() and not plain:
        paths = ("-",)
    if follow:
        require_followable(paths)
    if plain or _is_plain_by_itself():
        from bounce_tui.cli.plain import run_plain

        return run_plain(paths, nameserver, follow=follow)
    if not has_screen():
        say("no terminal here: printing the table (see `bounce-tui scan --help` for other forms)")
        return follow_paths(paths, "table") if follow else scan_paths(paths, "table")
    from bounce_tui.ui.run import run_app

    return run_app(paths, nameserver=nameserver, follow=follow)


def _command_meant(paths: Paths) -> str | None:
    """The command that the first of `paths` looks like, where it is no path."""
    if not paths or os.path.lexists(paths[0]):
        return None
    from difflib import get_close_matches

    names = (name for name, command in commands.commands.items() if not command.hidden)
    return next(iter(get_close_matches(paths[0][:40], names, n=1, cutoff=0.75)), None)


def _is_plain_by_itself() -> bool:
    """Whether whoever sits at the terminal wants lines of text without having said so here."""
    if not has_screen():
        return False
    if os.environ.get("TERM") == "dumb":
        say("TERM is dumb: triage in lines of text")
        return True
    from bounce_tui.config.reading import read_config

    return read_config().settings.display.plain


@commands.command(short_help="Open the app on samples; needs no network.")
@plain_option
def demo(plain: bool) -> int:
    """Open the app on the samples, with every check answered by an embedded DNS server.

    Needs no network: the server runs on loopback and nothing leaves this machine.  Nothing is kept.
    """
    from bounce_tui.demo.serving import serving
    from bounce_tui.demo.tour import tour
    from bounce_tui.locations import shipped

    samples = shipped("samples")
    places = tour(samples / "mail")
    with serving(samples / "zones") as nameserver:
        if plain or _is_plain_by_itself():
            from bounce_tui.cli.plain import run_plain

            return run_plain(places, nameserver, demo=True)
        if has_screen():
            from bounce_tui.ui.run import run_app

            return run_app(places, nameserver=nameserver, demo=True)
        say(f"no terminal here: printing the samples, their checks answered by {nameserver}")
        return _demo_as_text(places, nameserver)


@commands.command(short_help="Say what an SMTP reply means and what to do.")
@click.argument("reply", nargs=-1, required=True)
@form_option
def explain(reply: Paths, form: str) -> int:
    """Diagnose an SMTP reply, such as "550 5.7.1 Relaying denied", or lines of a mail log that hold one.

    - reads them from standard input.  Of more than 20 recipients the text tells of one for each cause.

    Exit status 1: there is no text, only its beginning was read, or it is neither a refusal nor any other
    reply of a server.
    """
    from msgspec.structs import replace

    from bounce_tui.diagnosis.diagnostician import diagnostician
    from bounce_tui.diagnosis.pasted import HOLDS_NONE, REFUSES_NOTHING, diagnose_pasted, with_actions
    from bounce_tui.hints.hinting import hint
    from bounce_tui.model import Case, Message
    from bounce_tui.parsing import read_pasted
    from bounce_tui.reporting import bounce_text
    from bounce_tui.reporting.one_of_each import one_of_each
    from bounce_tui.reporting.record import failure_record, json_line

    pasted = pasted_text(reply, "explain")
    if pasted is None:
        return SOME_INPUT_FAILED
    preferences, wrong = say_config_state()
    status = say_rule_state() or wrong
    bounce = with_actions(diagnostician(), read_pasted(pasted.text))
    diagnoses = tuple([diagnose_pasted(diagnostician(), failure, bounce) for failure in bounce.failures])
    case = Case(Message("-"), bounce, diagnoses)
    told = range(len(diagnoses)) if form == "json" else one_of_each(case)
    for number in told:
        failure, diagnosis = bounce.failures[number], diagnoses[number]
        if form == "json":
            record = failure_record(bounce, failure, diagnosis)
            # What was pasted tells of no action, and "failed" would be invented.
            write(json_line(replace(record, action=None) if diagnosis.rule in REFUSES_NOTHING else record))
            continue
        if number:
            write("\n")
        write(bounce_text.explain(failure, diagnosis, hint(case, number, own=preferences.own.domains)))
    if left := len(diagnoses) - len(told):
        say(f"{left:,} more recipients are left out: --format json names each")
    holds_none = all(diagnosis.rule in HOLDS_NONE for diagnosis in diagnoses)
    return SOME_INPUT_FAILED if holds_none or not pasted.is_whole else status


@commands.command(short_help="Run the checks of the bounce in FILE, and end in a verdict.")
@click.argument("file")
@index_option
@only_option
@nameserver_option
@sending_ip_option
@sender_option
@form_option
def check(
    file: str,
    index: int | None,
    only: tuple[str, ...],
    nameserver: str | None,
    sending_ip: str | None,
    envelope_sender: str | None,
    form: str,
) -> int:
    """Run the checks that the bounce in FILE calls for, and say whether its cause still holds.

    Exit status 1: FILE is no bounce that can be read, or not one check was answered.

    Who will see each query is said on standard error before it is sent.  Where the app keeps states and
    notes, what came out is kept too, for the next run to compare with, whichever server was asked.
    """
    from bounce_tui.checks.dns.nameserver import NameserverError
    from bounce_tui.cli.settling import Announcer, could_check, keep, say_what_is_missing, settle
    from bounce_tui.reporting.findings import findings_json, findings_text
    from bounce_tui.triage.store.location import user_store

    preferences, wrong = say_config_state()
    status = say_rule_state() or wrong
    case = _case_to_check(file, index, preferences.own)
    if case is None:
        return SOME_INPUT_FAILED
    try:
        works = settle(
            case,
            nameserver or preferences.nameserver,
            only=only,
            sending_ip=sending_ip,
            envelope_sender=envelope_sender,
            announce=Announcer(),
            own=preferences.own,
        )
    except NameserverError as error:
        say(f"{error}: name one with --nameserver")
        return SOME_INPUT_FAILED
    keep(works, user_store(), preferences.memory_days)
    for work in works:
        if found := work.findings():
            write(findings_json(file, *found) if form == "json" else findings_text(*found) + "\n")
    say_what_is_missing(works)
    if not could_check(works):
        say("nothing could be checked: not one check was answered", file)
        return SOME_INPUT_FAILED
    return status


def _case_to_check(file: str, index: int | None, own: "Own") -> "Case | None":
    """The bounce asked for, read and diagnosed; says why where there is none."""
    from bounce_tui.reporting.bounce_text import KINDS
    from bounce_tui.scan import examine

    found = one_message(file, index)
    if found is None:
        return None
    case = examine(*found, own=own)
    if case.error:
        say(case.error, file)
        return None
    if not case.bounce.is_bounce or not case.bounce.failures:
        say(f"nothing to check: {KINDS[case.bounce.kind]} ({case.bounce.because})", file)
        return None
    return case


def _demo_as_text(places: Paths, nameserver: str) -> int:
    from bounce_tui.cli.settling import settle
    from bounce_tui.cli.show import reading
    from bounce_tui.reporting.findings import findings_text
    from bounce_tui.scan import examine

    status = say_rule_state()
    for message, raw in messages(*places):
        case = examine(message, raw)
        write("=" * 78 + "\n" + reading(case, raw) + "\n")
        for work in settle(case, nameserver):
            if found := work.findings():
                write(findings_text(*found) + "\n")
    return status
