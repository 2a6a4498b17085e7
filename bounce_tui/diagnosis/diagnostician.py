"""From a failure to its diagnosis: what of it is read, which rules that calls, and which is the best."""

import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from bounce_tui.diagnosis.advice import ASKS, Filler
from bounce_tui.diagnosis.built_in import BuiltIn
from bounce_tui.diagnosis.clauses import explains, explanation
from bounce_tui.diagnosis.composer import Composer
from bounce_tui.diagnosis.denials import LETTERS, set_aside
from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.folding import fold_reply
from bounce_tui.diagnosis.hit import CODE, MEANING, STATUS, STATUS_AND_TEXT, TEXT, VAGUE, Hit
from bounce_tui.diagnosis.literal_finder import LiteralFinder
from bounce_tui.diagnosis.matcher import Matcher
from bounce_tui.diagnosis.own_login import is_of_own_server
from bounce_tui.diagnosis.precedence import (
    TELLING,
    blames_sender,
    by_callout,
    by_cause,
    by_command,
    by_listing,
    by_pause,
    by_remedy,
    by_size,
    is_of_callout,
    of_nobody_named,
)
from bounce_tui.diagnosis.reason_sets import REASONS
from bounce_tui.diagnosis.reply import POSITIVE, Reply
from bounce_tui.diagnosis.rule import Reason, Rule
from bounce_tui.diagnosis.rule_cache import load_rulebook
from bounce_tui.diagnosis.rulebook import Rulebook, Rules
from bounce_tui.diagnosis.speaker import Speakers
from bounce_tui.diagnosis.word_reader import FOR_BARE_CODES, WordReader
from bounce_tui.domain_name import base_domain, domain_of
from bounce_tui.forwarding import forwarder_of
from bounce_tui.model import Bounce, Diagnosis, Failure
from bounce_tui.reason import GIVEN_UP
from bounce_tui.regex import regex

_BROKE_OFF: Final = "4.4.2"
"""A connection that was there and broke: a network error by itself, however long the queue tried."""

_HIDDEN_ADDRESS: Final = "imceaex-"
"""What an Exchange recipient begins with when it hides an X.500 address; said of the recipient's field,
which the rules do not see."""

_MACHINE_FULL: Final = "3.1"
_WORD: Final = regex(r"[^\W\d_]{2,}")
_LETTERS: Final = regex(r"(?:[^\W\d_][\W\d_]{0,9}){6}")
"""What is more than a sign or a mark."""
_ADDRESS: Final = regex(r"\S{1,64}@\S{1,255}")
_STANDARD: Final = regex(r"(?:sorry, )?(?:requested (?:mail )?action (?:not taken|aborted)|no)\b")
"""Words of RFC 5321 section 4.2.2 that say no more than the code."""
_ADDED: Final = " (in reply to"
"""Begins what Postfix puts behind the reply."""

_lock: Final = threading.Lock()
_shared: "Diagnostician | None" = None


