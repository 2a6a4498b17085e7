"""An address in few cells: user and domain can both still be told."""

from bounce_tui.ui.text.cells import cut, end_of, shown, width_of

_LEAST_LOCAL = 3


def address_text(address: str, width: int, more: int = 0) -> str:
    """`address` in at most `width` cells, with `more` addresses behind it as "+2", which always stays.

    Of a local part that gives way the beginning is kept, of a domain the end: there stands whose it is.
    """
    behind = f" +{more:,}" if more else ""
    return _short(shown(address), width - len(behind)) + behind


def _short(address: str, width: int) -> str:
    local, at, domain = address.rpartition("@")
    if not at or width < _LEAST_LOCAL or width_of(address) <= width:
        return cut(address, width)
    room = width - 1
    of_local, of_domain = width_of(local), width_of(domain)
    # A domain may take what the local part does not need, but never all of it.
    kept = min(of_local, max(_LEAST_LOCAL, room * 2 // 5, room - of_domain))
    return f"{cut(local, kept)}@{end_of(domain, room - min(kept, room))}"
