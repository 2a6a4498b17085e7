"""Which mail is which after everything was read again."""

from collections.abc import Mapping, Sequence

from bounce_tui.triage.row import Key, Row

SameMail = Mapping[Key, Row]
"""The row of the same mail now, by the key that its row had before."""


def same_mail(before: Sequence[Row], after: Sequence[Row]) -> SameMail:
    """The rows of `before` that are still there in `after`, wherever they lie now.

    A mail is told by its content; of several with the same one, each that stayed in its place is itself.
    What could not be read has no content to tell it by, so there its place decides.  Linear; not for an
    event loop.
    """
    there = {row.key: row for row in after}
    found: dict[Key, Row] = {}
    taken: set[Key] = set()
    for row in before:
        now = there.get(row.key)
        if now is not None and (now.identity == row.identity or row.error or now.error):
            found[row.key] = now
            taken.add(now.key)
    elsewhere: dict[bytes, list[Row]] = {}
    for row in reversed(after):
        if row.key not in taken and not row.error:
            elsewhere.setdefault(row.identity, []).append(row)
    for row in before:
        if row.key not in found and not row.error and elsewhere.get(row.identity):
            found[row.key] = elsewhere[row.identity].pop()
    return found
