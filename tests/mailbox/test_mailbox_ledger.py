"""A second look brings what has come since the first, and nothing that was read before."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounce_tui.mailbox import Refusal, Span, read_span
from bounce_tui.mailbox.ledger import Ledger
from bounce_tui.mailbox.look import Look

MAIL = b"From: MAILER-DAEMON@mx.example.org\nSubject: Undelivered\n\n550 5.1.1 <%d@example.net> unknown\n"
SEPARATOR = b"From MAILER-DAEMON Fri Nov 20 10:00:00 2026\n"
BEING_WRITTEN = -3600.0
"""The age, in seconds, of a change that the test is never too slow to find fresh: its clock is ahead."""


def mail(number: int) -> bytes:
    return MAIL % number


def mbox(*numbers: int) -> bytes:
    return b"".join(SEPARATOR + mail(number) + b"\n" for number in numbers)


def write(path: Path, content: bytes, *, append: bool = False, age: float = 60) -> Path:
    """Write a file whose last change is `age` seconds old."""
    with path.open("ab" if append else "wb") as file:
        file.write(content)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def read(look: Look) -> list[tuple[str, int, bytes]]:
    """The messages of `look`: file, number, bytes."""
    found = []
    for item in look:
        assert isinstance(item, Span), item
        for one in read_span(item):
            assert not isinstance(one, Refusal), one
            message, raw = one
            found.append((Path(message.file).name, message.index, raw))
    return found


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for name in ("cur", "new", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    return tmp_path / "box"


def test_mail_that_comes_into_a_maildir_is_brought_and_the_rest_is_not_read_again(maildir: Path) -> None:
    write(maildir / "cur" / "1.a:2,S", mail(1))
    ledger = Ledger([str(maildir)])
    assert read(ledger.first()) == [("1.a:2,S", 0, mail(1))]
    (maildir / "tmp" / "2.b").write_bytes(mail(2))
    assert read(ledger.again(None)) == []
    (maildir / "tmp" / "2.b").rename(maildir / "new" / "2.b")
    changed = [str(maildir / "tmp" / "2.b"), str(maildir / "new" / "2.b")]
    assert read(ledger.again(changed)) == [("2.b", 0, mail(2))]
    assert read(ledger.again(changed)) == []


@pytest.mark.parametrize("told", [True, False])
def test_mail_that_is_read_or_flagged_is_the_same_mail_under_another_name(maildir: Path, told: bool) -> None:
    new = maildir / "new" / "1.a"
    write(new, mail(1))
    ledger = Ledger([str(maildir)])
    list(ledger.first())
    seen = new.rename(maildir / "cur" / "1.a:2,S")
    look = ledger.again([str(new), str(seen)] if told else None)
    assert (look.moved, look.gone, read(look)) == (((str(new), str(seen)),), (), [])
    seen.unlink()
    assert ledger.again([str(seen)] if told else None).gone == (str(seen),)


@pytest.mark.parametrize("place", ["sub/a.eml", "deep/er/a.eml", "a.eml"])
def test_a_new_folder_is_walked_and_one_that_is_taken_away_is_gone(tmp_path: Path, place: str) -> None:
    ledger = Ledger([str(tmp_path)])
    assert read(ledger.first()) == []
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, mail(1))
    top = str(tmp_path / place.partition("/")[0])
    assert read(ledger.again([top])) == [("a.eml", 0, mail(1))]
    Path(top).rename(tmp_path.parent / f"{tmp_path.name}-elsewhere")
    assert ledger.again([top]).gone == (str(path),)


@pytest.mark.parametrize("name", [".hidden.eml", ".hidden/a.eml", "README.md", "box/tmp/1.a", "box/cur/.x"])
def test_what_the_first_look_passes_over_later_ones_pass_over_too(maildir: Path, name: str) -> None:
    ledger = Ledger([str(maildir.parent)])
    assert read(ledger.first()) == []
    path = maildir.parent / name
    path.parent.mkdir(exist_ok=True)
    write(path, b"Just a word.\n" if name == "README.md" else mail(1))
    brought = list(ledger.again([str(path)]))
    assert all(isinstance(item, Refusal) for item in brought)
    assert len(brought) == (name == "README.md")
    assert list(ledger.again([str(path)])) == [], "a refusal is said once"


def test_an_mbox_that_grows_is_read_from_where_it_ended(tmp_path: Path) -> None:
    box = write(tmp_path / "box", mbox(1, 2))
    ledger = Ledger([str(box)])
    assert [number for _, number, _ in read(ledger.first())] == [0, 1]
    before = box.stat().st_size
    write(box, mbox(3, 4), append=True)
    (span,) = ledger.again([str(box)])
    assert isinstance(span, Span)
    assert (span.offset, span.index, len(span.starts)) == (before, 2, 2)
    assert [raw for _, raw in read_span(span)] == [mail(3), mail(4)]
    assert read(ledger.again([str(box)])) == []


def test_a_message_that_is_written_half_is_waited_for(tmp_path: Path) -> None:
    box = write(tmp_path / "box", mbox(1))
    ledger = Ledger([str(box)])
    list(ledger.first())
    write(box, mbox(2) + mbox(3)[:90], append=True, age=BEING_WRITTEN)
    assert read(ledger.again([str(box)])) == [("box", 1, mail(2))], "the next From line ends a message"
    assert ledger.waits
    write(box, mbox(3)[90:], append=True)
    assert read(ledger.again([])) == [("box", 2, mail(3))], "quiet ends it too"
    assert not ledger.waits


def test_a_message_that_grew_after_all_is_brought_again_under_its_number(tmp_path: Path) -> None:
    box = write(tmp_path / "box", mbox(1) + mbox(2)[:90])
    ledger = Ledger([str(box)])
    assert len(read(ledger.first())) == 2
    write(box, mbox(2)[90:], append=True)
    assert read(ledger.again([str(box)])) == [("box", 1, mail(2))]


def test_a_file_with_one_message_is_waited_for_until_it_is_quiet(tmp_path: Path) -> None:
    ledger = Ledger([str(tmp_path)])
    list(ledger.first())
    path = write(tmp_path / "a.eml", mail(1)[:40], age=BEING_WRITTEN)
    assert read(ledger.again([str(path)])) == []
    assert ledger.waits
    write(path, mail(1))
    assert read(ledger.again([])) == [("a.eml", 0, mail(1))]


@pytest.mark.parametrize("name", ["box", "a.eml"])
def test_an_empty_file_is_named_once_and_waits_for_its_first_mail(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, b"")
    ledger = Ledger([str(tmp_path)])
    assert list(ledger.first()) == [
        Refusal(str(path), "empty so far: its first mail is waited for", waits=True)
    ]
    os.utime(path, (0, 0))
    assert list(ledger.again([str(path)])) == []
    write(path, SEPARATOR + mail(1), append=True)
    assert read(ledger.again([str(path)])) == [(name, 0, mail(1))]


def test_an_empty_file_of_which_the_writer_has_just_begun_is_waited_for_without_a_word(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "a.eml", b"", age=BEING_WRITTEN)
    ledger = Ledger([str(tmp_path)])
    assert list(ledger.first()) == []
    assert ledger.waits
    write(path, mail(1))
    assert read(ledger.again([])) == [("a.eml", 0, mail(1))]


def test_a_file_that_is_not_there_yet_is_named_and_then_read(tmp_path: Path) -> None:
    box = tmp_path / "box"
    ledger = Ledger([str(box)])
    assert list(ledger.first()) == [Refusal(str(box), "no such file or folder")]
    write(box, mbox(1))
    assert read(ledger.again([str(box)])) == [("box", 0, mail(1))]


def _truncate(box: Path) -> None:
    write(box, b"")
    write(box, mbox(7))


def _rotate(box: Path) -> None:
    box.rename(box.with_name("box.1"))
    write(box, mbox(7, 8, 9, 10))


def _expunge(box: Path) -> None:
    write(box, mbox(2, 3, 7))


@pytest.mark.parametrize("change", [_truncate, _rotate, _expunge])
def test_an_mbox_that_was_rewritten_is_read_anew(tmp_path: Path, change: Callable[[Path], None]) -> None:
    box = write(tmp_path / "box", mbox(1, 2, 3))
    ledger = Ledger([str(box)])
    list(ledger.first())
    change(box)
    look = ledger.again([str(box)])
    assert look.gone == (str(box),)
    assert [number for _, number, _ in read(look)] == list(range(len(box.read_bytes().split(SEPARATOR)) - 1))


def _replace(box: Path) -> None:
    write(box.with_name("other"), mbox(3, 4)).rename(box)


def _rewrite(box: Path) -> None:
    write(box, mbox(3, 4))


@pytest.mark.parametrize("change", [_replace, _rewrite])
def test_an_mbox_that_is_rewritten_in_the_midst_of_a_look_is_read_anew_by_the_next(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    box = write(tmp_path / "box", mbox(1))
    ledger = Ledger([str(box)])
    list(ledger.first())
    write(box, mbox(2), append=True)
    look = ledger.again(None)
    change(box)
    assert read(look) == []
    look = ledger.again(None)
    assert (look.gone, read(look)) == ((str(box),), [("box", 0, mail(3)), ("box", 1, mail(4))])
    assert read(ledger.again(None)) == []


def test_an_mbox_that_grows_in_the_midst_of_a_look_loses_nothing(tmp_path: Path) -> None:
    box = write(tmp_path / "box", mbox(1))
    ledger = Ledger([str(box)])
    list(ledger.first())
    write(box, mbox(2), append=True)
    look = ledger.again(None)
    write(box, mbox(3), append=True)
    assert [number for _, number, _ in [*read(look), *read(ledger.again(None))]] == [1, 2]


def test_an_mbox_that_is_only_touched_is_not_read_again(tmp_path: Path) -> None:
    box = write(tmp_path / "box", mbox(1, 2))
    ledger = Ledger([str(box)])
    list(ledger.first())
    os.utime(box, (0, 0))
    look = ledger.again([str(box)])
    assert (look.gone, read(look)) == ((), [])


def test_a_rotated_mbox_in_a_watched_folder_is_the_same_under_another_name(tmp_path: Path) -> None:
    box = write(tmp_path / "box", mbox(1, 2))
    ledger = Ledger([str(tmp_path)])
    list(ledger.first())
    old = box.rename(tmp_path / "box.1")
    write(box, mbox(3))
    look = ledger.again(None)
    # The new file has the old one's name, so that the old mail is found by its content only.
    assert look.gone == (str(box),)
    assert sorted(read(look)) == [("box", 0, mail(3)), ("box.1", 0, mail(1)), ("box.1", 1, mail(2))]
    write(old, mbox(5), append=True)
    assert read(ledger.again([str(old)])) == [("box.1", 2, mail(5))]


@settings(max_examples=60)
@given(cuts=st.lists(st.integers(0, 1200), max_size=8), quiet=st.lists(st.booleans(), min_size=9, max_size=9))
def test_however_an_mbox_grows_its_mail_is_that_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], quiet: list[bool]
) -> None:
    whole = mbox(1, 2) + SEPARATOR + b"Subject: odd\n\n>From here\nFrom nowhere\n\n\n" + mbox(3, 4, 5)
    box = tmp_path_factory.mktemp("growing") / "box"
    write(box, b"")
    ledger = Ledger([str(box)])
    assert [type(one) for one in ledger.first()] == [Refusal]
    known: dict[int, bytes] = {}
    at = 0
    for cut, rest in zip([*sorted(cuts), len(whole)], quiet, strict=False):
        cut = min(max(cut, at), len(whole))
        write(box, whole[at:cut], append=True, age=60 if rest else BEING_WRITTEN)
        at = cut
        look = ledger.again([str(box)])
        assert not look.gone
        known |= {number: raw for _, number, raw in read(look)}
    os.utime(box, (0, 0))
    known |= {number: raw for _, number, raw in read(ledger.again([str(box)]))}
    assert known == {number: raw for _, number, raw in read(Ledger([str(box)]).first())}
