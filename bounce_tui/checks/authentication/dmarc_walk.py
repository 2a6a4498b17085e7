"""The DMARC policy that applies to a domain, found by the DNS tree walk of RFC 9989 section 4.10."""

import re

from msgspec import Struct

from bounce_tui.checks.dns.answer import Answer, Lookup
from bounce_tui.checks.dns.wording import plain_text, record_lines
from bounce_tui.outcome import DmarcPolicy
from bounce_tui.regex import regex

_TAG = regex(r"([A-Za-z]{1,10})[ \t]*=(.*)", re.DOTALL)
# What somebody wrote as a DMARC record, rightly or not.
_MEANT = regex(r"\s{0,9}v\s{0,9}=\s{0,9}dmarc1(?![a-z0-9])", re.IGNORECASE)
_POLICIES: tuple[DmarcPolicy, ...] = ("none", "quarantine", "reject")
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


class Walk(Struct, frozen=True):
    """All records from `start` up to the top, nearest first, the raw `lines`, the first `trouble`,
    and `faults` (several records at a name, one that cannot be used)."""

    start: str
    records: tuple[DmarcRecord, ...] = ()
    lines: tuple[str, ...] = ()
    trouble: Answer | None = None
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


async def walk(domain: str, lookup: Lookup) -> Walk:
    """Ask _dmarc at `domain` and at every name above it, as the RFC bounds it: at most eight
    questions."""
    records: list[DmarcRecord] = []
    lines: list[str] = []
    faults: list[Fault] = []
    trouble = None
    labels = domain.split(".")
    while labels:
        here = ".".join(labels)
        answer = await lookup.query(f"_dmarc.{here}", "TXT")
        lines += record_lines(answer)
        # A top-level domain that cannot be asked (an isolated network) rarely has a policy to miss.
        if answer.outcome in ("servfail", "refused", "timeout", "unreachable") and len(labels) > 1:
            trouble = trouble or answer
        found = _at(here, answer)
        if isinstance(found, Fault):
            faults.append(found)
        elif found is not None:
            records.append(found)
            if found.tags.get("psd", "").lower() in ("y", "n"):
                break
        labels = labels[1:] if len(labels) <= _LONGEST_WALKED else labels[-_LONGEST_WALKED:]
    return Walk(domain, tuple(records), tuple(lines), trouble, tuple(faults))


def _at(domain: str, answer: Answer) -> DmarcRecord | Fault | None:
    """The one record at `_dmarc` below `domain`, or why there is none among those that are meant as one."""
    meant = [text for one in answer.records[:_MOST_RECORDS] if _MEANT.match(text := plain_text(one))]
    versioned = [text for text in meant if _tags(text) is not None]
    if len(versioned) > 1:
        return Fault(domain, f"{len(versioned)} DMARC records at _dmarc.{domain}: receivers ignore them all")
    if versioned:
        return read_record(domain, versioned[0]) or Fault(
            domain, f"the record at _dmarc.{domain} is broken: it has no p= of none, quarantine or reject"
        )
    if meant:
        return Fault(domain, f"the record at _dmarc.{domain} is broken: it must begin with “v=DMARC1;”")
    return None


def read_record(domain: str, text: str) -> DmarcRecord | None:
    """A TXT record as DMARC record, or None where it is none (RFC 9989 section 4.7)."""
    text = plain_text(text)
    tags = _tags(text)
    if tags is None:
        return None
    record = DmarcRecord(domain, text, tags)
    if record.policy("p") is None:
        if not tags.get("rua"):
            return None
        tags["p"] = "none"
    return record


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
