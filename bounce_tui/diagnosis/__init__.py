"""Why a delivery failed: a failure to its `Diagnosis`, by rules kept as data in knowledge/."""

from bounce_tui.diagnosis.diagnostician import diagnose, reasons, rule_by_id, rules
from bounce_tui.diagnosis.errors import RuleError
from bounce_tui.diagnosis.rule import Reason, Rule

__all__ = ["Reason", "Rule", "RuleError", "diagnose", "reasons", "rule_by_id", "rules"]
