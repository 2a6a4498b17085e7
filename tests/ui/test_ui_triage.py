"""The main screen with the keys of a person at work, on the real samples."""

from pathlib import Path

import pytest
from ui_session import Opening, spans_of, text_of

from bounce_tui.ui.widgets.page_pane import PagePane

SIZES = [(80, 24), (60, 20), (120, 40), (200, 50), (40, 10)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_list_the_diagnosis_and_the_plan_fit_the_terminal(
    opening: Opening, mail: Path, size: tuple[int, int]
) -> None:
    async with opening(mail, size=size) as session:
        width, height = size
        assert len(session.lines) == height
        assert session.lines[1].startswith("──[Bounces")
        assert session.lines[2].startswith("> ")
        assert any(line.startswith("── Detail") for line in session.lines)
        assert ("── Checks ──" in session.text) == (width >= 80)
        assert session.lines[-1].startswith(" q quit")


async def test_the_cursor_moves_with_letters_arrows_and_pages_and_stops_at_the_ends(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail) as session:
        queue = session.triage.queue
        last = len(queue) - 1
        for keys, place in (
            ("j", 1), ("down", 2), ("k", 1), ("up", 0), ("up", 0), ("G", last), ("j", last), ("g", 0),
            ("ctrl+d", 3), ("ctrl+u", 0), ("end", last), ("home", 0),
        ):  # fmt: skip
            await session.press(keys)
            assert queue.focus == place, keys
            row = session.triage.bounces.top
            assert session.lines[2 + place - row].startswith("> "), keys
            assert session.text.count("\n> ") == 1


async def test_the_detail_follows_the_cursor(opening: Opening, mail: Path) -> None:
    async with opening(mail / "k12-2-mailbox-full.eml", mail / "k12-3-greylisted.eml") as session:
        assert "Mailbox full" in session.text
        await session.press("j")
        await session.until(lambda: "Greylisted" in session.text, "the detail shows the second mail")
        assert "Mailbox full" not in "\n".join(session.lines[10:])


async def test_the_diagnosis_comes_first_then_the_reply_then_the_fields_then_the_headers(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail / "k12-2-mailbox-full.eml", size=(120, 40)) as session:
        await session.finished()
        page = session.page
        order = [
            next(index for index, line in enumerate(page) if line.startswith(words))
            for words in (
                "Mailbox full", "Who acts", "Cause", "Do ", "The reply", "The failure", "Address", "Time",
                "Why we think so", "Rule", "The message", "Headers",
            )
        ]  # fmt: skip
        assert order == sorted(order)


async def test_the_words_that_decided_stand_out_in_the_reply(opening: Opening, mail: Path) -> None:
    async with opening(mail / "k12-2-mailbox-full.eml") as session:
        case = session.triage.view.case
        assert case is not None
        evidence = case.diagnoses[0].evidence
        assert evidence.where == "diagnostic"
        marked = [s.text for line in spans_of(session.triage.detail) for s in line if s.role == "evidence"]
        assert "".join(marked).replace(" ", "") == evidence.text.replace(" ", "")


async def test_enter_opens_the_bounce_again_gives_it_the_whole_width_and_escape_goes_back(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail) as session:
        before = session.lines
        await session.press("enter")
        assert "──[Detail]──" in session.text
        assert sum(line.startswith(("  ", "> ")) for line in session.lines[2:6]) <= 4
        assert "── Checks" in session.text
        await session.press("enter")
        assert "── Checks" not in session.text
        await session.press("escape")
        assert session.lines == before


async def test_the_keys_walk_through_the_panes_and_move_the_one_that_has_them(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail) as session:
        await session.press("tab", "j", "j")
        assert session.triage.detail.top == 2
        assert session.triage.queue.focus == 0
        assert "[Detail]" in session.text
        await session.press("tab")
        assert "[Checks]" in session.text
        await session.press("tab")
        assert "[Bounces of 2026]" in session.text
        await session.press("shift+tab")
        assert "[Checks]" in session.text


async def test_at_sixty_columns_detail_and_checks_take_turns(opening: Opening, mail: Path) -> None:
    async with opening(mail, size=(60, 20)) as session:
        assert "── Detail" in session.text
        await session.press("tab", "tab")
        assert "──[Checks]" in session.text
        assert "Detail" not in session.text
        assert "Nothing sent yet" in session.text
        await session.press("shift+tab")
        assert "──[Detail]" in session.text


async def test_sorting_goes_through_the_orders_and_the_cursor_stays_on_its_mail(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail) as session:
        await session.press("j", "j", "j")
        row = session.triage.queue.focused
        for words in ("by date", "by reason", "by domain", "as they came"):
            await session.press("o")
            assert words in session.lines[1]
            assert session.triage.queue.focused is row
        await session.press("O")
        assert "reversed" in session.lines[1]
        assert session.triage.queue.focused is row


async def test_search_finds_rows_and_goes_on_to_the_next_and_previous(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        queue = session.triage.queue
        hits = [place for place, row in enumerate(queue) if row.reason == "blocklisted"]
        assert len(hits) > 2
        await session.press("slash", *"BLOCKlisted", "enter")
        assert queue.focus == hits[0]
        await session.press("n")
        assert queue.focus == hits[1]
        await session.press("N", "N")
        assert queue.focus == hits[-1]
        await session.press("slash", *"no such words", "enter")
        assert "not found: no such words" in session.lines[-1]
        assert queue.focus == hits[-1]


async def test_the_prompt_takes_every_letter_and_escape_closes_it(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("slash", "q", "j", "escape", "j")
        assert session.app.is_running
        assert session.triage.queue.focus == 1
        assert session.lines[-1].startswith(" q quit")


async def test_search_in_the_detail_marks_the_line(opening: Opening, mail: Path) -> None:
    async with opening(mail / "k12-2-mailbox-full.eml") as session:
        await session.press("tab", "slash", *"who acts", "enter")
        marked = [line for line in session.lines if line.startswith(">Who acts")]
        assert len(marked) == 1


async def test_each_failed_recipient_of_a_mail_has_its_own_page(opening: Opening, mail: Path) -> None:
    async with opening(mail / "several-recipients.eml") as session:
        case = session.triage.view.case
        assert case is not None
        total = len(case.bounce.failures)
        assert total > 1
        assert f"recipient 1 of {total}" in session.text
        for failure in case.bounce.failures:
            assert any(line.split() == ["Address", failure.recipient] for line in session.page)
            await session.press("right_square_bracket")
        assert f"recipient 1 of {total}" in session.text
        await session.press("left")
        assert f"recipient {total} of {total}" in session.text


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        ("out-of-office.eml", "Automatic reply, no bounce"),
        ("delivered.eml", "Delivery notice, nothing failed"),
        ("feedback-report.eml", "Complaint about your mail"),
        ("ordinary.eml", "No bounce"),
    ],
)
async def test_a_mail_that_is_no_bounce_says_what_it_is_and_has_nothing_to_check(
    opening: Opening, mail: Path, sample: str, words: str
) -> None:
    async with opening(mail / sample) as session:
        assert words in session.text
        assert "No failure here" in session.text
        await session.press("c")
        assert "nothing to check" in session.lines[-1]
        await session.press("i")
        assert "no inputs" in session.lines[-1]


async def test_the_source_of_the_mail_is_shown_whole(opening: Opening, mail: Path) -> None:
    async with opening(mail / "k12-2-mailbox-full.eml") as session:
        await session.press("v")
        await session.until(lambda: "[Source]" in session.text, "the source opens")
        raw = (mail / "k12-2-mailbox-full.eml").read_text()
        text = "".join(text_of(session.app.screen.query_one(PagePane)))
        assert text.replace(" ", "") == "".join(raw.split())
        await session.press("q")
        assert "[Bounces of 2026]" in session.text


async def test_what_could_not_be_read_is_counted_and_listed(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    missing, empty = tmp_path / "missing.eml", tmp_path / "empty.eml"
    empty.touch()
    async with opening(missing, empty, mail / "ordinary.eml", size=(120, 24)) as session:
        assert "1 mail: 1 other, 2 refused (R)" in session.lines[0]
        await session.press("R")
        assert "missing.eml" in session.text
        assert "empty.eml" in session.text
        await session.press("escape", "q")
    assert session.app.return_code == 1


async def test_a_place_without_mail_says_what_to_do(opening: Opening, tmp_path: Path) -> None:
    async with opening(tmp_path) as session:
        assert "No mail here" in session.text
        assert "bounce-tui demo" in session.text
        assert "1 refused" in session.lines[0]


async def test_quitting_after_all_was_read_is_success(opening: Opening, mail: Path) -> None:
    async with opening(mail / "ordinary.eml") as session:
        await session.press("q")
    assert session.app.return_code == 0


async def test_help_is_a_page_that_scrolls_and_searches(opening: Opening, mail: Path) -> None:
    async with opening(mail / "ordinary.eml") as session:
        await session.press("question_mark")
        assert "──[Help]──" in session.text
        await session.press("slash", *"sort", "enter")
        assert any(line.startswith(">o") for line in session.lines)
        await session.press("escape")
        assert "[Bounces of 2026]" in session.text


@pytest.mark.parametrize("page", ["s", "R", "v", "a", "m", "e", "z"])
async def test_the_keys_are_shown_over_every_page_once_and_lead_back_to_it(
    opening: Opening, mail: Path, page: str
) -> None:
    async with opening(mail / "k12-2-mailbox-full.eml") as session:
        await session.press(page)
        await session.until(lambda: session.app.screen is not session.triage, "the page is open")
        below = session.app.screen
        await session.press("question_mark", "question_mark")
        assert "──[Help]──" in session.text
        await session.press("escape")
        assert session.app.screen is below


async def test_the_palette_begins_with_what_can_be_done_here_and_says_where_nothing_matches(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail, size=(100, 40)) as session:
        await session.press("colon")
        listed = "\n".join(session.lines[1:-1])
        assert listed.index("Open the bounce") < listed.index("Run the planned checks")
        assert "Find a command" not in listed
        assert "One row or line down" not in listed.partition("Probe: ask the mail host")[0]
        await session.press(*"blocklist")
        assert "no command has these words" in session.lines[-1]
        await session.press("enter")
        assert session.lines[1].startswith("──[Bounces")


async def test_the_palette_runs_a_command_by_name(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("colon")
        assert "[Commands]" in session.text or "── Commands" in session.text
        await session.press(*"reverse the order", "enter")
        await session.until(lambda: session.triage.queue.is_reversed, "the order is turned")
        await session.press("ctrl+p", "escape")
        assert "[Bounces of 2026]" in session.text


async def test_a_resize_lays_everything_out_anew(opening: Opening, mail: Path) -> None:
    async with opening(mail) as session:
        await session.press("G")
        for size in ((60, 20), (120, 40), (30, 8), (80, 24)):
            await session.pilot.resize_terminal(*size)
            await session.until(lambda size=size: len(session.lines) == size[1], "the new size")
            await session.pilot.pause()
            assert sum(line.startswith("> ") for line in session.lines) == 1
