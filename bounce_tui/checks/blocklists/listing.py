"""One question to one blocklist, believed only after the list has proved itself."""

import asyncio
from ipaddress import IPv4Address, IPv6Address
from typing import Literal

from msgspec import Struct

from bounce_tui.checks.blocklists.catalog import Blocklist, Code, ProofPoints
from bounce_tui.checks.dns.answer import Answer, Lookup
from bounce_tui.checks.dns.wording import plain_text, record_lines, trouble
from bounce_tui.checks.names.address import IPAddress, parse_ip, reversed_labels

ListingOutcome = Literal["listed", "range", "neutral", "good", "not_listed", "refused", "unusable"]

_LONGEST_TEXT = 500
_SILENT = ("unreachable", "timeout", "servfail")


class ListAnswer(Struct, frozen=True):
    """What a list said.  `reason` tells why it refused or is unusable; `codes` what its answer means,
    each with the answer that carried it; `texts` its own words; `lines` the raw records; `proof` how
    it proved itself.  That it refused is only `concluded` where its test points are not there, which some
    lists let those see whom they do not serve.  `silent` is True where some of it gave no answer, so that the
    next query may."""

    outcome: ListingOutcome
    codes: tuple[tuple[str, Code], ...] = ()
    texts: tuple[str, ...] = ()
    reason: str | None = None
    lines: tuple[str, ...] = ()
    proof: str | None = None
    concluded: bool = False
    silent: bool = False


def unknown_list(zone: str, *, of_domains: bool) -> Blocklist:
    """A list that is not in blocklists.toml (a receiver's own): asked by the rules of RFC 5782."""
    points = (
        ProofPoints(("test",), ("invalid",)) if of_domains else ProofPoints(("127.0.0.2",), ("127.0.0.1",))
    )
    codes = (Code("listed", code="127.0.0-255.2-254"),)
    return Blocklist(
        zone, zone, zone, ("domain",) if of_domains else ("ip4", "ip6"), tests=points, codes=codes
    )


async def ask_list(entry: Blocklist, subject: IPAddress | str, lookup: Lookup) -> ListAnswer:
    """Ask `entry` for `subject` (an address, or a domain), with its test points.

    Believed only when a test point that must be listed is, and one that must not be is not: a list
    that wildcards, is parked, refuses us or is dead says so here.
    """
    asked_for = subject if isinstance(subject, str) else reversed_labels(subject)
    of_ip6 = isinstance(subject, IPv6Address)
    must = [name for point in entry.tests.listed for name in _point_names(point, of_ip6=of_ip6)]
    must_not = [name for point in entry.tests.clean for name in _point_names(point, of_ip6=of_ip6)]
    names = [f"{labels}.{entry.zone}" for labels in (asked_for, *must, *must_not)]
    asked, *proofs = await asyncio.gather(*(lookup.query(name, "A") for name in names))
    lines = record_lines(asked)
    listed, clean = proofs[: len(must)], proofs[len(must) :]
    refusal = _refusal(entry, [asked, *proofs])
    silent = any(answer.outcome in _SILENT for answer in (asked, *proofs))
    doubt = refusal or _disproof(entry, listed, clean)
    if doubt is not None:
        outcome, reason = doubt
        raw = lines + tuple(_proof_lines(proofs))
        return ListAnswer(outcome, reason=reason, lines=raw, concluded=refusal is None, silent=silent)
    if asked.outcome in ("nxdomain", "no_data"):
        return ListAnswer("not_listed", lines=lines, proof=_proof(entry))
    if asked.outcome != "answer":
        return ListAnswer("unusable", reason=trouble(asked), lines=lines, silent=silent)
    outside = _outside(asked)
    if outside is not None:
        return ListAnswer("unusable", reason=outside, lines=lines)
    # Name servers turn the order of records with every answer.
    codes = tuple((record, code) for record in sorted(asked.records) for code in entry.read(record))
    if not codes:
        reason = f"it answers {', '.join(asked.records)}, which it does not document"
        return ListAnswer("unusable", reason=reason, lines=lines)
    if _worst(codes) in ("listed", "range"):
        stray = await lookup.query(f"{_stray(subject)}.{entry.zone}", "A")
        if stray.outcome == "answer" and not _speaks_well(entry, stray):
            return ListAnswer("unusable", reason=_lists_all(stray), lines=lines + record_lines(stray))
    text = await lookup.query(names[0], "TXT")
    texts = tuple(plain_text(record)[:_LONGEST_TEXT] for record in text.records)
    return ListAnswer(_worst(codes), codes, texts, None, lines, _proof(entry))


