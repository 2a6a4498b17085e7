"""A rule as it is written in a file, and what can be wrong with it."""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from bounce_tui.diagnosis.advice import SLOTS, unknown_slots
from bounce_tui.diagnosis.bounded_regex import fault_of
from bounce_tui.diagnosis.folding import fold
from bounce_tui.diagnosis.nearest_word import nearest
from bounce_tui.diagnosis.rule import Reason, Wording
from bounce_tui.diagnosis.toml_places import Path
from bounce_tui.reason import Topic, WhoActs
from bounce_tui.regex import regex

SHORTEST_LITERAL = 3
LONGEST_LITERAL = 300
"""Characters of a wording: as much as any server writes in one line."""
LONGEST_ID = 60
_MOST_DIGITS = 9
_MOST_WORDS = 200
"""Wordings of one rule, in all."""
_MOST_NAMES = 500
_MOST_EXAMPLES = 20
CHECKS = ("domain", "mx", "sender-domain", "ptr", "spf", "dkim", "dmarc", "owner", "tls", "smtp", "rdap")
_CHECK = regex(rf"({'|'.join(CHECKS)}|(dnsbl|rhsbl|link):[a-z0-9.-]+)")
_ZONE = regex(r"(?:[a-z0-9_-]{1,63}\.){1,8}[a-z]{2,24}")
_STATUS = regex(r"[245]\.\d{1,3}\.\d{1,3}(-[245]\.\d{1,3}\.\d{1,3})?")
_REPLY = regex(r"[2-5]\d\d")
_ID = regex(r"[a-z0-9][a-z0-9.-]+")
_DOMAIN = regex(r"[A-Za-z0-9_.-]{2,253}")
_URL = regex(r"https?://[^\s\"<>\\^`|]+")

Trouble = tuple[Path, str, str]
"""The path to a value, what is wrong with it and what to write instead."""


