"""What a stranger writes reaches the screen as text: no escape sequence, no markup, no bidi."""

import sys
import unicodedata
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pty_session import PtySession
from ui_session import Opening

from bounce_tui.check_results import Change, Check, CheckResult, Comparison, Inputs
from bounce_tui.mailbox import Refusal
from bounce_tui.model import (  # fmt: skip
    Bounce,
    Candidate,
    Case,
    Diagnosis,
    Evidence,
    Failure,
    Hop,
    Message,
    Original,
    OtherReading,
)
from bounce_tui.opened_message import OpenedMessage, Part
from bounce_tui.triage.row import row_of
from bounce_tui.ui.keymap import read_keymap
from bounce_tui.ui.text.cells import width_of
from bounce_tui.ui.text.check_text import panel
from bounce_tui.ui.text.detail_text import detail
from bounce_tui.ui.text.page import Line
from bounce_tui.ui.text.row_text import columns, row_line
from bounce_tui.ui.text.source_text import made_visible, source
from bounce_tui.ui.text.status_text import refused

EVIL = (
    "[bold red]\x1b[31m\x1b]0;owned\x07\x9b2J\u202e\u2066\u200f\r\n\t\x00[/bold red][link=x]é\u0301郵\ud800"
)


def text_of(lines: list[Line]) -> list[str]:
    return ["".join(span.text for span in line) for line in lines]


def assert_harmless(lines: list[Line], width: int) -> None:
    for line in text_of(lines):
        assert width_of(line) <= width
        for char in line:
            category = unicodedata.category(char)
            assert category not in ("Cc", "Cf", "Cs", "Zl", "Zp"), f"{char!r} in {line!r}"


def everything(evil: str, start: int = 0) -> Case:
    candidates = (Candidate(evil, evil, False),)
    hop = Hop(evil, evil, evil, evil, evil, evil)
    failure = Failure(
        evil, evil[::-1], "failed", evil, evil, evil + "x", evil, evil, evil, evil, evil, evil, evil
    )
    evidence = Evidence(evil[start : start + 5], "diagnostic", start)
    diagnosis = Diagnosis(
        evil, False, True, evil, evil, "high", evidence, evil, (evil, evil), "sender", (evil,), evil,
        (OtherReading(evil, evil, evil),),
    )  # fmt: skip
    original = Original(False, *[evil] * 8, (hop,))
    bounce = Bounce(
        "failed", evil, True, evil, evil, evil, evil, evil, evil, evil, evil, candidates, candidates,
        candidates, original, (failure, failure),
    )  # fmt: skip
    return Case(Message(evil), bounce, (diagnosis, diagnosis))


def opened(evil: str) -> OpenedMessage:
    hop = Hop(evil, evil, evil, evil, evil, evil)
    return OpenedMessage(((evil, evil),), (hop,), (Part(evil, evil, 5),), evil, evil)


def test_no_field_of_a_mail_reaches_the_screen_raw() -> None:
    case = everything(EVIL)
    for width in (20, 31, 46, 120):
        assert_harmless(detail(case, 0, opened(EVIL), width), width)
    for width in (20, 60, 80, 200):
        assert_harmless([row_line(row_of(case), columns(width))], width)
    assert_harmless(source(made_visible([EVIL, EVIL]), False, 30), 30)


@settings(max_examples=60)
@given(st.text(max_size=80), st.integers(0, 90), st.integers(20, 60))
def test_any_text_at_all_is_drawn_harmless_and_within_its_width(text: str, start: int, width: int) -> None:
    assert_harmless(detail(everything(text, start), 1, opened(text), width), width)


def test_no_answer_of_dns_reaches_the_screen_raw() -> None:
    class Work:
        case = everything(EVIL)
        bounce, failure = case.bounce, case.bounce.failures[0]
        inputs = Inputs(EVIL, EVIL, *[Candidate(EVIL, EVIL, False)] * 4)
        checks = (Check(EVIL, EVIL, EVIL, EVIL), Check("spf", EVIL, EVIL, EVIL))
        results = {(EVIL, EVIL): CheckResult(EVIL, EVIL, "fail", EVIL, EVIL, (EVIL,), EVIL, EVIL, 3)}  # noqa: RUF012
        verdict = None
        state = "broken"
        trouble = EVIL
        probes = True

        def result(self, check: Check) -> CheckResult | None:
            return self.results.get((check.id, check.target))

        def comparison(self) -> Comparison:
            return Comparison(EVIL, "still_holds", (Change(EVIL, EVIL, "pass", EVIL, (EVIL,), (EVIL,)),))

    assert_harmless(panel(Work(), EVIL, 31), 31)


