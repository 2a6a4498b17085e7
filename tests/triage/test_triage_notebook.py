"""What is known of the mails of a session, and what of it is kept."""

from contextlib import closing
from pathlib import Path

from ports import unanswering

from bounce_tui.check_results import Verdict
from bounce_tui.demo.serving import serving
from bounce_tui.locations import shipped
from bounce_tui.model import Message
from bounce_tui.triage.failure_checks import FailureChecks
from bounce_tui.triage.lazy_resolver import LazyResolver
from bounce_tui.triage.notebook import Notebook
from bounce_tui.triage.opener import read_case
from bounce_tui.triage.row import row_of
from bounce_tui.triage.session_checks import SessionChecks
from bounce_tui.triage.store.store import Store

SAMPLES = shipped("samples")
CASE = read_case(Message(str(SAMPLES / "mail" / "godaddy-ib104-sbl.eml")))
ROW = row_of(CASE)


async def checked(nameserver: str) -> FailureChecks:
    checks = SessionChecks(LazyResolver(nameserver))
    work = checks.work(CASE, CASE.bounce.leading)
    assert work is not None
    assert checks.begin(work)
    await checks.run(work)
    await checks.resolver.close()
    return work


async def test_a_mail_whose_checks_nobody_answered_is_checked_in_this_session_and_not_in_the_next(
    tmp_path: Path,
) -> None:
    with unanswering() as nobody:
        work = await checked(nobody)
    with closing(Notebook(tmp_path / "state.db")) as notebook:
        notebook.learn([ROW])
        assert not notebook.keep(work)
        assert notebook.word_holds("checked", ROW)
        assert notebook.word_holds("cannot_be_known", ROW)
    with closing(Notebook(tmp_path / "state.db")) as notebook:
        assert not notebook.learn([ROW])
        assert not notebook.word_holds("checked", ROW)


async def test_a_run_is_kept_once_and_the_next_one_is_compared_with_it(tmp_path: Path) -> None:
    with serving(SAMPLES / "zones") as nameserver:
        first, second = await checked(nameserver), await checked(nameserver)
    with closing(Notebook(tmp_path / "state.db")) as notebook:
        assert notebook.keep(first)
        assert not notebook.keep(first)
        assert first.comparison() is None
        assert notebook.keep(second)
        comparison = second.comparison()
        assert comparison is not None
        assert comparison.verdict_before == "still_holds"


async def test_what_this_session_found_counts_more_than_the_file_and_the_file_more_than_what_it_said(
    tmp_path: Path,
) -> None:
    with closing(Notebook(tmp_path / "state.db")) as notebook, closing(Store(tmp_path / "state.db")) as other:
        for state in ("still_holds", "no_longer_holds"):
            other.keep_run(ROW.identity, 0, Verdict(state, "x", "y"), (), None, key=ROW.identity)
            notebook.learn([ROW])
            assert notebook.word_holds(state, ROW)
            assert notebook.word_holds("earlier", ROW)
        with serving(SAMPLES / "zones") as nameserver:
            notebook.judge(await checked(nameserver))
        notebook.learn([ROW])
        assert notebook.word_holds("still_holds", ROW)
        assert not notebook.word_holds("earlier", ROW)


def test_no_file_is_made_before_there_is_anything_to_ask(tmp_path: Path) -> None:
    with closing(Notebook(tmp_path / "state.db")) as notebook:
        assert notebook.take_trouble() is None
        assert not notebook.learn([])
    assert not (tmp_path / "state.db").exists()
