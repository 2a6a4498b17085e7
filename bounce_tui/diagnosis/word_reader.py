"""Weighs the words of a reply against its hits, where no rule has found a sure wording."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bounce_tui.diagnosis.built_in import BuiltIn
from bounce_tui.diagnosis.errors import Fault, RuleError
from bounce_tui.diagnosis.hit import CATCH_WORD, MEANING, STATUS, STATUS_AND_TEXT, TEXT, VAGUE, Hit
from bounce_tui.diagnosis.letter_count import has_more_letters
from bounce_tui.diagnosis.meaning import said_from
from bounce_tui.diagnosis.precedence import TELLING
from bounce_tui.diagnosis.reason_sets import REASONS
from bounce_tui.diagnosis.reply import Reply
from bounce_tui.diagnosis.rule import Rule
from bounce_tui.diagnosis.rulebook import Rulebook
from bounce_tui.diagnosis.word_votes import FEWEST, FEWEST_ALONE, Vote, WordVotes, code_words, end_of_words
from bounce_tui.learnt.weights import DamagedWeightsError, load
from bounce_tui.reason import GIVEN_UP, ReasonSlug
from bounce_tui.regex import regex

PIECES: Final = Path(__file__).with_name("knowledge") / "pieces.bin"

_TRUST: Final = {STATUS_AND_TEXT: 0.7, TEXT: 2.6, MEANING: 0.8, STATUS: 0.3, CATCH_WORD: 1.1, VAGUE: 0.6}
"""How much the best hit says, by its rank, in the logarithms of odds in which pieces speak.  Fitted by
cross-validation over 20,000 lessons that the rules did not see."""
_FOR_CONCEPT: Final = 0.25
"""How much each point of a meaning's weight adds: the more concepts, the surer."""
_MOST_CONCEPTS: Final = 9
_BESIDE: Final = {STATUS_AND_TEXT: 0.6, TEXT: 0.6, MEANING: 1.3, CATCH_WORD: 0.5}
"""How much a hit says that stands behind the best."""
_ALSO: Final = 1.2
"""How much it says that the best hit names a reason as its second reading."""
_TELLING_CODES: Final = frozenset(f"5.{detail}" for detail in TELLING)
_TELLING_STATUS: Final = 1.3
"""How much it says that a status code which servers use with care names a reason.  They give temporary
ones more freely: 4.2.1 is that of a mailbox which gets too much at once, too."""
_SURE_TEXT: Final = 30
"""Characters of wording from which pieces are not asked."""
_NEARLY_ALL: Final = {TEXT: 0.7, CATCH_WORD: 0.9}
"""Share of the letters of a reply's words from which wording is nearly all that it says, by rank."""
_LEAST_SHARE: Final = 0.4
"""Chance of a reason from which pieces are believed: below, they are wrong more often than not."""
_SHARE_OF_FEW: Final = 0.98
"""The same where fewer words are known than would be asked for beside other signs."""
_CLEAR: Final = 0.8
"""Chance of a reason from which it is more than a guess."""
_NO_CAUSE: Final = "on_hold"
"""What words speak for that tell no cause: then a code may."""
FOR_BARE_CODES: Final = frozenset({"k12-cause1-misspelled", "k12-code-554"})
"""What the guide says of 550 and 554, which holds where the reply says nothing else."""
_REFUSES_NOTHING: Final = re.compile(r"[123]\d\d[ -]")
"""How the replies begin that are no failure (RFC 5321 section 4.2.1)."""

_CLIENT_REFUSED: Final = "client host rejected"
"""What Postfix says where it does not take mail from the host that talks to it, for whatever reason."""
_IN_REPLY: Final = " (in reply to "
_CLIENTS_NAME: Final = ("helo", "ehlo")
"""What a server calls the name that the host which talks to it gives itself."""
_ENCRYPTED: Final[ReasonSlug] = "failed_starttls"
"""What words of encryption speak for by themselves."""

