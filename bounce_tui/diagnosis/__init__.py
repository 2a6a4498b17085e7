"""Why a delivery failed: a failure to its `Diagnosis`, by rules kept as data in knowledge/."""

from typing import TYPE_CHECKING

from bounce_tui.lazy_imports import lazy_imports

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

__getattr__ = lazy_imports(
    __name__,
    {
        **dict.fromkeys(("diagnose", "reasons", "rule_by_id", "rule_faults", "rules"), "diagnostician"),
        **dict.fromkeys(("Fault", "RuleError"), "errors"),
        **dict.fromkeys(("Reason", "Rule"), "rule"),
    },
)
