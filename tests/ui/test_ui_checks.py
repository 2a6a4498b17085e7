"""Checks from the keyboard: real packets to the embedded server, and none before they are asked for."""

import socket
from pathlib import Path

import pytest
from textual.widgets import Input
from ui_session import Opening, Session, text_of

from bounce_tui.demo.tour import tour
from bounce_tui.ui.preferences import AppPreferences
from bounce_tui.ui.screens.inputs import InputsScreen


async def settled(session: Session) -> None:
    work = session.triage.view.failure_checks
    assert work is not None
    await session.until(lambda: work.state == "done", "the checks end")
    await session.pilot.pause()


def asked(server: socket.socket) -> int:
    count = 0
    try:
        while server.recv(4096):
            count += 1
    except BlockingIOError:
        return count
    return count


@pytest.mark.parametrize(
    ("sample", "verdict"),
    [
        ("godaddy-ib104-sbl.eml", "STILL HOLDS"),
        ("story-sbl-delisted.eml", "NO LONGER HOLDS"),
        ("family-postfix.eml", "CANNOT BE KNOWN"),
    ],
)
async def test_c_runs_the_checks_and_the_verdict_stands_on_top_in_words(
    opening: Opening, mail: Path, sample: str, verdict: str
) -> None:
    async with opening(mail / sample, size=(120, 40)) as session:
        work = session.triage.view.failure_checks
        assert work is not None
        assert "Nothing sent yet" in session.text
        await session.press("c")
        await settled(session)
        page = text_of(session.triage.checks)
        assert page[0] == verdict
        assert any(line.startswith("Next: ") for line in page)
        for check in work.checks:
            assert any(check.id in line for line in page)
        assert verdict in session.text


async def test_who_checks_the_first_samples_of_the_demo_sees_each_verdict(
    opening: Opening, mail: Path
) -> None:
    async with opening(*tour(mail)) as session:
        seen = []
        for step in ("", "j", "j", "j", "j", "j"):
            await session.press(*filter(None, (step, "c")))
            await settled(session)
            seen.append(text_of(session.triage.checks)[0])
    assert seen[:3] == ["STILL HOLDS", "NO LONGER HOLDS", "STILL HOLDS"]
    assert seen[-1] == "CANNOT BE KNOWN"


async def test_the_plan_says_why_and_who_sees_each_query_before_anything_is_sent(
    opening: Opening, mail: Path, nameserver: str
) -> None:
    async with opening(mail / "godaddy-ib104-sbl.eml", size=(120, 40)) as session:
        work = session.triage.view.failure_checks
        assert work is not None
        page = " ".join(text_of(session.triage.checks))
        page = " ".join(page.split())
        assert f"Resolver {nameserver}" in page
        assert "Nothing sent yet" in page
        for check in work.checks:
            assert check.seen_by in page
            assert check.why in page


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_no_check_is_shown_with_half_of_what_it_looks_at(
    opening: Opening, mail: Path, size: tuple[int, int]
) -> None:
    async with opening(mail / "k12-6-blacklisted.eml", size=size) as session:
        planned = text_of(session.triage.checks)
        assert any("dnsbl:b.barracudacentral.org" in line for line in planned)
        assert sum("192.0.2.20" in line for line in planned) >= 4
        await session.press("c")
        await settled(session)
        assert not any("…" in line for line in (*planned, *text_of(session.triage.checks)))


async def test_a_check_without_its_input_says_what_it_lacks_before_it_is_run(
    opening: Opening, tmp_path: Path
) -> None:
    (tmp_path / "reply.txt").write_text("550 5.7.23 <b@example.net>: SPF validation failed\n")
    async with opening(tmp_path / "reply.txt", size=(120, 40)) as session:
        plan = " ".join(" ".join(text_of(session.triage.checks)).split())
    assert "plan spf SPF needs the sending IP and the envelope sender (or HELO)" in plan
    assert "its name servers" not in plan


