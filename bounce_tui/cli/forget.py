"""`bounce-tui forget`: addresses out of what the state file remembers."""

from contextlib import closing

import click

from bounce_tui.cli.config_state import say_config_state
from bounce_tui.cli.streams import say, write
from bounce_tui.exit_status import SOME_INPUT_FAILED


@click.command(short_help="Forget what is remembered of addresses.")
@click.argument("addresses", metavar="[ADDRESS | @DOMAIN]...", nargs=-1)
@click.option("--all", "everybody", is_flag=True, help="Forget all of them, and all that checks found.")
def forget(addresses: tuple[str, ...], everybody: bool) -> int:
    """Forget what was reported of each ADDRESS, or with @DOMAIN of all addresses of a domain, and what
    checks found that names them.

    The app and the plain session remember the recipients of every report that they read, to say "this
    address failed twice before", and what checks found, for as many days as [memory] of the config says.
    States and notes stay: they are kept by the content of a mail.  A report that is read again is
    remembered again.
    """
    from bounce_tui.reporting.counted import counted
    from bounce_tui.reporting.visible import visible
    from bounce_tui.triage.store.location import is_there, set_aside, user_store
    from bounce_tui.triage.store.store import Store

    if everybody == bool(addresses):
        raise click.UsageError("Give either the addresses to forget or --all.")
    for address in addresses:
        if not address.strip("<> \t@"):
            raise click.UsageError(f"{visible(address) or repr(address)} is no address.")
    preferences, status = say_config_state()
    path = user_store()
    for aside in set_aside(path):
        say("was set aside and may name them; delete it yourself", str(aside))
        status = SOME_INPUT_FAILED
    if not is_there(path):
        write("Nothing is remembered of any address.\n")
        return status
    with closing(Store(path, preferences.memory_days)) as store:
        found = {"all addresses": store.forget_everybody()} if everybody else store.forget(addresses)
        trouble = store.trouble
    if trouble is not None:
        say(trouble)
        return SOME_INPUT_FAILED
    for address, number in found.items():
        write(f"{visible(address)}: {counted(number or 0, 'report')} forgotten.\n")
        if not number and "." in address and "@" not in address:
            say(f"nobody of that name; @{visible(address)} is the whole domain", address)
    return status
