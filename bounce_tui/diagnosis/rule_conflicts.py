"""Rule files on trial: what is wrong in each, and where its rules get in the way of others."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from bounce_tui.diagnosis.built_in import BUILT_IN
from bounce_tui.diagnosis.diagnostician import Diagnostician
from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.folding import fold
from bounce_tui.diagnosis.nearest_word import nearest
from bounce_tui.diagnosis.reference_files import is_reference_file, read_reference_files
from bounce_tui.diagnosis.rule import Rule
from bounce_tui.diagnosis.rule_cache import KNOWLEDGE, knowledge_files
from bounce_tui.diagnosis.rule_entry import RuleEntry
from bounce_tui.diagnosis.rule_files import compile_rulebook
from bounce_tui.diagnosis.rule_page import RulePage, read_page
from bounce_tui.diagnosis.rulebook import words_of
from bounce_tui.diagnosis.toml_places import Path as Place
from bounce_tui.diagnosis.user_rules import as_text, read_files, read_rule_file, stamps, user_folder
from bounce_tui.diagnosis.user_rules import words_of as words_of_error
from bounce_tui.model import Bounce, Failure

COMMANDS = frozenset(
    ("CONN", "EHLO", "HELO", "LHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "BDAT", "QUIT")
)
"""SMTP commands that the readers of reports name."""

_MOST_TAKEN = 3
_MOST_ASKED = 50
"""Unknown ids for which the nearest known one is looked up, which takes a while."""

Reader = Callable[[str], Failure]
"""Reads a pasted reply (`parsing.read_reply`)."""


def check_files(paths: Sequence[str], read_reply: Reader) -> list[Fault]:
    """Everything to say about the rule files `paths`, in their order and by line.

    They are tried together with our rules and with the user's other files, each in the place of the
    file that it already is.  Raises RuleError when another file of ours is wrong."""
    order = {as_text(path): number for number, path in enumerate(dict.fromkeys(paths))}
    faults, pages, given = _read(dict.fromkeys(paths))
    if not any(page.faults for page in pages if page.file not in given):
        taken = {Path(path).resolve() for path in given}
        others = [stamp for stamp in stamps(user_folder()) if Path(stamp.path).resolve() not in taken]
        book = compile_rulebook(knowledge_files(), [*read_files(others)[0], *given.items()])
        known = set(faults)
        faults += [fault for fault in book.faults if fault.file in given and fault not in known]
        diagnostician = Diagnostician(book)
        for page in pages:
            faults += _Conflicts(page, diagnostician, read_reply).faults()
    return sorted(faults, key=lambda fault: (order[fault.file], fault.line, fault.column))


def _read(paths: Iterable[str]) -> tuple[list[Fault], list[RulePage], dict[str, bytes]]:
    """What is wrong in `paths` by themselves, their pages, and the bytes of those that are not ours."""
    tables = read_reference_files(dict(knowledge_files()))
    faults: list[Fault] = []
    pages: list[RulePage] = []
    given: dict[str, bytes] = {}
    for path in paths:
        file = as_text(path)
        try:
            raw = read_rule_file(path)
        except (OSError, ValueError) as error:
            faults.append(Fault(file, "", f"cannot be read: {words_of_error(error)}", "name a rule file"))
            continue
        name = _name_of_ours(path)
        if name is not None and is_reference_file(name):
            faults.append(Fault(file, "", "this file holds no rules", "the tests check it"))
            continue
        page = read_page(file, raw, tables.reasons, tables.concept_names)
        faults += page.faults
        pages.append(page)
        if name is None:
            given[file] = raw
    return faults, pages, given


def _name_of_ours(path: str) -> str | None:
    """The name below `knowledge/` of a file that came with the program."""
    whole = Path(path).resolve()
    return whole.relative_to(KNOWLEDGE).as_posix() if whole.is_relative_to(KNOWLEDGE) else None


class _Conflicts:
    """The rules of one page among all others."""

    def __init__(self, page: RulePage, diagnostician: Diagnostician, read_reply: Reader) -> None:
        self._page = page
        self._diagnostician = diagnostician
        self._book = diagnostician.rulebook
        self._read_reply = read_reply
        self._mine = {entry.id for _, entry in page.entries}

    def faults(self) -> Iterator[Fault]:
        """What gets in the way, in no order."""
        yield from self._of_head()
        twins = self._twins()
        taken = self._taken()
        for number, entry in self._page.entries:
            try:
                rule = self._diagnostician.rule(entry.id)
            except KeyError:
                # One too many, or switched off; that is said elsewhere.
                continue
            yield from self._of_entry(("rule", number), entry, rule)
            if other := twins.get(entry.id):
                where = f"{other.id} ({other.file})"
                yield self._page.fault(
                    ("rule", number),
                    entry.id,
                    f"its words and codes are those of {where}, too",
                    "leave one of them out, or give this one the id of the other to replace it",
                    "warning",
                )
            if examples := taken.get(entry.id):
                names = ", ".join(dict.fromkeys(id_ for id_, _ in examples[:_MOST_TAKEN]))
                yield self._page.fault(
                    ("rule", number),
                    entry.id,
                    f"it wins what are examples of other rules: {names}",
                    f"say more in contains if {examples[0][1]!r} is not its to explain",
                    "warning",
                )

    def _of_head(self) -> Iterator[Fault]:
        page, head = self._page, self._page.head
        for number, id_ in enumerate(head.off[:_MOST_ASKED]):
            if id_ not in self._book.off and self._book.former.get(id_) not in self._book.off:
                known = {*self._book.ids, *self._book.replaced}
                if not any(fault.entry == id_ for fault in self._book.faults):
                    fix = nearest(id_, known, "`bounce-tui rules search` finds it")
                    yield page.fault(("off", number), "", f"off: no rule is named {id_!r}", fix, "warning")
        # Names of ours may be alike: Exchange has a server and an online service.
        if head.provider and _name_of_ours(page.file) is None:
            others = {one.provider for one in self._diagnostician.rules if one.id not in self._mine} - {""}
            lower = {name.lower(): name for name in others}
            near = lower.get(head.provider.lower()) or _only_near(head.provider, lower)
            if head.provider not in others and near:
                yield page.fault(
                    ("provider",),
                    "",
                    f"no provider is named {head.provider!r}",
                    f'did you mean "{near}"?',
                    "warning",
                )

    def _of_entry(self, path: Place, entry: RuleEntry, rule: Rule) -> Iterator[Fault]:
        page = self._page
        if entry.id in self._book.replaced and rule.own:
            yield page.fault(
                (*path, "id"),
                entry.id,
                "it replaces our rule of this id",
                "choose another id to keep both",
                "note",
            )
        if not entry.examples and entry.id not in BUILT_IN:
            yield page.fault(
                path, entry.id, "no example shows that it wins", 'add examples = ["..."]', "warning"
            )
        for number, command in enumerate(entry.commands):
            if command not in COMMANDS:
                fix = nearest(command, COMMANDS, f"use one of {', '.join(sorted(COMMANDS))}")
                yield page.fault(
                    (*path, "command", number), entry.id, f"no command is named {command!r}", fix, "warning"
                )
        if rule.needs_provider and not any(
            one.provider == rule.provider and (one.host_suffix or one.recipient_domains or one.mentions)
            for one in self._book.speakers
        ):
            fix = "add host_suffix, recipient_domains or mentions above the rules"
            yield page.fault(
                (*path, "needs_provider"), entry.id, "nothing tells when its provider speaks", fix
            )
            return
        for number, example in enumerate(entry.examples):
            winner = self._winner(example)
            if winner != rule.id:
                other = self._diagnostician.rule(winner)
                problem = f"its example goes to {winner} ({other.reason})"
                fix = "see `bounce-tui rules test` with it; say more in contains, or replace that rule"
                yield page.fault((*path, "examples", number), entry.id, problem, fix)

    def _winner(self, example: str) -> str:
        # No report: an example is about its own words, and no queue had to give up over them.
        return self._diagnostician.diagnose(self._read_reply(example), Bounce()).rule

    def _twins(self) -> dict[str, Rule]:
        """By the id of a rule of this page, another one of the same words and codes."""
        by_words: dict[object, list[Rule]] = {}
        for rule in self._diagnostician.rules:
            codes = (rule.status, rule.reply, rule.commands, rule.regex, rule.token_range, rule.unless)
            # Rules of two providers' hosts are told apart by who speaks.
            told_apart = rule.needs_provider or rule.hosted or not words_of(rule, 0)
            bound = rule.provider if told_apart else ""
            for group in range(len(rule.any_of) + 1):
                if words := words_of(rule, group):
                    by_words.setdefault((frozenset(words), codes, bound), []).append(rule)
        twins: dict[str, Rule] = {}
        for found in by_words.values():
            for rule in found:
                if rule.id in self._mine and (
                    other := next((one for one in found if one.id != rule.id), None)
                ):
                    twins.setdefault(rule.id, other)
        return twins

    def _taken(self) -> dict[str, list[tuple[str, str]]]:
        """Examples of other rules that rules of this page win: by the winner, whose they are and what."""
        taken: dict[str, list[tuple[str, str]]] = {}
        anchors, by_codes = self._anchors()
        for rule in self._diagnostician.rules:
            if rule.id in self._mine:
                continue
            for example in rule.examples:
                if not by_codes:
                    text = fold(example)
                    if not any(words in text for words in anchors):
                        continue
                winner = self._winner(example)
                if winner in self._mine:
                    taken.setdefault(winner, []).append((rule.id, example))
        return taken

    def _anchors(self) -> tuple[set[str], bool]:
        """The words one of which any reply must hold that a rule of this page wins, and whether some rule
        needs none."""
        anchors: set[str] = set()
        by_codes = False
        for rule in self._diagnostician.rules:
            if rule.id in self._mine:
                groups = [words for group in range(len(rule.any_of) + 1) if (words := words_of(rule, group))]
                anchors.update(max(words, key=len) for words in groups)
                by_codes = by_codes or not groups or bool(rule.meaning)
        return anchors, by_codes


def _only_near(word: str, known: Mapping[str, str]) -> str | None:
    near = get_close_matches(word.lower()[:40], known, 1, 0.8)
    return known[near[0]] if near else None
