"""What stands at the foot of a report and says nothing of the failure: whom to ask, where the mail is."""

from bounce_tui.parsing.words.sentences import each_form

_HARMLESS = frozenset(("address", "general", "mail", "program", "role", "yours"))
_SPOKEN = frozenset(("address", "general", "role", "yours"))
"""Of what a foot speaks at least: words that we know nothing of may be the reason."""
_LONGEST = 600


def is_closing(words: str) -> bool:
    """True where no sentence of `words` tells of anything that befell a mail: "Please reply to postmaster if
    you feel this to be in error", "Your message follows:"."""
    if not words or len(words) > _LONGEST:
        return False
    is_spoken = False
    for said in each_form(words):
        if not said or not said <= _HARMLESS:
            return False
        is_spoken = is_spoken or not said.isdisjoint(_SPOKEN)
    return is_spoken
