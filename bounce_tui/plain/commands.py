"""The commands of a plain session: their words, and what each does."""

from collections.abc import Callable

from msgspec import Struct

from bounce_tui.plain import (
    bulk_commands,
    check_command,
    input_commands,
    list_commands,
    load_commands,
    mail_commands,
    reference_commands,
    state_commands,
    view_commands,
)
from bounce_tui.plain.talk import Talk


class Command(Struct, frozen=True):
    """A word, what it takes, and what it does."""

    name: str
    takes: str
    sentence: str
    do: Callable[[Talk, str], None]


def meant(word: str) -> list[Command]:
    """The commands that `word` names, or begins."""
    return [one for one in COMMANDS if one.name == word] or [
        one for one in COMMANDS if one.name.startswith(word)
    ]


def _help(talk: Talk, rest: str) -> None:
    for command in COMMANDS:
        talk.line(f"{command.name}{f' {command.takes}' if command.takes else ''}: {command.sentence}")
    talk.line("The beginning of a command is enough, and a number alone opens that mail.")


def _quit(talk: Talk, rest: str) -> None:
    talk.left = True


COMMANDS = (
    Command("list", "[N]", "list the mails, from N on", list_commands.print_list),
    Command("next", "", "show the next mail", list_commands.next_mail),
    Command("previous", "", "show the mail before", list_commands.previous_mail),
    Command("open", "[N]", "show mail N, or the one in hand again", list_commands.open_mail),
    Command("recipient", "N", "take another failed recipient of this mail in hand", mail_commands.recipient),
    Command("check", "", "say who will see queries, ask, then check whether the cause still holds",
            check_command.check),
    Command("filter", "[EXPR]", "list what passes, as reason:blocklisted & todo; alone, list everything",
            list_commands.narrow),
    Command("back", "", "list what was listed before the last filter or cause", list_commands.back),
    Command("sort", "[ORDER]", "sort by arrival, date, reason or domain, or reverse", bulk_commands.sort),
    Command("causes", "[N]", "group what is listed by what must be mended; with N, list the mails of one",
            list_commands.causes),
    Command("summary", "", "count what is listed by reason, receiver, sender and time",
            view_commands.summary),
    Command("inputs", "[NAME VALUE]", "print or change what the checks start from, as inputs ip 192.0.2.1",
            input_commands.inputs),
    Command("probe", "", "let the next check ask the mail host itself, or not", input_commands.probe),
    Command("rule", "[NAME]", "show the rule that matched; with a name, any rule, reason, code or provider",
            reference_commands.rule),
    Command("rules", "WORDS", "look up codes, reasons, providers and rules that hold all words",
            reference_commands.rules),
    Command("mark", "[N]", "mark this mail, N, N-M or all; states, notes, handover and export then take them",
            bulk_commands.mark),
    Command("unmark", "[N]", "take marks away in the same way", bulk_commands.unmark),
    Command("done", "", "you are done with this mail", state_commands.stand("done")),
    Command("working", "", "you are at work on it", state_commands.stand("working")),
    Command("ignore", "", "you ignore it", state_commands.stand("ignored")),
    Command("todo", "", "it is to be done again", state_commands.stand("todo")),
    Command("note", "[TEXT]", "keep a note on it; alone, take it away", state_commands.note),
    Command("undo", "", "take back the last change of a mark, state or note", state_commands.undo),
    Command("export", "[FILE]", "write it to a new file whose ending says how; alone, list the endings",
            bulk_commands.export),
    Command("user", "", "print what to tell the user, ready to copy", mail_commands.user),
    Command("testmail", "", "print a plain test mail and the commands that send it", view_commands.testmail),
    Command("source", "[N]", "print the mail's source, control characters spelt out, from line N on",
            view_commands.source),
    Command("handover", "", "print the hand-over for another team", mail_commands.handover),
    Command("reload", "", "read everything again; marks, states and the mail in hand stay",
            load_commands.reload),
    Command("refused", "[N]", "list what could not be read, from N on", load_commands.refused),
    Command("help", "", "list the commands", _help),
    Command("quit", "", "leave", _quit),
)  # fmt: skip
