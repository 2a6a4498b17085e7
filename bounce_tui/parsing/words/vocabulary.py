"""The groups of words by which a report gives itself away in its sender, its subject and the beginning of its
text; the files of this folder say what each means.

All are pieces of text in lower case, found in one pass however many they are.
"""

from typing import Final

from bounce_tui.parsing.words.lexicon import lexicon
from bounce_tui.parsing.words.spellings import spellings

GROUPS: Final = {
    "daemon": spellings(lexicon("senders", "daemon", "mail_server")),
    "of_mail": spellings(lexicon("mail", "mail")),
    "failed_subject": spellings(lexicon("failed", "subject", "subject_and_passage", "anywhere")),
    "failed_subject_of_daemon": spellings(lexicon("subjects", "of_daemon", "of_daemon_or_reply")),
    "failed_subject_of_reply": spellings(lexicon("subjects", "of_reply", "of_daemon_or_reply")),
    "failed_words": spellings(lexicon("failed", "anywhere", "text")),
    "absence": spellings(lexicon("other_mail", "absence")),
    "challenge": spellings(lexicon("other_mail", "challenge")),
    "digest": spellings(lexicon("other_mail", "digest")),
    "delayed": spellings(lexicon("waiting", "delayed", "delayed_and_goes_on")),
    "goes_on": spellings(lexicon("waiting", "goes_on", "delayed_and_goes_on")),
    "succeeded": spellings(lexicon("other_mail", "succeeded")),
    "arrived": spellings(lexicon("other_mail", "arrived")),
    "final": spellings(lexicon("waiting", "final")),
    "of_exchange": spellings(lexicon("exchange", "administrators_section", "generating_server")),
}
"""The groups by their names."""
