"""Options that several commands share, refused as wrong use before anything is read."""

import click


def _checked_nameserver(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        from bounce_tui.checks.dns.nameserver import NameserverError, parse_nameserver

        try:
            parse_nameserver(value)
        except NameserverError as error:
            raise click.BadParameter(str(error)) from None
    return value


def _checked_input(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        from bounce_tui.check_results import Inputs
        from bounce_tui.checks.planning.inputs import InputError, with_overrides

        try:
            with_overrides(Inputs(), **{str(parameter.name): value})
        except InputError as error:
            raise click.BadParameter(str(error)) from None
    return value


def _checked_ids(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    ids = tuple(filter(None, (value or "").split(",")))
    if value is not None and not ids:
        # An empty shell variable must not send every query there is.
        raise click.BadParameter("it names no check")
    if ids:
        from bounce_tui.check_results import Inputs
        from bounce_tui.checks.planning.plan import request

        try:
            request(ids, Inputs())
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return ids


nameserver_option = click.option(
    "--nameserver",
    metavar="IP[:PORT]",
    callback=_checked_nameserver,
    help="Ask this DNS server, not the system's.",
)
form_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people, or for programs: one object a line.",
    show_default=True,
)
index_option = click.option(
    "--index", type=click.IntRange(0), help="Which message of FILE, counted from 0; the first by default."
)
only_option = click.option(
    "--only",
    metavar="ID,...",
    callback=_checked_ids,
    help="Run these checks, planned or not: spf, ptr, mx, dnsbl:ZONE, dnsbl (all planned lists) ...",
)
sending_ip_option = click.option(
    "--ip",
    "sending_ip",
    metavar="IP",
    callback=_checked_input,
    help="The sending IP, where the bounce has it wrong.",
)
sender_option = click.option(
    "--sender",
    "envelope_sender",
    metavar="ADDR",
    callback=_checked_input,
    help="The envelope sender, where the bounce has it wrong.",
)

plain_option = click.option(
    "--plain", is_flag=True, help="Triage in lines of text, for screen readers and dumb terminals."
)
follow_option = click.option(
    "--follow", is_flag=True, help="Go on with the mail that comes: into Maildirs, folders, mboxes that grow."
)


def require_followable(paths: tuple[str, ...]) -> None:
    """Raise UsageError unless something among `paths` can be followed."""
    if all(path == "-" for path in paths):
        raise click.UsageError("--follow needs a file or folder: standard input ends by itself")
