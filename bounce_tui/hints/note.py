"""One thing that is noticed about the content of a returned message."""

from typing import Literal

from msgspec import Struct

About = Literal["attachments", "size", "links", "headers", "client"]


class Note(Struct, frozen=True, gc=False):
    """`words` say it, with the mail's own words in them as they are.  `odd` is True for what a filter may
    stumble over, False for what is merely good to know."""

    about: About
    words: str
    odd: bool = False