_ADDRESSED: Final = "*>: "
_LONG_LEAD: Final = 60
"""What a report puts before the reply, and characters from which there is more than a code before it."""
_STATUS: Final = regex(r"[45](?<!\w[45])\.\d{1,3}\.\d{1,3}(?![\w.])")


class WordReader:
    """Puts hits in order by what the words of a reply say.  Threads may share it; the weights are unpacked on
    first use."""

    def __init__(self, rulebook: Rulebook, rules: Sequence[Rule]) -> None:
        self._book = rulebook
        self._rules = rules
        self._untold, self._unknown = map(
            rulebook.ids.index, (BuiltIn.NO_CAUSE_TOLD, BuiltIn.WORDS_NOT_KNOWN)
        )
        self._votes: WordVotes | None = None

    def reorder(self, reply: Reply, hits: list[Hit]) -> list[Hit]:
        """`hits`, behind what the words of the reply speak for where no sure wording is found."""
        best = hits[0] if hits else None
        if best is not None and (self._is_beyond_doubt(best) or _is_sure(best)):
            return hits
        begin = said_from(reply)
        if best is not None and _is_all_that_counts(hits, reply, begin):
            return hits
        if _REFUSES_NOTHING.match(reply.text):
            return hits
        votes = self._votes or self._learn()
        begin = _cause_from(reply, begin)
        # What the server says itself tells more than the field, which may be the queue's (expired).
        said = _STATUS.search(reply.text, begin)
        codes = code_words(reply.reply, said[0] if said is not None else reply.status)
        if best is None or best.rank == VAGUE or best.rule.id in FOR_BARE_CODES:
            # Words that say what a bare code is taken for are more than the code.
            vote = votes.vote(reply.text, begin, codes, _held(hits), fewest=FEWEST_ALONE)
        else:
            vote = votes.vote(reply.text, begin, codes, _held(hits), best.rule.reason)
        if vote is None or vote.share < (_LEAST_SHARE if vote.known >= FEWEST else _SHARE_OF_FEW):
            return hits
        if vote.reason == _NO_CAUSE:
            if best is not None and _merely_refuses(best) and vote.share >= _CLEAR:
                return [self._hit(self._unknown, VAGUE, votes, vote), *hits]
            return hits if hits or codes else [self._hit(self._untold, VAGUE, votes, vote)]
        if vote.reason not in self._book.plain or (best is not None and _is_of_another(best, vote, reply)):
            return hits
        for place, hit in enumerate(hits):
            if hit.rule.reason == vote.reason and hit.start >= 0 and hit.rule.id not in FOR_BARE_CODES:
                if best is not None and _has_read(best, hit, reply.text):
                    return hits
                return [hit, *hits[:place], *hits[place + 1 :]]
        rank = MEANING if vote.share >= _CLEAR else CATCH_WORD
        return [self._hit(self._book.plain[vote.reason], rank, votes, vote), *hits]

    def _hit(self, rule: int, rank: int, votes: WordVotes, vote: Vote) -> Hit:
        return Hit(self._rules[rule], rank, 0, *votes.stretch(vote))

    def _is_beyond_doubt(self, hit: Hit) -> bool:
        """True for a rule of the user's or of who speaks, and for one about no failure: none was learnt."""
        return hit.at_home or hit.rule.own or not self._book.reasons[hit.rule.reason].failure

    def _learn(self) -> WordVotes:
        try:
            self._votes = WordVotes(load(PIECES))
        except DamagedWeightsError as error:
            raise RuleError(Fault(PIECES.name, "", str(error), "install the program again")) from error
        return self._votes


def _cause_from(reply: Reply, begin: int) -> int:
    """Where the words of the server begin, behind what a report says of the address before them; `begin` is
    where the report goes over to them."""
    address = reply.text.find(_ADDRESSED, begin + _LONG_LEAD)
    return begin if address < 0 else address + len(_ADDRESSED)


