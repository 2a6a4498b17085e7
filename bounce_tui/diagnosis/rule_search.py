"""Rules by provider, by reason and by words."""

from collections.abc import Iterator, Sequence

from bounce_tui.diagnosis.folding import fold
from bounce_tui.diagnosis.rule import Rule


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
    wanted = fold(words).split()
    found = []
    for rule in rules:
        places = [[fold(text) for text in texts] for texts in _texts(rule)]
        ranks = [_rank(word, places) for word in wanted]
        if None not in ranks:
            found.append((sum(rank for rank in ranks if rank is not None), rule.id, rule))
    return [rule for _, _, rule in sorted(found, key=lambda one: one[:2])]


def _rank(word: str, places: Sequence[Sequence[str]]) -> int | None:
    if word in places[0]:
        return 0
    for rank, texts in enumerate(places, 1):
        if any(word in text for text in texts):
            return rank
    return None


def _texts(rule: Rule) -> Iterator[Sequence[str]]:
    range_ = (rule.token_range.prefix,) if rule.token_range else ()
    yield (rule.id, *rule.tokens, *range_, rule.status or "", rule.reply or "", rule.reason)
    words = (word for group in rule.any_of for word in group)
    yield (*rule.contains, *words, rule.regex or "", rule.provider)
    yield rule.examples
    yield (rule.cause, *rule.steps, rule.url or "", rule.source or "", *rule.formerly)
