"""What every family of reports is: a module with a name, the marks that give it away, and a reader."""

from typing import Protocol

from bounce_tui.model import Failure
from bounce_tui.parsing.report import Report


class Family(Protocol):
    """One system's way of writing a report; the modules beside this one each are one.

    `MARKS` are pieces of text in lower case; the family is asked when any of them stands in
    `Report.lead`.  `read` gives one Failure a recipient, none when the report is not its own after
    all.
    """

    @property
    def NAME(self) -> str:  # noqa: N802  # a constant of the module
        """The system's name, as people say it."""
        ...

    @property
    def MARKS(self) -> tuple[str, ...]:  # noqa: N802
        """What gives the family away."""
        ...

    def read(self, report: Report) -> list[Failure]:
        """The failed recipients of `report`."""
        ...
