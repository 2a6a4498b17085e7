"""Lines that label an address as one to write to, "Contact: help@example.com", or as the sender's, in any
language."""

from functools import cache

from bounce_tui.parsing.addresses import find_all
from bounce_tui.parsing.words.lexicon import lexicon


def to_contact(text: str) -> frozenset[str]:
    """The addresses, in lower case, that `text` names only behind labels that say whom to write to,
    or who sent the mail under which number."""
    contacts: set[str] = set()
    others: list[str] = []
    above = ""
    for line in text.lower().replace("：", ":").split("\n"):
        if "@" in line:
            label = line.partition(":")[0]
            # A label may stand on a line of its own.
            if _is_label(above[:-1] if above.endswith(":") and "@" in label else label):
                contacts.update(find_all(line))
            else:
                others.append(line)
        above = line.strip() or above
    elsewhere = "\n".join(others) if contacts else ""
    return frozenset(address for address in contacts if address not in elsewhere)


def _is_label(label: str) -> bool:
    words = label.strip(" \t.>*•·-").split()
    before = lexicon("contact_labels", "before", "before_or_behind")
    while len(words) > 1 and words[0] in before:
        words.pop(0)
    behind = lexicon("contact_labels", "behind", "before_or_behind")
    while len(words) > 1 and words[-1] in behind:
        words.pop()
    return " ".join(words) in _labels()


@cache
def _labels() -> frozenset[str]:
    labels = lexicon("contact_labels", "label", "sender_or_number")
    return frozenset((*labels, *lexicon("fields", "from")))
