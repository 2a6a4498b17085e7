"""Properties worked out when first asked for."""

from collections.abc import Callable
from typing import Generic, TypeVar, overload

T = TypeVar("T")
C = TypeVar("C")


def lazy(cls: type[C]) -> type[C]:
    """Marks a class with `once` properties.  In the compiled build (hatch_build.py) its objects keep the
    `__dict__` that holds the values, as those of any class with a decorator that mypyc does not know."""
    return cls


class once(Generic[T]):  # noqa: N801  # reads as a decorator
    """`functools.cached_property` without its lock, which Python 3.11 takes for every attribute and
    which costs more than most of what is computed here.  The class is `lazy`."""

    def __init__(self, work: Callable[..., T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "once[T]": ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> "once[T] | T":
        if instance is None:
            return self
        value = self._work(instance)
        instance.__dict__[self._name] = value
        return value