def _is_sure(hit: Hit) -> bool:
    """True where pieces are not asked about the best hit, whatever else stands there: a code, much wording,
    or wording in the answer to the command that it is about."""
    if hit.rank == TEXT:
        return hit.points >= _SURE_TEXT or bool(hit.rule.commands) or _is_a_code(hit.rule)
    return hit.rank > TEXT


def _is_all_that_counts(hits: Sequence[Hit], reply: Reply, begin: int) -> bool:
    """True where the best of `hits` is nearly all that the reply says from `begin` on, and its status code
    says nothing else."""
    hit = hits[0]
    share = _NEARLY_ALL.get(hit.rank)
    if share is None:
        return False
    for other in hits:
        if other.rank == STATUS and other.rule.reason != hit.rule.reason:
            return False
    said = reply.text[begin : end_of_words(reply.text, begin)]
    return not has_more_letters(said, hit.points / share)


def _merely_refuses(hit: Hit) -> bool:
    """True for a catch word of any refusal, which is read as one by a policy."""
    return hit.rank == CATCH_WORD and hit.rule.reason == "policy_violation"


def _is_of_another(best: Hit, vote: Vote, reply: Reply) -> bool:
    """True where `best` has read whom the server refused, and the words speak of somebody else: "no such
    domain" behind a refused sender calls no recipient dead, and a host that was refused relays nothing.
    True as well where a list is named by its domain, and the words only say what follows from that, and
    where a queue says that it gives up (qmail's "Giving up on 192.0.2.1.") behind a reply that ended the
    matter by its code."""
    if best.rank != TEXT:
        return False
    if vote.reason == GIVEN_UP and (reply.reply or "").startswith("5"):
        return True
    if best.rule.reason == GIVEN_UP:
        return vote.reason in REASONS.mere_impatience
    named = reply.text[best.start : best.end]
    if best.rule.reason == "blocklisted" and "." in named:
        return vote.reason in REASONS.yields_to_listed_host
    if best.rule.reason == "rejected":
        return vote.reason in REASONS.of_recipient and "sender" in named
    of_address = REASONS.of_recipient | REASONS.of_rights_of_address
    said = reply.text.partition(_IN_REPLY)[0]
    if best.rule.reason not in of_address and any(word in said for word in _CLIENTS_NAME):
        return vote.reason in of_address
    shut_out = best.rule.reason == "blocked" and _CLIENT_REFUSED in reply.text
    return shut_out and (vote.reason in REASONS.of_recipient or vote.reason in REASONS.of_rights_of_address)


def _has_read(best: Hit, hit: Hit, text: str) -> bool:
    """True where `best` has read the words of `hit` together with others beside them: what is encrypted is
    then the attachment or the message, and no connection."""
    if hit.rule.reason != _ENCRYPTED or best.rank != hit.rank:
        return False
    return best.points > hit.points and text[hit.start : hit.end] in text[best.start : best.end]


def _is_a_code(rule: Rule) -> bool:
    """True where a provider's own code was recognised by its form."""
    return bool(rule.provider and rule.regex)


def _held(hits: Sequence[Hit]) -> dict[str, float]:
    """What `hits`, best first, say for each reason before the pieces are asked."""
    held: dict[str, float] = {}
    for hit in hits:
        held.setdefault(hit.rule.reason, (_BESIDE if held else _TRUST).get(hit.rank, 0.0))
    if hits:
        best = hits[0]
        if best.rank == MEANING:
            held[best.rule.reason] += _FOR_CONCEPT * min(best.points // 1000, _MOST_CONCEPTS)
        for reason in best.rule.also:
            held[reason] = max(held.get(reason, 0.0), _ALSO)
        for hit in hits:
            if hit.rank == STATUS and hit.rule.status in _TELLING_CODES:
                held[hit.rule.reason] += _TELLING_STATUS
    return held
