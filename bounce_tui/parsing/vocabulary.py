"""The groups of words by which a report gives itself away in its sender, its subject and the beginning of its
text; `words/` says what each means.

All are pieces of text in lower case, found in one pass however many they are.
"""

from typing import Final

from bounce_tui.parsing.lexicon import words
from bounce_tui.parsing.spellings import spellings

GROUPS: Final = {
    "daemon": spellings(words("senders", "daemon")),
    "of_mail": spellings(words("mail", "mail")),
    "failed_subject": spellings(words("failed", "subject", "subject_and_passage", "anywhere")),
    "failed_subject_of_daemon": spellings(words("subjects", "of_daemon", "of_daemon_or_reply")),
    "failed_subject_of_reply": spellings(words("subjects", "of_reply", "of_daemon_or_reply")),
    "failed_words": spellings(words("failed", "anywhere", "text")),
    "absence": spellings(words("other_mail", "absence")),
    "challenge": spellings(words("other_mail", "challenge")),
    "digest": spellings(words("other_mail", "digest")),
    "delayed": spellings(words("waiting", "delayed", "delayed_and_goes_on")),
    "goes_on": spellings(words("waiting", "goes_on", "delayed_and_goes_on")),
    "succeeded": spellings(words("other_mail", "succeeded")),
    "arrived": spellings(words("other_mail", "arrived")),
    "final": spellings(words("waiting", "final")),
}
"""The groups by their names."""
