"""Reading that breaks off in the middle, as on a disk that goes."""

from collections.abc import Callable

from bounce_tui.model import Case, Message
from bounce_tui.scan.examiner import LocalExaminer
from bounce_tui.scan.unit import Finished, Form, Unit


class Breaking(LocalExaminer):
    """Reads mail until it `breaks`, and never the mail in the file `unreadable`."""

    breaks = False
    unreadable = ""

    def examine(self, message: Message, raw: bytes) -> Case:
        """As it is read here, or not at all."""
        if message.file == self.unreadable:
            raise OSError("the disk is gone")
        return super().examine(message, raw)

    def finish(self, unit: Unit, form: Form, stopped: Callable[[], bool]) -> Finished:
        """As it is read here, or not at all."""
        if self.breaks:
            raise OSError("the disk is gone")
        return super().finish(unit, form, stopped)
