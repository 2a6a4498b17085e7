"""A unit of work on its way."""

from bounce_tui.scan.unit import Finished, Unit


class Job:
    """`finished` is None until the unit is done; `death` says how the process ended that had it, where
    one did."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.finished: Finished | None = None
        self.death: str | None = None
