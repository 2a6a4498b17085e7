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

    yield f"# {visible_path(preferences.file)}"
    if preferences.exists:
        yield "# is read. In force:"
    else:
        yield "# does not exist: the defaults are in force (--example prints one to begin with)."
    for section, lines in (
        ("sender", _sender),
        ("dns", _dns),
        ("lists", _lists),
        ("display", _display),
        ("memory", _memory),
        ("filters", _filters),
        ("keys", _keys),
    ):
        yield from ("", f"[{section}]", *lines(preferences))


def _sender(preferences: "AppPreferences") -> Iterator[str]:
    own = preferences.own
    addresses = [str(net.network_address if net.num_addresses == 1 else net) for net in own.networks]
    yield _setting("ips", addresses, yours=bool(addresses), more="where your mail leaves from")
    yield _setting("domains", own.domains, yours=bool(own.domains), more="your own domains")


def _dns(preferences: "AppPreferences") -> Iterator[str]:
    if preferences.nameserver:
        yield _setting("nameserver", preferences.nameserver, yours=True)
    else:
        yield _line("# nameserver: the system's", yours=False)


def _lists(preferences: "AppPreferences") -> Iterator[str]:
    for account in preferences.own.keys:
        yield _line(f"# {account}: a key of yours, not shown", yours=True)
    if not preferences.own.keys:
        yield _line("# no keys of blocklists", yours=False)


def _display(preferences: "AppPreferences") -> Iterator[str]:
    from bounce_tui.ui.themes import TERMINAL, theme_words

    plain, theme = preferences.plain, preferences.theme
    yield _line(
        f"plain = {'true' if plain else 'false'}", yours=plain, more="lines of text in place of the app"
    )
    yield _setting("theme", theme, yours=theme != TERMINAL, more=theme_words(theme))


def _memory(preferences: "AppPreferences") -> Iterator[str]:
    from bounce_tui.config.reading import MOST_DAYS
    from bounce_tui.triage.store.retention import MEMORY_DAYS

    days = preferences.memory_days
    # Far more than the default is in force, too, where faults leave open what the file asks for.
    more = "how long recipients and results are remembered"
    yield _line(f"days = {days}", yours=days not in (MEMORY_DAYS, MOST_DAYS), more=more)


def _filters(preferences: "AppPreferences") -> Iterator[str]:
    for name, text in preferences.filters.items():
        yield _setting(name, text, yours=True)
    if not preferences.filters:
        yield _line("# none saved", yours=False)


def _keys(preferences: "AppPreferences") -> Iterator[str]:
    from bounce_tui.ui.actions import SCOPES
    from bounce_tui.ui.key_names import key_name

    for scope, title in SCOPES.items():
        yield f"# {title}"
        for action in preferences.keys.actions:
            if action.scope == scope:
                keys = [key_name(key) for key in action.keys]
                value = keys[0] if len(keys) == 1 else keys or ""
                moved = action.id in preferences.keys.moved
                yield _setting(action.id, value, yours=moved, more=action.description)


def _setting(name: str, value: str | Sequence[str], *, yours: bool, more: str = "") -> str:
    from bounce_tui.reporting.visible import visible

    shown = _quoted(value) if isinstance(value, str) else f"[{', '.join(map(_quoted, value))}]"
    return _line(visible(f"{_key(name)} = {shown}"), yours=yours, more=more)


def _line(text: str, *, yours: bool, more: str = "") -> str:
    return f"{text.ljust(_COLUMN)} # {'yours' if yours else 'default'}" + (f": {more}" if more else "")


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _quoted(name)


def _quoted(text: str) -> str:
    # A string of JSON is one of TOML, too.
    return json.dumps(text, ensure_ascii=False)
