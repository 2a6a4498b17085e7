"""The help page, made from the table of actions."""

from collections.abc import Sequence

from bounce_tui.triage.filter.synonyms import FIELDS, WORDS
from bounce_tui.triage.filter.terms import VALUE_TERMS, WORD_TERMS
from bounce_tui.ui.actions import SCOPES, written
from bounce_tui.ui.keymap import DEFAULT, Keymap
from bounce_tui.ui.text.page import Line, Page
from bounce_tui.ui.text.row_text import MARKS

_KEYS = 14
_TERMS = 20


def help_page(width: int, keys: Keymap = DEFAULT) -> list[Line]:
    """Every key by scope, and what the words of the list mean."""
    page = Page(width)
    for scope, title in SCOPES.items():
        page.heading(title)
        for action in keys.actions:
            if action.scope == scope:
                named = written(action.keys) or "no key"
                page.text(action.description, "plain", f"{named:<{_KEYS}}", " " * _KEYS)
    page.heading("The first word of a row")
    for word, meaning in MARKS:
        page.text(meaning, "plain", f"{word:<{_KEYS}}", " " * _KEYS)
    page.text(
        "+3 behind an address: so many more recipients; behind a reason: so many more reasons of theirs."
    )
    page.heading(f"A filter ({keys.key('filter')})")
    for one in VALUE_TERMS.values():
        called = _called(FIELDS.get(one.name, ()), ":")
        page.text(one.sentence + called, "plain", f"{one.example:<{_TERMS}}", " " * _TERMS)
    for term in WORD_TERMS.values():
        called = _called(WORDS.get(term.name, ()))
        page.text(term.sentence + called, "plain", f"{term.name:<{_TERMS}}", " " * _TERMS)
    page.text(
        "a filter that your config keeps under this name", "plain", f"{'@name':<{_TERMS}}", " " * _TERMS
    )
    page.text("Any other word is looked for in the whole row, and so is all in quotes.")
    page.text("Terms side by side must all hold; | or “or”: one of them; ! or “not”: not; brackets group.")
    page.text("Of a mail to several, all terms must hold of one recipient, and that one is shown.")
    page.heading(f"Causes ({keys.key('causes')}) and summary ({keys.key('summary')})")
    page.text("Mails are counted, not recipients: one with several failures counts once under each cause.")
    page.text("part: of a cause some mails were checked, not all; mixed: they came to different verdicts.")
    page.text("In the summary a bar is of # for failed and - for delayed mails.")
    page.heading("Checks")
    page.text(
        f"Nothing is sent before {keys.key('check')}. "
        "The panel names the resolver and who else sees each query."
    )
    return page.lines


def _called(names: Sequence[str], sign: str = "") -> str:
    return f"; also {' '.join(f'{name}{sign}' for name in names)}" if names else ""
