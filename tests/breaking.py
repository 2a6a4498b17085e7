"""Reading that breaks off in the middle, as on a disk that goes."""

from collections.abc import Callable

from bounce_tui.scan.examiner import LocalExaminer
from bounce_tui.scan.unit import Finished, Form, Unit


class Breaking(LocalExaminer):
    """Reads mail until it `breaks`."""

    breaks = False

    def finish(self, unit: Unit, form: Form, stopped: Callable[[], bool]) -> Finished:
        """As it is read here, or not at all."""
        if self.breaks:
            raise OSError("the disk is gone")
        return super().finish(unit, form, stopped)
