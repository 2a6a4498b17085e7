"""Text in lower case, letter for letter."""

# The one letter of Unicode whose lower case is two characters, a Turkish capital.
_GROWS = "\u0130"


def lower_case(text: str) -> str:
    """`text` in lower case, as long as it is, so that a place in one is the same place in the other."""
    return (text.replace(_GROWS, "i") if _GROWS in text else text).lower()
