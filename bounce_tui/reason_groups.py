"""What reasons have in common: `reason_groups.toml`, which says of each group what that is."""

from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from bounce_tui.reason import ReasonSlug

Group = frozenset[ReasonSlug]


class ReasonGroups(Struct, frozen=True, forbid_unknown_fields=True):
    """Reasons by what they have in common; a reason may be of several groups, or of none."""

    dead_address: Group
    no_such_address: Group
    never_meant: Group
    of_mailbox: Group
    no_such_domain: Group
    unreached: Group
    no_connection: Group
    by_sender: Group
    by_sending_address: Group
    by_reputation: Group
    for_a_time: Group
    put_off: Group
    for_abuse: Group
    by_own_rules: Group
    of_content: Group
    of_size: Group
    of_files: Group
    no_failure: Group


@cache
def reason_groups() -> ReasonGroups:
    """The groups, which are read once.

    Raises:
        msgspec.ValidationError: A slug in the file is no reason, or a group is missing or unknown.
    """
    return msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=ReasonGroups)
