"""A plain session: a line is asked for, what it says is done, and lines of words answer."""

from collections.abc import Callable
from datetime import UTC, datetime

from msgspec import Struct

from bounce_tui.checks.nameserver import NameserverError
from bounce_tui.exit_status import DONE, INTERRUPTED, SOME_INPUT_FAILED
from bounce_tui.hints.found import Hints
from bounce_tui.plain import looking_over, looking_up, many, planning
from bounce_tui.plain.desk import Desk
from bounce_tui.plain.many import nothing_meant
from bounce_tui.plain.talk import PAGE, Ask, Say, Talk, mails, number_of
from bounce_tui.plain.words import STATES, cause_line, row_line
from bounce_tui.reporting import person
from bounce_tui.reporting.entry import Entry
from bounce_tui.reporting.findings import findings_text
from bounce_tui.reporting.for_user import text_for_user
from bounce_tui.reporting.handover import handover
from bounce_tui.reporting.readers import readers
from bounce_tui.reporting.visible import visible, visible_path
from bounce_tui.triage.filter import FilterError
from bounce_tui.triage.memory import memory
from bounce_tui.triage.row import Row
from bounce_tui.triage.store.standing import State

_KEYS = {"i": "inputs", "?": "help"}
"""What checks and habit call by the keys of the app."""


