"""Names of a room that are imported when they are asked for, so that who needs one small module of it does
not wait for all of it."""

from collections.abc import Callable, Mapping
from importlib import import_module


def lazy_imports(room: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` (PEP 562) of the package `room`: `modules` says in which module of it each name is.

    It raises AttributeError for any other name.
    """

    def get(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{room}.{modules[name]}"), name)
        setattr(import_module(room), name, value)
        return value

    return get
