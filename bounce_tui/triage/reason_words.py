"""A reason as people read it, in the list and in searches."""

from functools import lru_cache

_WORDS = {"ptr": "PTR", "rfc": "RFC", "starttls": "STARTTLS", "conn": "connections"}


@lru_cache(maxsize=256)
def reason_words(reason: str) -> str:
    """The slug of a reason in words: "require_ptr" is "require PTR"."""
    if reason == "undefined":
        return "cause not clear"
    return " ".join(_WORDS.get(word, word) for word in reason.split("_"))
