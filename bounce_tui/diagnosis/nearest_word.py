""" "Did you mean ...?": the known word that is nearest to a misspelt one."""

from collections.abc import Collection

_LONGEST_ASKED = 60


def nearest(word: str, known: Collection[str], otherwise: str) -> str:
    """`did you mean "x"?` for a misspelt word, else the advice `otherwise`."""
    # Imported for those who misspell.
    from difflib import get_close_matches

    names = {name.lower(): name for name in sorted(known)}
    near = get_close_matches(word[:_LONGEST_ASKED].lower(), names, 1)
    return f'did you mean "{names[near[0]]}"?' if near else otherwise
