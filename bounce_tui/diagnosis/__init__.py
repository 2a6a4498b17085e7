"""Why a delivery failed: a failure to its `Diagnosis`, by rules kept as data in knowledge/."""

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
