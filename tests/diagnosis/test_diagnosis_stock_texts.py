"""What mail servers say out of the box names no provider: anyone may run them.

At first sight 15 of 213 such replies were given to somebody whose they are not, ten of them to a hosted
provider with high confidence.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bounce_tui.diagnosis import diagnose, rule_by_id, rules
from bounce_tui.diagnosis.folding import fold_reply
from bounce_tui.diagnosis.rule import Rule
from bounce_tui.model import Bounce
from bounce_tui.parsing.single_reply import read_reply

TABLE = Path(__file__).with_name("stock_texts.tsv")
SOFTWARE = frozenset(
    {
        *("Courier", "Exim", "Lotus Domino", "Microsoft Exchange Server", "Postfix", "Sendmail"),
        *("hMailServer", "qmail"),
    }
)
"""Names that say which program wrote the words, and nothing about whose it is."""


def _stock() -> Iterator[tuple[str, str]]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            software, _, text = line.partition("\t")
            yield software, text


STOCK = tuple(_stock())


@pytest.mark.parametrize("software", sorted({software for software, _ in STOCK}))
def test_words_out_of_the_box_are_laid_to_no_one_who_merely_runs_the_server(software: str) -> None:
    laid = {}
    for text in (text for one, text in STOCK if one == software):
        diagnosis = diagnose(read_reply(text), Bounce())
        if diagnosis.provider not in (None, software):
            laid[text] = diagnosis.provider
        elif rule_by_id(diagnosis.rule).provider not in SOFTWARE | {""}:
            laid[text] = diagnosis.rule
    assert laid == {}


def _stands_in(rule: Rule, text: str) -> bool:
    groups = (rule.contains + rule.tokens, *rule.any_of)
    return any(group and all(words in text for words in group) for group in groups)


def _coined(rule: Rule, known: frozenset[str]) -> bool:
    """A status code that no register knows, or that means something else there, is the provider's own."""
    return rule.status is not None and ("-" in rule.status or rule.status not in known)


OF_THE_CODE = {
    "exo-5.4.1-dbeb",
    *(f"google-{code}" for code in ("4.7.27-spf", "4.7.29-tls", "4.7.30-dkim")),
    *(f"google-{code}" for code in ("5.7.27-spf", "5.7.29-tls", "5.7.30-dkim")),
}
"""Rules that go by a registered code which only this provider uses so."""


def test_a_rule_whose_words_anyone_writes_asks_for_its_provider_or_names_none() -> None:
    known = frozenset(
        rule.status for rule in rules() if rule.id.startswith("status-") and rule.status is not None
    )
    stock = [(software, fold_reply(text)) for software, text in STOCK]
    unbound = [
        rule.id
        for rule in rules()
        if rule.provider and not (rule.needs_provider or rule.shared or rule.own)
        if rule.id not in OF_THE_CODE and not _coined(rule, known)
        if any(software != rule.provider and _stands_in(rule, text) for software, text in stock)
    ]
    assert unbound == []
