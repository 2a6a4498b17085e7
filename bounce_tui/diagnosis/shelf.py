"""Rules as their files are read, ours and then the user's, each id once.

What is wrong in our own files is raised; what is wrong in the user's is left out and kept as a fault, so that
the rest works.
"""

from collections.abc import Iterable, Mapping, Sequence

from bounce_tui.diagnosis.binding import Changes
from bounce_tui.diagnosis.bounded_regex import ways
from bounce_tui.diagnosis.built_in import BUILT_IN
from bounce_tui.diagnosis.completing import complete, status_rules
from bounce_tui.diagnosis.errors import Fault, RuleError
from bounce_tui.diagnosis.folding import fold
from bounce_tui.diagnosis.rule import Reason, Rule, Speaker, StatusMeaning
from bounce_tui.diagnosis.rule_entry import RuleEntry, RuleHead
from bounce_tui.diagnosis.rule_page import RulePage

MOST_OWN_RULES = 1_000
"""Rules of the user's that are taken in, all files together."""

MOST_OWN_WAYS = 20_000
"""Ways in which the regexes of the user's rules can match, all together: each is a step at each character
of a reply that calls all of them."""


class Shelf:
    """Rules as they come in, and who speaks in them; `faults` are those of the user's files that are known
    already."""

    def __init__(self, reasons: Mapping[str, Reason], faults: Iterable[Fault] = ()) -> None:
        self._reasons = reasons
        self._rules: dict[str, Rule] = {}
        self._own: dict[str, Rule] = {}
        self._former: dict[str, str] = {}
        self._own_ways = 0
        self._faults = list(faults)
        self._replaced: dict[str, None] = {}
        self._off: dict[str, None] = {}
        self.speakers: dict[str, Speaker] = {}

    def in_order(self) -> list[Rule]:
        """Ours first, without those that the user replaces or switches off, then the user's."""
        gone = self._replaced.keys() | self._off.keys()
        return [rule for id_, rule in self._rules.items() if id_ not in gone] + list(self._own.values())

    def changes(self) -> Changes:
        """What the user's files come to beside their rules."""
        return Changes(tuple(self._faults), tuple(self._replaced), tuple(self._off))

    def add_ours(self, page: RulePage) -> None:
        """Take in a file of ours.  Raises RuleError."""
        if page.faults:
            raise RuleError(page.faults[0])
        if page.head.provider:
            self.speakers[page.head.provider] = _speaker(page.head)
        for number, entry in page.entries:
            taken = self._rules.get(self._former.get(entry.id, entry.id))
            if taken is not None:
                raise RuleError(_taken(page, number, entry.id, taken.file))
            self._put(complete(entry, page.head, page.file, self._reasons[entry.reason]))

    def add_status_rules(self, statuses: Mapping[str, StatusMeaning]) -> None:
        """Take in a rule for each code of `statuses`, behind all that know more."""
        for rule in status_rules(statuses, self._reasons):
            self._put(rule)

    def add_own(self, page: RulePage) -> None:
        """Take in a file of the user's, once all of ours are here, as far as nothing in it is wrong."""
        self._faults += page.faults
        if page.head.provider:
            speaker = _speaker(page.head)
            known = self.speakers.get(page.head.provider)
            self.speakers[page.head.provider] = _joined(known, speaker) if known else speaker
        self._switch_off(page)
        for number, entry in page.entries:
            if len(self._own) >= MOST_OWN_RULES:
                fix = f"leave out what you do not need: {MOST_OWN_RULES} are read, all files together"
                self._faults.append(page.fault(("rule", number), entry.id, "too many rules", fix))
                return
            fault = self._fault_of_own(page, number, entry)
            if fault is not None:
                self._faults.append(fault)
                continue
            ours = self._former.get(entry.id, entry.id)
            if ours in self._rules:
                self._replaced[ours] = None
            rule = complete(entry, page.head, page.file, self._reasons[entry.reason], own=True)
            self._own[rule.id] = rule

    def _fault_of_own(self, page: RulePage, number: int, entry: RuleEntry) -> Fault | None:
        """Why the user's `entry` cannot stand beside those that are here; its regex counts with theirs."""
        if entry.id in self._own:
            return _taken(page, number, entry.id, self._own[entry.id].file)
        if not entry.regex:
            return None
        self._own_ways += ways(entry.regex)
        if self._own_ways <= MOST_OWN_WAYS:
            return None
        problem = "your regexes can match in too many ways together"
        return page.fault(("rule", number, "regex"), entry.id, problem, "write fewer of ? and {0,40}")

    def _put(self, rule: Rule) -> None:
        self._rules[rule.id] = rule
        self._former.update((former, rule.id) for former in rule.formerly)

    def _switch_off(self, page: RulePage) -> None:
        for number, id_ in enumerate(page.head.off):
            ours = self._former.get(id_, id_)
            if ours in BUILT_IN:
                problem, fix = "this rule is needed and stays on", "write a rule of this id to replace it"
                self._faults.append(page.fault(("off", number), id_, problem, fix))
            elif ours in self._rules:
                self._off[ours] = None


def _taken(page: RulePage, number: int, id_: str, file: str) -> Fault:
    return page.fault(("rule", number, "id"), id_, f"the id is taken in {file}", "choose another id")


def _speaker(head: RuleHead) -> Speaker:
    return Speaker(
        provider=head.provider,
        host_suffix=tuple(suffix.lower().strip(".") for suffix in head.host_suffix + head.also_hosts),
        recipient_domains=tuple(domain.lower() for domain in head.recipient_domains),
        mentions=tuple(fold(words) for words in head.mentions),
    )


def _joined(one: Speaker, other: Speaker) -> Speaker:
    return Speaker(
        provider=one.provider,
        host_suffix=_united(one.host_suffix, other.host_suffix),
        recipient_domains=_united(one.recipient_domains, other.recipient_domains),
        mentions=_united(one.mentions, other.mentions),
    )


def _united(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))
