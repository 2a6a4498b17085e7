"""Names of a package that are imported when they are first used: whoever needs one small module of it does
not wait for all of it."""

from collections.abc import Callable, Mapping
from importlib import import_module


def lazy_imports(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` (PEP 562) of `package`: `modules` says in which module of it each name is.

    It raises AttributeError for any other name.
    """

    def get(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(import_module(package), name, value)
        return value

    return get
