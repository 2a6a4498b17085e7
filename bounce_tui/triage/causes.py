"""Bounces grouped by what must be mended: one line for two hundred mails that one listing holds up."""

from collections.abc import Iterable, Iterator, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from bounce_tui.domain_name import base_domain
from bounce_tui.regex import regex
from bounce_tui.triage.cause_table import cause_table, subjects_by_reason
from bounce_tui.triage.matching import MailTest, OutcomePicker
from bounce_tui.triage.reason_words import reason_words
from bounce_tui.triage.row import RecipientOutcome, Row, outcomes_of

_CLOSED = regex(r" \((?:shut down|closed) in ")
"""What stands behind the name of a list that answers no more."""
_OF_RECIPIENTS = frozenset({"recipient", "mailboxes", "domain"})


class Cause(Struct, frozen=True, order=True):
    """What bounces have in common: the `reason`, what it is about (an address, a domain; "" where the
    report does not tell) and who says so: the receiver or, where one is named, the `listed` one's list."""

    reason: str
    subject: str
    receiver: str
    listed: bool = False

    @property
    def is_of_mailboxes(self) -> bool:
        """Whether `subject` is a domain of whose mailboxes some have the cause."""
        return not self.listed and bool(self.subject) and subjects_by_reason().get(self.reason) == "mailboxes"

    @property
    def sentence(self) -> str:
        """The cause as a sentence; not yet safe to print."""
        table = cause_table()
        words = table.sentences.get("listed" if self.listed else self.reason)
        if self.listed and _CLOSED.search(self.receiver):
            words = table.closed
        if self.subject == table.own_queue:
            words = table.held
        if words is None:
            place = f" at {self.receiver}" if self.receiver else f": {self.subject}" if self.subject else ""
            return f"{reason_words(self.reason)}{place}"
        unnamed = table.unnamed
        subject = self.subject or unnamed[subjects_by_reason().get(self.reason, "host")]
        return words.format(subject=subject, receiver=self.receiver or unnamed["host"])


class Group(Struct, frozen=True):
    """The mails of one cause: how many, of how many senders, to how many recipients with that cause, from
    when to when.  A mail with several failures belongs to the cause of each; `shared` of these have other
    causes, too.
    `rule` and `token`, the receiver's own code, are named where all mails have it; `address` is the one
    mailbox that has the cause, where it is of the mailboxes of a domain and only one has it; `written_to` is
    the address that all of the mails were written to, where another, or its domain, must be mended."""

    cause: Cause
    mails: int
    senders: int
    recipients: int
    since: str | None
    until: str | None
    rule: str | None
    token: str | None
    rows: tuple[Row, ...]
    shared: int = 0
    address: str | None = None
    written_to: str | None = None

    @property
    def sentence(self) -> str:
        """The cause as a sentence, with the code; not yet safe to print."""
        if self.is_of_several:
            words = cause_table().plural[self.cause.reason].format(subject=self.cause.subject)
        else:
            subject = self.address or self.cause.subject
            forwarded = f" (forwarded from {self.written_to})" if self.written_to else ""
            words = replace(self.cause, subject=f"{subject}{forwarded}").sentence
        return f"{words} ({self.token})" if self.token else words

    @property
    def counted(self) -> str:
        """The sentence, with how many mailboxes it is about where they are several."""
        return f"{self.recipients:,} {self.sentence}" if self.is_of_several else self.sentence

    @property
    def is_of_several(self) -> bool:
        """Whether several mailboxes of a domain have the cause."""
        return self.cause.is_of_mailboxes and self.address is None


class OfCause:
    """A test for a queue: passes the mails of which some outcome has `cause` and passes the test `within`."""

    def __init__(self, cause: Cause, within: MailTest | None = None) -> None:
        self.cause = cause
        self._within = within

    def __call__(self, row: Row) -> bool:
        """Whether any outcome of the mail has the cause."""
        return next(self.passing(row), None) is not None

    def suits(self, row: Row, outcome: RecipientOutcome) -> bool:
        """Whether this outcome of the mail has the cause, and passes `within`."""
        return self._has(row, outcome) and (self._within is None or self._within.suits(row, outcome))

    def passing(self, row: Row) -> Iterator[RecipientOutcome]:
        """The outcomes of the mail that have the cause."""
        among = outcomes_of(row) if self._within is None else self._within.passing(row)
        return (outcome for outcome in among if self._has(row, outcome))

    def _has(self, row: Row, outcome: RecipientOutcome) -> bool:
        return outcome.reason == self.cause.reason and self.cause in causes_of(row, outcome)


