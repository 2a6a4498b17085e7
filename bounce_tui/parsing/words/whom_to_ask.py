"""What stands before an address that the reader may turn to, be it in a sentence or in an SMTP reply."""

import re
from typing import Final

from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.patterns import any_of
from bounce_tui.regex import regex

_BEFORE: Final = any_of(lexicon("contacts", "before_address"))
_BEFORE_UNSPACED: Final = any_of(lexicon("contacts", "before_address_unspaced"))
_BEFORE_OF_REPLY: Final = any_of(lexicon("contacts", "before_address_of_reply"))

CONTACT: Final = regex(
    rf"\b(?:{_BEFORE})\W{{1,3}}(?:[^\W\d_]{{1,15}}[\s,]{{1,2}}){{0,3}}[<\"']?$"
    rf"|(?:{_BEFORE_UNSPACED})[^\w@]{{0,3}}$",
    re.I,
)
"""What stands before an address that the reader may write to: never the one that failed."""
_NOT_DONE: Final = any_of(lexicon("contacts", "not_done"))
CONTACT_OF_REPLY: Final = regex(
    rf"\b(?:(?P<not_done>{_NOT_DONE})(?: \w+)? )?(?:{_BEFORE_OF_REPLY})[\s:<(\"']{{1,4}}$", re.I
)
"""The same of an SMTP reply, beside `CONTACT`; `not_done` where nobody is told to, as it failed."""


def is_contact_of_reply(before: str) -> bool:
    """Whether `before`, words of an SMTP reply, end with those of `CONTACT` or `CONTACT_OF_REPLY`."""
    if CONTACT.search(before) is not None:
        return True
    found = CONTACT_OF_REPLY.search(before.replace("\u2019", "'"))
    return found is not None and found["not_done"] is None
