"""What a filter can ask of a row and one of its outcomes: one table, of which help and completion are
made."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from ipaddress import ip_address, ip_network
from typing import Literal

from msgspec import Struct

from bounce_tui.hints.tables import for_user
from bounce_tui.model import Kind
from bounce_tui.regex import regex
from bounce_tui.triage.filter.synonyms import FIELD_OF, REASON_OF, WORD_OF
from bounce_tui.triage.queue import haystack
from bounce_tui.triage.reason_words import reason_words
from bounce_tui.triage.row import RecipientOutcome, Row

Test = Callable[[Row, RecipientOutcome], bool]
SessionTest = Callable[[str, Row, RecipientOutcome], bool]
"""Whether a word for what the user or the checks of this session have made of a mail is true of it."""
_BOUNCES: tuple[Kind, ...] = ("failed", "delayed")
Cost = Literal[1, 2, 3]
"""1 compares a field, 2 looks into text, 3 looks into all of a row's text."""

_AGE = regex(r"(\d{1,5})([mhdw])")
VERDICTS = {"holds": "still_holds", "gone": "no_longer_holds", "unknowable": "cannot_be_known"}
"""The words for the states of a verdict, which are written out in exports."""
AGES = ("1h", "6h", "1d", "2d", "1w", "4w")
"""Ages worth asking for."""
_TYPO = 0.75
"""How alike a typo leaves two words: one letter changed, dropped, doubled or swapped in a word of four."""
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Context(Struct, frozen=True):
    """What a filter is read with: the time that ages count from, and what is asked about
    `session`: marks, states, notes, and the verdict on one of the outcomes."""

    now: datetime
    session: SessionTest


class ValueTerm(Struct, frozen=True):
    """A term with a value: `make` gives the test, or raises ValueError with the reason in words; `singly` as
    of `WordTerm`."""

    name: str
    sentence: str
    example: str
    make: Callable[[str, Context], Test]
    cost: Cost = 2
    signs: str = ":"
    singly: bool = False


class WordTerm(Struct, frozen=True):
    """A term that is a word by itself; `singly` where its answer may differ between recipients of one
    outcome."""

    name: str
    sentence: str
    make: Callable[[Context], Test]
    singly: bool = False


def _text(field: Callable[[Row, RecipientOutcome], str | None]) -> Callable[[str, Context], Test]:
    def make(value: str, context: Context) -> Test:
        words = value.casefold()
        return lambda row, outcome: words in (field(row, outcome) or "").casefold()

    return make


def _addressee(row: Row, outcome: RecipientOutcome) -> str | None:
    return f"{outcome.recipient}\n{outcome.written_to}" if outcome.written_to else outcome.recipient


def _sender(row: Row) -> str | None:
    return f"{row.author} {row.envelope_domain}" if row.envelope_domain else row.author


def _domain(value: str, context: Context) -> Test:
    domain = value.casefold().lstrip("@.")
    below = f".{domain}"
    return lambda row, outcome: outcome.domain == domain or outcome.domain.endswith(below)


def _status(value: str, context: Context) -> Test:
    if not re.fullmatch(r"[245x](\.\d{1,3}){0,2}\.?", value):
        raise ValueError("a status looks like 5, 5.7 or 5.7.1")
    start = value.rstrip(".") + "."
    if start[0] == "x":
        # As the registry of status codes writes them (RFC 5248): of any class.
        return lambda row, outcome: f"{outcome.status or ''}."[1:].startswith(start[1:])
    return lambda row, outcome: f"{outcome.status or ''}.".startswith(start)


def _code(value: str, context: Context) -> Test:
    if not re.fullmatch(r"[245]\d{0,2}", value):
        raise ValueError("a reply code looks like 5, 55 or 550")
    return lambda row, outcome: (outcome.reply_code or "").startswith(value)


def _ip(value: str, context: Context) -> Test:
    try:
        network = ip_network(value, strict=False)
    except ValueError:
        raise ValueError("an address looks like 192.0.2.1 or 192.0.2.0/24") from None

    def test(row: Row, outcome: RecipientOutcome) -> bool:
        try:
            return row.ip is not None and ip_address(row.ip) in network
        except ValueError:
            return False

    return test


