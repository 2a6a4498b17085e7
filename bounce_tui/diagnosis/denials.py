"""What a reply says that it is not about.

"You are on no blocklist", "this is not a quota problem", "the virus scanner says clean" and "if you believe
that this is not spam" name causes only to set them aside.
"""

import re

_CAUSE = (
    r"(?:(?:black|block|deny)[ -]?list(?:s|ed|ing)?|dnsbls?|rbls?|blocked|banned|spam(?:my|mer)?|junk|phishing"
    r"|virus(?:es)?|malware|infected|quota|gr[ea]y-?list(?:ed|ing)?|suspended|disabled)"
)
_TURNS = (
    r"(?:on|in|by|at|over|about|because of|due to|caused by|marked as|considered|detected as|regarded as|seen as"
    r"|(?:listed|found) (?:on|in|by|at)|an?|containing|contain|blocked (?:by|on|for|as|because of|due to)"
    r"|(?:black|block)listed (?:on|in|by|at))"
)
_OF = r"(?: (?:any|an?|the|our|one|of|public|known|well-known|major|other|dns|matter|question|case|kind|form|by|to)){0,4}"
_WORDS_ON = r"(?: (?:as|by|for|on|in|at|any|public|spam|lists?|dnsbls?|rbls?|problem|issue|filters?|filtering)){0,4}\b"

_DENIALS = (
    # Each with the letters that it needs, which a reply is searched for first.
    ("not ", re.compile(rf"not (?!spam contact abuse)(?:(?:currently|yet|being|itself) )?(?:{_TURNS}{_OF} )?{_CAUSE}{_WORDS_ON}")),
    ("not full", re.compile(r"not full\b")),
    ("n't ", re.compile(rf"n't (?:{_TURNS}{_OF} )?{_CAUSE}{_WORDS_ON}")),
    (
        " no ",
        re.compile(
            rf" no (?:(?:sign|trace|evidence) of )?{_CAUSE}(?: (?:problem|issue|matter|(?:was |were |is )?(?:found|detected"
            r"|seen|involved|suspected)))"
        ),
    ),
    *(
        (
            end,
            re.compile(
                rf"(?:{_CAUSE}|spf|dkim|dmarc|scann?(?:er)?|filter)(?<!nor spf)(?<!nor dkim)(?<!nor dmarc)(?<!no spf)"
                rf"(?<!no dkim)(?<!no dmarc)(?: (?!not\b)[a-z]{{1,12}}){{0,3}} {end}\b"
            ),
        )
        for end in ("skipped", "not involved", "clean", "passed", "does not matter", "not the reason", "not the cause")
    ),
    ("if you ", re.compile(r"if you (?:think|believe|feel|consider|suspect)\b[^.;:]{1,200}")),
    ("though ", re.compile(r"\b(?:although|even though|though) [^,.;:]{1,100},")),
)


def set_aside(text: str) -> str:
    """The folded `text` of a reply with stars over what it denies; as long as it was."""
    for letters, denial in _DENIALS:
        if letters in text:
            text = denial.sub(_stars, text)
    return text


def _stars(found: re.Match[str]) -> str:
    return "*" * len(found[0])
