"""The command line: its commands, and `open`, which is meant where none is named.

Each command imports what it needs when it runs, so that every one starts fast.
"""

import os

import click

from bounce_tui import __version__
from bounce_tui.cli.check import check
from bounce_tui.cli.config import config
from bounce_tui.cli.demo import demo
from bounce_tui.cli.explain import explain
from bounce_tui.cli.forget import forget
from bounce_tui.cli.options import follow_option, nameserver_option, plain_option, require_followable
from bounce_tui.cli.plain import is_plain_by_itself, run_plain
from bounce_tui.cli.rules import rules
from bounce_tui.cli.scan import follow_paths, scan, scan_paths
from bounce_tui.cli.show import show
from bounce_tui.cli.streams import has_piped_input, has_screen, say
from bounce_tui.cli.testmail import testmail
from bounce_tui.exit_status import SOME_INPUT_FAILED
from bounce_tui.regex import regex

Paths = tuple[str, ...]

_REPLY = regex(r"[245]\d\d(?:[ -]|\Z)")


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
    opens on them.  --nameserver IP[:PORT] asks that DNS server, --follow goes on with the mail that
    comes, and --plain makes it lines of text for screen readers.  A file that bears a command's name
    is given as ./NAME.
    """


commands.add_command(check)
commands.add_command(config)
commands.add_command(demo)
commands.add_command(explain)
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
    if plain or is_plain_by_itself():
        return run_plain(paths, nameserver, follow=follow)
    if not has_screen():
        say("no terminal here: printing the table (see `bounce-tui scan --help` for other forms)")
        return follow_paths(paths, "table") if follow else scan_paths(paths, "table")
    from bounce_tui.ui.run import run_app

    return run_app(paths, nameserver=nameserver, follow=follow)


def _command_meant(paths: Paths) -> str | None:
    """The command that the first of `paths` looks like, or that reads what it looks like, where it is no
    path."""
    if not paths or os.path.lexists(paths[0]):
        return None
    if _REPLY.match(paths[0]):
        return explain.name
    from difflib import get_close_matches

    names = (name for name, command in commands.commands.items() if not command.hidden)
    return next(iter(get_close_matches(paths[0][:40], names, n=1, cutoff=0.75)), None)
