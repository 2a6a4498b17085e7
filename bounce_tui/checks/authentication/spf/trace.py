"""The tree of an evaluation as short lines for people, the raw records in them."""

from collections.abc import Iterator

from bounce_tui.checks.authentication.spf.evaluation import (
    DEFAULT_EXPLANATION,
    MOST_LOOKUPS,
    MOST_VOIDS,
    Finding,
    Policy,
    SpfEvaluation,
    Step,
)
from bounce_tui.checks.authentication.spf.problems import total

MOST_COVERS = 6
MOST_STEPS = 40
LONGEST_LINE = 1000
"""Networks shown of one term, terms shown of one policy, characters of a line: a record may hold 64 kB."""

_WORDS = {
    "match": "MATCH",
    "no_match": "no match",
    "temperror": "TEMPORARY ERROR",
    "permerror": "ERROR",
    "not_reached": "not reached",
}


def lines(evaluation: SpfEvaluation) -> tuple[str, ...]:
    """The result, the way to it, the tree, the counts, the problems.  Text from DNS stands in it as
    it came, cut to a length: make it visible before it is shown."""
    return tuple(map(_cut, _lines(evaluation)))


def _cut(line: str) -> str:
    over = len(line) - LONGEST_LINE
    return line if over <= 0 else f"{line[:LONGEST_LINE]}… ({over} more characters)"


def _lines(evaluation: SpfEvaluation) -> Iterator[str]:
    helo = evaluation.helo or "unknown"
    yield f"{evaluation.result}: {evaluation.ip} for {evaluation.sender} (HELO {helo})"
    if len(evaluation.where) > 1:
        yield "decided by " + " > ".join(evaluation.where)
    yield from _policy_lines(evaluation.policy, "")
    repeated = evaluation.lookups - evaluation.distinct_lookups
    yield (
        f"lookups {evaluation.lookups} of {MOST_LOOKUPS}"
        + (f" ({evaluation.distinct_lookups} distinct)" if repeated else "")
        + f", void lookups {evaluation.voids} of {MOST_VOIDS}"
        + (f" ({evaluation.distinct_voids} distinct)" if evaluation.voids > evaluation.distinct_voids else "")
    )
    worst = total(evaluation.weights)
    if worst > evaluation.lookups:
        yield f"lookups when nothing matches: {worst}"
    if evaluation.explanation not in ("", DEFAULT_EXPLANATION):
        yield f"the domain explains: {evaluation.explanation}"
    for problem in evaluation.problems:
        yield f"{problem.severity}: {problem.domain}: {problem.summary}"


def _policy_lines(policy: Policy, indent: str, above: tuple[str, ...] = (), note: str = "") -> Iterator[str]:
    """Recursion is bounded: each level cost one of the ten lookups."""
    if not policy.records:
        yield f"{indent}{policy.domain}: {policy.result}, {policy.note}"
        return
    if policy.domain.lower() in above:
        yield f"{indent}{policy.domain}: round again, as above, until the limit ends it"
        return
    for record in policy.records:
        yield f"{indent}{policy.domain}: {record}"
    if len(policy.records) > 1:
        yield f"{indent}  {policy.note}"
    shown = _worth_showing(policy.steps)
    for step in shown:
        yield f"{indent}  {_step_line(step)}"
        if step.finding.policy is not None:
            below = (*above, policy.domain.lower())
            # RFC 7208 section 5.2: whatever is no pass within an include only lets the next term decide.
            without = step.finding.outcome == "no_match"
            goes_on = ": no match, the record above goes on" if without else ""
            yield from _policy_lines(step.finding.policy, indent + "    ", below, goes_on)
    if len(shown) < len(policy.steps):
        yield f"{indent}  ({len(policy.steps) - len(shown)} more terms)"
    yield f"{indent}  = {policy.result}{note}"


def _worth_showing(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The first terms, and always those that decided or led further."""
    if len(steps) <= MOST_STEPS:
        return steps
    told = ("no_match", "not_reached")
    rest = (step for step in steps[MOST_STEPS:] if step.finding.outcome not in told or step.finding.policy)
    return steps[:MOST_STEPS] + tuple(rest)[:MOST_STEPS]


def _step_line(step: Step) -> str:
    finding = step.finding
    words = [f"{step.text}: {_WORDS[finding.outcome]}"]
    # The policy that an include led to tells its own story below.
    if finding.note and finding.policy is None:
        words.append(finding.note)
    if covered := _covered(step):
        words.append(covered)
    return "; ".join(words) + _count(step)


def _count(step: Step) -> str:
    if not step.number:
        return ""
    within = step.lookups > step.number
    parts = [f"lookups {step.number} to {step.lookups}" if within else f"lookup {step.number}"]
    if step.holds_tenth:
        parts.append("the tenth" if step.number == MOST_LOOKUPS else "the tenth within")
    if step.voids:
        parts.append(f"void {step.voids}")
    return f" [{', '.join(parts)}]"


def _covered(step: Step) -> str:
    finding: Finding = step.finding
    if finding.covers:
        if step.text.lower().endswith(("all", *finding.covers[:1], finding.covers[0].partition("/")[0])):
            return ""
        more = len(finding.covers) - MOST_COVERS
        return "covers " + ", ".join(finding.covers[:MOST_COVERS]) + (f" and {more} more" if more > 0 else "")
    return "" if finding.note else ", ".join(finding.answers)