def _reason(value: str, context: Context) -> Test:
    words = value.casefold().replace("_", " ").replace("-", " ")
    slugs = for_user().reason
    meant = frozenset(slug for slug in slugs if words in slug.replace("_", " ") or words in _shown(slug))
    if not meant and (called := REASON_OF.get(words.replace(" ", ""))):
        meant = frozenset((called,))
    if not meant:
        if term := term_of(words):
            raise ValueError(f"no reason has these words; {term} stands by itself")
        close = get_close_matches(words.replace(" ", "_"), slugs, n=2)
        nearest = f"; did you mean {' or '.join(close)}?" if close else ""
        raise ValueError(f"no reason has these words{nearest}")
    return lambda row, outcome: outcome.reason in meant


def _shown(slug: str) -> str:
    return reason_words(slug).casefold()


def _verdict(value: str, context: Context) -> Test:
    state = VERDICTS.get(value.casefold())
    if state is None and value not in VERDICTS.values():
        raise ValueError(f"a verdict is {', '.join(VERDICTS)}")
    return lambda row, outcome: context.session(state or value, row, outcome)


def _age(value: str, context: Context) -> Test:
    found = _AGE.fullmatch(value[1:])
    if found is None:
        raise ValueError("an age looks like 90m, 6h, 2d or 1w")
    edge = context.now - timedelta(**{_UNITS[found[2]]: int(found[1])})
    # Not strftime: %Y does not fill up a year before 1000, and dates are compared as text.
    limit = edge.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if value[0] == "<":
        return lambda row, outcome: row.date is not None and row.date > limit
    return lambda row, outcome: row.date is not None and row.date < limit


def _is_permanent(row: Row, outcome: RecipientOutcome) -> bool:
    return outcome.kind == "failed" and not outcome.temporary


def _of_kind(*kinds: Kind, other: bool = False) -> Callable[[Context], Test]:
    return lambda context: lambda row, outcome: (outcome.kind in kinds) is not other


def _in_session(word: str) -> Callable[[Context], Test]:
    return lambda context: lambda row, outcome: context.session(word, row, outcome)


def _by_verdict(name: str, sentence: str, word: str) -> WordTerm:
    """A term about the verdict, which each recipient has for itself."""
    return WordTerm(name, sentence, _in_session(word), singly=True)


def _earlier(state: str) -> Callable[[Context], Test]:
    def make(context: Context) -> Test:
        session = context.session
        return lambda row, outcome: session("earlier", row, outcome) and session(state, row, outcome)

    return make


VALUE_TERMS: dict[str, ValueTerm] = {
    term.name: term
    for term in (
        ValueTerm("reason", "why it failed, a part of its words", "reason:blocklisted", _reason),
        ValueTerm("domain", "the recipient's domain and what is below it", "domain:gmail.com", _domain, 1),
        ValueTerm("to", "the recipient's address", "to:anna@", _text(_addressee)),
        ValueTerm("from", "who sent the mail that failed", "from:sales@", _text(lambda row, _: _sender(row))),
        ValueTerm("status", "the enhanced status code", "status:5.7", _status, 1),
        ValueTerm("code", "the SMTP reply code", "code:550", _code, 1),
        ValueTerm("ip", "the sending address or its network", "ip:192.0.2.0/24", _ip),
        ValueTerm("mta", "the server that refused or reports", "mta:outlook", _text(lambda _, one: one.host)),
        ValueTerm("provider", "who runs that server", "provider:google", _text(lambda _, one: one.provider)),
        ValueTerm("rule", "the rule that matched", "rule:godaddy-ib104", _text(lambda _, one: one.rule)),
        ValueTerm("verdict", "what its checks said, also in an earlier session", "verdict:holds", _verdict, 1,
               singly=True),
        ValueTerm("subject", "the subject of the report", "subject:delay", _text(lambda row, _: row.subject)),
        ValueTerm("file", "the file it came from", "file:inbox", _text(lambda row, _: row.file)),
        ValueTerm("age", "how long ago", "age<2d", _age, 1, "<>"),
    )
}  # fmt: skip

