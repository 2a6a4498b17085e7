"""Which of two wordings in one reply says more, however long they are."""

from typing import Final

import msgspec

from bounce_tui.diagnosis.hit import CATCH_WORD, MEANING, STATUS, STATUS_AND_TEXT, TEXT, Hit
from bounce_tui.diagnosis.reason_sets import REASONS
from bounce_tui.diagnosis.reply import Reply
from bounce_tui.domain_name import domain_of
from bounce_tui.model import Bounce, Failure
from bounce_tui.reason import ReasonSlug
from bounce_tui.regex import regex

TELLING: Final = frozenset(
    {
        *("1.3", "1.6", "1.8", "1.10", "2.1", "2.2", "3.1", "3.4", "4.3", "4.6", "4.7", "5.3"),
        *("7.8", "7.9", "7.20", "7.22", "7.23", "7.24", "7.25", "7.26"),
    }
)
"""Details of status codes that servers use with care: they decide where words leave a choice."""

_POLICY: Final[ReasonSlug] = "policy_violation"
_OF_SYSTEM: Final = "3."
_SIZE: Final = "2.3"
"""Message length exceeds administrative limit (RFC 3463 section 3.3)."""
_GREETINGS: Final = frozenset({"EHLO", "HELO"})
_CONNECTING: Final = "CONN"
_NAMES_OF_LISTS: Final = (
    *("abusix", "dnsbl", "dronebl", "mailspike", "nixspam", "psbl", "spamcop", "spamhaus", "spamrats"),
    "uceprotect",
)
"""Names of public lists that replies give without the domain."""
_CLIENT: Final = regex(
    r"\byour (?:ip|server|mail ?server|host|system)\b|\bip(?: address)? |\bclient (?:host|ip)\b"
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"
)
"""What names the sending host."""
_STANDS_BEHIND: Final = regex(r"\b(?:because|due to|since|reason:)(?:(?!\. )[^;]){0,60}$")
_RELAY_OF_ONES_OWN: Final = regex(
    r"(?:\b(?:use|relay|send|go|via|through)\b[^.,;:]{0,40})?"
    r"\byour (?:own )?(?:isp|provider|internet (?:service )?provider)\b[^.,;:]{0,40}"
)
"""What points to the relay that a sender should use."""
_SAID: Final = " said: "
_BESIDE: Final = 80
_SURE: Final = 4_000
"""Points of a meaning that one concept carries by itself, or several together."""


def by_command(reply: Reply, hits: list[Hit]) -> list[Hit]:
    """`hits`, with a rule about the recipient behind the first other one, where the reply answers a command
    before RCPT TO (RFC 5321 section 3.3).  Before MAIL FROM, rules about the sender give way as well."""
    misplaced = REASONS.of_recipient if reply.command == "MAIL" else REASONS.of_named_address
    if not (reply.command == "MAIL" or answers_greeting(reply)):
        return hits
    if hits[0].rule.reason not in misplaced or hits[0].rule.own:
        return hits
    for place, hit in enumerate(hits):
        if hit.rule.reason not in misplaced and hit.rank >= TEXT:
            return [hit, *hits[:place], *hits[place + 1 :]]
    return hits


def answers_greeting(reply: Reply) -> bool:
    """True for what a server answers before any address is named.  Of a connection the sending side speaks
    as well ("connect to ...: host not found"), without a code."""
    return reply.command in _GREETINGS or (reply.command == _CONNECTING and reply.reply is not None)


def of_nobody_named(hit: Hit, reply: Reply) -> bool:
    """True for a hit about an address in an answer to what is said before one is named."""
    return answers_greeting(reply) and hit.rule.reason in REASONS.of_named_address and not hit.rule.own


def by_callout(hits: list[Hit]) -> list[Hit]:
    """`hits`, with a rule about a sender callout first: such a reply quotes what the sender's own server said
    of the sender, or that it did not answer, and is about nobody else."""
    for place, hit in enumerate(hits):
        # Few rules know of anything that the reply speaks of.
        if hit.rule.speaks_of and is_of_callout(hit) and hit.rank >= TEXT:
            return [hit, *hits[:place], *hits[place + 1 :]] if place and not hits[0].rule.own else hits
    return hits


def by_listing(reply: Reply, hits: list[Hit]) -> list[Hit]:
    """`hits`, with the blocklist that names the sending host before what the reply says of the recipient
    beside it ("Mailbox unavailable. Your IP is blacklisted"): a listed host is told so of any mailbox.  A
    failed SPF gives way only to a list that the reply calls its cause."""
    is_of_author = hits[0].rule.reason == "auth_failure"
    if (hits[0].rule.reason not in REASONS.hides_a_list and not is_of_author) or hits[0].rule.own:
        return hits
    for place, hit in enumerate(hits):
        if place and hit.rule.reason == "blocklisted" and hit.rank >= TEXT:
            before = reply.text[max(hit.start - _BESIDE, 0) : hit.start]
            if is_of_author and _STANDS_BEHIND.search(before) is None:
                return hits
            # Who speaks ("host mx.example.net[192.0.2.1] said: ") is not who was refused.
            said = reply.text.find(_SAID) if _SAID in reply.text[: hit.start] else 0
            beside = reply.text[max(hit.start - _BESIDE, said) : hit.end + _BESIDE]
            return [hit, *hits[:place], *hits[place + 1 :]] if _CLIENT.search(beside) else hits
    return hits


