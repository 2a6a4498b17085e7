"""In the app: what may have been meant, what a filter saw, the plain test mail, the text for the user."""

import asyncio
import itertools
import subprocess
from pathlib import Path

import pytest
from textual import events
from ui_session import Opening, Session, text_of

from bounce_tui.ui.screens.copying import CopyingScreen
from bounce_tui.ui.screens.pages import PageScreen
from bounce_tui.ui.widgets.page_pane import PagePane

MAIL = """\
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: ann@example.org
Subject: Undelivered Mail Returned to Sender
Date: Fri, 20 Nov 2026 09:14:02 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

{recipients}
--b
Content-Type: message/rfc822

From: Ann <ann@example.org>
To: somebody
Subject: Timetable
Date: Fri, 20 Nov 2026 09:14:00 +0000
Message-ID: <4@example.org>
Content-Type: multipart/mixed; boundary=i

--i

hello
--i
Content-Type: application/octet-stream; name="{name}"
Content-Transfer-Encoding: base64

TVqQAAMAAAAEAAAA
--i--
--b--
"""
UNKNOWN = "5.1.1", "550 5.1.1 <%s>: user unknown"
GONE = "5.1.2", "550 5.1.2 Host unknown"
FORBIDDEN = "5.7.0", "552 5.7.0 Prohibited attachment"
FULL = "5.2.2", "552 5.2.2 mailbox full"


def bounce(folder: Path, name: str, *recipients: tuple[str, tuple[str, str]], file: str = "a.txt") -> None:
    fields = "\n".join(
        f"Final-Recipient: rfc822; {address}\nAction: failed\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; {reply.replace('%s', address)}\n"
        for address, (status, reply) in recipients
    )
    (folder / f"{name}.eml").write_text(MAIL.format(recipients=fields, name=file))


async def settled(session: Session, words: str) -> None:
    await session.until(lambda: words in session.text, words)


async def test_a_mistyped_domain_is_asked_about_below_the_reason(opening: Opening, tmp_path: Path) -> None:
    bounce(tmp_path, "a", ("bob@gmial.com", GONE))
    async with opening(tmp_path) as session:
        await settled(session, "Mistyped?")
        lines = [line[1:44].rstrip() for line in session.lines]
        at = lines.index("Mistyped? gmial.com looks like gmail.com:")
        assert lines[at + 1] == "bob@gmail.com"
        assert lines[at - 2] == "Host unknown"


async def test_another_mail_of_the_list_tells_what_was_meant(opening: Opening, tmp_path: Path) -> None:
    bounce(tmp_path, "a", ("jsmiith@example.net", UNKNOWN))
    bounce(tmp_path, "b", ("jsmith@example.net", FULL))
    async with opening(tmp_path) as session:
        await settled(session, "Mistyped? jsmiith looks like")
        await settled(session, "jsmith@example.net, also in this list")
        await session.press("j")
        await session.until(lambda: "Mistyped?" not in session.text, "the full mailbox is open")


async def test_each_recipient_of_a_mail_is_asked_about(opening: Opening, tmp_path: Path) -> None:
    bounce(tmp_path, "a", ("bob@example.net", UNKNOWN), ("carol@hotmial.com", GONE))
    async with opening(tmp_path) as session:
        await settled(session, "Detail, recipient 1 of 2")
        assert "Mistyped?" not in session.text
        await session.press("right_square_bracket")
        await settled(session, "Mistyped? hotmial.com looks like")


async def test_where_the_content_is_the_reason_its_oddities_stand_on_top(
    opening: Opening, tmp_path: Path
) -> None:
    bounce(tmp_path, "a", ("bob@example.net", FORBIDDEN), file="setup.exe")
    async with opening(tmp_path) as session:
        await settled(session, "! setup.exe: .exe is refused by Gmail,")
        text = session.text
        assert text.index("! setup.exe") < text.index("Who acts")


async def test_elsewhere_the_content_comes_below(opening: Opening, tmp_path: Path) -> None:
    bounce(tmp_path, "a", ("bob@example.net", FULL), file="setup.exe")
    async with opening(tmp_path, size=(80, 160)) as session:
        await settled(session, "! setup.exe: .exe is refused by Gmail,")
        text = session.text
        assert text.index("The returned message") < text.index("The content") < text.index("! setup.exe")


@pytest.mark.parametrize(("key", "title"), [("a", "For the user"), ("m", "Plain test mail")])
async def test_one_key_opens_the_page_and_escape_closes_it(
    opening: Opening, tmp_path: Path, key: str, title: str
) -> None:
    bounce(tmp_path, "a", ("bob@gmial.com", GONE))
    async with opening(tmp_path) as session:
        await session.press(key)
        assert isinstance(session.app.screen, PageScreen)
        assert f"[{title}]" in session.lines[0]
        await session.press("escape")
        assert session.app.screen is session.triage


