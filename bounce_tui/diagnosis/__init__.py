"""Why a delivery failed: a failure to its `Diagnosis`, by rules kept as data in knowledge/.

The names are imported when they are asked for, so that who needs one small module of this room does not
wait for all of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bounce_tui.diagnosis.diagnostician import diagnose, reasons, rule_by_id, rule_faults, rules
    from bounce_tui.diagnosis.errors import Fault, RuleError
    from bounce_tui.diagnosis.rule import Reason, Rule

__all__ = [
    "Fault",
    "Reason",
    "Rule",
    "RuleError",
    "diagnose",
    "reasons",
    "rule_by_id",
    "rule_faults",
    "rules",
]

_MODULES = {"Fault": "errors", "RuleError": "errors", "Reason": "rule", "Rule": "rule"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_MODULES.get(name, 'diagnostician')}"), name)
    globals()[name] = value
    return value
