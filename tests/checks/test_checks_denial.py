"""A resolver that denies every name is not believed: real ones, as walled gardens and their like are."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from bounce_mail import IP, given_up, refused
from looking import Serve
from name_server_programs import program, running
from ports import free_port
from scenario_world import DMARC, HOLDS, NO_HOSTNAME, NO_SENDER, OPEN, TOPS, lost
from test_checks_scenarios import settle

from bounce_tui.checks.dns.resolver import Resolver

NO_SUCH_DOMAIN = given_up(lost("gone.example.org"), "ann@gone.example.org")
RESTING_ON_NOTHING = {
    "domain": NO_SUCH_DOMAIN,
    "sender": refused(NO_SENDER.replace("ours.example", "ours.example.net"), sender="bob@ours.example.net"),
    "reverse name": refused(NO_HOSTNAME.format(IP)),
    "no SPF": refused("550 5.7.1 Rejected: no SPF record found for ours.example"),
    "no DMARC": refused(DMARC.format("ours.example").replace("DMARC policy", "DMARC record is missing")),
}


@pytest.fixture
def unbound(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """`unbound(lines)`: a real unbound with these lines in its server clause; its address."""
    binary = program("unbound")
    with ExitStack() as stack:

        def start(lines: str) -> str:
            port = free_port()
            config = tmp_path / "unbound.conf"
            config.write_text(
                f'server:\n  interface: 127.0.0.1@{port}\n  directory: "{tmp_path}"\n  chroot: ""\n'
                f'  username: ""\n  pidfile: "{tmp_path}/pid"\n'
                '  use-syslog: no\n  logfile: ""\n  do-ip6: no\n'
                f"  access-control: 127.0.0.0/8 allow\n{lines}"
            )
            return stack.enter_context(
                running([binary, "-d", "-c", str(config)], port, "localhost", tmp_path)
            )

        yield start


@pytest.mark.parametrize("bounce", RESTING_ON_NOTHING.values(), ids=RESTING_ON_NOTHING)
async def test_a_resolver_that_denies_every_name_settles_nothing(
    unbound: Callable[[str], str], bounce: bytes
) -> None:
    async with Resolver(unbound('  local-zone: "." always_nxdomain\n')) as resolver:
        (verdict,) = await settle(resolver, bounce)
    assert verdict.state == OPEN
    assert "the resolver denies even" in verdict.summary
    assert verdict.next_step.startswith("Run the checks again through a resolver of your own")


# Every name is there, by a record that nobody asks for; of 192.0.2.0/24 unbound holds a zone itself.
_EMPTY = (
    '  local-zone: "." redirect\n  local-data: ". HINFO none none"\n'
    '  local-zone: "2.0.192.in-addr.arpa." nodefault\n'
)


@pytest.mark.parametrize("bounce", RESTING_ON_NOTHING.values(), ids=RESTING_ON_NOTHING)
async def test_a_resolver_that_has_no_record_of_any_name_settles_nothing(
    unbound: Callable[[str], str], bounce: bytes
) -> None:
    async with Resolver(unbound(_EMPTY)) as resolver:
        assert (await resolver.query("example.org", "MX")).outcome == "no_data"
        (verdict,) = await settle(resolver, bounce)
    assert verdict.state == OPEN
    assert "the resolver has no name servers even for" in verdict.summary
    assert verdict.next_step.startswith("Run the checks again through a resolver of your own")


@pytest.mark.parametrize(
    ("domain", "named"), [("gone.org", "“org.” and the root of DNS ("), ("gone.intern", "the root of DNS (")]
)
async def test_what_a_resolver_without_records_lacks_is_named(
    unbound: Callable[[str], str], domain: str, named: str
) -> None:
    async with Resolver(unbound(_EMPTY)) as resolver:
        (verdict,) = await settle(resolver, given_up(lost(domain), f"ann@{domain}"))
    assert f"the resolver has no name servers even for {named}" in verdict.summary


async def test_a_server_with_a_root_of_its_own_and_nothing_below_it_settles_nothing(
    knotd: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "root.zone").write_text(
        "$ORIGIN .\n$TTL 300\n@ SOA ns.intern. host.intern. 1 7200 3600 1209600 300\n@ NS ns.intern.\n"
        "ns.intern. A 127.0.0.1\nsupport.intern. MX 10 ns.intern.\n"
    )
    async with Resolver(knotd(tmp_path)) as resolver:
        (verdict,) = await settle(resolver, NO_SUCH_DOMAIN)
        (within,) = await settle(resolver, given_up(lost("gone.intern"), "ann@gone.intern"))
    assert verdict.state == OPEN
    assert "the resolver denies even “org.”" in verdict.summary
    assert within.state == HOLDS


async def test_the_control_question_is_asked_once_and_only_for_what_is_denied(serve: Serve) -> None:
    world = {".": TOPS, "there.example.org": "@ MX 10 mx\nmx A 198.51.100.9"}
    server, resolver = await serve(world)
    await settle(resolver, given_up(lost("there.example.org"), "ann@there.example.org"))
    assert server.asked["org", "NS"] == 0
    server, resolver = await serve(world)
    (verdict,) = await settle(resolver, NO_SUCH_DOMAIN)
    assert verdict.state == HOLDS
    assert server.asked["org", "NS"] == 1