async def test_looking_at_bounces_sends_nothing(
    opening: Opening, mail: Path, silent_server: socket.socket
) -> None:
    address = f"127.0.0.1:{silent_server.getsockname()[1]}"
    async with opening(mail, nameserver=address) as session:
        await session.press("j", "j", "enter", "ctrl+d", "tab", "G", "escape", "o", "G", "i", "escape")
        assert asked(silent_server) == 0
        await session.press("slash", *"ib104", "enter", "c")
        await session.until(lambda: asked(silent_server), "a query is sent after c")
        await session.press("escape")


async def test_escape_stops_a_run_and_c_starts_it_again(
    opening: Opening, mail: Path, silent_server: socket.socket
) -> None:
    address = f"127.0.0.1:{silent_server.getsockname()[1]}"
    async with opening(mail / "godaddy-ib104-sbl.eml", nameserver=address) as session:
        work = session.triage.view.failure_checks
        assert work is not None
        await session.press("c")
        await session.until(lambda: "Running: 0 of" in session.text, "it runs")
        await session.press("c")
        assert "esc stops them" in session.notice
        await session.press("escape")
        assert "Stopped after 0 of" in session.text
        assert work.verdict is None
        await session.press("c")
        assert "Running: 0 of" in session.text
        await session.press("q")


async def test_results_are_still_there_when_one_comes_back_to_a_mail(opening: Opening, mail: Path) -> None:
    async with opening(mail / "godaddy-ib104-sbl.eml", mail / "ordinary.eml") as session:
        await session.press("c")
        await settled(session)
        await session.press("j")
        await session.until(lambda: "STILL HOLDS" not in session.text, "another mail is open")
        await session.press("k")
        await session.until(lambda: "STILL HOLDS" in session.text, "the verdict is back")


async def test_p_plans_to_ask_the_mail_host_and_sends_nothing(
    opening: Opening, mail: Path, silent_server: socket.socket
) -> None:
    nameserver = f"127.0.0.1:{silent_server.getsockname()[1]}"
    async with opening(mail / "k12-2-mailbox-full.eml", size=(120, 40), nameserver=nameserver) as session:
        await session.press("p")
        assert "c will ask the mail host itself, too; p takes that back" in session.notice
        page = " ".join(text_of(session.triage.checks))
        assert "learns this machine's address" in " ".join(page.split())
        await session.press("p")
        assert session.triage.view.failure_checks is not None
        assert not session.triage.view.failure_checks.probes
        assert asked(silent_server) == 0


async def test_the_inputs_can_be_changed_and_the_plan_follows(opening: Opening, mail: Path) -> None:
    async with opening(mail / "godaddy-ib104-sbl.eml") as session:
        await session.press("i")
        assert isinstance(session.app.screen, InputsScreen)
        assert "Sending IP: from " in session.text
        box = session.app.screen.query_one("#sending_ip", Input)
        box.value = "not an address"
        await session.press("enter")
        assert "not an IP address" in session.text
        box.value = "192.0.2.1"
        await session.press("enter")
        work = session.triage.view.failure_checks
        assert work is not None
        assert work.inputs.sending_ip is not None
        assert (work.inputs.sending_ip.value, work.inputs.sending_ip.source) == ("192.0.2.1", "user")
        assert all(check.target != "192.0.2.20" for check in work.checks)
        assert "192.0.2.1" in session.text


async def test_inputs_left_alone_keep_their_source_and_escape_changes_nothing(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail / "godaddy-ib104-sbl.eml") as session:
        work = session.triage.view.failure_checks
        assert work is not None
        before = work.inputs
        await session.press("i", "enter")
        after = session.triage.view.failure_checks
        assert after is not None
        assert after.inputs == before
        await session.press("i", "x", "escape")
        assert after.inputs == before


