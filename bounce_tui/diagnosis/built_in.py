"""The rules that the program itself refers to, by their ids in `knowledge/`."""

from enum import StrEnum
from typing import Final


class BuiltIn(StrEnum):
    """A user's rule file may replace these rules, but not switch them off: the program asks for them."""

    POSITIVE_REPLY = "positive-reply"
    NO_REFUSAL = "no-refusal"
    ABSENCE_NOTE = "absence-note"
    COMPLAINT_PASSED_ON = "complaint-passed-on"
    LOG_REFUSES_NOTHING = "log-refuses-nothing"
    NO_WORDS = "no-words"
    NO_WORDS_CLASS_4 = "no-words-class-4"
    NO_WORDS_CLASS_5 = "no-words-class-5"
    NO_CAUSE_TOLD = "no-cause-told"
    WORDS_NOT_KNOWN = "words-not-known"
    WORDS_WITHOUT_CODE = "words-without-code"
    QUEUE_GAVE_UP = "queue-gave-up"
    QUEUE_STILL_TRIES = "queue-still-tries"
    QUEUE_HOLDS = "queue-holds"
    NOTICE_OF_SUCCESS = "notice-of-success"
    REFUSED_HERE = "refused-here"
    REFUSED_HERE_FOR_NOW = "refused-here-for-now"
    PROGRAM_FAILED = "program-failed"
    OWN_SERVER_FAILED = "own-server-failed"
    OWN_LOGIN_REFUSED = "own-login-refused"
    FORWARDED_UNPROVED = "forwarded-unproved"
    GREETING_REFUSED = "reply-554-connect"
    HELO_NAME_REFUSED = "helo-name-refused"


BUILT_IN: Final[frozenset[str]] = frozenset(BuiltIn)