class RuleEntry(Wording, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A `[[rule]]` table as written; what is absent comes from the reason or from the file's head.
    `weak` words are catch-words, which any other sign beats."""

    id: str
    reason: str
    weak: bool = False
    temporary: bool | None = None
    cause: str | None = None
    steps: tuple[str, ...] = ()
    only_these_steps: bool = False
    who_acts: WhoActs | None = None
    checks: tuple[str, ...] | None = None
    lists: tuple[str, ...] = ()
    speaks_of: tuple[Topic, ...] = ()
    url: str | None = None
    k12_causes: tuple[int, ...] | None = None
    godaddy_groups: tuple[str, ...] | None = None
    source: str | None = None


class RuleHead(Struct, frozen=True, forbid_unknown_fields=True):
    """What a file says above its rules.  `host_suffix` are the hosts that its wording is bound to;
    `also_hosts` tell the provider too, but its wording is seen elsewhere as well (a product that others
    run).  `names` are what its causes and steps call the provider, where that is not `provider` itself.
    `last` marks fall-backs that no other rule's words may lose against.  `off` are the ids of rules that a
    user's file switches off."""

    provider: str = ""
    host_suffix: tuple[str, ...] = ()
    also_hosts: tuple[str, ...] = ()
    recipient_domains: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    url: str | None = None
    source: str | None = None
    last: bool = False
    off: tuple[str, ...] = ()


def literals(entry: Wording) -> tuple[str, ...]:
    """All words of `entry` that can call it, as they are written."""
    return (*entry.contains, *entry.tokens, *(words for group in entry.any_of for words in group))


def is_check(id_: str) -> bool:
    """Whether a check bears the id: one of CHECKS, or a list or system by its name."""
    return _CHECK.fullmatch(id_) is not None


def other_check(id_: str) -> str:
    """The advice to one who wrote `id_`, which no check bears."""
    known = f"use one of {', '.join(CHECKS)}, dnsbl:ZONE, rhsbl:ZONE, link:NAME"
    return nearest(id_, CHECKS, known)


def troubles(entry: RuleEntry, reasons: Mapping[str, Reason], concepts: Collection[str]) -> Iterator[Trouble]:
    """Everything that keeps `entry` from being used."""
    if not _ID.fullmatch(entry.id) or len(entry.id) > LONGEST_ID:
        yield ("id",), f"{entry.id[:LONGEST_ID]!r} is no id", "write small letters, digits, dots and dashes"
    yield from _word_troubles(entry)
    yield from _code_troubles(entry)
    slugs: list[tuple[Path, str]] = [(("reason",), entry.reason)]
    slugs += [(("also", number), slug) for number, slug in enumerate(entry.also)]
    for path, slug in slugs:
        if slug not in reasons:
            fix = nearest(slug, reasons, "`bounce-tui rules list` names the reasons")
            yield path, f"no reason is named {slug!r}", fix
    for number, check in enumerate(entry.checks or ()):
        if not is_check(check):
            yield ("checks", number), f"no check is named {check!r}", other_check(check)
    for number, zone in enumerate(entry.lists):
        if not _ZONE.fullmatch(zone):
            yield (
                ("lists", number),
                f"{zone!r} is no zone of a list",
                'write it as it is asked: "bl.example.net"',
            )
    for at, group in enumerate(entry.meaning):
        if not group:
            yield ("meaning", at), "an empty group", "name the concepts, or leave the group out"
        for number, name in enumerate(group):
            if name not in concepts:
                fix = nearest(name, concepts, "use a name of concepts.toml")
                yield ("meaning", at, number), f"no concept is named {name!r}", fix
    yield from _text_troubles(entry)


def head_troubles(head: RuleHead) -> Iterator[Trouble]:
    """Everything that keeps a file with this `head` from being used."""
    named = (head.host_suffix, head.also_hosts, head.recipient_domains, head.mentions)
    if sum(map(len, named)) > _MOST_NAMES:
        yield (), f"more than {_MOST_NAMES} hosts, domains or mentions", "name the domains above them"
    domains = (
        ("host_suffix", head.host_suffix),
        ("also_hosts", head.also_hosts),
        ("recipient_domains", head.recipient_domains),
    )
    for key, names in (*domains, ("mentions", head.mentions)):
        if names and not head.provider:
            yield (key,), f"`{key}` tells whose words these are, but no provider is named", "add provider"
    for key, names in domains:
        for number, name in enumerate(names):
            if not _DOMAIN.fullmatch(name):
                yield (key, number), f"{name!r} is no domain name", 'write the end of it: "mail.example.net"'
    for number, words in enumerate(head.mentions):
        if len(fold(words)) < SHORTEST_LITERAL or len(words) > LONGEST_LITERAL:
            yield ("mentions", number), f"{words!r} tells nobody", "quote what only this provider writes"
    if head.url and not _URL.fullmatch(head.url):
        yield ("url",), "the page is no web address", "begin it with https:// and leave blanks out"
    for slot in unknown_slots(head.url or ""):
        yield ("url",), f"no placeholder is named {slot!r}", f"use one of {', '.join(sorted(SLOTS))}"


def _word_troubles(entry: RuleEntry) -> Iterator[Trouble]:
    every = literals(entry)
    if not (every or entry.token_range or entry.meaning or entry.status or entry.reply):
        yield (), "nothing to match", "give contains, token, any_of, meaning, status or reply"
    if not every and (entry.regex or entry.unless):
        key = "regex" if entry.regex else "unless"
        yield (key,), "a regex or `unless` needs a word that calls it", "add the fixed part to contains"
    if len(every) + len(entry.unless) > _MOST_WORDS:
        yield (), f"more than {_MOST_WORDS} wordings", "write two rules"
    for at, group in enumerate(entry.any_of):
        if not group:
            yield ("any_of", at), "an empty group", "name the words, or leave the group out"
    placed: list[tuple[Path, str]] = [(("contains", n), words) for n, words in enumerate(entry.contains)]
    placed += [(("token", n), words) for n, words in enumerate(entry.tokens)]
    placed += [(("any_of", at, n), w) for at, group in enumerate(entry.any_of) for n, w in enumerate(group)]
    if entry.token_range:
        placed.append((("token_range", "prefix"), entry.token_range.prefix))
    for path, words in placed:
        folded = fold(words)
        if folded.isascii() and len(folded) < SHORTEST_LITERAL:
            yield path, f"{words!r} is too short to mean anything", "use at least three characters"
        if "@" in folded:
            yield path, f"{words!r} holds an address sign", "addresses are masked in replies; leave it out"
    placed += [(("unless", n), words) for n, words in enumerate(entry.unless)]
    for path, words in placed:
        if len(words) > LONGEST_LITERAL:
            yield path, f"longer than {LONGEST_LITERAL} characters", "quote what is always the same"
        elif not fold(words):
            yield path, "empty words", "leave them out"


def _code_troubles(entry: RuleEntry) -> Iterator[Trouble]:
    if entry.status is not None:
        if not _STATUS.fullmatch(entry.status):
            problem = f"status {entry.status!r} is no enhanced status code"
            yield ("status",), problem, 'write "5.7.1", or a range: "4.7.500-4.7.699"'
        elif "-" in entry.status:
            low, high = ([int(part) for part in code.split(".")] for code in entry.status.split("-"))
            if low > high:
                yield ("status",), f"the range {entry.status!r} is empty", "write the lower code first"
    if entry.reply is not None and not _REPLY.fullmatch(entry.reply):
        yield ("reply",), f"reply {entry.reply!r} is no reply code", 'write three digits: "550"'
    if entry.regex is not None and (fault := fault_of(entry.regex)):
        yield ("regex",), *fault
    range_ = entry.token_range
    if range_ and not (1 <= range_.digits <= _MOST_DIGITS and 0 <= range_.low <= range_.high):
        problem = f"no number has {range_.digits} digits and lies within {range_.low}..{range_.high}"
        yield ("token_range",), problem, f"give 1 to {_MOST_DIGITS} digits, and the lower number as `low`"


def _text_troubles(entry: RuleEntry) -> Iterator[Trouble]:
    if entry.only_these_steps and not entry.steps:
        yield ("only_these_steps",), "no steps are given", "add steps, or leave this out"
    if len(entry.examples) > _MOST_EXAMPLES:
        yield ("examples",), f"more than {_MOST_EXAMPLES} examples", "keep those that differ"
    texts: list[tuple[Path, str]] = [(("steps", n), step) for n, step in enumerate(entry.steps)]
    texts += [(("cause",), entry.cause or ""), (("url",), entry.url or "")]
    for path, text in texts:
        for slot in unknown_slots(text):
            fix = nearest(slot, SLOTS, f"use one of {', '.join(sorted(SLOTS))}")
            yield path, f"no placeholder is named {slot!r}", fix
    if entry.url and not _URL.fullmatch(entry.url):
        yield ("url",), "the page is no web address", "begin it with https:// and leave blanks out"
