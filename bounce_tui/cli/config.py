"""`bounce-tui config`: where the config lies, and what is in force."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bounce_tui.cli.streams import refuse, write
from bounce_tui.exit_status import DONE, SOME_INPUT_FAILED

if TYPE_CHECKING:
    from bounce_tui.ui.preferences import AppPreferences

_COLUMN = 34


@click.command(short_help="Print the settings in force, and where yours lie.")
@click.option("--example", is_flag=True, help="Print a commented example to begin with.")
def config(example: bool) -> int:
    """Print where your config lies and what is in force, each setting with "default" or "yours".

    What is printed is itself a config that says the same.  Ends with status 1 where something in the
    file is wrong; the rest of it counts.
    """
    from bounce_tui.config import reading
    from bounce_tui.mailbox import Refusal
    from bounce_tui.ui.preferences import read_app_preferences

    if example:
        write(reading.example())
        return DONE
    preferences = read_app_preferences()
    refuse(Refusal(fault.file, fault.words) for fault in preferences.faults)
    write("\n".join(_lines(preferences)) + "\n")
    return SOME_INPUT_FAILED if preferences.faults else DONE


def _lines(preferences: "AppPreferences") -> Iterator[str]:
    from bounce_tui.reporting.visible import visible_path
    from bounce_tui.ui.actions import SCOPES
    from bounce_tui.ui.key_names import key_name
    from bounce_tui.ui.themes import TERMINAL, theme_words

    yield f"# {visible_path(preferences.file)}"
    if preferences.exists:
        yield "# is read. In force:"
    else:
        yield "# does not exist: the defaults are in force (--example prints one to begin with)."
    yield from ("", "[sender]")
    own = preferences.own
    addresses = [str(net.network_address if net.num_addresses == 1 else net) for net in own.networks]
    yield _setting("ips", addresses, yours=bool(addresses), more="where your mail leaves from")
    yield _setting("domains", own.domains, yours=bool(own.domains), more="your own domains")
    yield from ("", "[dns]")
    if preferences.nameserver:
        yield _setting("nameserver", preferences.nameserver, yours=True)
    else:
        yield "# nameserver: the system's".ljust(_COLUMN) + "# default"
    yield from ("", "[lists]")
    if own.keys:
        yield from (
            f"# {account}: a key of yours, not shown".ljust(_COLUMN) + "# yours" for account in own.keys
        )
    else:
        yield "# no keys of blocklists".ljust(_COLUMN) + "# default"
    yield from ("", "[display]")
    plain = f"plain = {'true' if preferences.plain else 'false'}".ljust(_COLUMN)
    yield f"{plain} # {'yours' if preferences.plain else 'default'}: lines of text in place of the app"
    yours = preferences.theme != TERMINAL
    yield _setting("theme", preferences.theme, yours=yours, more=theme_words(preferences.theme))
    yield from ("", "[filters]")
    for name, text in preferences.filters.items():
        yield _setting(name, text, yours=True)
    if not preferences.filters:
        yield "# none saved".ljust(_COLUMN) + "# default"
    yield from ("", "[keys]")
    for scope, title in SCOPES.items():
        yield f"# {title}"
        for action in preferences.keys.actions:
            if action.scope == scope:
                keys = [key_name(key) for key in action.keys]
                yield _setting(
                    action.id,
                    keys[0] if len(keys) == 1 else keys or "",
                    yours=action.id in preferences.keys.moved,
                    more=action.description,
                )


def _setting(name: str, value: str | Sequence[str], *, yours: bool, more: str = "") -> str:
    from bounce_tui.reporting.visible import visible

    shown = _quoted(value) if isinstance(value, str) else f"[{', '.join(map(_quoted, value))}]"
    line = visible(f"{_key(name)} = {shown}").ljust(_COLUMN)
    return f"{line} # {'yours' if yours else 'default'}" + (f": {more}" if more else "")


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _quoted(name)


def _quoted(text: str) -> str:
    # A string of JSON is one of TOML, too.
    return json.dumps(text, ensure_ascii=False)
