"""The help page, made from the table of actions."""

from bounce_tui.ui.actions import ACTIONS, SCOPES, key_name
from bounce_tui.ui.text.page import Line, Page
from bounce_tui.ui.text.row_text import MARKS

_KEYS = 14


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
    page.heading("Checks")
    page.text("Nothing is sent before c. The panel names the resolver and who else sees each query.")
    return page.lines
