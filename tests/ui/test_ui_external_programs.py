"""Raw mail in the user's own programs, on a real terminal: the bytes, the way back, what is left behind."""

import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pty_session import PtySession, alive_in_group
from ui_session import Opening

Start = Callable[..., PtySession]
HINTS = "q quit"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts bounce-tui on paths, with an environment, and waits for its list."""
    started: list[PtySession] = []

    def run(*paths: Path, size: tuple[int, int] = (80, 24), **environ: str) -> PtySession:
        own = {"XDG_STATE_HOME": str(tmp_path / "STATE")}
        words = (sys.executable, "-m", "bounce_tui", *map(str, paths), "--nameserver", "127.0.0.1:9")
        started.append(
            PtySession(*words, size=size, TMPDIR=str(tmp_path), O=str(tmp_path), **(own | environ))
        )
        started[-1].wait_for(f"1 of {len(paths)}")
        if size[0] >= 80:
            started[-1].wait_for("Resolver 127.0.0.1:9")
        started[-1].settle()
        return started[-1]

    yield run
    for one in started:
        one.__exit__()


def pipe_to(app: PtySession, command: str) -> None:
    app.type("|")
    app.wait_for("pipe ")
    app.type(f"{command}\r")


def come_back(app: PtySession) -> None:
    app.wait_for("press enter")
    app.type("\r")
    app.wait_for("as they came")
    app.settle()


def quit_from(app: PtySession) -> None:
    """From the list: the app ends, and the terminal is as it was."""
    app.type("q")
    assert app.report() == "exited 0"
    app.assert_as_it_was()
    assert alive_in_group(app.pid) == []


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_each_marked_mail_reaches_the_command_byte_for_byte(
    start: Start, tmp_path: Path, mail: Path, size: tuple[int, int]
) -> None:
    dos = tmp_path / "dos.eml"
    dos.write_bytes((mail / "k12-2-mailbox-full.eml").read_bytes().replace(b"\n", b"\r\n") + b"\xff\xfe\r\n")
    app = start(mail / "godaddy-ib104-sbl.eml", dos, size=size)
    before = app.screen().display
    pipe_to(app, "cat >> $O/out; echo went; exit 3")
    app.wait_for("1 mail to cat")
    come_back(app)
    assert (tmp_path / "out").read_bytes() == (mail / "godaddy-ib104-sbl.eml").read_bytes()
    after = app.screen().display
    assert after[:-1] == before[:-1], "the screen is whole again"
    assert "piped 1 mail to cat" in after[-1]
    app.type("*|")
    app.wait_for("pipe each of 2 mails to: _")
    app.type("\t")
    app.wait_for("exit 3_")
    (tmp_path / "n").write_text("")
    app.type("\x15cat > $O/$(wc -l < $O/n); echo >> $O/n; : words that make it a long command, to its end")
    app.wait_for("command, to its end_")
    app.type("\r")
    app.wait_for("press enter")
    assert "status 0" in app.text().replace("\n", "")
    come_back(app)
    assert (tmp_path / "0").read_bytes() == (mail / "godaddy-ib104-sbl.eml").read_bytes()
    assert (tmp_path / "1").read_bytes() == dos.read_bytes()
    quit_from(app)


def test_a_command_that_reads_nothing_of_a_large_mail_does_no_harm(
    start: Start, tmp_path: Path, mail: Path
) -> None:
    large = tmp_path / "large.eml"
    large.write_bytes((mail / "godaddy-ib104-sbl.eml").read_bytes() + b"padding\n" * 500_000)
    app = start(large)
    pipe_to(app, "true")
    app.wait_for("to true: status 0")
    come_back(app)
    pipe_to(app, "no-such-program-here")
    app.wait_for("status 127, no such command")
    come_back(app)
    pipe_to(app, " ")
    app.wait_for("nothing was run")
    quit_from(app)


def test_a_program_that_is_killed_in_the_middle_leaves_the_screen_and_the_terminal_whole(
    start: Start, mail: Path
) -> None:
    app = start(mail / "godaddy-ib104-sbl.eml")
    before = app.screen().display
    pipe_to(app, r"stty raw -echo </dev/tty; printf '\033[?1049h\033[?1000h\033[?25l\033[?2004h'; kill -9 $$")
    app.wait_for("ended by SIGKILL")
    come_back(app)
    assert app.screen().display[:-1] == before[:-1]
    app.type("j")
    app.wait_for(HINTS)
    quit_from(app)


def test_ctrl_c_stops_the_command_and_the_rest_and_not_the_app(start: Start, mail: Path) -> None:
    app = start(mail / "godaddy-ib104-sbl.eml", mail / "k12-2-mailbox-full.eml")
    app.type("*")
    pipe_to(app, "echo begun; sleep 600")
    app.wait_for("begun")
    app.settle()
    app.type("\x03")
    app.wait_for("piped 1 of 2 mails")
    app.wait_for("status 130")
    come_back(app)
    quit_from(app)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_leave_it_ends_the_program_and_removes_the_copy(
    start: Start, tmp_path: Path, mail: Path, number: signal.Signals
) -> None:
    app = start(mail / "godaddy-ib104-sbl.eml", EDITOR="echo begun; exec sleep 600; true", VISUAL="")
    app.type("v")
    app.wait_for("e editor")
    app.type("e")
    app.wait_for("begun")
    app.settle()
    assert list(tmp_path.glob("bounce-tui-*"))
    app.signal(number)
    assert app.report() == f"exited {128 + number}"
    app.assert_as_it_was()
    assert alive_in_group(app.pid) == []
    assert not list(tmp_path.glob("bounce-tui-*"))


def test_ctrl_z_in_the_program_stops_the_job_and_fg_goes_on(start: Start, mail: Path) -> None:
    app = start(mail / "godaddy-ib104-sbl.eml")
    before = app.screen().display
    pipe_to(app, "echo begun; read answer </dev/tty; echo got $answer")
    app.wait_for("begun")
    app.settle()
    app.type("\x1a")
    assert app.report() == "stopped"
    app.foreground()
    app.settle()
    app.type("word\r")
    app.wait_for("got word")
    come_back(app)
    assert app.screen().display[:-1] == before[:-1]
    quit_from(app)


def test_the_editor_has_a_copy_of_its_own_that_is_gone_afterwards(
    start: Start, tmp_path: Path, mail: Path
) -> None:
    file = tmp_path / "$(touch pwned);'x' \".eml"
    shutil.copy(mail / "godaddy-ib104-sbl.eml", file)
    raw, changed = file.read_bytes(), file.stat().st_mtime_ns
    look = tmp_path / "look"
    look.write_text(
        f'#!/bin/sh\ncp "$2" {tmp_path}/seen\nstat -c %a "$2" "$(dirname "$2")" > {tmp_path}/modes\n'
        f'echo "$1" > {tmp_path}/option\necho more >> "$2"\n'
    )
    look.chmod(0o755)
    app = start(file, VISUAL=f"{look} -f", EDITOR="false")
    app.type("v")
    app.wait_for("e editor")
    app.type("e")
    app.wait_for("your changes went with the copy, the mail is as it was")
    assert (tmp_path / "seen").read_bytes() == raw
    assert (tmp_path / "modes").read_text() == "600\n700\n"
    assert (tmp_path / "option").read_text() == "-f\n"
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (raw, changed)
    assert not list(tmp_path.glob("bounce-tui-*"))
    assert not list(tmp_path.rglob("pwned"))
    app.type("\x1b")
    app.wait_for(HINTS)
    quit_from(app)


def test_the_pager_gets_the_raw_mail_and_its_failure_is_told(
    start: Start, tmp_path: Path, mail: Path
) -> None:
    file = mail / "godaddy-ib104-sbl.eml"
    app = start(file, PAGER=f"cat > {tmp_path}/paged; exit 5 #")
    app.type("v")
    app.wait_for("p pager")
    app.type("p")
    app.wait_for("status 5")
    app.wait_for("press enter")
    app.type("\r")
    app.wait_for("[Source]")
    assert (tmp_path / "paged").read_bytes() == file.read_bytes()
    app.type("\x1b")
    app.wait_for(HINTS)
    quit_from(app)


def test_where_nothing_is_set_the_usual_program_is_taken_and_named(
    start: Start, tmp_path: Path, mail: Path
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("less", "vi"):
        (programs / name).write_text("#!/bin/sh\nexit 0\n")
        (programs / name).chmod(0o755)
    unset = {"PAGER": "", "EDITOR": "", "VISUAL": ""}
    app = start(mail / "godaddy-ib104-sbl.eml", PATH=str(programs), **unset)
    app.type("v")
    app.wait_for("p pager")
    app.type("p")
    app.wait_for("$PAGER is not set: less was taken")
    app.type("e")
    app.wait_for("$VISUAL or $EDITOR is not set: vi was taken; the copy is removed")
    for name in ("less", "vi"):
        (programs / name).unlink()
    app.type("p")
    app.wait_for("$PAGER is not set, and there is no less or more")
    app.type("e")
    app.wait_for("$VISUAL or $EDITOR is not set, and there is no vi or nano")
    app.type("\x1b")
    app.wait_for(HINTS)
    quit_from(app)


async def test_a_mail_that_is_gone_and_a_screen_that_cannot_be_lent_are_told(
    opening: Opening, tmp_path: Path, mail: Path
) -> None:
    file = tmp_path / "a.eml"
    shutil.copy(mail / "godaddy-ib104-sbl.eml", file)
    async with opening(file) as session:
        await session.press("vertical_line", *"cat", "enter")
        assert "cannot be given to another program" in session.notice
        await session.press("v")
        file.unlink()
        await session.press("p")
        assert "a.eml" in session.notice
        await session.press("e")
        assert "a.eml" in session.notice


async def test_on_an_empty_list_there_is_nothing_to_pipe(opening: Opening) -> None:
    async with opening() as session:
        await session.press("vertical_line")
        assert "there is no mail here" in session.notice
