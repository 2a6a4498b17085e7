"""Our evaluator beside pyspf, the reference implementation, over random policies.

Both read the same zone from memory.  A difference that `difference` cannot explain fails the test and
prints the policy.
"""

import ipaddress
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from spf_zone import MemoryZone, ZoneInMemory

from bounce_tui.checks.spf import SpfEvaluation, evaluate, lines
from bounce_tui.checks.spf.problems import visited

spf = pytest.importorskip("spf", reason="pyspf is not installed: pip install -e '.[test]'")

POLICIES = 2000
HOSTS = [f"h{number}.example" for number in range(6)]
POLICY_DOMAINS = ["top.example", *(f"p{number}.example" for number in range(5))]
ADDRESSES = ["192.0.2.1", "192.0.2.2", "198.51.100.7", "203.0.113.9"]
ADDRESSES6 = ["2001:db8::1", "2001:db8::2", "2001:db8:1::7"]


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


async def test_pyspf_agrees_on_random_policies_but_for_reasons_that_we_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = random.Random(7208)
    agreed: Counter[str] = Counter()
    unexplained = []
    for _ in range(POLICIES):
        zone = random_zone(rng)
        ip = rng.choice(ADDRESSES * 2 + ADDRESSES6)
        helo = rng.choice(HOSTS)
        sender = rng.choice(("h1@top.example", "h2@top.example", ""))
        if not sender:
            zone[helo, "TXT"] = zone.get(("top.example", "TXT"), ["v=spf1 a -all"])
        monkeypatch.setattr(spf, "DNSLookup", asking(zone))
        theirs, words = spf.check2(ip, sender, helo)
        ours = await evaluate(ip, sender, helo, ZoneInMemory(zone))
        if ours.result == theirs:
            agreed[theirs] += 1
        elif difference(ours, theirs, words) is None:
            unexplained.append("\n".join((f"pyspf: {theirs} {words}", *lines(ours))))
    assert unexplained == []
    assert agreed.total() > 0.95 * POLICIES
    assert set(agreed) == {"pass", "fail", "softfail", "neutral", "none", "permerror", "temperror"}


def difference(ours: SpfEvaluation, theirs: str, words: str) -> str | None:
    """Why pyspf says something else, or None when that is not known."""
    if theirs != "permerror":
        return None
    if "trivial recursion" in words:
        return "pyspf refuses a record that includes itself, even where an earlier term matches"
    queried = " ".join(record for policy in visited(ours.policy) for record in policy.records)
    if "Void lookup" in words and ("ptr" in queried or "%{p}" in queried):
        return "pyspf counts void lookups of the names in a PTR answer, which the checked domain cannot help"
    if "Void lookup" in words and "mx" in queried:
        return "pyspf asks all MX hosts before it compares the first"
    return None
