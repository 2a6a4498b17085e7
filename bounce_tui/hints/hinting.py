"""All hints for one failure of an open bounce."""

from collections.abc import Sequence

from bounce_tui.hints.content import content_notes
from bounce_tui.hints.failure_hints import NONE, Hints
from bounce_tui.hints.mistyped import MOST_BESIDE, mistyped
from bounce_tui.hints.similar_addresses import Addresses
from bounce_tui.model import Case
from bounce_tui.opened_message import Returned
from bounce_tui.reason_groups import reason_groups


def hint(
    case: Case,
    index: int,
    returned: Returned | None = None,
    listed: Addresses | None = None,
    *,
    noted: bool = True,
    own: Sequence[str] = (),
) -> Hints:
    """The hints for failure `index` of `case`.

    Args:
        returned: The returned message; without it there are no notes, except of sizes that the reply quotes.
        listed: Other recipients of the bounces at hand.
        own: The admin's own domains, which the recipient's may be a typo of.
        noted: False leaves the notes out, which are the same for every failure of a bounce.
    """
    bounce = case.bounce
    if case.error or not bounce.is_bounce or index >= len(case.diagnoses):
        return NONE
    failure, reason = bounce.failures[index], case.diagnoses[index].reason
    cc = ""
    if returned is not None:
        cc = ", ".join(value for name, value in returned.headers if name.lower() == "cc")
    first = reason in reason_groups().of_content
    notes = content_notes(returned, reason, failure.diagnostic, bounce.mailer) if noted else ()
    if not first:
        # Then size and client stand with the other facts already.
        notes = tuple(note for note in notes if note.odd or note.about in ("attachments", "links"))
    reasons = [one.reason for one in case.diagnoses[:MOST_BESIDE]]
    meant = mistyped(failure, bounce, reason, cc=cc, listed=listed, own=own, reasons=reasons)
    return Hints(meant, notes, first)
