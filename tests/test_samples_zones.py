"""The samples' zones hold together, and a real name server reads them as ours does."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import dns.exception
import dns.message
import dns.query
import dns.rcode
import pytest

from bounce_tui.demo.serving import serving
from bounce_tui.demo.zones import Zones

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
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
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
        process.wait(20)


def origin_of(zone: Path) -> str:
    match = re.search(r"^\$ORIGIN (\S+)$", zone.read_text("utf-8"), re.MULTILINE)
    assert match, zone
    return match[1]


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
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
    theirs = dns.query.udp(soa, "127.0.0.1", port=knotd, timeout=5)
    assert theirs.rcode() == dns.rcode.NOERROR
    assert theirs.answer
    ours = dns.query.udp(soa, "127.0.0.1", port=int(server.rsplit(":", 1)[1]), timeout=5)
    assert ours.answer == theirs.answer
