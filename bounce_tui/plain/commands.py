"""The commands of a plain session: their words, and what each does."""

from collections.abc import Callable

from msgspec import Struct

from bounce_tui.plain import (
    asking,
    intake,
    keeping,
    listing,
    looking_over,
    looking_up,
    many,
    one_mail,
    planning,
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
    Command("list", "[N]", "list the mails, from N on", listing.print_list),
    Command("next", "", "show the next mail", listing.next_mail),
    Command("previous", "", "show the mail before", listing.previous_mail),
    Command("open", "[N]", "show mail N, or the one in hand again", listing.open_mail),
    Command("recipient", "N", "take another failed recipient of this mail in hand", one_mail.recipient),
    Command("check", "", "say who will see queries, ask, then check whether the cause still holds",
            asking.check),
    Command("filter", "[EXPR]", "list what passes, as reason:blocklisted & todo; alone, list everything",
            listing.narrow),
    Command("back", "", "list what was listed before the last filter or cause", listing.back),
    Command("sort", "[ORDER]", "sort by arrival, date, reason or domain, or reverse", many.sort),
    Command("causes", "[N]", "group what is listed by what must be mended; with N, list the mails of one",
            listing.causes),
    Command("summary", "", "count what is listed by reason, receiver, sender and time", looking_over.summary),
    Command("inputs", "[NAME VALUE]", "print or change what the checks start from, as inputs ip 192.0.2.1",
            planning.inputs),
    Command("probe", "", "let the next check ask the mail host itself, or not", planning.probe),
    Command("rule", "[NAME]", "show the rule that matched; with a name, any rule, reason, code or provider",
            looking_up.rule),
    Command("rules", "WORDS", "look up codes, reasons, providers and rules that hold all words",
            looking_up.rules),
    Command("mark", "[N]", "mark this mail, N, N-M or all; states, notes, handover and export then take them",
            many.mark),
    Command("unmark", "[N]", "take marks away in the same way", many.unmark),
    Command("done", "", "you are done with this mail", keeping.stand("done")),
    Command("working", "", "you are at work on it", keeping.stand("working")),
    Command("ignore", "", "you ignore it", keeping.stand("ignored")),
    Command("todo", "", "it is to be done again", keeping.stand("todo")),
    Command("note", "[TEXT]", "keep a note on it; alone, take it away", keeping.note),
    Command("undo", "", "take back the last change of a mark, state or note", keeping.undo),
    Command("export", "[FILE]", "write it to a new file whose ending says how; alone, list the endings",
            many.export),
    Command("user", "", "print what to tell the user, ready to copy", one_mail.user),
    Command("testmail", "", "print a plain test mail and the commands that send it", looking_over.testmail),
    Command("source", "[N]", "print the mail as it is, made visible, from line N on", looking_over.source),
    Command("handover", "", "print the hand-over for another team", one_mail.handover),
    Command("reload", "", "read everything again; marks, states and the mail in hand stay",
            intake.reload),
    Command("refused", "", "list what could not be read", intake.refused),
    Command("help", "", "list the commands", _help),
    Command("quit", "", "leave", _quit),
)  # fmt: skip
