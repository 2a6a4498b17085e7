"""Our evaluator beside pyspf, the reference implementation, and spftrace, over random policies.

All read the same zone from memory.  A difference that cannot be explained fails the test and prints
the policy.  RFC 7208 section 4.6.4 leaves open what counts as a void lookup; we count like Mail::SPF
and pyspf, each as often as it is sent.
"""

import ipaddress
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import Struct
from spf_zone import MemoryZone, ZoneInMemory

from bounce_tui.checks.authentication.spf import SpfEvaluation, evaluate, lines
from bounce_tui.checks.authentication.spf.problems import visited
from bounce_tui.checks.dns.answer import RecordType

spf = pytest.importorskip("spf", reason="pyspf is not installed: pip install -e '.[test]'")
spftrace = pytest.importorskip("spftrace", reason="spftrace is not installed: pip install -e '.[test]'")

POLICIES = 2000
HOSTS = [f"h{number}.example" for number in range(6)]
POLICY_DOMAINS = ["top.example", *(f"p{number}.example" for number in range(5))]
ADDRESSES = ["192.0.2.1", "192.0.2.2", "198.51.100.7", "203.0.113.9"]
ADDRESSES6 = ["2001:db8::1", "2001:db8::2", "2001:db8:1::7"]
RESULTS = {"pass", "fail", "softfail", "neutral", "none", "permerror", "temperror"}


class TraceResolver(spftrace.BaseResolver):
    """The same zone as spftrace wants to ask it."""

    def __init__(self, zone: MemoryZone) -> None:
        self._zone = ZoneInMemory(zone)

    async def _lookup(self, name: str, rtype: RecordType) -> tuple[str, list[str]]:
        answer = await self._zone.query(name, rtype)
        codes = {"timeout": "TIMEOUT", "nxdomain": "NXDOMAIN"}
        hosts = [record.rpartition(" ")[2] for record in answer.records]
        return codes.get(answer.outcome, "NOERROR"), hosts if rtype == "MX" else list(answer.records)


def asking(zone: MemoryZone) -> Any:
    """The hook that pyspf asks instead of DNS."""

    def lookup(name: str, qtype: str, strict: bool = True, timeout: float = 30) -> Iterator[Any]:
        key = name.lower().rstrip(".")
        records = zone.get((key, qtype), [])
        if records == ["TIMEOUT"]:
            raise spf.TempError("DNS timeout")
        for record in records:
            yield (name, qtype), [record.encode("latin-1")] if qtype == "TXT" else record

    return lookup


def random_zone(rng: random.Random) -> MemoryZone:
    zone: MemoryZone = {}
    for host in HOSTS:
        if rng.random() < 0.75:
            zone[host, "A"] = rng.sample(ADDRESSES, rng.randint(1, 2))
        if rng.random() < 0.4:
            zone[host, "AAAA"] = rng.sample(ADDRESSES6, rng.randint(1, 2))
        if rng.random() < 0.6:
            zone[host, "MX"] = [(10 * n, name) for n, name in enumerate(rng.sample(HOSTS, rng.randint(1, 3)))]
    for address in (*ADDRESSES, *ADDRESSES6):
        if rng.random() < 0.5:
            zone[ipaddress.ip_address(address).reverse_pointer, "PTR"] = rng.sample(HOSTS, rng.randint(1, 3))
    for domain in POLICY_DOMAINS:
        if rng.random() < 0.9:
            zone[domain, "TXT"] = [random_record(rng)]
            if rng.random() < 0.04:
                zone[domain, "TXT"].append(random_record(rng))
        if rng.random() < 0.03:
            zone[domain, "TXT"] = ["TIMEOUT"]
        if rng.random() < 0.3:
            zone[domain, "A"] = rng.sample(ADDRESSES, 1)
    return zone


def random_record(rng: random.Random) -> str:
    terms = [
        rng.choice(("", "", "", "-", "~", "?", "+")) + random_mechanism(rng) for _ in range(rng.randint(0, 5))
    ]
    if rng.random() < 0.15:
        terms.append(f"redirect={rng.choice(POLICY_DOMAINS)}")
    elif rng.random() < 0.85:
        terms.append(rng.choice(("-all", "~all", "?all", "all")))
    if rng.random() < 0.15:
        terms.insert(rng.randint(0, len(terms)), f"x-{rng.randint(0, 3)}=a%{{d}}")
    if rng.random() < 0.05:
        terms.insert(
            rng.randint(0, len(terms)), rng.choice(("moo", "ip4:192.0.2", "a:", "include", "all/8", "a:h1"))
        )
    return " ".join(["v=spf1", *terms])