def by_remedy(reply: Reply, hits: list[Hit]) -> list[Hit]:
    """`hits`, with the refused sending host before "no relaying", where the only relay that the reply speaks
    of is that of the sender's own provider, which it advises: nobody asked for relaying."""
    best = hits[0].rule
    if best.reason != "no_relaying" or best.own or "your " not in reply.text:
        return hits
    for place, hit in enumerate(hits):
        if place and hit.rule.reason == "blocked" and hit.rank >= TEXT:
            denied = "relay" in _RELAY_OF_ONES_OWN.sub("", reply.text)
            return hits if denied else [hit, *hits[:place], *hits[place + 1 :]]
    return hits


def by_size(reply: Reply, hits: list[Hit]) -> list[Hit]:
    """`hits`, with the size of the message first where the reply says "too large, or the mailbox is full" and
    its status code is that of a size.  The words leave it open, so the code alone decides."""
    if (reply.status or "")[2:] != _SIZE or hits[0].rule.reason != "mailbox_full" or hits[0].rule.own:
        return hits
    for place, hit in enumerate(hits):
        if place and hit.rule.reason == "message_too_big" and hit.rank >= TEXT:
            return [msgspec.structs.replace(hit, rank=STATUS), *hits[:place], *hits[place + 1 :]]
    return hits


def by_pause(reply: Reply, hits: list[Hit]) -> list[Hit]:
    """`hits`, with a fault that passes before a pause that the reply asks for ("Disk error, try again in ten
    minutes"): the pause is the remedy.  A catch-word ("error") counts where the status code is one of the
    system (RFC 3463 section 3.4)."""
    if not is_only_a_pause(hits[0]):
        return hits
    least = CATCH_WORD if (reply.status or "")[2:4] == _OF_SYSTEM else MEANING
    for place, hit in enumerate(hits):
        if hit.rule.reason in REASONS.passes and hit.rank >= least and hit.rank != STATUS:
            return [hit, *hits[:place], *hits[place + 1 :]]
    return hits


def is_only_a_pause(hit: Hit) -> bool:
    """True for a hit that has read no more than how long to wait."""
    return "only_a_pause" in hit.rule.speaks_of and not hit.rule.own


def is_of_callout(hit: Hit) -> bool:
    """True for a hit that knows the reply to speak of a sender callout."""
    return "sender_callout" in hit.rule.speaks_of


def blames_sender(best: Hit, reply: Reply, failure: Failure, bounce: Bounce) -> bool:
    """True where the domain that a server calls unknown is the one that the mail came from: it then speaks of
    the envelope sender, at whatever command it says so."""
    if best.rule.reason != "host_unknown" or best.start < 0 or reply.command == "MAIL":
        return False
    own = {bounce.from_domain, *(domain_of(one.value) for one in bounce.envelope_senders_of(failure))}
    theirs = domain_of(failure.recipient or "")
    # Beside the words: further away stands who sent what.
    named = reply.text[max(best.start - _BESIDE, 0) : best.end + _BESIDE]
    if theirs is None or theirs in own or theirs in named:
        return False
    return any(domain is not None and _names(domain, named) for domain in own)


def _names(domain: str, words: str) -> bool:
    at = words.find(domain)
    if at < 0:
        return False
    before, behind = words[at - 1 : at], words[at + len(domain) : at + len(domain) + 2]
    # A host of that domain may be who speaks.
    return not (before.isalnum() or before in ("-", ".")) and not (
        behind[:1].isalnum() or behind[:1] == "-" or (behind[:1] == "." and behind[1:].isalnum())
    )


def by_cause(reply: Reply, hits: list[Hit]) -> list[Hit]:
    """`hits`, with the one that says more first: a public list that the reply names before "blocked", and any
    cause before "policy", which only says that there is one."""
    best = hits[0]
    if (
        best.rank not in (STATUS_AND_TEXT, TEXT)
        or best.at_home
        or best.rule.reason not in REASONS.yields_to_list
    ):
        return hits
    for place, hit in enumerate(hits):
        if hit.rank < TEXT:
            break
        if _within(hit, best):
            continue
        if _names_list(hit, reply) or (
            best.rule.reason == _POLICY and hit.rule.reason in REASONS.cause_of_refusal
        ):
            return [hit, *hits[:place], *hits[place + 1 :]]
    return hits


def says_why(meant: Hit, wording: Hit) -> bool:
    """True when `meant`, what a reply is about, is the cause of what its `wording` only calls refused."""
    return (
        wording.rule.reason in REASONS.only_refused
        and meant.rule.reason in REASONS.cause_of_refusal
        and meant.points >= _SURE
    )


def _names_list(hit: Hit, reply: Reply) -> bool:
    """True where `hit` has read the name of a public list, and not only that there is one."""
    words = reply.text[hit.start : hit.end]
    return hit.rule.reason == "blocklisted" and (
        "." in words or any(name in words for name in _NAMES_OF_LISTS)
    )


def _within(hit: Hit, best: Hit) -> bool:
    """True when `best` has read the words of `hit` already: "DNSBL lookup failure" tells of no listing."""
    return best.start <= hit.start and hit.end <= best.end
