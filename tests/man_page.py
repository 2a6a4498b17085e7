"""The man page, made of what the commands say of themselves: `man/bounce-tui.1`.

python tests/man_page.py            says whether the page is out of date
python tests/man_page.py --write    writes it anew
"""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bounce_tui import __version__
from bounce_tui.cli.commands import commands

PAGE = Path(__file__).parent.parent / "man" / "bounce-tui.1"
_TITLE = "triage e-mail bounces: why each failed, who must act, whether the cause still holds"
_EXIT = (
    ("0", "Done."),
    ("1", "Some input failed, or there was nothing to explain or not one check was answered."),
    ("2", "Wrong use."),
    ("130", "Interrupted."),
)
_ENVIRONMENT = (
    ("NO_COLOR", "Where it is set, the theme is mono."),
    ("TERM", "dumb: lines of text, as with --plain."),
    ("PAGER, VISUAL, EDITOR", "What shows and edits a copy of a raw mail."),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME", "Where the folders below lie, on Linux."),
)
_FILES = (
    ("~/.config/bounce-tui/config.toml", "Your settings; `bounce-tui config --example` prints one."),
    ("~/.config/bounce-tui/rules/*.toml", "Your own rules."),
    (
        "~/.local/state/bounce-tui/state.db",
        "States, notes, reports on addresses, what checks found.",
    ),
    ("~/.cache/bounce-tui/", "The rules, compiled; may be deleted."),
)


def man_page() -> str:
    """The page in the man macros, the same for the same commands."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield '.\\" Made by tests/man_page.py --write of what the commands say of themselves.'
    yield f'.TH BOUNCE\\-TUI 1 "" "bounce\\-tui {__version__}" "User Commands"'
    yield ".SH NAME"
    yield f"bounce\\-tui \\- {_safe(_TITLE)}"
    yield ".SH SYNOPSIS"
    opening = commands.commands["open"]
    yield from _usage("", opening)
    for words, command in _all():
        yield ".br"
        yield from _usage(words, command)
    yield ".SH DESCRIPTION"
    yield from _paragraphs(commands.help)
    yield ".SH OPTIONS"
    yield from _options(opening)
    yield ".SH COMMANDS"
    for words, command in _all():
        yield f'.SS "bounce\\-tui {_safe(words)}"'
        yield from _paragraphs(command.help)
        yield from _options(command)
    for heading, rows in (("EXIT STATUS", _EXIT), ("ENVIRONMENT", _ENVIRONMENT), ("FILES", _FILES)):
        yield f".SH {heading}"
        for name, words in rows:
            yield from (".TP", f".B {_safe(name)}", _safe(words))


def _all() -> Iterator[tuple[str, click.Command]]:
    """The commands that are no group, by the words that call them."""
    for name, command in sorted(commands.commands.items()):
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", one) for below, one in sorted(command.commands.items()))
        elif not command.hidden:
            yield name, command


def _usage(words: str, command: click.Command) -> Iterator[str]:
    given = []
    for one in command.params:
        if isinstance(one, click.Argument):
            name = (one.name or "").upper().rstrip("_")
            name += "..." if one.nargs == -1 else ""
            given.append(one.metavar or (name if one.required else f"[{name}]"))
    options = "[OPTIONS] " if any(_told(one) for one in command.params) else ""
    yield f".B bounce\\-tui {_safe(words)}".rstrip()
    yield _safe(f"{options}{' '.join(given)}").strip() or "\\&"


def _options(command: click.Command) -> Iterator[str]:
    for one in command.params:
        if _told(one):
            assert isinstance(one, click.Option)
            names = ", ".join((*one.opts, *one.secondary_opts))
            yield from (".TP", f".B {_safe(f'{names} {_value(one)}'.strip())}", _safe(one.help or ""))


def _told(one: click.Parameter) -> bool:
    return isinstance(one, click.Option) and not one.hidden


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if option.metavar:
        return option.metavar
    if isinstance(option.type, click.Choice):
        return "|".join(map(str, option.type.choices))
    return "N" if isinstance(option.type, click.types.IntParamType) else (option.name or "").upper()


def _paragraphs(text: str | None) -> Iterator[str]:
    for paragraph in inspect.cleandoc(text or "").split("\n\n"):
        yield from (".PP", _safe(" ".join(paragraph.replace("\b", "").split())))


def _safe(text: str) -> str:
    """`text` as troff sets it and does not obey it."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text[:1] in (".", "'") else text


def main() -> int:
    """Writes the page, or tells by 1 that it is out of date."""
    if "--write" in sys.argv:
        PAGE.write_text(man_page(), encoding="utf-8")
    is_current = PAGE.read_text(encoding="utf-8") == man_page()
    if not is_current:
        print("man/bounce-tui.1 is out of date: python tests/man_page.py --write")
    return int(not is_current)


if __name__ == "__main__":
    sys.exit(main())
