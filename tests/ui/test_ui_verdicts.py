"""The list tells what checks came to, of this session and of earlier ones."""

from pathlib import Path

import pytest
from ui_session import Opening, Session

from bounce_tui.scan import convey, examine
from bounce_tui.triage.filter.terms import VERDICTS, WORD_TERMS
from bounce_tui.triage.opener import read_case
from bounce_tui.triage.row import identity_of, pack_rows, unpack_rows
from bounce_tui.triage.store.records import KnownVerdict
from bounce_tui.ui.text.check_text import STATES
from bounce_tui.ui.text.row_text import MARKS, verdict_mark

LISTED, GONE, FULL = "godaddy-ib104-sbl.eml", "story-sbl-delisted.eml", "k12-2-mailbox-full.eml"


def marks(session: Session) -> list[str]:
    """The words at the left of the list."""
    return [line[2:7].strip() for line in session.lines[2 : 2 + len(session.triage.queue)]]


async def test_one_check_marks_its_mail_wherever_the_cursor_stands_when_it_ends(
    opening: Opening, mail: Path
) -> None:
    async with opening(mail / LISTED, mail / GONE, mail / FULL, size=(100, 30)) as session:
        await session.press("c", "j")
        await session.until(lambda: marks(session)[0] == "HOLDS", "the first mail is marked")
        assert session.triage.queue.focus == 1
        await session.press("c")
        await session.until(lambda: marks(session)[1] == "gone", "so is the second")
        await session.press("j", "c")
        await session.until(lambda: marks(session)[2] == "unkn", "and one that no check can settle")


async def test_the_text_for_the_user_follows_the_verdict_on_screen(opening: Opening, mail: Path) -> None:
    async with opening(mail / GONE, size=(100, 40)) as session:
        await session.press("a")
        assert "Wait for our answer" in session.text
        await session.press("escape", "C")
        await session.until(lambda: marks(session)[0] == "gone", "its cause is gone")
        await session.press("a")
        assert "Please send the message again." in session.text
        assert "Wait for our answer" not in session.text


async def test_verdicts_of_earlier_sessions_show_as_questions_until_they_are_asked_again(
    opening: Opening, mail: Path, tmp_path: Path
) -> None:
    paths, store = [mail / LISTED, mail / GONE], tmp_path / "state.db"
    async with opening(*paths, store=store, size=(100, 30)) as session:
        await session.press("asterisk", "C")
        await session.until(lambda: marks(session) == ["HOLDS", "gone"], "both are checked")
    async with opening(*paths, store=store, size=(100, 30)) as session:
        await session.until(lambda: marks(session) == ["held?", "gone?"], "they are remembered")
        await session.press("c")
        await session.until(lambda: marks(session) == ["HOLDS", "gone?"], "one is known again")
        before = ""
        wanted = {"verdict:holds": 1, "verdict:gone earlier": 1, "checked": 2, "earlier holds": 0}
        for text, number in wanted.items():
            keys = ["space" if sign == " " else "colon" if sign == ":" else sign for sign in text]
            await session.press("f", *["backspace"] * (len(before) + 1 if before else 0), *keys, "enter")
            assert len(session.triage.queue) == number, text
            before = text


async def test_another_recipient_s_verdict_is_not_that_of_the_mail(opening: Opening, tmp_path: Path) -> None:
    parts = "".join(
        f"Final-Recipient: rfc822; {who}@gone.invalid\nAction: failed\nStatus: 5.1.2\n"
        "Diagnostic-Code: smtp; 550 5.1.2 host unknown\n\n"
        for who in ("ann", "bob")
    )
    (tmp_path / "two.eml").write_text(
        "From: MAILER-DAEMON@mx.example.org\nContent-Type: multipart/report; boundary=b;"
        " report-type=delivery-status\n\n--b\nContent-Type: text/plain\n\nnot delivered\n--b\n"
        f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n{parts}--b--\n"
    )
    async with opening(tmp_path / "two.eml", size=(100, 30)) as session:
        await session.press("right_square_bracket", "c")
        work = session.triage.view.failure_checks
        assert work is not None
        assert work.index == 1
        await session.until(lambda: work.verdict is not None, "the second is checked")
        assert marks(session) == ["dead"]
        await session.press("left_square_bracket", "c")
        await session.until(lambda: session.triage.bounces.verdicts, "the mail has a verdict")


@pytest.mark.parametrize("brief", [True, False])
def test_a_mail_is_the_same_read_in_brief_and_in_full(mail: Path, brief: bool) -> None:
    rows = [row for batch in convey([str(mail)], pack_rows) for row in unpack_rows(batch.output)]
    assert len(rows) > 40
    for row in rows:
        case = read_case(row.message)
        if brief:
            case = examine(row.message, Path(row.file).read_bytes(), brief=True)
        assert identity_of(case.bounce) == row.identity, row.file


def test_the_list_the_filter_and_the_panel_have_one_word_for_what_cannot_be_known() -> None:
    assert verdict_mark(KnownVerdict("cannot_be_known"))[0] == STATES["unknown"][0] == "unkn"
    assert verdict_mark(KnownVerdict("cannot_be_known", earlier=True))[0] == "unkn?"
    assert dict(MARKS)["unkn"] == "checked: whether it holds cannot be known from here"
    assert WORD_TERMS["unknowable"].sentence == "checked: it cannot be known from here"
    assert "open" not in {*dict(MARKS), *WORD_TERMS, *VERDICTS}
