"""The samples' zones hold together, and a real name server reads them as ours does."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import dns.exception
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.rdatatype
import dns.zone
import pytest
from ports import free_port

from bounce_tui.demo.serving import serving
from bounce_tui.demo.zones import Zones, misbehaviour_of

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving(SAMPLES / "zones") as address:
        yield address


def test_the_zones_answer_from_one_world() -> None:
    origins = {origin.to_text(omit_final_dot=True) for origin in Zones.from_folder(SAMPLES / "zones").origins}
    assert {"zen.spamhaus.org", "2.0.192.in-addr.arpa", "8.b.d.0.1.0.0.2.ip6.arpa", "example", "."} <= origins


@pytest.fixture(scope="module")
def knotd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real name server that serves the samples' zones, as an outside judge of their text."""
    program = shutil.which("knotd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must have knotd (apt-get install knot)")
        pytest.skip("knotd is not installed (apt-get install knot)")
    folder = tmp_path_factory.mktemp("knot")
    port = free_port()
    zones = "".join(
        f'  - domain: "{origin_of(path)}"\n    file: "{path}"\n'
        for path in (SAMPLES / "zones").glob("*.zone")
    )
    (folder / "knot.conf").write_text(
        f'server:\n  rundir: "{folder}"\n  listen: 127.0.0.1@{port}\n'
        f'database:\n  storage: "{folder}"\n'
        "log:\n  - target: stderr\n    any: info\n"
        f'template:\n  - id: default\n    storage: "{folder}"\n'
        "    zonefile-sync: -1\n    journal-content: none\n"
        f"zone:\n{zones}"
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, "-c", folder / "knot.conf"], stderr=log, stdout=log)
    try:
        _wait_for(port, process, folder / "log")
        yield port
    finally:
        process.terminate()
        process.wait(60)


def origin_of(zone: Path) -> str:
    match = re.search(r"^\$ORIGIN (\S+)$", zone.read_text("utf-8"), re.MULTILINE)
    assert match, zone
    return match[1]


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            dns.query.udp(dns.message.make_query(".", "SOA"), "127.0.0.1", port=port, timeout=0.2)
        except (dns.exception.Timeout, OSError):
            continue
        return
    pytest.fail(f"knotd does not answer: {log.read_text()}")


@pytest.mark.parametrize("zone", sorted((SAMPLES / "zones").glob("*.zone")), ids=lambda path: path.name)
def test_a_real_name_server_loads_a_zone_and_answers_like_ours(zone: Path, knotd: int, server: str) -> None:
    origin = origin_of(zone)
    soa = dns.message.make_query(origin, "SOA")
    theirs = dns.query.udp(soa, "127.0.0.1", port=knotd, timeout=60)
    assert theirs.rcode() == dns.rcode.NOERROR
    assert theirs.answer
    ours = dns.query.udp(soa, "127.0.0.1", port=int(server.rsplit(":", 1)[1]), timeout=60)
    assert ours.answer == theirs.answer


@pytest.mark.parametrize("zone", sorted((SAMPLES / "zones").glob("*.zone")), ids=lambda path: path.name)
def test_every_name_of_a_zone_and_its_neighbours_are_answered_as_by_a_real_name_server(
    zone: Path, knotd: int, server: str
) -> None:
    port = int(server.rsplit(":", 1)[1])
    for name in _names(zone):
        for rdtype in ("A", "TXT", "PTR"):
            query = dns.message.make_query(name, rdtype, use_edns=0)
            theirs = dns.query.udp_with_fallback(query, "127.0.0.1", port=knotd, timeout=60)[0]
            if _leaves_the_zone(theirs):
                continue  # an authoritative server stops where a resolver, which ours plays, goes on
            ours = dns.query.udp_with_fallback(query, "127.0.0.1", port=port, timeout=60)[0]
            assert (ours.rcode(), ours.answer) == (theirs.rcode(), theirs.answer), query.question
            assert _soa(ours) == _soa(theirs), query.question


def _names(zone: Path) -> list[dns.name.Name]:
    """Each owner name, every name above it in the zone, one beside and one below it; wildcards taken up."""
    read = dns.zone.from_file(str(zone), relativize=False)
    assert read.origin is not None
    names: set[dns.name.Name] = set()
    for owner in read.nodes:
        name = owner.parent() if owner.is_wild() else owner
        names |= {dns.name.from_text("beside", name), dns.name.from_text("far.below", name)}
        while name.is_subdomain(read.origin):
            names.add(name)
            if name == dns.name.root:
                break
            name = name.parent()
    return sorted(name for name in names if misbehaviour_of(name) is None)


def _leaves_the_zone(message: dns.message.Message) -> bool:
    return any(rrset.rdtype == dns.rdatatype.CNAME for rrset in message.answer)


def _soa(message: dns.message.Message) -> list[tuple[str, int]]:
    """The SOA of a negative answer, with its TTL; other authority records are a courtesy."""
    return [
        (rrset.name.to_text(), rrset.ttl) for rrset in message.authority if rrset.rdtype == dns.rdatatype.SOA
    ]
