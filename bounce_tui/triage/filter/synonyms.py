"""What people call the terms of a filter and the reasons, besides the names that these have."""

FIELDS: dict[str, tuple[str, ...]] = {
    "reason": ("cause", "why"),
    "to": ("recipient", "rcpt"),
    "from": ("sender",),
    "status": ("dsn",),
    "code": ("reply", "smtp"),
    "mta": ("host", "mx", "server"),
    "subject": ("subj",),
    "file": ("path",),
}
"""For the name of a term with a value, other words before its colon."""

WORDS: dict[str, tuple[str, ...]] = {
    "hard": ("dead",),
    "permanent": ("fatal", "perm"),
    "temporary": ("soft", "temp", "transient", "again"),
    "delayed": ("deferred", "delay", "queued", "waiting"),
    "working": ("work",),
    "ignored": ("skip", "skipped"),
    "unknowable": ("unkn",),
    "held?": ("held",),
}
"""For a term that is a word by itself, other words for it; the words at the left of the list among them."""

REASONS: dict[str, tuple[str, ...]] = {
    "user_unknown": ("invalid", "nonexistent", "nosuchuser"),
    "host_unknown": ("nxdomain",),
    "suspended": ("deactivated", "disabled", "inactive", "locked"),
    "mailbox_full": ("overquota", "quota"),
    "message_too_big": ("size", "toolarge"),
    "auth_failure": ("dkim", "dmarc", "spf"),
    "require_ptr": ("fcrdns", "rdns", "reversedns"),
    "blocklisted": ("blacklist", "blacklisted", "dnsbl", "rbl"),
    "greylisted": ("graylist", "graylisted", "graylisting", "greylisting"),
    "rate_limited": ("ratelimit", "throttled", "throttling"),
    "spam_detected": ("junk",),
    "virus_detected": ("malware",),
    "expired": ("timeout",),
    "vacation": ("autoreply", "ooo", "outofoffice"),
    "feedback": ("abuse", "arf", "complaint", "fbl"),
}
"""For a reason, what else it is called, in one word without signs."""


def _by_word(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words}


FIELD_OF = _by_word(FIELDS)
WORD_OF = _by_word(WORDS)
REASON_OF = _by_word(REASONS)
