"""One recipient of a message in the queue of Postfix or Sendmail, by the state that a listing gives."""

from collections.abc import Sequence
from typing import Final, Literal

from bounce_tui.model import Failure
from bounce_tui.parsing.logs.entry import Entry
from bounce_tui.parsing.logs.fields import log_failure

State = Literal["", "active", "hold"]
"""Where the message lies: in no queue but that of what waits, or in one of those two."""

_SAID: Final[dict[State, str]] = {"active": "being delivered now", "hold": "in the hold queue"}


def waiting(address: str, why: str, state: State) -> Failure:
    """The recipient `address`, whom `why` held up last.  What is on hold is tried no more, whatever came
    before; a delivery that goes on says something only where nothing else does."""
    said = _SAID.get(state, "")
    if state == "hold" and why:
        said = f"{said}: {why}"
    return log_failure(address, said if state == "hold" else why or said, "delayed")


def without_underway(entries: Sequence[Entry]) -> list[Entry]:
    """`entries` of a queue's list without those of which it only says that they are being delivered, where it
    says of others why they wait: nobody asks about the former."""
    said = {entry.failure.diagnostic for entry in entries if entry.failure is not None}
    if said <= set(_SAID.values()) | {""}:
        return list(entries)
    return [one for one in entries if one.failure is None or one.failure.diagnostic != _SAID["active"]]
