"""A style with nothing in it that costs bytes and changes nothing."""

from rich.style import Style


def lean_style(style: Style) -> Style:
    """`style` without the colours that the terminal has anyway, and without what it only says no to.  Never
    None: Textual's filters want a style."""
    color = style.color if style.color and not style.color.is_default else None
    background = style.bgcolor if style.bgcolor and not style.bgcolor.is_default else None
    return Style(
        color=color, bgcolor=background, bold=style.bold or None, dim=style.dim or None,
        italic=style.italic or None, underline=style.underline or None, reverse=style.reverse or None,
    )  # fmt: skip