WORD_TERMS: dict[str, WordTerm] = {
    term.name: term
    for term in (
        WordTerm("failed", "failed, and no longer tried", _of_kind("failed")),
        WordTerm("delayed", "still being tried", _of_kind("delayed")),
        WordTerm("temporary", "could pass later", lambda context: lambda row, outcome: outcome.temporary),
        WordTerm("permanent", "failed, until something changes", lambda context: _is_permanent),
        WordTerm("hard", "the address or its domain is dead",
                 lambda context: lambda row, outcome: outcome.hard),
        WordTerm("bounce", "reports of failures and delays", _of_kind(*_BOUNCES)),
        WordTerm("other", "all that is no such report", _of_kind(*_BOUNCES, other=True)),
        WordTerm("away", "its file is no longer there (--follow)",
                 lambda context: lambda row, outcome: row.away),
        WordTerm("error", "could not be read", lambda context: lambda row, outcome: row.error is not None),
        WordTerm("backscatter", "a stranger sent it in your name ([sender] ips)",
                 lambda context: lambda row, outcome: row.backscatter),
        WordTerm("marked", "marked by you", _in_session("marked")),
        WordTerm("todo", "not touched yet", _in_session("todo")),
        WordTerm("working", "you are at it", _in_session("working")),
        WordTerm("done", "you are done with it", _in_session("done")),
        WordTerm("ignored", "you ignore it", _in_session("ignored")),
        WordTerm("noted", "has a note of yours", _in_session("noted")),
        _by_verdict("checked", "checked, with a verdict", "checked"),
        _by_verdict("holds", "checked: the cause still holds", "still_holds"),
        _by_verdict("gone", "checked: the cause no longer holds", "no_longer_holds"),
        _by_verdict("unknowable", "checked: it cannot be known from here", "cannot_be_known"),
        *(
            WordTerm(word, f"an earlier session's check: {sentence}", _earlier(state), singly=True)
            for word, state, sentence in (
                ("held?", "still_holds", "the cause still held"),
                ("gone?", "no_longer_holds", "the cause no longer held"),
                ("unkn?", "cannot_be_known", "it could not be known"),
            )
        ),
        _by_verdict("earlier", "its verdict is of an earlier session", "earlier"),
    )
}  # fmt: skip


class Words:
    """Rows that show `value` anywhere.  `found` is whether any row that was asked about has shown it."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.found = False
        self._looked_for = value.casefold()

    def __call__(self, row: Row, outcome: RecipientOutcome) -> bool:
        """Whether `row`, shown for `outcome`, has the words; notes that some row has."""
        if self._looked_for not in haystack(row, outcome):
            return False
        self.found = True
        return True


def term_of(word: str) -> str:
    """The name of the term that stands by itself and is called `word`; "" for none."""
    word = word.casefold()
    return word if word in WORD_TERMS else WORD_OF.get(word, "")


def value_term_of(name: str) -> ValueTerm | None:
    """The term with a value that is called `name`."""
    return VALUE_TERMS.get(FIELD_OF.get(name, name))


def nearly(word: str) -> str:
    """What `word` is but for a typo, as the filter takes it: a term or a reason; "" for none,
    and where a reason has this very word."""
    word = word.casefold()
    slugs = for_user().reason
    if term := value_term_of(word.partition("=")[0]):
        return f"{term.name}{term.signs[0]}"
    if any(word in f"{slug} {_shown(slug)}" for slug in slugs):
        return ""
    known = {term.name: f"{term.name}{term.signs[0]}" for term in VALUE_TERMS.values()}
    reasons = {slug.replace("_", ""): slug for slug in slugs} | REASON_OF
    known |= {name: f"reason:{slug}" for name, slug in reasons.items()} | WORD_OF
    known |= {name: name for name in WORD_TERMS}
    close = get_close_matches(word, known, n=1, cutoff=_TYPO)
    return known[close[0]] if close else ""
