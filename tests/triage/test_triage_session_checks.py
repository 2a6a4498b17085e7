"""The checks of a session: which are kept, and with which mail they go."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bounce_tui.checks.dns.nameserver import system_nameservers
from bounce_tui.locations import shipped
from bounce_tui.model import Case, Message
from bounce_tui.triage import lazy_resolver
from bounce_tui.triage.lazy_resolver import LazyResolver
from bounce_tui.triage.opener import Opener, read_case
from bounce_tui.triage.session_checks import MOST_KEPT, SessionChecks

MAIL = shipped("samples") / "mail"
A, B, C = (Message("box.mbox", number, number * 10, 10) for number in range(3))


def session_checks() -> SessionChecks:
    return SessionChecks(LazyResolver("127.0.0.1:9"))


def listed(message: Message) -> Case:
    return replace(read_case(Message(str(MAIL / "godaddy-ib104-sbl.eml"))), message=message)


def test_mails_that_move_to_one_anothers_places_keep_their_own_work() -> None:
    works = session_checks()
    first, second = works.work(listed(A), 0), works.work(listed(B), 0)
    assert first is not None
    assert second is not None
    works.keep(first)
    works.keep(second)
    works.move({A: B, B: C})
    assert works.known(listed(A), 0) is None
    assert works.known(listed(B), 0) is first
    assert works.known(listed(C), 0) is second
    assert works.carry({B: A}) == [second]
    assert works.known(listed(A), 0) is first


def test_a_mail_that_comes_to_lie_where_another_was_gets_no_work_of_that() -> None:
    works = session_checks()
    looked_at = works.work(listed(A), 0)
    works.move({A: B})
    assert works.work(listed(A), 0) is not looked_at


async def test_mails_that_move_to_one_anothers_places_are_read_as_themselves(tmp_path: Path) -> None:
    files = [tmp_path / "first.eml", tmp_path / "second.eml"]
    for file, name in zip(files, ("godaddy-ib104-sbl.eml", "ordinary.eml"), strict=True):
        file.write_bytes((MAIL / name).read_bytes())
    first, second, third = (Message(str(tmp_path / f"{name}.eml")) for name in ("first", "second", "third"))
    opener = Opener()
    before = [await opener.case(message) for message in (first, second)]
    opener.move({first: second, second: third})
    assert opener.known(first) is None
    after = [opener.known(message) for message in (second, third)]
    assert [one and one.bounce for one in after] == [case.bounce for case in before]


def test_of_very_many_works_the_oldest_is_forgotten_unless_it_is_under_way() -> None:
    works, case = session_checks(), listed(A)
    for number in range(MOST_KEPT):
        work = works.work(replace(case, message=Message("box.mbox", number)), 0)
        assert work is not None
        works.keep(work)
        if number == 0:
            assert works.begin(work)
    one_more = works.work(replace(case, message=Message("box.mbox", MOST_KEPT)), 0)
    assert one_more is not None
    works.keep(one_more)
    known = [works.known(replace(case, message=Message("box.mbox", number)), 0) for number in (0, 1, 2)]
    assert [work is not None for work in known] == [True, False, True]


async def test_a_run_that_cannot_begin_says_why_and_is_over() -> None:
    works = SessionChecks(LazyResolver("no address"))
    work = works.work(listed(A), 0)
    assert work is not None
    assert works.begin(work)
    await works.run(work)
    assert work.state == "broken"
    assert "not the address of a name server" in (work.trouble or "")


def test_a_server_that_is_assumed_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    conf = tmp_path / "resolv.conf"
    monkeypatch.setattr(lazy_resolver, "system_nameservers", lambda: system_nameservers(str(conf)))
    assert LazyResolver(None).address == "127.0.0.1:53 (on this machine, as resolv.conf names none)"
    assert LazyResolver("192.0.2.1").address == "192.0.2.1"
    conf.write_text("nameserver 192.0.2.1\n")
    assert LazyResolver(None).address == "192.0.2.1:53"
