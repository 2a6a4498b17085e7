"""What is collected about a mail that is handed over or exported: the case, its checks, what is
remembered."""

from collections.abc import Sequence

from msgspec import Struct

from bounce_tui.check_results import CheckResult, Inputs, Verdict
from bounce_tui.model import Case

MOST_RECIPIENTS = 50
"""Recipients of one mail that are written out; a thousand with one cause are told by their number."""
NOTE = "Note: "
"""How a line of what is remembered begins that holds the user's own words."""


class Checked(Struct, frozen=True):
    """What the checks of one failure started from and found."""

    inputs: Inputs
    results: tuple[CheckResult, ...] = ()
    verdict: Verdict | None = None


class Entry(Struct, frozen=True):
    """One mail to hand over, with what was checked for each of its failures and what is remembered of each,
    of as many as are written out: notes, earlier failures, whether mail got through since, the last
    verdict."""

    case: Case
    checked: Sequence[Checked | None] = ()
    remembered: Sequence[Sequence[str]] = ()

    def checked_of(self, number: int) -> Checked | None:
        """What was checked for failure `number`."""
        return self.checked[number] if number < len(self.checked) else None

    def remembered_of(self, number: int) -> Sequence[str]:
        """What is remembered of failure `number`."""
        return self.remembered[number] if number < len(self.remembered) else ()


def handed_over(case: Case) -> range:
    """The numbers of the failures that are written out of a mail."""
    return range(min(len(case.bounce.failures), MOST_RECIPIENTS))