class Diagnostician:
    """Diagnoses by one rulebook.  Holds no state that changes; threads may share it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.rules = Rules(rulebook.packed)
        self._numbers = {id_: number for number, id_ in enumerate(rulebook.ids)}
        self._matcher = Matcher(rulebook, self.rules)
        self._speakers = Speakers(rulebook.speakers)
        self._literals = LiteralFinder(
            self._matcher.literals, self._matcher.whole, self._speakers.literals, LETTERS, ASKS
        )
        self._composer = Composer(rulebook)
        self._words = WordReader(rulebook, self.rules)

    def rule(self, id_: str) -> Rule:
        """The rule that is named `id_`, or was; raises KeyError."""
        number = self._numbers.get(id_)
        return self.rules[self._numbers[self.rulebook.former[id_]] if number is None else number]

    def built_in(self, id_: BuiltIn) -> Rule:
        """The rule that the program calls `id_`; no rule file can take it away."""
        return self.rule(id_)

    def readings(self, failure: Failure, bounce: Bounce) -> tuple[Reply, list[Hit]]:
        """What is looked at in `failure`, and the rules that it calls, best first."""
        reply = self._read(failure, bounce)
        return reply, self._match(reply)

    def diagnose(self, failure: Failure, bounce: Bounce) -> Diagnosis:
        """Why `failure` failed.  Never raises; the same input gives the same diagnosis."""
        reply = self._read(failure, bounce)
        if failure.action not in ("failed", "delayed"):
            # The Action field says plainly that nothing failed (RFC 3464 section 2.3.3); whatever words
            # stand beside it are no complaint.
            return self._composer.diagnosis(
                [Hit(self.built_in(BuiltIn.NOTICE_OF_SUCCESS), CODE, 0)], reply, failure, bounce
            )
        hits = self._match(reply)
        if hits and blames_sender(hits[0], reply, failure, bounce):
            reply = msgspec.structs.replace(reply, command="MAIL")
            hits = self._match(reply)
        if not hits:
            hits = [Hit(self._fallback(failure, bounce, reply.text), rank=0, points=0)]
        elif self._queue_speaks(hits[0], failure, bounce):
            hits.insert(0, self._queue_hit(hits[0], failure))
        elif bounce.kind == "delayed" and hits[0].rule.reason == GIVEN_UP:
            hits = self._behind_what_holds_it_up(hits, failure)
        elif hits[0].rule.id in FOR_BARE_CODES and _has_words(reply):
            hits.insert(0, Hit(self.built_in(BuiltIn.WORDS_NOT_KNOWN), VAGUE, 0))
        if failure.action == "delayed":
            # What is on hold waits for that alone, whatever its last delivery met with.
            hits.sort(key=lambda hit: hit.rule.id != BuiltIn.QUEUE_HOLDS)
        if failure.local_program and hits[0].rule.reason in REASONS.only_broken_program:
            hits.insert(0, self._read_as(BuiltIn.PROGRAM_FAILED, hits[0]))
        elif hits[0].rule.reason == "system_error" and _is_senders_own(hits[0], failure, bounce):
            hits.insert(0, self._read_as(BuiltIn.OWN_SERVER_FAILED, hits[0]))
        elif is_of_own_server(hits[0], reply, failure, bounce, self.rulebook.reasons):
            hits.insert(0, self._read_as(BuiltIn.OWN_LOGIN_REFUSED, hits[0]))
        diagnosis = self._composer.diagnosis(hits, reply, failure, bounce)
        if (
            diagnosis.reason == "auth_failure"
            and _asks_for_signature(reply)
            and forwarder_of(bounce, failure)
        ):
            steps = Filler(failure, bounce).fill_all(self.built_in(BuiltIn.FORWARDED_UNPROVED).steps)
            diagnosis = msgspec.structs.replace(diagnosis, resolution=steps)
        return self._of_own_server(diagnosis, failure, bounce) if failure.is_refused_here else diagnosis

    def _of_own_server(self, diagnosis: Diagnosis, failure: Failure, bounce: Bounce) -> Diagnosis:
        """`diagnosis` of mail that the admin's own server refused: its steps begin with who has to act."""
        for_now = failure.action == "delayed"
        rule = self.built_in(BuiltIn.REFUSED_HERE_FOR_NOW if for_now else BuiltIn.REFUSED_HERE)
        steps = Filler(failure, bounce).fill_all(rule.steps)
        return msgspec.structs.replace(diagnosis, resolution=(*steps, *diagnosis.resolution))

    def _read(self, failure: Failure, bounce: Bounce) -> Reply:
        folded = fold_reply(failure.diagnostic)
        seen = self._literals.find(folded)
        text = set_aside(folded, seen.denials) if seen.denials else folded
        if failure.x500 and _HIDDEN_ADDRESS not in text:
            text = f"{text} {_HIDDEN_ADDRESS}"
        if text != folded:
            seen = self._literals.find(text)
        return Reply(
            text=text,
            words=seen.words,
            reply=failure.reply_code or None,
            status=failure.status or None,
            command=failure.command,
            speakers=self._speakers.of(failure, bounce, text, seen.speakers),
            host_known=bool(failure.remote_mta or bounce.reporting_mta),
            may_wait=seen.may_wait,
        )

    def _match(self, reply: Reply) -> list[Hit]:
        """The hits of `reply`, best first; one about an address is not first where none was named yet."""
        hits = self._matched(reply)
        if len(hits) > 1:
            hits = by_pause(reply, by_size(reply, by_remedy(reply, by_listing(reply, hits))))
        if hits and of_nobody_named(hits[0], reply):
            hits = by_command(reply, hits)
            if of_nobody_named(hits[0], reply):
                calls = reply.command == "CONN"
                told = BuiltIn.GREETING_REFUSED if calls else BuiltIn.HELO_NAME_REFUSED
                hits = [self._read_as(told, hits[0]), *hits]
        return hits

    def _matched(self, reply: Reply) -> list[Hit]:
        """The hits of `reply`, best first; those of the clause that explains the rest stand before all."""
        hits = self._matcher.match(reply)
        if not hits:
            return self._words.reorder(reply, hits)
        hits = by_callout(by_command(reply, hits))
        if is_of_callout(hits[0]):
            return hits
        stretch = explanation(reply.text, hits[0])
        if stretch is None:
            return self._words.reorder(reply, by_cause(reply, self._by_status(reply, hits)))
        begin, end = stretch
        text = " " * begin + reply.text[begin:end]
        clause = msgspec.structs.replace(reply, text=text, words=self._literals.find(text).words, status=None)
        found = self._matcher.match(clause)
        said = (
            [hit for hit in by_cause(clause, found)[:1] if explains(hit, stretch, hits[0])] if found else []
        )
        if said and said[0].rank <= MEANING and self._is_denied(said[0], reply, hits):
            said = []
        return said + hits if said else self._words.reorder(reply, hits)

    def _is_denied(self, said: Hit, reply: Reply, hits: Sequence[Hit]) -> bool:
        """True where the status code names another reason than `said`, or the one that the best of `hits`
        read in words."""
        best = hits[0].rule.reason
        if any(hit.rank == STATUS and hit.rule.reason == best != said.rule.reason for hit in hits):
            return True
        return self._told(reply) not in (None, said.rule.reason)

    def _told(self, reply: Reply) -> str | None:
        """The reason that the status code names, where it is one that servers use with care."""
        if reply.status is None or reply.status[2:] not in TELLING:
            return None
        return self.rulebook.statuses[reply.status[2:]].reasons[reply.status[0] == "5"]

    def _by_status(self, reply: Reply, hits: list[Hit]) -> list[Hit]:
        """`hits`, behind what the status code says where that is one of the readings that general words
        leave open: "mailbox unavailable" with 5.2.1 is a mailbox that was disabled."""
        best, status = hits[0], reply.status
        if best.rank not in (TEXT, MEANING) or status is None or not best.rule.also or best.rule.provider:
            return hits
        if best.rank == MEANING and status[2:] != _MACHINE_FULL:
            return hits
        reason = self._told(reply)
        if reason == best.rule.reason or reason not in best.rule.also:
            return hits
        number = self.rulebook.by_status.get(status)
        if number is None:
            return hits
        return [msgspec.structs.replace(best, rule=self.rules[number], rank=STATUS_AND_TEXT), *hits]

    def _fallback(self, failure: Failure, bounce: Bounce, text: str) -> Rule:
        if failure.action == "delayed" and failure.reply_code is None:
            return self.built_in(BuiltIn.QUEUE_STILL_TRIES)
        klass = (failure.reply_code or failure.status or "")[:1]
        if klass in ("4", "5"):
            return self.built_in(BuiltIn.NO_WORDS_CLASS_4 if klass == "4" else BuiltIn.NO_WORDS_CLASS_5)
        if POSITIVE.match(text) is not None and not bounce.is_bounce:
            return self.built_in(BuiltIn.POSITIVE_REPLY)
        worded = _LETTERS.search(_ADDRESS.sub("", text))
        return self.built_in(BuiltIn.WORDS_WITHOUT_CODE if worded else BuiltIn.NO_WORDS)

    def _behind_what_holds_it_up(self, hits: list[Hit], failure: Failure) -> list[Hit]:
        """`hits` on mail that is still tried: what was not given up did not fail for its age."""
        for place, hit in enumerate(hits):
            reason = hit.rule.reason
            if hit.rank > STATUS and reason != GIVEN_UP and reason not in REASONS.only_broken:
                return [hit, *hits[:place], *hits[place + 1 :]]
        says_it_waits = hits[0].rule.temporary and hits[0].rule.kind != "status"
        if failure.action == "delayed" and not says_it_waits:
            return [self._read_as(BuiltIn.QUEUE_STILL_TRIES, hits[0]), *hits]
        return hits

    def _queue_speaks(self, best: Hit, failure: Failure, bounce: Bounce) -> bool:
        if self.rulebook.reasons[best.rule.reason].given_up is None:
            return False
        # A delay warning that tells what holds the message up says more than that it is late.
        has_words = best.start >= 0
        return _only_the_queue_speaks(failure, bounce) and not (has_words and failure.action == "delayed")

    def _queue_hit(self, last: Hit, failure: Failure) -> Hit:
        return self._read_as(
            BuiltIn.QUEUE_STILL_TRIES if failure.action == "delayed" else BuiltIn.QUEUE_GAVE_UP, last
        )

    def _read_as(self, id_: BuiltIn, hit: Hit) -> Hit:
        """The words of `hit`, read as the rule that the program calls `id_` reads them."""
        return msgspec.structs.replace(hit, rule=self.built_in(id_))