def causes_of(row: Row, outcome: RecipientOutcome) -> Iterator[Cause]:
    """The causes of one `outcome` of `row`: one, or one for each recipient where the address itself must be
    mended; none for a mail that reports no failure."""
    reason = outcome.reason
    if reason is None or outcome.kind not in ("failed", "delayed"):
        return
    if outcome.rule in cause_table().held_rules:
        yield Cause(reason, cause_table().own_queue, "")
        return
    by = subjects_by_reason().get(reason, "host")
    author = row.envelope_domain or (row.author or "").rpartition("@")[2].lower()
    if outcome.blocklist:
        yield Cause(reason, author if outcome.lists_domain else row.ip or "", outcome.blocklist, listed=True)
        return
    # The address or its domain is what to mend, whoever reported it.
    if by == "mailboxes" and outcome.domain:
        yield Cause(reason, outcome.domain, "")
        return
    if by in ("recipient", "mailboxes") and outcome.addresses:
        for address in outcome.addresses:
            yield Cause(reason, address.lower(), "")
        return
    if by == "domain" and outcome.domain:
        yield Cause(reason, outcome.domain, "")
        return
    receiver = operator_of(outcome) or base_domain(outcome.host or "")
    if by == "ip":
        yield Cause(reason, row.ip or "", receiver)
    elif by == "author":
        # SPF, the reputation and most else go by the envelope's domain, DMARC by that in From.
        yield Cause(reason, (outcome.judged_domain or author).lower(), receiver)
    else:
        yield Cause(reason, "", receiver)


def verdict_key(row: Row, outcome: RecipientOutcome) -> bytes:
    """The key of the verdict on one outcome of a mail: the mail's identity for the leading one, for others
    with the cause behind it."""
    if outcome is row:
        return row.identity
    cause = next(causes_of(row, outcome), None)
    if cause is not None and cause.is_of_mailboxes:
        # What is true of one mailbox says nothing about the next.
        cause = replace(cause, subject=outcome.addresses[0].lower())
    return b"\0".join((row.identity, repr(cause).encode("utf-8", "backslashreplace")))


def operator_of(outcome: RecipientOutcome) -> str | None:
    """The provider that refused; None where only the software is known that did."""
    return None if outcome.provider in cause_table().software else outcome.provider


def group(rows: Iterable[Row], passing: OutcomePicker = outcomes_of) -> list[Group]:
    """The groups of `rows` by the causes of their outcomes, of those that `passing` picks; the groups with
    the most mails come first, equal ones by name.  A mail counts once in each of its causes."""
    together: dict[Cause, list[tuple[Row, RecipientOutcome]]] = {}
    of_several: set[int] = set()
    for row in rows:
        first: Cause | None = None
        for outcome in passing(row):
            for cause in causes_of(row, outcome):
                together.setdefault(cause, []).append((row, outcome))
                first = first or cause
                if cause != first:
                    of_several.add(id(row))
    groups = [_group(cause, members, of_several) for cause, members in together.items()]
    groups.sort(key=lambda one: (-one.mails, one.cause))
    return groups


def _group(cause: Cause, members: Sequence[tuple[Row, RecipientOutcome]], of_several: Set[int]) -> Group:
    # Those of one mail stand together.
    rows = [row for at, (row, _) in enumerate(members) if at == 0 or members[at - 1][0] is not row]
    dates = sorted(row.date for row in rows if row.date)
    rules = {outcome.rule for _, outcome in members}
    tokens = {outcome.token for _, outcome in members}
    addresses = {address.lower() for _, outcome in members for address in outcome.addresses}
    of_recipients = not cause.listed and subjects_by_reason().get(cause.reason) in _OF_RECIPIENTS
    written_to = {outcome.written_to for _, outcome in members}
    return Group(
        cause,
        len(rows),
        len({row.author.lower() for row in rows if row.author}),
        # Where it is the address that must be mended, those beside it have causes of their own.
        1 if cause.subject in addresses else len(addresses),
        dates[0] if dates else None,
        dates[-1] if dates else None,
        rules.pop() if len(rules) == 1 else None,
        tokens.pop() if len(tokens) == 1 else None,
        tuple(rows),
        sum(id(row) in of_several for row in rows),
        min(addresses) if cause.is_of_mailboxes and len(addresses) == 1 else None,
        written_to.pop() if of_recipients and len(written_to) == 1 else None,
    )
