"""Mails with several failures under the keys: each is found, shown, counted and checked by any of them."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from several_failures import FULL, LATER, UNKNOWN, RecipientOutcome, report, write
from ui_session import Opening, Session

from bounce_tui.ui.screens.causes import CausesScreen

OTHER = RecipientOutcome("zoe@v.example", UNKNOWN.said.replace("ann@y", "zoe@v"), "5.1.1", "mx.v.example")
KEYS = {
    ":": "colon",
    "@": "at",
    ".": "full_stop",
    "_": "underscore",
    " ": "space",
    "!": "exclamation_mark",
    "|": "vertical_line",
}


async def typed(session: Session, key: str, text: str) -> None:
    await session.press(
        key, *(["ctrl+u"] if key == "f" else []), *(KEYS.get(one, one) for one in text), "enter"
    )


def listed(session: Session) -> list[str]:
    """The recipients in the list, with their marks."""
    rows = session.triage.queue
    return [" ".join(one.text for one in session.triage.bounces.line_at(at)) for at in range(len(rows))]


async def test_a_filter_finds_the_second_recipient_and_shows_and_opens_it(
    opening: Opening, tmp_path: Path
) -> None:
    mails = write(tmp_path, report(OTHER), report(UNKNOWN, FULL), report(UNKNOWN))
    for text in ("domain:x.example", "to:bob@", "reason:mailbox_full", "code:552", "mta:mx.x", "bob"):
        async with opening(mails) as session:
            await typed(session, "f", text)
            (line,) = listed(session)
            assert "bob@x.example +1" in line
            assert "mailbox full" in line
            await session.until(lambda: "Detail, recipient 2 of 2" in session.text, text)
            assert "Mailbox full" in session.text
            await typed(session, "f", "")
            assert "ann@y.example +1" in listed(session)[1]


async def test_a_row_tells_how_many_more_reasons_its_recipients_have(
    opening: Opening, tmp_path: Path
) -> None:
    mails = write(tmp_path, report(UNKNOWN, FULL, LATER), report(UNKNOWN, OTHER))
    async with opening(mails) as session:
        first, second = listed(session)
        assert re.search(r"ann@y.example \+2 +user unknown \+2 ", first)
        assert re.search(r"ann@y.example \+1 +user unknown  ", second)
        await typed(session, "f", "delayed")
        assert re.search(r"dan@w.example \+2 +greylisted \+2 ", listed(session)[0])


async def test_another_filter_turns_the_open_mail_to_what_it_is_meant_for_now(
    opening: Opening, tmp_path: Path
) -> None:
    async with opening(write(tmp_path, report(UNKNOWN, FULL, LATER))) as session:
        assert "recipient 1 of 3" in session.text
        await typed(session, "f", "delayed")
        assert "recipient 3 of 3" in session.text
        assert listed(session)[0].startswith("delay")
        await typed(session, "f", "failed")
        assert "recipient 1 of 3" in session.text
        await session.press("]")
        assert "recipient 2 of 3" in session.text
        await typed(session, "f", "permanent")
        assert "recipient 2 of 3" in session.text


async def test_a_search_stops_at_the_second_recipient_and_opens_it(opening: Opening, tmp_path: Path) -> None:
    mails = write(tmp_path, report(OTHER), report(UNKNOWN, FULL), report(OTHER, FULL))
    async with opening(mails) as session:
        await typed(session, "slash", "bob@x.example")
        assert session.triage.queue.focus == 1
        await session.until(lambda: "recipient 2 of 2" in session.text, "the hit is open")
        assert "bob@x.example +1" in listed(session)[1]
        await session.press("n")
        await session.until(lambda: session.triage.queue.focus == 2, "the next hit")
        assert "ann@y.example +1" in listed(session)[1]
        assert "bob@x.example +1" in listed(session)[2]


async def test_the_causes_count_a_mail_under_each_and_open_it_there(opening: Opening, tmp_path: Path) -> None:
    mails = write(tmp_path, report(UNKNOWN, FULL), report(UNKNOWN))
    async with opening(mails) as session:
        await session.press("z")
        assert isinstance(session.app.screen, CausesScreen)
        assert "1 of 2, some mails have several" in session.text
        assert " 2  " in next(line for line in session.lines if "does not know" in line)
        assert " 1  " in next(line for line in session.lines if "bob@x.example is full" in line)
        await session.press("j", "enter")
        await session.until(lambda: "recipient 2 of 2" in session.text, "its failure is open")
        assert ["bob@x.example +1" in line for line in listed(session)] == [True]
        await session.press("escape")
        assert isinstance(session.app.screen, CausesScreen)
        assert "2 of 2, some" in session.text


async def test_causes_of_a_filtered_list_are_those_that_the_filter_lets_pass(
    opening: Opening, tmp_path: Path
) -> None:
    async with opening(write(tmp_path, report(UNKNOWN, FULL), report(UNKNOWN))) as session:
        await typed(session, "f", "reason:mailbox_full")
        await session.press("z")
        assert "bob@x.example is full" in session.text
        assert "does not know" not in session.text


async def test_the_checks_of_a_cause_are_those_of_its_failures(opening: Opening, mail: Path) -> None:
    async with opening(mail / "several-recipients.eml") as session:
        await session.press("z")
        screen = session.app.screen
        assert isinstance(screen, CausesScreen)
        causes = [one.sentence for one in screen.groups]
        dead = causes.index("closed-academy.example is not in DNS")
        unknown = causes.index("school.example does not know the user")
        await session.press(*("j" * dead), "c")
        await session.until(lambda: "checked 1 of 1:" in session.notice, "the run ends")
        assert "HOLDS" in session.lines[1 + dead]
        assert "HOLDS" not in session.lines[1 + unknown]
        await session.press("enter")
        await session.until(lambda: "recipient 3 of 4" in session.text, "the failure is open")
        await session.until(lambda: "STILL HOLDS" in session.text, "with its verdict")
        assert listed(session)[0].startswith("DEAD")


async def test_the_help_and_the_summary_say_that_mails_are_counted(opening: Opening, tmp_path: Path) -> None:
    async with opening(write(tmp_path, report(UNKNOWN, FULL)), size=(100, 60)) as session:
        await session.press("s")
        assert "mails are counted: one with several failures counts once under each" in session.text
        await session.press("escape", "question_mark")
        page = session.app.screen.query_one("PagePane")
        text = "".join("".join(span.text for span in page.line_at(at)) for at in range(page.count()))
        assert "Mails are counted, not recipients" in text


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_the_checks_say_whose_they_are(opening: Opening, tmp_path: Path, size: tuple[int, int]) -> None:
    async with opening(write(tmp_path, report(UNKNOWN, FULL)), size=size) as session:
        await session.press("enter", "tab")
        assert session.triage.active is session.triage.checks
        for number, address in ((1, "ann@y.example"), (2, "bob@x.example")):
            assert f"[Checks, recipient {number} of 2]" in session.text
            assert f"For {address}" in session.text
            await session.press("]")


async def test_the_checks_of_the_only_recipient_need_not_say_so(opening: Opening, tmp_path: Path) -> None:
    async with opening(write(tmp_path, report(FULL)), size=(60, 20)) as session:
        await session.press("enter", "tab")
        assert "[Checks]" in session.text
        assert "For bob@" not in session.text


async def test_the_checks_of_all_mails_ask_for_each_recipient_that_is_meant(
    opening: Opening, tmp_path: Path
) -> None:
    mails = write(tmp_path, report(UNKNOWN, FULL, LATER), report(OTHER))
    async with opening(mails) as session:
        await session.press("asterisk", "C")
        await session.until(lambda: "checked 2 of 2, 4 recipients:" in session.notice, "all are checked")
        for number in (1, 2, 3):
            await session.until(lambda at=number: f"recipient {at} of 3" in session.text, "it is shown")
            assert "Nothing sent yet" not in session.text
            await session.press("]")
    async with opening(mails) as session:
        await typed(session, "f", "to:bob@")
        await session.press("asterisk", "C")
        await session.until(lambda: "checked 1 of 1: 1 " in session.notice, "the one that is listed is")


async def test_each_recipient_has_its_own_history_on_the_page_and_in_the_hand_over(
    opening: Opening, tmp_path: Path
) -> None:
    before, both = report(FULL), report(UNKNOWN, FULL).replace(b"20 Nov", b"21 Nov")
    async with opening(write(tmp_path, both, before), size=(120, 50)) as session:
        await session.finished()
        assert "failed once before" not in session.text
        await session.press("]")
        await session.until(lambda: "This address failed once before" in session.text, "its own is told")
        await session.press("[")
        await session.until(lambda: "failed once before" not in session.text, "that of the first is not")
        await session.press("x", *["backspace"] * 20, *str(tmp_path / "out.md"), "enter")
        await session.until(lambda: "wrote" in session.notice, "it is written")
    ann, bob = (tmp_path / "out.md").read_text().split("\n## ")[1:]
    assert "failed once before" not in ann
    assert "failed once before" in bob


async def test_a_verdict_is_filtered_by_for_the_recipient_that_it_is_about(
    opening: Opening, tmp_path: Path
) -> None:
    both = (replace(FULL, recipient=f"{name}@nowhere.invalid") for name in ("bob", "carl"))
    async with opening(write(tmp_path, report(UNKNOWN, *both))) as session:
        await session.press("]", "]", "c")
        work = session.triage.view.failure_checks
        assert work is not None
        assert work.failure.recipient == "carl@nowhere.invalid"
        await session.until(lambda: work.verdict is not None, "the third is checked")
        known = "verdict:holds | verdict:gone | unknowable"
        for text, number in (("checked", 3), (known, 3), ("!checked", 1)):
            await typed(session, "f", text)
            assert len(session.triage.queue) == 1, text
            await session.until(lambda number=number: f"recipient {number} of 3" in session.text, text)
        await typed(session, "f", "checked to:bob@")
        assert len(session.triage.queue) == 0


async def test_a_filtered_list_is_sorted_by_what_it_shows(opening: Opening, tmp_path: Path) -> None:
    late = replace(FULL, recipient="bob@zz.example")
    early = replace(FULL, recipient="bob@aa.example")
    async with opening(write(tmp_path, report(OTHER, late), report(UNKNOWN, early), report(FULL))) as session:
        await typed(session, "f", "reason:mailbox_full")
        await session.press("o", "o", "o")
        assert session.triage.queue.order == "domain"
        shown = [re.search(r"bob@(\w+)", line)[1] for line in listed(session)]  # type: ignore[index]
        assert shown == ["aa", "x", "zz"]
        await session.press("O")
        assert "bob@zz" in listed(session)[0]


async def test_the_verdict_on_a_recipient_that_does_not_lead_is_still_there_tomorrow(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    store, mails = tmp_path / "state.db", mail / "several-recipients.eml"
    async with opening(mails, store=store) as session:
        await session.press("asterisk", "C")
        await session.until(lambda: "checked 1 of 1, 4 recipients: 2 still" in session.notice, "done")
    async with opening(mails, store=store, size=(120, 40)) as session:
        await session.until(lambda: bool(session.triage.bounces.verdicts), "it is looked up")
        await session.press("z")
        (line,) = [line for line in session.lines if "closed-academy.example is not in DNS" in line]
        assert "held?" in line
        await session.press("escape", "]", "]")
        await session.until(lambda: "recipient 3 of 4" in session.text, "it is shown")
        await session.until(
            lambda: "closed-academy.example does not exist in DNS now" in session.text, "it is told"
        )
