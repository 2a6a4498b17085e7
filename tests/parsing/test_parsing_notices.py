"""Short mails that only speak of failed mail, and reports that look like them."""

import pytest
from notices import NOTICES, Notice

from bounce_tui.parsing import parse


@pytest.mark.parametrize("notice", NOTICES, ids=[notice.name for notice in NOTICES])
def test_who_only_speaks_of_failed_mail_is_told_from_who_reports_it(notice: Notice) -> None:
    bounce = parse(notice.raw)
    assert bounce.kind == notice.kind, bounce.because
    assert tuple(one.recipient for one in bounce.failures) == notice.failed


def test_an_error_above_who_it_is_about_is_heard() -> None:
    (notice,) = (one for one in NOTICES if one.name == "an error above who it is about")
    assert "no such user" in parse(notice.raw).failures[0].diagnostic
