"""The DMARC policy that applies to a domain, found by the DNS tree walk of RFC 9989 section 4.10."""

import re

from msgspec import Struct

from bounce_tui.check_outcome import DmarcPolicy
from bounce_tui.checks.dns.answer import Answer, Lookup
from bounce_tui.checks.dns.wording import plain_text, record_lines
from bounce_tui.checks.names.public_suffix import registered_domain
from bounce_tui.domain_name import is_within
from bounce_tui.regex import regex

_TAG = regex(r"([A-Za-z]{1,10})[ \t]*=(.*)", re.DOTALL)
# What somebody wrote as a DMARC record, rightly or not.
_MEANT = regex(r"\s{0,9}v\s{0,9}=\s{0,9}dmarc1(?![a-z0-9])", re.IGNORECASE)
_POLICIES: tuple[DmarcPolicy, ...] = ("none", "quarantine", "reject")
# A URI, and perhaps the size that a report may have (RFC 7489 section 6.2).
_REPORT_URI = regex(r"[a-z][a-z0-9+.-]{0,31}:[^\s,!]{1,1000}(?:![0-9]{1,18}[kmgt]?)?", re.IGNORECASE)
_TROUBLES = ("servfail", "refused", "timeout", "unreachable")
# A name of eight labels and more is cut to seven after the first question.
_LONGEST_WALKED = 7
_MOST_RECORDS = 20


class DmarcRecord(Struct, frozen=True):
    """One valid record: where it stands, its text, its tags in lower case."""

    domain: str
    text: str
    tags: dict[str, str]

    def policy(self, tag: str) -> DmarcPolicy | None:
        """The value of `p`, `sp` or `np` where it is one of the three."""
        value = self.tags.get(tag, "").lower()
        return next((policy for policy in _POLICIES if policy == value), None)


class Fault(Struct, frozen=True):
    """Why what stands at `_dmarc` below `domain` counts for nothing."""

    domain: str
    words: str


class Trouble(Struct, frozen=True):
    """That `_dmarc` below `domain` could not be asked."""

    domain: str
    answer: Answer


class Walk(Struct, frozen=True):
    """All records from `start` up to the top, nearest first, the raw `lines`, the `troubles` with asking,
    and `faults` (several records at a name, one that cannot be used)."""

    start: str
    records: tuple[DmarcRecord, ...] = ()
    lines: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def organizational_domain(self) -> str:
        """RFC 9989 section 4.10.2."""
        for record in self.records:
            if record.tags.get("psd", "").lower() == "n":
                return record.domain
            if record.tags.get("psd", "").lower() == "y" and record.domain != self.start:
                below = len(record.domain.split(".")) + 1
                return ".".join(self.start.split(".")[-below:])
        return self.records[-1].domain if self.records else self.start

    @property
    def applicable(self) -> DmarcRecord | None:
        """The record whose policy counts: the domain's own, else the organizational domain's, else
        that of the public suffix."""
        by_domain = {record.domain: record for record in self.records}
        own = by_domain.get(self.start) or by_domain.get(self.organizational_domain)
        return own or (self.records[-1] if self.records else None)

    @property
    def trouble(self) -> Answer | None:
        """The trouble that may hide the record that applies.  None takes the place of the domain's own."""
        if not self.troubles or any(record.domain == self.start for record in self.records):
            return None
        return self.troubles[0].answer


def same_organization(one: Walk, other: Walk) -> bool | Answer:
    """Whether both domains have one organizational domain, or the trouble that keeps it from being known."""
    same = one.organizational_domain == other.organizational_domain
    for trouble in (*one.troubles, *other.troubles):
        # A record that was not seen can part them where it is below the domain they share, and bring them
        # together where it is above both.
        names = (one.organizational_domain,) if same else (one.start, other.start)
        if same != all(is_within(name, trouble.domain) for name in names):
            return trouble.answer
    return same


async def walk(domain: str, lookup: Lookup) -> Walk:
    """Ask _dmarc at `domain` and at every name above it, as the RFC bounds it: at most eight
    questions."""
    records: list[DmarcRecord] = []
    lines: list[str] = []
    faults: list[Fault] = []
    troubles: list[Trouble] = []
    labels = domain.split(".")
    while labels:
        here = ".".join(labels)
        answer = await lookup.query(f"_dmarc.{here}", "TXT")
        lines += record_lines(answer)
        # A public suffix that cannot be asked (an isolated network) rarely has a policy to miss.
        if answer.outcome in _TROUBLES and (here == domain or await registered_domain(here) is not None):
            troubles.append(Trouble(here, answer))
        found = _at(here, answer)
        if isinstance(found, Fault):
            faults.append(found)
        elif found is not None:
            records.append(found)
            if found.tags.get("psd", "").lower() in ("y", "n"):
                break
        labels = labels[1:] if len(labels) <= _LONGEST_WALKED else labels[-_LONGEST_WALKED:]
    return Walk(domain, tuple(records), tuple(lines), tuple(troubles), tuple(faults))


def _at(domain: str, answer: Answer) -> DmarcRecord | Fault | None:
    """The one record at `_dmarc` below `domain`, or why there is none among those that are meant as one."""
    meant = [text for one in answer.records[:_MOST_RECORDS] if _MEANT.match(text := plain_text(one))]
    versioned = [text for text in meant if _tags(text) is not None]
    if len(versioned) > 1:
        return Fault(domain, f"{len(versioned)} DMARC records at _dmarc.{domain}: receivers ignore them all")
    if versioned:
        tag = _wrong_policy(_tags(versioned[0]) or {})
        fault = f"the record at _dmarc.{domain} is broken: it has no {tag}= of none, quarantine or reject"
        return read_record(domain, versioned[0]) or Fault(domain, fault)
    if meant:
        return Fault(domain, f"the record at _dmarc.{domain} is broken: it must begin with “v=DMARC1;”")
    return None


def read_record(domain: str, text: str) -> DmarcRecord | None:
    """A TXT record as DMARC record, or None where it is none (RFC 9989 section 4.7).

    One whose p, sp or np is none of the three policies stands for p=none where it says whom to report to,
    else for nothing (RFC 7489 section 6.6.3 step 6, which knows no np).
    """
    text = plain_text(text)
    tags = _tags(text)
    if tags is None:
        return None
    if _wrong_policy(tags) is not None:
        if not any(_REPORT_URI.fullmatch(place.strip(" \t")) for place in tags.get("rua", "").split(",")):
            return None
        tags = {name: value for name, value in tags.items() if name not in ("sp", "np")} | {"p": "none"}
    return DmarcRecord(domain, text, tags)


def _wrong_policy(tags: dict[str, str]) -> str | None:
    """The first of `p`, `sp` and `np` that is none of the three policies; `p` must be there."""
    present = ("p", *(tag for tag in ("sp", "np") if tag in tags))
    return next((tag for tag in present if tags.get(tag, "").lower() not in _POLICIES), None)


def _tags(text: str) -> dict[str, str] | None:
    """The tags of a record, the first of each name; None unless the version comes first."""
    tags: dict[str, str] = {}
    for index, part in enumerate(text.split(";")):
        match = _TAG.fullmatch(part.strip(" \t"))
        name, value = (match[1].lower(), match[2].strip(" \t")) if match is not None else ("", "")
        if index == 0 and (name, value) != ("v", "DMARC1"):
            return None
        if name:
            tags.setdefault(name, value)
    return tags