class Conversation(Talk):
    """The commands, and the loop that takes them."""

    def __init__(self, desk: Desk, ask: Ask, say: Say) -> None:
        super().__init__(desk, ask, say)
        self._may_send = False
        self._left = False

    def hold(self) -> int:
        """Load, then talk until the user leaves; the exit status."""
        if not self.desk.load(self._progress()):
            self.line("Loading was stopped; what was read stays.")
        total = len(self.desk.queue)
        self.line(f"{mails(total)}{self._refusals()}. help lists the commands.")
        if total:
            self._list("")
        while not self._left:
            try:
                self._tell_news()
                line = self.ask("Command: ")
                if line is None:
                    break
                self._do(line.strip())
            except KeyboardInterrupt:
                self.line("")
                return INTERRUPTED
        return SOME_INPUT_FAILED if self.desk.refusals else DONE

    def _progress(self) -> Callable[[int], None]:
        told = 0

        def progress(percent: int) -> None:
            nonlocal told
            if percent >= told + 25:
                told = percent
                self.line(f"read {percent} percent")

        return progress

    def _refusals(self) -> str:
        refused = len(self.desk.refusals)
        return f", {refused} refused (refused lists them)" if refused else ""

    def _tell_news(self) -> None:
        """Of mail that is followed, what came since the last command: nothing speaks while one types."""
        news = self.desk.catch_up()
        if news is None:
            return
        for place in news.unwatched:
            self.line(f"{visible_path(place.file)}: {visible(place.reason)}.")
        if number := len(news.rows):
            came = "one mail" if number == 1 else f"{number:,} mails"
            self.line(f"{came[0].upper()}{came[1:]} came; {len(self.desk.queue):,} in the list.")
        if away := sum(row.away for _, row in news.renewed):
            self.line(
                f"{away:,} of the list {'is' if away == 1 else 'are'} away, moved or deleted elsewhere."
            )

    def _do(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if not word:
            return
        if word.isdecimal() and word.isascii() and not rest:
            word, rest = "open", word
        word = _KEYS.get(word, word)
        found = [one for one in COMMANDS if one.name == word.lower()] or [
            one for one in COMMANDS if one.name.startswith(word.lower())
        ]
        if len(found) == 1:
            found[0].do(self, rest.strip())
        elif found:
            self.line(f"{visible(word)} could be {' or '.join(one.name for one in found)}.")
        else:
            self.line(f"There is no command {visible(word[:40])}. help lists them.")

    def _desk_line(self, number: int, row: Row) -> str:
        desk = self.desk
        return row_line(number, row, desk.standings.get(row.identity), desk.verdicts.get(row.identity))

    # The list

    def _list(self, rest: str) -> None:
        """From the number given, else the page that holds the mail in hand."""
        queue = self.desk.queue
        if not queue:
            self.line("No mail passes the filter." if queue.total else "There is no mail here.")
            return
        start = (queue.focus or 0) // PAGE * PAGE
        if rest:
            number = number_of(rest)
            if number is None or number > len(queue):
                self.line(f"list takes a number from 1 to {len(queue)}.")
                return
            start = number - 1
        end = min(start + PAGE, len(queue))
        for place in range(start, end):
            row = queue[place]
            here = ", marked" if row in self.desk.marks else ""
            here += ", in hand" if place == queue.focus else ""
            self.line(self._desk_line(place + 1, row) + here)
        more = f"; list {end + 1} goes on" if end < len(queue) else ""
        self.line(f"{start + 1} to {end} of {len(queue):,}{more}.")

    def _open(self, rest: str) -> None:
        number = number_of(rest) if rest else (self.desk.queue.focus or 0) + 1
        if number is None or not self.desk.look_at(number - 1):
            total = len(self.desk.queue)
            self.line(f"open takes a number from 1 to {total}." if total else "There is no mail to open.")
            return
        self._show("")

    def _step(self, step: int) -> None:
        if not self.desk.look_at((self.desk.queue.focus or 0) + step):
            self.line("This is the last mail." if step > 0 else "This is the first mail.")
            return
        self._show("")

    def _filter(self, rest: str) -> None:
        try:
            doubt = self.desk.narrow(rest)
        except FilterError as error:
            self.line(f"The filter cannot be read: {visible(error.reason)}, at character {error.place + 1}.")
            return
        self._list("")
        if doubt:
            self.line(f"{visible(doubt)}")

    def _causes(self, rest: str) -> None:
        """The mails listed, a line for each thing to mend; with a number, only the mails of that one."""
        groups = self.desk.causes()
        if not groups:
            self.line("No failure is listed: there is nothing to group.")
            return
        if not rest:
            for number, one in enumerate(groups, 1):
                self.line(cause_line(number, one))
            self.line("causes N lists the mails of one; back lists these again.")
            return
        wanted = number_of(rest)
        if wanted is None or wanted > len(groups):
            self.line(f"causes takes a number from 1 to {len(groups)}.")
            return
        self.desk.narrow_to(groups[wanted - 1].cause)
        self._list("")

    # The mail in hand

    def _show(self, rest: str) -> None:
        """All of it: the reading of `bounce-tui show`, and what is remembered."""
        case, row = self.desk.case(), self.desk.row
        if case is None or row is None:
            self.line("There is no mail in hand.")
            return
        number = (self.desk.queue.focus or 0) + 1
        self.line(self._desk_line(number, row))
        hints = [Hints()] * self.desk.index + [self.desk.hints()]
        self.say(person.show(case, hints))
        for line in memory(*self.desk.memory()):
            self.line(visible(line))
        if (total := len(case.bounce.failures)) > 1:
            self.line(f"Recipient {self.desk.index + 1} of {total} is in hand; recipient N takes another.")

    def _recipient(self, rest: str) -> None:
        case = self.desk.case()
        total = len(case.bounce.failures) if case else 0
        number = number_of(rest)
        if case is None or number is None or number > total:
            self.line(
                f"recipient takes a number from 1 to {total}." if total else "No recipient is named here."
            )
            return
        self.desk.index = number - 1
        self.line(
            f"{visible(case.bounce.failures[number - 1].recipient or '(no address named)')} is in hand."
        )

    def _user(self, rest: str) -> None:
        case, index = self.desk.case(), self.desk.index
        if case is None or index >= len(case.diagnoses):
            self.line("Nothing failed here: there is nothing to tell a user.")
            return
        failure, checked = case.bounce.failures[index], self.desk.checked(case, index)
        verdict = checked.verdict.state if checked is not None and checked.verdict is not None else None
        self.say(text_for_user(case.bounce, failure, case.diagnoses[index], self.desk.hints(), verdict))

    def _handover(self, rest: str) -> None:
        case = self.desk.case()
        if case is None or not case.diagnoses:
            self.line("Nothing failed here: there is nothing to hand over.")
            return
        checked = [self.desk.checked(case, index) for index in range(len(case.diagnoses))]
        self.say(handover([Entry(case, checked, memory(*self.desk.memory()))]))

    def _stand(self, state: State) -> None:
        changed = self.desk.change(state=state)
        if self._told_trouble():
            return
        if not changed:
            self.line(nothing_meant(self))
        elif changed == 1 and not self.desk.marks:
            self.line(f"It is {STATES[state]}; undo takes it back.")
        else:
            self.line(f"{mails(changed)}: {STATES[state]}; undo takes it back.")

    def _note(self, rest: str) -> None:
        changed = self.desk.change(note=rest)
        if self._told_trouble():
            return
        if not changed:
            self.line(nothing_meant(self))
        elif changed == 1 and not self.desk.marks:
            self.line("The note is kept." if rest else "It has no note now.")
        else:
            self.line(f"{mails(changed)}: {'the note is kept' if rest else 'no note now'}.")

    def _told_trouble(self) -> bool:
        trouble = self.desk.take_trouble()
        if trouble is not None:
            self.line(f"Not kept: {visible(trouble)}.")
        return trouble is not None

    def _undo(self, rest: str) -> None:
        undone = self.desk.undo()
        words = f"Taken back: {STATES.get(undone, undone)}."
        self.line(words if undone else "There is nothing left to undo.")

    def _back(self, rest: str) -> None:
        if self.desk.back():
            self._list("")
        else:
            self.line("Everything is listed; quit leaves.")

    def _check(self, rest: str) -> None:
        """Who sees the queries is said first; whether they may be sent is asked once a session."""
        work = self.desk.work()
        if work is None:
            self.line("Nothing failed here: there is nothing to check.")
            return
        if work.checks:
            try:
                resolver = self.desk.open_door()
            except NameserverError as error:
                self.line(f"{visible(str(error))}: name one with --nameserver.")
                return
            for line in readers(work.checks, resolver):
                self.line(visible(line))
            if not self._may_send:
                answer = self.ask("Send these queries, and those of later checks? y or n: ")
                self._may_send = answer is not None and answer.strip().lower() in ("y", "yes")
            if not self._may_send:
                self.line("Nothing was sent.")
                return
            self.line(f"Asking, since {datetime.now(UTC):%H:%M:%S} UTC ...")
            try:
                self.desk.check(work)
            except KeyboardInterrupt:
                self.line(f"Stopped; {len(work.results)} of {len(work.checks)} had answered.")
                return
        if work.verdict is not None:
            self.say(
                findings_text(work.inputs, tuple(work.results.values()), work.verdict, work.comparison())
            )

    # The session

    def _reload(self, rest: str) -> None:
        """Read everything again; what was at hand stays at hand."""
        again = self.desk.reload(self._progress())
        if again is None:
            self.line("Reading again was stopped; the list is as it was.")
            return
        changes = ((again.new, "new"), (again.gone, "gone"))
        said = [f"{number} {words}" for number, words in changes if number] or ["nothing has changed"]
        self.line(f"Read again: {', '.join(said)}. {mails(len(self.desk.queue))} listed{self._refusals()}.")

    def _refused(self, rest: str) -> None:
        for refusal in self.desk.refusals:
            self.line(f"{visible_path(refusal.file)}: {visible(refusal.reason)}")
        if not self.desk.refusals:
            self.line("Everything could be read.")

    def _help(self, rest: str) -> None:
        for command in COMMANDS:
            self.line(f"{command.name}{f' {command.takes}' if command.takes else ''}: {command.sentence}")
        self.line("The beginning of a command is enough, and a number alone opens that mail.")

    def _quit(self, rest: str) -> None:
        self._left = True


class Command(Struct, frozen=True):
    """A word, what it takes, and what it does."""

    name: str
    takes: str
    sentence: str
    do: Callable[[Conversation, str], None]


COMMANDS = (
    Command("list", "[N]", "list the mails, from N on", Conversation._list),
    Command("next", "", "show the next mail", lambda talk, rest: talk._step(1)),
    Command("previous", "", "show the mail before", lambda talk, rest: talk._step(-1)),
    Command("open", "[N]", "show mail N, or the one in hand again", Conversation._open),
    Command("recipient", "N", "take another failed recipient of this mail in hand", Conversation._recipient),
    Command("check", "", "say who will see queries, ask, then check whether the cause still holds",
            Conversation._check),
    Command("filter", "[EXPR]", "list what passes, as reason:blocklisted & todo; alone, list everything",
            Conversation._filter),
    Command("back", "", "list what was listed before the last filter or cause", Conversation._back),
    Command("sort", "[ORDER]", "sort by arrival, date, reason or domain, or reverse", many.sort),
    Command("causes", "[N]", "group what is listed by what must be mended; with N, list the mails of one",
            Conversation._causes),
    Command("summary", "", "count what is listed by reason, receiver, sender and time", looking_over.summary),
    Command("inputs", "[NAME VALUE]", "print or change what the checks start from, as inputs ip 192.0.2.1",
            planning.inputs),
    Command("probe", "", "let the next check ask the mail host itself, or not", planning.probe),
    Command("rule", "[NAME]", "show the rule that matched; with a name, any rule, reason, code or provider",
            looking_up.rule),
    Command("rules", "WORDS", "look up codes, reasons, providers and rules that hold all words",
            looking_up.rules),
    Command("mark", "[N]", "mark this mail, N, N-M or all; states, notes and export then take the marked",
            many.mark),
    Command("unmark", "[N]", "take marks away in the same way", many.unmark),
    Command("done", "", "you are done with this mail", lambda talk, rest: talk._stand("done")),
    Command("working", "", "you are at work on it", lambda talk, rest: talk._stand("working")),
    Command("ignore", "", "you ignore it", lambda talk, rest: talk._stand("ignored")),
    Command("todo", "", "it is to be done again", lambda talk, rest: talk._stand("todo")),
    Command("note", "[TEXT]", "keep a note on it; alone, take it away", Conversation._note),
    Command("undo", "", "take back the last change of a mark, state or note", Conversation._undo),
    Command("export", "[FILE]", "write it to a new file whose ending says how; alone, list the endings",
            many.export),
    Command("user", "", "print what to tell the user, ready to copy", Conversation._user),
    Command("testmail", "", "print a plain test mail and the commands that send it", looking_over.testmail),
    Command("source", "[N]", "print the mail as it is, made visible, from line N on", looking_over.source),
    Command("handover", "", "print the hand-over for another team", Conversation._handover),
    Command("reload", "", "read everything again; marks, states and the mail in hand stay",
            Conversation._reload),
    Command("refused", "", "list what could not be read", Conversation._refused),
    Command("help", "", "list the commands", Conversation._help),
    Command("quit", "", "leave", Conversation._quit),
)  # fmt: skip
