"""What header fields are called where people read them, in any language."""

from functools import cache

from bounce_tui.parsing.words.lexicon import lexicon


@cache
def field_words() -> dict[str, str]:
    """A field by each word for it, without blanks and in lower case."""
    named = {
        "From: ": lexicon("fields", "from"),
        "Subject: ": lexicon("fields", "subject"),
        "Date: ": lexicon("fields", "date"),
        "To: ": lexicon("fields", "to"),
        "Reply-To: ": lexicon("fields", "reply_to"),
        "Cc: ": lexicon("fields", "cc"),
    }
    return {"".join(word.split()): field for field, words in named.items() for word in words}
