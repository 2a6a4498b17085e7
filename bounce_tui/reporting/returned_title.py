"""How much of a message came back, in words."""

from bounce_tui.model import Original


def returned_title(original: Original) -> str:
    """The title over what came back: all of it, its header alone, or a text that may be cut."""
    if original.whole:
        return "The returned message"
    has_body = original.content.partition(b"\n\n")[2].strip() != b""
    return f"The returned message ({'perhaps not whole' if has_body else 'headers only'})"
