"""The conveyor: from sources to diagnosed cases, in worker processes, in the order of the input."""

from bounce_tui.scan.batch import Batch
from bounce_tui.scan.conveyor import convey
from bounce_tui.scan.examination import examine

__all__ = ["Batch", "convey", "examine"]
