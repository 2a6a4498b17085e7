"""One recipient of a message in the queue of Postfix or Sendmail, by the state that a listing gives."""

from typing import Final, Literal

from bounce_tui.model import Failure
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