def _stray(subject: IPAddress | str) -> str:
    """A point that nobody lists, in a branch of its own: a wildcard does not reach the points beside one
    that is written out (RFC 4592 section 2.2.1)."""
    if isinstance(subject, str):
        return "bounce-tui-asks-for-a-name-that-nobody-has"
    return reversed_labels(
        IPv4Address("0.0.0.1") if isinstance(subject, IPv4Address) else IPv6Address("100::1")
    )


def _lists_all(answer: Answer) -> str:
    return f"it lists everything: even {answer.name}, which must never be listed"


def _point_names(point: str, *, of_ip6: bool) -> list[str]:
    """The labels of a test point: the address 127.0.0.2 is asked for as 2.0.0.127, and beside an IPv6
    address as ::ffff:127.0.0.2 too (RFC 5782 section 5); a test name as it stands."""
    ip = parse_ip(point)
    if not isinstance(ip, IPv4Address):
        return [point]
    mapped = IPv6Address(f"::ffff:{ip}")
    return [reversed_labels(ip), *([reversed_labels(mapped)] if of_ip6 else [])]


def _refusal(entry: Blocklist, answers: list[Answer]) -> tuple[ListingOutcome, str] | None:
    for answer in answers:
        if answer.outcome == "refused":
            return "refused", trouble(answer)
        for record in answer.records:
            if record.startswith("127."):
                for code in entry.read(record):
                    if code.says == "refused":
                        return "refused", f"it answers {record}: {code.meaning}"
    return None


def _disproof(
    entry: Blocklist, listed: list[Answer], clean: list[Answer]
) -> tuple[ListingOutcome, str] | None:
    for answer in (*listed, *clean):
        outside = _outside(answer)
        if outside is not None:
            return "unusable", outside
    for answer in clean:
        if answer.outcome == "answer" and not _speaks_well(entry, answer):
            return "unusable", _lists_all(answer)
    if listed and not any(_is_proof(entry, answer) for answer in listed):
        silent = [answer for answer in listed if answer.outcome not in ("nxdomain", "no_data", "answer")]
        what = trouble(silent[0]) if silent else f"its own test entry {listed[0].name} is missing"
        if entry.condition is not None and all(answer.outcome not in _SILENT for answer in listed):
            return "refused", what
        return "unusable", what
    for answer in clean:
        if answer.outcome not in ("nxdomain", "no_data", "answer"):
            return "unusable", trouble(answer)
    return None


def _is_proof(entry: Blocklist, answer: Answer) -> bool:
    """Any code in 127/8 will do (some lists have one of their own for the test entry), but not a good
    word from a list of bad ones."""
    lists_the_bad = any(code.says in ("listed", "range") for code in entry.codes)
    return answer.outcome == "answer" and not (lists_the_bad and _speaks_well(entry, answer))


def _speaks_well(entry: Blocklist, answer: Answer) -> bool:
    said = {code.says for record in answer.records for code in entry.read(record)}
    return bool(said) and said <= {"good", "neutral"}


def _outside(answer: Answer) -> str | None:
    for record in answer.records:
        if not record.startswith("127."):
            return (
                f"it answers {record} for {answer.name}, and a list answers within 127.0.0.0/8 only: "
                "its domain is parked, or the resolver invents answers"
            )
    return None


def _worst(codes: tuple[tuple[str, Code], ...]) -> ListingOutcome:
    said = {code.says for _, code in codes}
    order: tuple[ListingOutcome, ...] = ("listed", "range", "neutral", "good")
    return next(outcome for outcome in order if outcome in said)


def _proof(entry: Blocklist) -> str:
    clean = f", {entry.tests.clean[0]} is not" if entry.tests.clean else ""
    return f"the list proved itself: its test entry {entry.tests.listed[0]} is listed{clean}"


def _proof_lines(proofs: list[Answer]) -> list[str]:
    return [line for answer in proofs for line in record_lines(answer)]
