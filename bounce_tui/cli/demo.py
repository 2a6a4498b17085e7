"""`bounce-tui demo`: the app on samples, their checks answered by a DNS server of its own."""

import click

from bounce_tui.cli.one_message import messages
from bounce_tui.cli.options import plain_option
from bounce_tui.cli.plain import is_plain_by_itself, run_plain
from bounce_tui.cli.rule_state import say_rule_state
from bounce_tui.cli.streams import has_screen, say, write


@click.command(short_help="Open the app on samples; needs no network.")
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
        if plain or is_plain_by_itself():
            return run_plain(places, nameserver, demo=True)
        if has_screen():
            from bounce_tui.ui.run import run_app

            return run_app(places, nameserver=nameserver, demo=True)
        say(f"no terminal here: printing the samples, their checks answered by {nameserver}")
        return _as_text(places, nameserver)


def _as_text(places: tuple[str, ...], nameserver: str) -> int:
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
