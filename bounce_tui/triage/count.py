"""One line of a statistic."""

from msgspec import Struct


class Count(Struct, frozen=True):
    """How many mails with `value` failed, and how many are still being tried."""

    value: str
    failed: int
    delayed: int

    @property
    def total(self) -> int:
        """Failed and delayed recipients together."""
        return self.failed + self.delayed