async def test_a_hostile_mail_leaves_nothing_on_the_screen_that_a_terminal_acts_on(
    opening: Opening, tmp_path: Path
) -> None:
    evil = b"\x1b[2J\x1b]0;owned\x07\x9b31m\xe2\x80\xae[bold red]boo[/] =?utf-8?q?=1b[41mhid?= \xc2\x9b5m"
    raw = b"\n".join([
        b"From: MAILER-DAEMON " + evil, b"To: " + evil, b"Subject: " + evil, b"Date: " + evil,
        b"X-" + evil + b": " + evil,
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', b"",
        b"--b", b"", evil, b"--b", b"Content-Type: message/delivery-status", b"",
        b"Reporting-MTA: dns; " + evil, b"", b"Final-Recipient: rfc822; a" + evil + b"@example.net",
        b"Action: failed", b"Status: 5.1.1", b"Remote-MTA: dns; " + evil,
        b"Diagnostic-Code: smtp; 550 5.1.1 User unknown " + evil, b"--b--",
    ])  # fmt: skip
    path = tmp_path / "e\x1b[31mvil\u202e.eml"
    path.write_bytes(raw)
    async with opening(path, size=(120, 40)) as session:
        await session.finished()
        for keys in ((), ("G",), ("enter", "G"), ("v",), ("escape", "i"), ("escape", "R")):
            await session.press(*keys)
            for line in session.lines:
                assert line.isprintable(), line
                assert not set(line) & set("\u202e\x1b\x07\x9b")
        assert "[bold red]" in "\n".join(session.page)


FAILING = """
from bounce_tui.ui.app import BounceApp
from bounce_tui.ui.driver.terminal_driver import TerminalDriver

class Failing(BounceApp):
    def on_ready(self):
        raise ValueError("boom \\x1b[31m\\n[bold]")

app = Failing(driver_class=TerminalDriver)
app.run(mouse=False)
raise SystemExit(app.return_code)
"""


def test_an_error_of_ours_is_one_harmless_line(tmp_path: Path) -> None:
    with PtySession(sys.executable, "-c", FAILING, HOME=str(tmp_path), TEXTUAL="") as session:
        assert session.report() == "exited 1"
        said = session.text().replace("\n", "").strip()
    assert said.startswith("bounce-tui: internal error at ")
    assert said.endswith("ValueError: boom \\x1b[31m\\n[bold]")


async def test_a_line_of_a_megabyte_is_cut_and_says_so(opening: Opening, tmp_path: Path) -> None:
    path = tmp_path / "long.eml"
    path.write_bytes(b"Subject: " + b"x" * 1_000_000 + b"\n\n" + b"y" * 1_000_000)
    async with opening(path) as session:
        await session.finished()
        assert session.triage.detail.count() < 1000
        assert "more characters" in "\n".join(session.page)


def test_a_page_is_bounded_whatever_the_mail_is() -> None:
    evil = "\x1b" * 100_000
    hop = Hop(evil, evil, evil, evil, evil, evil)
    huge = OpenedMessage(((evil, evil),) * 5000, (hop,) * 5000, (Part(evil, evil, 5),) * 5000)
    lines = text_of(detail(everything(evil), 0, huge, 42))
    assert sum(len(line) for line in lines) < 200_000
    assert lines[-1] == "… and more; v shows the whole mail"


def test_a_page_that_is_cut_short_names_the_key_in_force_for_the_whole_mail() -> None:
    huge = OpenedMessage((("Subject", "x" * 100_000),) * 200)
    moved, _ = read_keymap({"source": ["f7"]})
    lines = text_of(detail(everything("x"), 0, huge, 60, keys=moved))
    assert lines[-1] == "… and more; f7 shows the whole mail"


def test_a_page_of_many_refusals_that_is_cut_short_offers_no_mail() -> None:
    lines = text_of(refused(60, [Refusal("x" * 100, "it cannot be read")] * 1000))
    assert lines[-1] == "… and more"