async def test_inputs_left_alone_keep_what_the_checks_found(opening: Opening, mail: Path) -> None:
    async with opening(mail / "godaddy-ib104-sbl.eml") as session:
        await session.press("c")
        await settled(session)
        await session.press("i", "enter")
        assert "STILL HOLDS" in session.text
        await session.press("i")
        session.app.screen.query_one("#sending_ip", Input).value = "192.0.2.1"
        await session.press("enter")
        assert "Nothing sent yet" in session.text


TWO_CLIENTS = b"""\
From: MAILER-DAEMON@mx.example.net
To: news@shop.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; bob@example.net
Action: failed
Status: 5.7.1
Diagnostic-Code: smtp; 554 5.7.1 client [192.0.2.30] blocked, it relays for client [192.0.2.31]

--b--
"""


async def test_up_and_down_put_other_candidates_into_the_field(opening: Opening, tmp_path: Path) -> None:
    bounce = tmp_path / "two-clients.eml"
    bounce.write_bytes(TWO_CLIENTS)
    async with opening(bounce) as session:
        await session.press("i")
        box = session.app.screen.query_one("#sending_ip", Input)
        first = box.value
        assert "candidates" in session.lines[1]
        await session.press("down")
        assert box.value not in ("", first)
        await session.press("up")
        assert box.value == first
        await session.press("tab", "shift+tab", "down", "enter")
        work = session.triage.view.failure_checks
        assert work is not None
        assert work.inputs.sending_ip is not None
        assert work.inputs.sending_ip.value != first


async def test_where_no_check_could_settle_anything_the_verdict_stands_without_asking(
    opening: Opening, mail: Path, silent_server: socket.socket
) -> None:
    address = f"127.0.0.1:{silent_server.getsockname()[1]}"
    async with opening(mail / "k12-2-mailbox-full.eml", nameserver=address) as session:
        assert "CANNOT BE KNOWN" in session.text
        await session.press("c")
        assert "nothing was sent" in session.notice
        assert asked(silent_server) == 0


async def test_checks_that_cannot_run_say_why_instead_of_running_for_ever(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail / "godaddy-ib104-sbl.eml", nameserver="no address") as session:
        work = session.triage.view.failure_checks
        assert work is not None
        await session.press("c")
        await session.until(lambda: work.state == "broken", "the run breaks off")
        await session.pilot.pause()
        assert "The checks could not run" in session.text
        assert "not the address of a name server" in " ".join(session.text.split())


async def test_at_sixty_columns_c_shows_what_it_does_and_the_next_mail_its_diagnosis(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail / "godaddy-ib104-sbl.eml", mail / "ordinary.eml", size=(60, 20)) as session:
        await session.press("c")
        await settled(session)
        assert "STILL HOLDS" in session.text
        await session.press("j")
        await session.until(lambda: "No bounce" in session.text, "the next mail says what it is")


async def test_a_verdict_comes_into_view_wherever_the_panel_stood(opening: Opening, mail: Path) -> None:
    async with opening(mail / "godaddy-ib104-sbl.eml") as session:
        await session.press("tab", "tab", "G")
        assert session.triage.checks.top > 0
        await session.press("c")
        await settled(session)
        assert session.triage.checks.top == 0
        assert "STILL HOLDS" in session.text


async def test_what_is_wrong_with_an_input_is_said_once(opening: Opening, mail: Path) -> None:
    async with opening(mail / "godaddy-ib508-spf.eml") as session:
        await session.press("i", "ctrl+u", *"nonsense", "enter")
        assert session.text.count("not an IP address") == 1


async def test_the_demo_asks_no_mail_host(opening: Opening, mail: Path) -> None:
    async with opening(mail / "godaddy-ib104-sbl.eml", preferences=AppPreferences(probes=False)) as session:
        await session.press("p")
        assert session.triage.view.failure_checks is not None
        assert not session.triage.view.failure_checks.probes
        assert "the demo asks no mail host" in session.notice
