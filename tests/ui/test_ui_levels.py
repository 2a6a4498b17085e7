"""The way back, level by level, and what the keys say where there is nothing to work on."""

import shutil
import socket
from pathlib import Path

import pytest
from held_mail import held_mail
from test_ui_filter import typed
from ui_session import Opening, Session, runs_under_way

from bounce_tui.locations import shipped
from bounce_tui.triage.causes import causes_of
from bounce_tui.triage.row import outcomes_of
from bounce_tui.ui.actions import ACTIONS
from bounce_tui.ui.app import BounceApp
from bounce_tui.ui.bulk_run import AT_ONCE
from bounce_tui.ui.screens.causes import CauseList, CausesScreen
from bounce_tui.ui.screens.pages import PageScreen


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_the_way_back_leads_through_every_level_and_each_is_named_first(
    opening: Opening, mail: Path, key: str
) -> None:
    async with opening(mail, size=(120, 40)) as session:
        triage, queue = session.triage, session.triage.queue
        await typed(session, "permanent")
        await session.press("enter", "slash", *"e", "enter")
        passing = len(queue)
        assert session.notice.startswith("q lifts search e  n next  ? help")
        await session.press("z", "enter")
        assert session.notice.startswith("q to the causes  ")
        await session.press("enter")
        assert session.notice.startswith("q to the list  ")
        await session.press("s")
        assert isinstance(session.app.screen, PageScreen)
        await session.press(key)
        assert session.app.screen is triage
        assert triage.active is triage.detail
        await session.press(key)
        assert triage.active is triage.bounces
        assert session.notice.startswith("q to the causes  ")
        await session.press(key)
        assert isinstance(session.app.screen, CausesScreen)
        await session.press(key)
        assert (session.app.screen, len(queue)) == (triage, passing)
        await session.press("j")
        assert session.notice.startswith("q lifts search e  ")
        await session.press(key)
        assert len(queue) == passing
        assert session.notice.startswith("q lifts filter permanent  ")
        await session.press(key)
        assert not queue.is_filtered
        assert session.notice == "the filter permanent is lifted; u sets it again"
        await session.press("j")
        assert session.notice.startswith("q quit  ")
        await session.press(key)
        assert session.app.is_running == (key == "escape")
        if key == "escape":
            assert session.notice == "nothing is open or set here: q quits"


