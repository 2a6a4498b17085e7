"""`serving` gives a program without an event loop the zones of a folder, and cleans up after itself."""

import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import dns.message
import dns.query
import pytest

from bounce_tui.demo.server import ZoneServer
from bounce_tui.demo.serving import serving
from bounce_tui.demo.zones import ZoneError

ZONE = "$ORIGIN example.org.\n$TTL 9\n@ SOA a b 1 2 3 4 5\n@ NS a\n@ A 192.0.2.1\n"


@pytest.fixture
def before() -> set[threading.Thread]:
    """The threads that there were before the test: other tests' demos may be among them."""
    return set(threading.enumerate())


def demos(before: set[threading.Thread]) -> list[threading.Thread]:
    """The demo's threads that have begun since."""
    return [one for one in threading.enumerate() if one.name == "demo-dns" and one not in before]


def first_address(server: str) -> str:
    host, port = server.split(":")
    answer = dns.query.udp(dns.message.make_query("example.org", "A"), host, port=int(port), timeout=60)
    return answer.answer[0][0].to_text()


def test_a_folder_of_zones_is_served_until_the_block_is_left(
    tmp_path: Path, before: set[threading.Thread]
) -> None:
    (tmp_path / "example.org.zone").write_text(ZONE)
    with serving(tmp_path) as server:
        assert first_address(server) == "192.0.2.1"
        assert len(demos(before)) == 1
    assert demos(before) == []


def test_the_thread_ends_when_the_block_fails(tmp_path: Path, before: set[threading.Thread]) -> None:
    (tmp_path / "example.org.zone").write_text(ZONE)
    with pytest.raises(RuntimeError, match="in the block"), serving(tmp_path):
        raise RuntimeError("in the block")
    assert demos(before) == []


def test_a_server_that_fails_in_any_way_fails_the_block_and_does_not_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: set[threading.Thread]
) -> None:
    async def fail(server: ZoneServer) -> ZoneServer:
        raise RuntimeError("no loop of this kind")

    (tmp_path / "example.org.zone").write_text(ZONE)
    monkeypatch.setattr(ZoneServer, "__aenter__", fail)
    with pytest.raises(RuntimeError, match="no loop of this kind"), serving(tmp_path):
        pass
    assert demos(before) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_server_whose_thread_dies_meanwhile_does_not_hold_up_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: set[threading.Thread]
) -> None:
    begin = ZoneServer.__aenter__

    async def begin_and_die(server: ZoneServer) -> ZoneServer:
        started = await begin(server)
        asyncio.get_running_loop().call_later(0.01, asyncio.get_running_loop().stop)
        return started

    (tmp_path / "example.org.zone").write_text(ZONE)
    monkeypatch.setattr(ZoneServer, "__aenter__", begin_and_die)
    with serving(tmp_path):
        for thread in demos(before):
            thread.join()
    assert demos(before) == []


def test_two_demos_run_side_by_side(tmp_path: Path) -> None:
    (tmp_path / "example.org.zone").write_text(ZONE)
    with serving(tmp_path) as one, serving(tmp_path) as other:
        assert one != other
        assert first_address(one) == first_address(other)


def test_a_bad_zone_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.zone").write_text("$ORIGIN example.org.\nnonsense\n")
    with pytest.raises(ZoneError, match=r"bad\.zone: "), serving(tmp_path):
        pass


def test_a_folder_without_zones_is_an_error_rather_than_a_silent_server(tmp_path: Path) -> None:
    with pytest.raises(ZoneError, match=r"no \*\.zone file"), serving(tmp_path):
        pass


def test_two_files_for_one_zone_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.zone").write_text(ZONE)
    (tmp_path / "b.zone").write_text(ZONE)
    with pytest.raises(ZoneError, match="two zones"), serving(tmp_path):
        pass


def test_importing_the_room_does_not_import_dnspython() -> None:
    program = (
        "import sys, bounce_tui.demo; print([name for name in sys.modules if name.split('.')[0] == 'dns'])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_machine_without_a_free_port_is_told_to_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: set[threading.Thread]
) -> None:
    (tmp_path / "example.org.zone").write_text(ZONE)

    async def no_port(_: ZoneServer) -> str:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(ZoneServer, "start", no_port)
    with pytest.raises(OSError, match="Address already in use"), serving(tmp_path):
        pass
    assert demos(before) == []