def random_mechanism(rng: random.Random) -> str:
    domain = rng.choice(
        ("", f":{rng.choice(HOSTS)}", f":{rng.choice(HOSTS)}", ":%{d}", ":%{h}", ":nix.example")
    )
    prefix = rng.choice(("", "", "", "/24", "//64", "/25//48", "/0"))
    match rng.randint(0, 8):
        case 0:
            return f"ip4:{rng.choice(ADDRESSES)}{rng.choice(('', '/24', '/31', '/32', '/0'))}"
        case 1:
            return f"ip6:{rng.choice(ADDRESSES6)}{rng.choice(('', '/64', '/127', '/0'))}"
        case 2 | 3:
            return f"a{domain}{prefix}"
        case 4:
            return f"mx{domain}{prefix}"
        case 5:
            return f"ptr{rng.choice(('', ':example', ':h1.example', ':%{o}'))}"
        case 6:
            names = ("%{ir}.h1.example", "%{l}.example", "%{h}", "%{p}.x.example", "%{d2}")
            return f"exists:{rng.choice(names)}"
        case _:
            return f"include:{rng.choice(POLICY_DOMAINS)}"


class Asked(Struct, frozen=True):
    """One check of one random zone."""

    zone: MemoryZone
    ip: str
    sender: str
    helo: str


def random_checks(seed: int) -> Iterator[Asked]:
    rng = random.Random(seed)
    for _ in range(POLICIES):
        zone = random_zone(rng)
        helo = rng.choice(HOSTS)
        sender = rng.choice(("h1@top.example", "h2@top.example", ""))
        if not sender:
            zone[helo, "TXT"] = zone.get(("top.example", "TXT"), ["v=spf1 a -all"])
        yield Asked(zone, rng.choice(ADDRESSES * 2 + ADDRESSES6), sender, helo)


async def test_pyspf_agrees_on_random_policies_but_for_reasons_that_we_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agreed: Counter[str] = Counter()
    unexplained = []
    for asked in random_checks(seed=7208):
        monkeypatch.setattr(spf, "DNSLookup", asking(asked.zone))
        theirs, words = spf.check2(asked.ip, asked.sender, asked.helo)
        ours = await evaluate(asked.ip, asked.sender, asked.helo, ZoneInMemory(asked.zone))
        if ours.result == theirs:
            agreed[theirs] += 1
        elif pyspf_differs(ours, theirs, words) is None:
            unexplained.append("\n".join((f"pyspf: {theirs} {words}", *lines(ours))))
    assert unexplained == []
    assert agreed.total() > 0.95 * POLICIES
    assert set(agreed) == RESULTS


async def test_spftrace_agrees_on_random_policies_but_for_reasons_that_we_know() -> None:
    agreed: Counter[str] = Counter()
    unexplained = []
    for asked in random_checks(seed=8616):
        resolver = TraceResolver(asked.zone)
        theirs = (await spftrace.Evaluator(resolver).evaluate(asked.ip, asked.sender, asked.helo)).verdict
        ours = await evaluate(asked.ip, asked.sender, asked.helo, ZoneInMemory(asked.zone))
        if ours.result == theirs:
            agreed[theirs] += 1
        elif spftrace_differs(ours, theirs) is None:
            unexplained.append("\n".join((f"spftrace: {theirs}", *lines(ours))))
    assert unexplained == []
    assert agreed.total() > 0.95 * POLICIES
    assert set(agreed) == RESULTS


def pyspf_differs(ours: SpfEvaluation, theirs: str, words: str) -> str | None:
    """Why pyspf says something else, or None when that is not known."""
    if theirs != "permerror":
        return None
    if "trivial recursion" in words:
        return "pyspf refuses a record that includes itself, even where an earlier term matches"
    if "Void lookup" not in words:
        return None
    if "ptr" in published(ours):
        return "pyspf validates all names of the address, not only those within the target"
    if "%{p}" in published(ours):
        return "pyspf expands the macros of all terms before it evaluates the first"
    return "pyspf asks all MX hosts before it compares the first" if "mx" in published(ours) else None


def spftrace_differs(ours: SpfEvaluation, theirs: str) -> str | None:
    """Why spftrace says something else, or None when that is not known."""
    if ours.result == "permerror" and ours.distinct_voids <= 2 < ours.voids:
        return "spftrace counts a void lookup once however often it is sent"
    return None


def published(ours: SpfEvaluation) -> str:
    return " ".join(record for policy in visited(ours.policy) for record in policy.records)
