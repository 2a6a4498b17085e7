"""SPF as RFC 7208 evaluates it, with a trace of what matched where."""

from bounce_tui.checks.authentication.spf.evaluation import (
    MOST_VOIDS,
    Finding,
    Policy,
    Problem,
    Result,
    SpfEvaluation,
    Step,
    Weight,
)
from bounce_tui.checks.authentication.spf.evaluator import evaluate
from bounce_tui.checks.authentication.spf.other_family import cost_line, evaluate_other_family
from bounce_tui.checks.authentication.spf.repair import Repair, propose, put_right
from bounce_tui.checks.authentication.spf.trace import lines

__all__ = [
    "MOST_VOIDS",
    "Finding",
    "Policy",
    "Problem",
    "Repair",
    "Result",
    "SpfEvaluation",
    "Step",
    "Weight",
    "cost_line",
    "evaluate",
    "evaluate_other_family",
    "lines",
    "propose",
    "put_right",
]
