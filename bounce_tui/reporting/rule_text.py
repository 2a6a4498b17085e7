"""Rules, trials and faults as a person reads them, in 80 columns."""

from collections.abc import Iterable, Iterator, Sequence

from bounce_tui.diagnosis.advice import Filler
from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.rule import Rule
from bounce_tui.diagnosis.trial import Trial
from bounce_tui.model import Bounce, Failure
from bounce_tui.reporting.bounce_text import WHO_ACTS, field
from bounce_tui.reporting.columns import fit
from bounce_tui.reporting.visible import visible, visible_path
from bounce_tui.reporting.wrapping import wrapped

Field = tuple[str, str]
"""A label and its value; "" for one that goes on with the last."""

WIDTH = 79
_SHORTEST_ID = 30
_REASON = 21
_LONGEST_SHOWN = 4_000
"""Characters of a reply on trial; what decides stands at the beginning."""
_KINDS = {
    "code": "a code that means one thing",
    "text": "wording",
    "last": "wording that any longer one beats",
    "weak": "a catch-word, which any other sign beats",
    "meaning": "what unknown wording is about",
    "status": "codes alone",
    "reply": "a bare reply code",
}


def rule_table(rules: Sequence[Rule]) -> str:
    """One line a rule: id, reason, provider; the user's own are marked."""
    width = max([_SHORTEST_ID, *(len(rule.id) for rule in rules)])
    rest = max(8, WIDTH - width - _REASON - 2)
    lines = [" ".join((fit("RULE", width), fit("REASON", _REASON), "PROVIDER"))]
    for rule in rules:
        provider = f"{rule.provider or 'any'}{' (yours)' if rule.own else ''}"
        columns = (fit(rule.id, width), fit(rule.reason, _REASON), fit(provider, rest).rstrip())
        lines.append(" ".join(columns))
    return "\n".join(lines) + "\n"


def rule_page(rule: Rule, place: str, *, replaces: bool) -> str:
    """What `rule_fields` says, under the rule's id."""
    return field_page(rule.id, rule_fields(rule, place, replaces=replaces))


def field_page(title: str, fields: Iterable[Field]) -> str:
    """A title over fields."""
    lines = [visible(title)]
    for label, value in fields:
        lines += field(label, value)
    return "\n".join(lines) + "\n"


def trial_page(trial: Trial) -> str:
    """A trial: the reply with the evidence marked, the rules called and why the first one wins."""
    return "\n".join(_trial(trial)) + "\n"


def fault_lines(faults: Sequence[Fault]) -> str:
    """`FILE:LINE:COLUMN: error: RULE: what is wrong`, and below it what to write instead."""
    lines = []
    for fault in faults:
        place = f":{fault.line}:{fault.column}" if fault.line else ""
        entry = f"{visible(fault.entry)}: " if fault.entry else ""
        lines.append(f"{visible_path(fault.file)}{place}: {fault.level}: {entry}{visible(fault.problem)}")
        lines += wrapped(fault.fix, WIDTH, "    ")
    return "".join(f"{line}\n" for line in lines)


def tally(faults: Sequence[Fault], files: int) -> str:
    """`2 errors, 1 warning in 3 files`."""
    counts = [
        f"{number} {level}{'s' if number != 1 else ''}"
        for level in ("error", "warning", "note")
        if (number := sum(fault.level == level for fault in faults))
    ]
    return f"{', '.join(counts) or 'nothing to mend'} in {files} file{'s' if files != 1 else ''}\n"


