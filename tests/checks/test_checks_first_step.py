"""The next step of a verdict is one to take, and not that the queue goes on."""

import pytest

from bounce_tui.checks.inputs import gather
from bounce_tui.checks.judge import judge
from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Action, Bounce, Failure


@pytest.mark.parametrize("action", ["failed", "delayed"])
def test_mail_that_is_still_tried_has_the_step_that_mends_the_cause(action: Action) -> None:
    failure = Failure(recipient="bob@example.net", action=action, diagnostic="450 4.1.1 User unknown")
    bounce = Bounce(kind="failed", failures=(failure,))
    verdict = judge(diagnose(failure, bounce), gather(bounce, failure), ())
    assert verdict.next_step.startswith("Compare the address letter by letter")
