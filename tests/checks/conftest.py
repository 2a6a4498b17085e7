"""Name servers on loopback for the checks: the demo's own, and real knotd, rbldnsd and unbound."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

import pytest
from known_silence import known, of_demo, patiently
from looking import Serve
from name_server_programs import program, running
from ports import free_port
from signed_zones import SignedZone, unbound_config
from spf_zone import SpfZone
from zone_records import server_of

from bounce_tui.checks.dns.resolver import Resolver
from bounce_tui.demo.server import ZoneServer


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bounce_tui.checks.dns.resolver.exchange", patiently)


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """`await serve({origin: records}, timeout=..., lifetime=...)`: a server and a resolver that asks it."""
    async with AsyncExitStack() as stack:

        async def start(zones: Mapping[str, str], **limits: float) -> tuple[ZoneServer, Resolver]:
            server = await stack.enter_async_context(server_of(zones))
            stack.enter_context(known(server.address, of_demo(server)))
            resolver = await stack.enter_async_context(Resolver(server.address, **limits))
            return server, resolver

        yield start


@pytest.fixture(scope="module")
def zone(request: pytest.FixtureRequest) -> Iterator[SpfZone]:
    """The `ZONE` of the test's module, served in the form of the RFC 7208 suite."""
    with SpfZone(request.module.ZONE) as served:
        yield served


@pytest.fixture
async def resolver(zone: SpfZone) -> AsyncIterator[Resolver]:
    """A resolver that asks `zone`."""
    async with Resolver(zone.address, timeout=0.2, lifetime=0.2) as resolver:
        yield resolver


@pytest.fixture
def knotd(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """`knotd({origin: zone text})`, or `knotd(folder)` of *.zone files: a real Knot DNS, its address."""
    binary = program("knotd")
    with ExitStack() as stack:

        def start(zones: Mapping[str, str] | Path) -> str:
            port = free_port()
            folder = tmp_path / f"knot-{port}"
            folder.mkdir()
            files = _zone_files(zones, folder)
            listed = "".join(f"  - domain: {origin}\n    file: {file}\n" for origin, file in files.items())
            (folder / "knot.conf").write_text(
                f"server:\n  listen: 127.0.0.1@{port}\n  rundir: {folder}\n"
                f"database:\n  storage: {folder}\n"
                f"template:\n  - id: default\n    storage: {folder}\n"
                "    zonefile-sync: -1\n    journal-content: none\n"
                f"zone:\n{listed}"
            )
            command = [binary, "-c", str(folder / "knot.conf")]
            return stack.enter_context(running(command, port, next(iter(files)), folder))

        yield start


@pytest.fixture
def validated(knotd: Callable[..., str], tmp_path: Path) -> Iterator[Callable[..., str]]:
    """`validated(SignedZone..., unsigned={origin: text})`: a real unbound that trusts the keys of these
    zones, in front of a real Knot DNS that serves them; its address."""
    binary = program("unbound")
    with ExitStack() as stack:

        def start(*signed: SignedZone, unsigned: Mapping[str, str]) -> str:
            texts = {zone.origin: zone.text for zone in signed} | dict(unsigned)
            served = tmp_path / "signed"
            served.mkdir()
            for origin, text in texts.items():
                (served / f"{origin}.zone").write_text(text)
            upstream = knotd(served)
            port = free_port()
            folder = tmp_path / f"unbound-{port}"
            folder.mkdir()
            anchors = "".join(zone.anchor for zone in signed)
            config = unbound_config(folder, port, upstream, anchors, texts)
            command = [binary, "-d", "-c", str(config)]
            return stack.enter_context(running(command, port, next(iter(unsigned)), folder))

        yield start


def _zone_files(zones: Mapping[str, str] | Path, folder: Path) -> dict[str, Path]:
    """The zone files by origin; those given as text are written below `folder`."""
    if isinstance(zones, Path):
        return {"." if path.stem == "root" else path.stem: path for path in sorted(zones.glob("*.zone"))}
    files = {}
    for origin, text in zones.items():
        soa = f"@ SOA ns.{origin}. host.{origin}. 1 7200 3600 1209600 300"
        files[origin] = folder / f"{origin}.zone"
        files[origin].write_text(f"$ORIGIN {origin}.\n$TTL 300\n{soa}\n@ NS ns\nns A 127.0.0.1\n{text}\n")
    return files


@pytest.fixture
def rbldnsd(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """`rbldnsd({"zen.spamhaus.org:ip4set": lines})`: a real rbldnsd, its address."""
    binary = program("rbldnsd")
    with ExitStack() as stack:

        def start(datasets: Mapping[str, str]) -> str:
            port = free_port(tcp=False)
            folder = tmp_path / f"rbldnsd-{port}"
            folder.mkdir()
            arguments = []
            for number, (dataset, text) in enumerate(datasets.items()):
                zone, kind = dataset.split(":")
                name = f"{number}.zone"
                (folder / name).write_text(
                    f"$SOA 300 ns.{zone} host.{zone} 1 7200 3600 1209600 300\n{text}\n"
                )
                arguments.append(f"{zone}:{kind}:{name}")
            command = [binary, "-n", "-e", "-w", str(folder), "-b", f"127.0.0.1/{port}", *arguments]
            return stack.enter_context(running(command, port, next(iter(datasets)).split(":")[0], folder))

        yield start
