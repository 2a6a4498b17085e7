"""The next step of a verdict is one to take, and not that the queue goes on."""

import msgspec
import pytest

from bounce_tui.checks.planning.inputs import gather
from bounce_tui.checks.verdicts.judge import judge
from bounce_tui.diagnosis import diagnose
from bounce_tui.model import Action, Bounce, Failure


@pytest.mark.parametrize("action", ["failed", "delayed"])
def test_mail_that_is_still_tried_has_the_step_that_mends_the_cause(action: Action) -> None:
    failure = Failure(recipient="bob@example.net", action=action, diagnostic="450 4.1.1 User unknown")
    bounce = Bounce(kind="failed", failures=(failure,))
    verdict = judge(diagnose(failure, bounce), gather(bounce, failure), ())
    assert verdict.next_step.startswith("Compare the address (bob@example.net) letter by letter")


def test_that_the_queue_goes_on_is_told_by_the_diagnosis_and_not_by_its_words() -> None:
    failure = Failure(recipient="bob@example.net", action="delayed", diagnostic="450 4.1.1 User unknown")
    bounce = Bounce(kind="failed", failures=(failure,))
    diagnosis = diagnose(failure, bounce)
    assert diagnosis.retries_first
    steps = ("It goes by itself.", "See that it is not still in the queue.")
    reworded = msgspec.structs.replace(diagnosis, resolution=steps)
    assert judge(reworded, gather(bounce, failure), ()).next_step == steps[1]


def test_mail_that_was_returned_for_good_has_no_step_that_waits() -> None:
    failure = Failure(recipient="bob@example.net", diagnostic="450 4.1.1 User unknown")
    assert not diagnose(failure, Bounce(kind="failed", failures=(failure,))).retries_first
