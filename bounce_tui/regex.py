"""Patterns of a module, compiled when they are first used.

All of them together take a tenth of a second to compile, a quarter of what a command takes to start, and one
mail needs a third of them.  A call costs a little more than one of `re.compile`'s own: what nearly every mail
needs is compiled at once.
"""

import re
from functools import cached_property
from typing import AnyStr, Generic, cast


class _Pattern(Generic[AnyStr]):
    """Stands for `re.compile(pattern, flags)`: each method of it is looked up there once, and kept."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> object:
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """`source` as `re.compile` makes it of it, on first use: there `re.error` is raised, too."""
    return cast(re.Pattern[AnyStr], _Pattern[AnyStr](source, flags))