def rule_fields(rule: Rule, place: str, *, replaces: bool) -> Iterator[Field]:
    """Everything that `rule` says.  `place` is its file and line; the user's own rule `replaces` one of
    ours or not."""
    yours = "yes, in place of ours" if replaces else "yes" if rule.own else None
    fields: list[tuple[str, str | None]] = [
        ("Reason", rule.reason),
        ("Provider", rule.provider or "any"),
        ("Yours", yours),
        ("Found by", _KINDS[rule.kind]),
        *numbered_once("Words", map(_quoted, rule.contains)),
        *numbered_once("Code", map(_quoted, rule.tokens)),
    ]
    if rule.token_range:
        range_ = rule.token_range
        fields.append(("Code", f"{_quoted(range_.prefix)} with a number {range_.low} to {range_.high}"))
    plain = plain_filler(rule.lists)
    fields += [
        *numbered_once("Or", (" and ".join(map(_quoted, group)) for group in rule.any_of)),
        *numbered_once("About", (" + ".join(group) for group in rule.meaning)),
        ("Pattern", rule.regex),
        ("Unless", " or ".join(map(_quoted, rule.unless))),
        ("Reply code", rule.reply),
        ("Enhanced status", rule.status),
        ("SMTP command", " or ".join(rule.commands)),
        ("Only when", f"{rule.provider} is known to speak" if rule.needs_provider else None),
        ("Unless", f"a host speaks that is none of {rule.provider}'s" if rule.not_elsewhere else None),
        ("Lasts", "for a time" if rule.temporary else "until somebody acts"),
        ("Cause", plain.fill(rule.cause)),
        ("Who acts", WHO_ACTS[rule.who_acts]),
        *step_fields(plain.fill_all(rule.steps)),
        ("Checks", ", ".join(rule.checks)),
        ("Means the lists", ", ".join(rule.lists)),
        ("Speaks of", ", ".join(rule.speaks_of)),
        ("Page", rule.url),
        ("May also be", ", ".join(rule.also)),
        *numbered_once("Example", rule.examples),
        ("Source", rule.source),
        ("Unverified", rule.unverified),
        ("Once named", ", ".join(rule.formerly)),
        ("File", place),
    ]
    return ((label, value) for label, value in fields if value)


def plain_filler(lists: Sequence[str] = ()) -> Filler:
    """What fills the steps of a page that is about no mail: plain words, and the first of the zones `lists`
    that a rule means."""
    return Filler(Failure(), Bounce(), lists[0] if lists else "the list that the reply names")


def numbered_once(label: str, values: Iterable[str]) -> Iterator[Field]:
    """`values` under one `label`, which only the first one bears."""
    for number, value in enumerate(values):
        yield ("" if number else label), value


def step_fields(steps: Iterable[str]) -> Iterator[Field]:
    """What to do, step by step."""
    return numbered_once("What to do", (f"{number}. {step}" for number, step in enumerate(steps, 1)))


def _trial(trial: Trial) -> Iterator[str]:
    failure, diagnosis = trial.failure, trial.diagnosis
    yield "The reply"
    winner = next((one for one in trial.called if one.rule.id == diagnosis.rule), None)
    yield from marked(failure.diagnostic, *((winner.start, winner.end) if winner else (-1, -1)))
    yield from field("Recipient", failure.recipient)
    yield from field("Reply code", failure.reply_code)
    yield from field("Enhanced status", failure.status)
    yield from field("Who speaks", ", ".join(trial.speakers) or "nobody known")
    yield ""
    yield "The winner"
    yield from field("Rule", diagnosis.rule)
    yield from field("Reason", f"{diagnosis.reason} (confidence {diagnosis.confidence})")
    yield from field("Why", trial.why)
    if trial.called:
        yield ""
        yield "Rules that it calls, best first"
    for number, one in enumerate(trial.called, 1):
        provider = f", {one.rule.provider} speaks" if one.at_home else ""
        yours = ", yours" if one.rule.own else ""
        yield f" {number:2}. {visible(one.rule.id)}"
        words = f"{one.rule.reason}: {one.points} points by {one.by}{provider}{yours}"
        yield from wrapped(words, WIDTH, "     ")
        if one.start >= 0:
            yield "     " + fit(_quoted(failure.diagnostic[one.start : one.end]), WIDTH - 5).rstrip()
    if trial.missed:
        yield ""
        yield "Rules that it nearly calls"
    for missed in trial.missed:
        yield f"   - {visible(missed.rule.id)}"
        yield from wrapped(missed.why, WIDTH, "     ")


def marked(text: str, start: int, end: int) -> Iterator[str]:
    """`text` in lines broken at blanks, with `^` below its characters `start` to `end`."""
    from wcwidth import wcswidth

    line: list[tuple[str, str]] = []
    used = blank = 0
    for at, char in enumerate(text[:_LONGEST_SHOWN]):
        shown = visible(char)
        width = max(0, wcswidth(shown))
        if used + width > WIDTH - 4:
            cut = blank or len(line)
            yield from _underlined(line[:cut])
            line = line[cut:]
            used, blank = sum(len(below) for _, below in line), 0
        line.append((shown, ("^" if start <= at < end else " ") * width))
        used += width
        if char == " ":
            blank = len(line)
    yield from _underlined(line)


def _underlined(line: Sequence[tuple[str, str]]) -> Iterator[str]:
    text = "".join(shown for shown, _ in line)
    below = "".join(mark for _, mark in line)
    if text:
        yield f"  {text.rstrip()}"
    if below.strip():
        yield f"  {below.rstrip()}"


def _quoted(words: str) -> str:
    return f"“{words}”"