def diagnostician() -> Diagnostician:
    """The Diagnostician of our rules and the user's, loaded on first use."""
    global _shared
    if _shared is None:
        with _lock:
            _shared = _shared or Diagnostician(_rulebook())
    return _shared


@lru_cache(maxsize=1)
def _rulebook() -> Rulebook:
    return load_rulebook()


def diagnose(failure: Failure, bounce: Bounce) -> Diagnosis:
    """Why `failure` of `bounce` failed, by our rules and the user's.  Raises RuleError if the rules that
    came with the program are broken, and nothing else."""
    return diagnostician().diagnose(failure, bounce)


def reasons() -> Mapping[str, Reason]:
    """All reasons by slug."""
    return diagnostician().rulebook.reasons


def rules() -> Sequence[Rule]:
    """All rules, in the order of files and entries."""
    return diagnostician().rules


def rule_by_id(id_: str) -> Rule:
    """The rule that is named `id_`, or was; raises KeyError."""
    return diagnostician().rule(id_)


def rule_faults() -> tuple[Fault, ...]:
    """What is wrong in the user's rule files; the rest of the rules is in use."""
    return _rulebook().faults


def _has_words(reply: Reply) -> bool:
    """True when something in words stands behind the reply code that says more than the code does."""
    said = _STANDARD.sub("", reply.text.partition(reply.reply or "")[2].partition(_ADDED)[0])
    return reply.command != "RCPT" and len(_WORD.findall(said)) > 1


