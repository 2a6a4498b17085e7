"""Rules by provider, by reason and by words."""

from collections.abc import Iterator, Sequence

from bounce_tui.diagnosis.rule import Rule
from bounce_tui.diagnosis.search import CodeRange, Places, SearchIndex


def having(rules: Sequence[Rule], *, provider: str | None = None, reason: str | None = None) -> list[Rule]:
    """The rules of `provider` ("any": those of none) and `reason`, by id."""
    wanted = "" if provider == "any" else provider
    found = [
        rule
        for rule in rules
        if (wanted is None or rule.provider == wanted) and (reason is None or rule.reason == reason)
    ]
    return sorted(found, key=lambda rule: rule.id)


def search(rules: Sequence[Rule], words: str) -> list[Rule]:
    """The rules that hold every one of `words` somewhere, the nearest first: an id or a code that is one of
    them, then what is matched, then what is said about it."""
    by_id = sorted(rules, key=lambda rule: rule.id)
    return SearchIndex((rule, places(rule)) for rule in by_id).search(words)


def places(rule: Rule) -> Places:
    """Where words find `rule`."""
    codes = (rule.id, *rule.tokens, rule.status or "", rule.reply or "", rule.reason)
    prefix = (rule.token_range.prefix,) if rule.token_range else ()
    words = (word for group in rule.any_of for word in group)
    return Places(
        codes=[code for code in codes if code],
        ranges=tuple(_ranges(rule)),
        texts=(
            (*prefix, *rule.contains, *words, rule.regex or "", rule.provider),
            rule.examples,
            (rule.cause, *rule.steps, rule.url or "", rule.source or "", *rule.formerly),
        ),
    )


def _ranges(rule: Rule) -> Iterator[CodeRange]:
    if rule.token_range:
        one = rule.token_range
        yield CodeRange(one.prefix.lower(), one.low, one.high, one.digits)
    first, dash, last = (rule.status or "").partition("-")
    if dash:
        prefix, _, low = first.rpartition(".")
        yield CodeRange(f"{prefix}.", int(low), int(last.rpartition(".")[2]))
