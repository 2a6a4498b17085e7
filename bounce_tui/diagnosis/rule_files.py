"""The TOML files of `knowledge/` and the user's own, read into a `Rulebook`."""

from collections.abc import Iterable

from bounce_tui.diagnosis.binding import bind
from bounce_tui.diagnosis.errors import Fault
from bounce_tui.diagnosis.reference_files import is_reference_file, read_reference_files
from bounce_tui.diagnosis.rule_page import read_page
from bounce_tui.diagnosis.rulebook import Rulebook
from bounce_tui.diagnosis.shelf import Shelf


def compile_rulebook(
    files: Iterable[tuple[str, bytes]],
    own: Iterable[tuple[str, bytes]] = (),
    faults: Iterable[Fault] = (),
) -> Rulebook:
    """The rulebook that `files` (name below `knowledge/`) and the user's `own` (path, TOML) make
    together.  `faults` are those of the user's files that are known already.  Raises RuleError when one of
    ours is wrong."""
    texts = dict(files)
    tables = read_reference_files(texts)
    shelf = Shelf(tables.reasons, faults)
    for file, text in sorted(texts.items()):
        if not is_reference_file(file):
            shelf.add_ours(read_page(file, text, tables.reasons, tables.concept_names, trusted=True))
    shelf.add_status_rules(tables.statuses)
    for file, text in own:
        shelf.add_own(read_page(file, text, tables.reasons, tables.concept_names))
    return bind(shelf.in_order(), shelf.speakers.values(), tables, shelf.changes())
