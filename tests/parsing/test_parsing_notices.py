"""Short mails that only speak of failed mail, and reports that look like them."""

import pytest
from notices import NOTICES, Notice

from bounce_tui.parsing import parse


@pytest.mark.parametrize("notice", NOTICES, ids=[notice.name for notice in NOTICES])
def test_who_only_speaks_of_failed_mail_is_told_from_who_reports_it(notice: Notice) -> None:
    bounce = parse(notice.raw)
    assert bounce.kind == notice.kind, bounce.because
    assert tuple(one.recipient for one in bounce.failures) == notice.failed
