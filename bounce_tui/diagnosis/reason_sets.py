"""Which of several readings says more: sets of reasons from `reason_sets.toml`, which explains each."""

from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from bounce_tui.reason import ReasonSlug

ReasonSet = frozenset[ReasonSlug]


class ReasonSets(Struct, frozen=True, forbid_unknown_fields=True):
    """The sets by name; a reason may be in several, or in none."""

    only_broken: ReasonSet
    only_broken_program: ReasonSet
    only_refused: ReasonSet
    passes: ReasonSet
    cause_of_refusal: ReasonSet
    may_be_explained: ReasonSet
    stated_first: ReasonSet
    no_explanation: ReasonSet
    mere_impatience: ReasonSet
    of_recipient: ReasonSet
    of_named_address: ReasonSet
    of_rights_of_address: ReasonSet
    may_mean_a_list: ReasonSet
    yields_to_list: ReasonSet
    yields_to_listed_host: ReasonSet
    hides_a_list: ReasonSet


# Read on import: every reply is asked about these, and a lookup that may still have to read would cost more.
REASONS: Final = msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=ReasonSets)
