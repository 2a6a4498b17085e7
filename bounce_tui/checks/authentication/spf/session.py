"""One SPF check under way: who is checked, the running counts, the questions asked."""

import asyncio
import time

from bounce_tui.checks.authentication.spf.evaluation import MOST_LOOKUPS, MOST_NAMES, MOST_VOIDS, Finding
from bounce_tui.checks.authentication.spf.macros import MacroString, expand_domain, expand_text, letters_of
from bounce_tui.checks.authentication.spf.names import can_be_asked, dotted, is_within, presentation, to_ascii
from bounce_tui.checks.dns.answer import Answer, Lookup, RecordType
from bounce_tui.checks.names.address import IPAddress, parse_ip, reverse_name

LONGEST_IDENTITY = 1000
"""Characters of a local part or name that are looked at; SMTP allows 64 and 255 octets."""

FAILURES = frozenset(("servfail", "refused", "timeout", "unreachable"))
"""Outcomes that say nothing definite; a name that cannot be asked is as good as one without records."""


class Session:
    """The state of one check_host() with all its includes: identities, counts, a clock.

    Every question goes through `ask`, which asks the same thing once and gives up at the deadline
    (RFC 7208 section 4.6.4: then the result is temperror)."""

    def __init__(
        self, ip: str, sender: str, helo: str, lookup: Lookup, *, receiver: str, now: float, time_limit: float
    ) -> None:
        address = parse_ip(ip)
        if address is None:
            raise ValueError(f"{ip!r} is not an IP address")
        self.address: IPAddress = address
        self.helo = to_ascii(helo[:LONGEST_IDENTITY])
        sender = sender.strip().removeprefix("<").removesuffix(">")
        local, _, domain = sender.rpartition("@")
        # A null sender is the postmaster of the HELO name (section 2.4), and so is a missing local
        # part its domain's (section 4.3).
        self.domain = to_ascii(domain[:LONGEST_IDENTITY]) if sender else self.helo
        self.local = local[:LONGEST_IDENTITY] or "postmaster"
        self.sender = f"{self.local}@{self.domain}"
        self.address_type: RecordType = "A" if self.address.version == 4 else "AAAA"
        self.lookups = 0
        self.distinct_lookups: set[tuple[str, str]] = set()
        self.void_answers: list[str] = []
        self._lookup = lookup
        self._receiver = receiver
        self._now = now
        self._deadline = time.monotonic() + time_limit
        self._answers: dict[tuple[str, RecordType], Answer] = {}
        self._validated: list[str] | None = None

    @property
    def voids(self) -> int:
        """Void lookups so far, as sent."""
        return len(self.void_answers)

    async def ask(self, name: str, rdtype: RecordType) -> Answer:
        """The answer to one question; "timeout" once the check's time is up."""
        key = (name.lower(), rdtype)
        known = self._answers.get(key)
        if known is None:
            known = await self._ask_in_time(name, rdtype)
            self._answers[key] = known
        return known

    async def _ask_in_time(self, name: str, rdtype: RecordType) -> Answer:
        if not can_be_asked(name):
            return Answer(name, rdtype, "bad_name")
        remaining = self._deadline - time.monotonic()
        if remaining <= 0:
            return Answer(name, rdtype, "timeout")
        try:
            async with asyncio.timeout(remaining):
                return await self._lookup.query(name, rdtype)
        except TimeoutError:
            return Answer(name, rdtype, "timeout")

    def count_lookup(self, name: str, text: str) -> Finding | None:
        """Count a term that queries; the permanent error when it is one too many."""
        self.lookups += 1
        self.distinct_lookups.add((name, text))
        if self.lookups <= MOST_LOOKUPS:
            return None
        return Finding("permerror", f"lookup {self.lookups}: the limit is {MOST_LOOKUPS}")

    def note_void(self, answer: Answer) -> None:
        """Count the answer when it is void: no such name, or no record of the type."""
        if answer.outcome in ("nxdomain", "no_data"):
            self.void_answers.append(describe(answer))

    def over_voids(self) -> Finding | None:
        """The permanent error of the third void lookup (section 4.6.4), once it has happened."""
        if self.voids <= MOST_VOIDS:
            return None
        third = self.void_answers[MOST_VOIDS]
        note = f"void lookup {MOST_VOIDS + 1} ({third}): the limit is {MOST_VOIDS}"
        return Finding("permerror", note, answers=(third,))

    async def target(self, spec: MacroString | None, domain: str) -> str:
        """The name that a term of `domain` looks at, ready to be asked for."""
        if spec is None:
            return domain
        return presentation(expand_domain(spec, await self._values(domain, spec)))

    async def explanation(self, text: MacroString, domain: str) -> str:
        """An explanation of `domain` with its macros filled in."""
        return expand_text(text, await self._values(domain, text))

    async def validated_names(self, target: str | None = None) -> tuple[list[str], Answer]:
        """The names of the address that lead back to it, of the first ten (section 5.5), with the
        answer they were read from; given a target, the first within it.  Errors skip a name.

        The RFC does not say whether these lookups can be void.  Mail::SPF, where the limit comes
        from, counts them, for the "p" macro too; so do pyspf and spftrace."""
        pointers = await self.ask(reverse_name(self.address), "PTR")
        self.note_void(pointers)
        names = [to_ascii(name) for name in pointers.records[:MOST_NAMES]]
        if target is not None:
            names = [name for name in names if is_within(name, target)]
        answers = await asyncio.gather(*(self.ask(name, self.address_type) for name in names))
        valid: list[str] = []
        for name, answer in zip(names, answers, strict=True):
            self.note_void(answer)
            if self.address in addresses(answer):
                valid.append(name)
                if target is not None:
                    break
        return valid, pointers

    async def _values(self, domain: str, tokens: MacroString) -> dict[str, str]:
        return {
            "s": self.sender,
            "l": self.local,
            "o": self.domain,
            "d": domain,
            "i": dotted(self.address),
            "p": await self._best_name(domain) if "p" in letters_of(tokens) else "",
            "v": "in-addr" if self.address.version == 4 else "ip6",
            "h": self.helo,
            "c": str(self.address),
            "r": self._receiver,
            "t": str(int(self._now)),
        }

    async def _best_name(self, domain: str) -> str:
        """The "p" macro: the domain itself, else a name below it, else any (section 7.3)."""
        if self._validated is None:
            self._validated, _ = await self.validated_names()
        names = self._validated
        own = [name for name in names if name.lower() == domain.lower()]
        below = [name for name in names if is_within(name, domain)]
        return next(iter(own + below + names), "unknown")


def failure(answer: Answer) -> Finding | None:
    """What ends the evaluation at this answer: an error of DNS (section 5)."""
    said = describe(answer)
    return Finding("temperror", said, answers=(said,)) if answer.outcome in FAILURES else None


def addresses(answer: Answer) -> list[IPAddress]:
    """The addresses of an A or AAAA answer; what is none is left out."""
    read = (parse_ip(record) for record in answer.records)
    return [address for address in read if address is not None]


def describe(answer: Answer) -> str:
    """One answer in a few words, with its raw records."""
    said = ", ".join(answer.records) if answer.outcome == "answer" else _WORDS[answer.outcome]
    extended = f" ({'; '.join(answer.extended)})" if answer.extended else ""
    return f"{answer.rdtype} {answer.name.rstrip('.')}: {said}{extended}"


_WORDS = {
    "answer": "",
    "nxdomain": "no such name",
    "no_data": "no such record",
    "servfail": "server failure",
    "refused": "refused",
    "timeout": "no answer in time",
    "bad_name": "not a name that can be asked",
    "unreachable": "no resolver within reach",
}