async def test_a_lifted_filter_is_laid_on_again_with_u(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await typed(session, "hard")
        await session.press("enter")
        passing = len(session.triage.queue)
        await session.press("q")
        assert len(session.triage.queue) == session.triage.queue.total > passing
        await session.press("u")
        assert len(session.triage.queue) == passing


async def test_the_mails_of_a_cause_are_those_that_pass_the_filter(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        queue = session.triage.queue
        rows = list(queue)
        causes = [(row, set(causes_of(row, row))) for row in rows]
        reason = next(
            row.reason
            for row, own in causes
            if any(own & others and other.hard != row.hard for other, others in causes)
        )
        await typed(session, f"reason:{reason} !hard")
        await session.press("enter", "z", "enter")
        groups = len(queue)
        assert groups
        assert not any(row.hard for row in queue)
        assert "!hard, " in session.text
        await session.press("f")
        assert f"filter: reason:{reason} !hard _" in session.notice
        await session.press("enter")
        assert session.notice.startswith("q lifts filter reason:")
        assert len(queue) >= groups


async def test_a_search_goes_through_the_causes(opening: Opening, mail: Path) -> None:
    async with opening(mail, size=(60, 20)) as session:
        await session.press("z", "slash", *"lists", "enter")
        screen = session.app.screen
        assert isinstance(screen, CausesScreen)

        def chosen() -> int:
            return screen.query_one(CauseList).chosen

        hits = [place for place, one in enumerate(screen.groups) if "lists" in one.sentence.casefold()]
        assert len(hits) > 1
        assert chosen() == hits[0]
        await session.press("n")
        assert chosen() == hits[1]
        await session.press("N")
        assert chosen() == hits[0]
        await session.press("slash", *"no such words", "enter")
        assert session.notice == "not found: no such words"


NOT_ON_MAIL = {"next-pane", "previous-pane", "back", "filter", "reload", "refused", "undo"}
"""What works whether a mail is there or not."""
_SILENT_ELSEWHERE = [
    (action.id, key)
    for action in ACTIONS
    if action.scope in ("reading", "list", "bounce", "checks") and action.id not in NOT_ON_MAIL
    for key in action.keys[:1]
]


@pytest.fixture(params=["nothing passes", "nothing is there"])
def lack(request: pytest.FixtureRequest) -> str:
    return request.param


async def test_no_key_is_silent_where_there_is_no_mail(
    opening: Opening, mail: Path, tmp_path: Path, lack: str
) -> None:
    passes = lack == "nothing passes"
    async with opening(mail if passes else tmp_path) as session:
        if passes:
            await typed(session, "nobodyatall")
            await session.press("enter")
        for id_, key in _SILENT_ELSEWHERE:
            await session.press("f12")
            offered = session.notice
            await session.press(key)
            if session.app.screen is not session.triage:
                await session.press("escape")
                continue
            said = session.notice
            assert said != offered, id_
            assert not session.triage.dialogue.is_asking, id_
            if id_ in ("search", "next-hit", "check", "down", "open", "mark", "note", "source", "copy"):
                why = (
                    "no mail passes nobodyatall: q lifts filter nobodyatall"
                    if passes
                    else "there is no mail here"
                )
                assert said == why, id_


async def test_what_is_typed_behind_the_filter_in_force_narrows_further(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await typed(session, "hard")
        await session.press("enter", "f", *"user", "enter")
        assert session.lines[1].rstrip("─ ").endswith(": hard user")
        assert 0 < len(session.triage.queue) < sum(row.hard for row in session.triage.queue.arrived(0))
        await session.press("f")
        assert "ctrl+u and enter show all" in session.notice
        await session.press("ctrl+u", "enter")
        assert not session.triage.queue.is_filtered


async def test_a_word_taken_for_a_term_is_told_once(opening: Opening, mail: Path) -> None:
    async with opening(mail, size=(120, 40)) as session:
        await typed(session, "dead")
        await session.press("enter")
        assert session.notice == "dead is read as hard; in quotes it is the word; f changes it"
        assert all(any(outcome.hard for outcome in outcomes_of(row)) for row in session.triage.queue)
        await session.press("z", "enter", "q", "q")
        assert session.notice.startswith("q lifts filter dead  ")


async def test_where_the_reference_holds_nothing_the_keys_say_so(opening: Opening) -> None:
    async with opening() as session:
        await session.press("ctrl+f", *"zzqqzz")
        await session.until(lambda: "Nothing holds all of: zzqqzz" in session.text, "nothing is found")
        await session.press("enter", "tab", "j")
        assert session.notice == "nothing holds all of zzqqzz: ctrl+f changes the words"


async def test_while_mail_is_still_to_come_the_keys_say_so() -> None:
    with held_mail(0) as held:
        app = BounceApp(("-",), stdin=held.stream, nameserver="127.0.0.1:9")
        async with app.run_test(size=(80, 24)) as pilot:
            session = Session(app, pilot)
            await session.until(lambda: session.triage.loads.have_begun, "loading begins")
            await session.press("n")
            assert session.notice == "there is no mail yet: still reading ..."
            held.end()


async def test_what_was_said_of_an_empty_list_is_over_with_the_first_mail(tmp_path: Path) -> None:
    app = BounceApp((str(tmp_path),), nameserver="127.0.0.1:9", follow=True)
    async with app.run_test(size=(80, 24)) as pilot:
        session = Session(app, pilot)
        await session.until(lambda: session.triage.loads.have_begun, "loading begins")
        await session.press("G")
        assert session.notice.startswith("there is no mail")
        shutil.copy(shipped("samples") / "mail" / "family-postfix.eml", tmp_path)
        await session.until(lambda: session.triage.queue, "the first row is there")
        await session.until(lambda: "there is no mail" not in session.notice, "the keys are on offer again")


@pytest.mark.parametrize(
    ("key", "asked"), [("x", "export "), ("t", "note: "), ("f", "filter: "), ("slash", "search ")]
)
async def test_progress_takes_no_line_that_is_typed_and_is_told_afterwards(
    opening: Opening, mail: Path, silent_server: socket.socket, key: str, asked: str
) -> None:
    nameserver = f"127.0.0.1:{silent_server.getsockname()[1]}"
    async with opening(mail, nameserver=nameserver) as session:
        await session.press("asterisk", "C")
        await session.until(lambda: runs_under_way() == AT_ONCE, "all that may run at once wait")
        await session.press(key, "b")
        assert session.notice.startswith(asked)
        before = session.notice
        assert session.triage.bulk.cancel()
        await session.until(lambda: runs_under_way() == 0, "every run has ended")
        assert session.notice == before
        assert " ".join(before.split()) in " ".join(session.text.split())
        await session.press("escape")
        assert session.notice.startswith("stopped after ")


async def test_progress_does_not_take_the_place_of_what_a_key_has_told(
    opening: Opening, mail: Path, silent_server: socket.socket
) -> None:
    nameserver = f"127.0.0.1:{silent_server.getsockname()[1]}"
    async with opening(mail, nameserver=nameserver) as session:
        await session.press("asterisk", "C")
        await session.until(lambda: runs_under_way() == AT_ONCE, "all that may run at once wait")
        await session.press("d")
        assert "done; u takes it back" in session.notice
        session.triage.bulk.cancel()
        await session.until(lambda: runs_under_way() == 0, "every run has ended")
        assert "done; u takes it back" in session.notice
        await session.press("f12")
        assert session.notice.startswith("stopped after ")
        await session.press("f12")
        assert session.notice.startswith("q quit")