def _is_senders_own(best: Hit, failure: Failure, bounce: Bounce) -> bool:
    """True where the server that wrote the report met the fault itself, no other one having spoken, and is
    of the sender's organization: nobody at the recipient's end knows of it."""
    if failure.remote_mta or failure.remote_ip or failure.reply_code or failure.command:
        return False
    if best.rule.who_acts != "recipient_admin" or best.rule.own or not bounce.reporting_mta:
        return False
    reporters = base_domain(bounce.reporting_mta)
    theirs = domain_of(failure.recipient or "")
    if theirs is None or reporters == base_domain(theirs):
        return False
    senders = (bounce.from_domain, *(domain_of(one.value) for one in bounce.envelope_senders))
    return any(domain is not None and base_domain(domain) == reporters for domain in senders)


def _asks_for_signature(reply: Reply) -> bool:
    """Whether it asks for what only a signature brings along when mail is forwarded."""
    return "dmarc" in reply.text or "dkim" in reply.text


def _only_the_queue_speaks(failure: Failure, bounce: Bounce) -> bool:
    """True for a report by the sending side's own queue: no server replied, and what held the message
    up was temporary, so that a final failure means the end of the queue's patience (RFC 3464 section 2.3.4
    keeps Action and the class of Status apart)."""
    return (
        bounce.is_bounce
        and failure.reply_code is None
        and failure.status is not None
        and failure.status.startswith("4.")
        and not failure.status.startswith(_BROKE_OFF)
        and failure.action in ("failed", "delayed")
    )
