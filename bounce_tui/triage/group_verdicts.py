"""What checks came to for the mails of one cause."""

from collections import Counter
from collections.abc import Iterator, Mapping

from bounce_tui.triage.causes import Group, OfCause, verdict_key
from bounce_tui.triage.matching import outcome_meant
from bounce_tui.triage.store.records import KnownVerdict


def group_verdicts(group: Group, verdicts: Mapping[bytes, KnownVerdict]) -> Counter[KnownVerdict]:
    """How many mails of `group` each verdict was given to; mails that were not checked are in none."""
    return Counter(_verdicts(group, verdicts)) if verdicts else Counter()


def _verdicts(group: Group, verdicts: Mapping[bytes, KnownVerdict]) -> Iterator[KnownVerdict]:
    suits = OfCause(group.cause).suits
    for row in group.rows:
        key = verdict_key(row, outcome_meant(row, suits)) if row.others else row.identity
        if key in verdicts:
            yield verdicts[key]