async def test_the_text_for_the_user_is_whole_and_ready_to_copy(opening: Opening, tmp_path: Path) -> None:
    bounce(tmp_path, "a", ("bob@gmial.com", GONE))
    async with opening(tmp_path, size=(80, 40)) as session:
        await session.press("a")
        shown = "\n".join(line.rstrip() for line in session.lines)
        assert "Your message to bob@gmial.com with the subject “Timetable”, sent on 20" in shown
        assert "   - Did you mean bob@gmail.com?" in shown
        assert "What we do" in shown


async def test_the_test_mail_goes_to_the_recipient_on_screen(opening: Opening, tmp_path: Path) -> None:
    bounce(tmp_path, "a", ("bob@example.net", UNKNOWN), ("carol@example.net", UNKNOWN))
    async with opening(tmp_path, size=(120, 50)) as session:
        await session.press("right_square_bracket", "m")
        assert "--to carol@example.net" in session.text
        assert "To: <carol@example.net>" in session.text


async def test_commands_at_80_columns_break_at_no_path_and_are_copied_whole(
    opening: Opening, tmp_path: Path
) -> None:
    folder = tmp_path / "a-folder-with-a-rather-long-name-in-which-somebody-keeps-bounces"
    folder.mkdir()
    bounce(folder, "a", ("bob@example.net", UNKNOWN))
    async with opening(folder, size=(80, 24)) as session:
        await session.press("m")
        lines = [line.strip() for line in session.lines]
        begin = next(at for at, line in enumerate(lines) if line.startswith("bounce="))
        end = next(at for at, line in enumerate(lines) if at > begin and line.endswith("-o testmail.eml"))
        script = "\n".join(lines[begin : end + 1]).replace("bounce-tui testmail", "printf '%s\\n'")
        done = await asyncio.to_thread(
            subprocess.run, ["sh", "-c", script], capture_output=True, text=True, check=True, timeout=30
        )
        assert done.stdout.split("\n")[0] == str(folder / "a.eml")
        await session.press("y")
        assert "copy: 1 bounce-tui testmail  2 sendmail  3 swaks" in session.text
        await session.press("1")
        assert "copied bounce-tui testmail to" in session.text


async def test_the_text_for_the_user_is_copied_from_its_page(opening: Opening, tmp_path: Path) -> None:
    bounce(tmp_path, "a", ("bob@gmial.com", GONE))
    async with opening(tmp_path, size=(80, 24)) as session:
        await session.press("a", "y")
        assert "copied the text for the user to" in session.text


@pytest.mark.parametrize(
    ("key", "words"),
    [("a", "nothing failed here: there is nothing to tell a user"),
     ("m", "no failed address here to send a test mail to")],
)  # fmt: skip
async def test_a_mail_that_is_no_bounce_says_so_at_the_bottom(
    opening: Opening, tmp_path: Path, key: str, words: str
) -> None:
    (tmp_path / "a.eml").write_text("From: a@example.org\nTo: b@example.org\nSubject: hello\n\nhello\n")
    async with opening(tmp_path) as session:
        await session.press(key)
        assert words in session.lines[-1]


async def test_a_strangers_escapes_stay_visible_on_the_pages(opening: Opening, tmp_path: Path) -> None:
    bounce(tmp_path, "a", ("bob\x1b[31m@gmial.com", GONE), file="\u202egpj.exe")
    async with opening(tmp_path, size=(100, 60)) as session:
        for key in ("a", "m"):
            await session.press(key)
            assert session.text.replace("\n", "").isprintable()
            await session.press("escape")


@pytest.mark.parametrize("width", [44, 60, 80])
async def test_the_text_for_the_user_fills_its_lines_at_any_width(
    opening: Opening, mail: Path, width: int
) -> None:
    async with opening(mail / "k12-2-mailbox-full.eml", size=(width, 20)) as session:
        await session.press("a")
        page = session.app.screen.query_one(PagePane)
        lines = text_of(page)
    room = min(width - 2, 72)
    assert all(len(line) <= room for line in lines)
    for line, after in itertools.pairwise(lines):
        begins = (
            not line
            or not after
            or after.startswith("  - ")
            or line.startswith("  ") != after.startswith("  ")
        )
        assert begins or len(line) + 1 + len(after.split()[0]) > room


async def test_the_text_for_the_user_knows_all_of_the_recipient_that_was_turned_to_just_now(
    opening: Opening, tmp_path: Path
) -> None:
    bounce(tmp_path, "a", ("ann@example.net", FULL), ("bob@gmial.com", GONE))
    async with opening(tmp_path) as session:
        await session.finished()
        # As a slow line delivers them: both keys before the page of the second recipient is finished.
        for key in ("right", "a"):
            session.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await session.until(lambda: isinstance(session.app.screen, CopyingScreen), "the text is shown")
        text = " ".join(text_of(session.app.screen.query_one(PagePane)))
        assert "Did you mean bob@gmail.com?" in " ".join(text.split())
