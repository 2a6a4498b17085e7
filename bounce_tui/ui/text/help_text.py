"""The help page, made from the table of actions."""

from bounce_tui.triage.filter.terms import ASKING, FLAGS
from bounce_tui.ui.actions import ACTIONS, SCOPES, key_name
from bounce_tui.ui.text.page import Line, Page
from bounce_tui.ui.text.row_text import MARKS

_KEYS = 14
_TERMS = 20


def help_page(width: int) -> list[Line]:
    """Every key by scope, and what the words of the list mean."""
    page = Page(width)
    for scope, title in SCOPES.items():
        page.heading(title)
        for action in ACTIONS:
            if action.scope == scope:
                keys = " ".join(key_name(key) for key in action.keys)
                page.text(action.description, "plain", f"{keys:<{_KEYS}}", " " * _KEYS)
    page.heading("The first word of a row")
    for word, meaning in MARKS:
        page.text(meaning, "plain", f"{word:<{_KEYS}}", " " * _KEYS)
    page.heading("A filter (f)")
    for name, sentence in ((one.example, one.sentence) for one in ASKING.values()):
        page.text(sentence, "plain", f"{name:<{_TERMS}}", " " * _TERMS)
    for flag in FLAGS.values():
        page.text(flag.sentence, "plain", f"{flag.name:<{_TERMS}}", " " * _TERMS)
    page.text("Any other word is looked for in the whole row; quotes keep blanks.")
    page.text("Terms side by side must all hold; | is or, ! is not, brackets group; tab completes.")
    page.heading("Checks")
    page.text("Nothing is sent before c. The panel names the resolver and who else sees each query.")
    return page.lines
