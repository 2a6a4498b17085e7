"""The parts of a reply that deny something ("not spam"): set aside, so that no rule reads them.

"You are on no blocklist", "this is not a quota problem", "the virus scanner says clean", "the sender is ok"
and "if you believe that this is not spam" name causes only to set them aside.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

_CAUSE: Final = (
    r"(?:(?:black|block|deny)[ -]?list(?:s|ed|ing)?|dnsbls?|rbls?|block(?:ed)?|banned|spam(?:my|mer)?|junk"
    r"|phishing|virus(?:es)?|malware|infected|overload(?:ed)?|quota|size|gr[ea]y-?list(?:ed|ing)?|suspended"
    r"|disabled)"
)
_OF_THE: Final = (
    r"(?: (?:any|an?|the|our|one|of|public|known|well-known|major|other|dns|matter|question|case|by|to)){0,4}"
)
_OFF: Final = (
    r"(?:(?:on|in|by|at|over|about|because of|due to|caused by|marked as|considered|(?:detected|seen) as"
    r"|(?:listed|found|blacklisted|blocklisted) (?:on|in|by|at)|an?|contain(?:ing)?"
    rf"|blocked (?:by|on|for|as|because of|due to)){_OF_THE} )?"
)
_AND_SO_ON: Final = (
    r"(?: (?:as|by|for|on|in|at|any|public|spam|lists?|dnsbls?|rbls?|problem|issue|filters?|filtering))"
    r"{0,4}\b"
)
_AGENT: Final = rf"(?:{_CAUSE}|(?<!no )(?<!nor )(?:spf|dkim|dmarc)|scan(?:ner)?|filter)"
_IN_ORDER: Final = (" ok", " okay", " fine", " good", " in order", " all right")
_IN_ORDER_ABROAD: Final = (
    *("in ordnung", "in orde", "i orden", "i ordning", "i lagi", "an der rei", "en regle", "en ordre"),
    *("en orden", "en orde", "em ordem", "in ordine", "a posto", "in regula", "in rregull", "ne rregull"),
    *("w porzadku", "v poradku", "v poriadku", "u redu", "v redu", "vo red", "naredu", "v poryadke"),
    *("v porjadke", "rendben", "kunnossa", "korras", "kartiba", "tvarkingi", "i gceart", "yn iawn"),
    *("ondo", "duzgun", "qaydasinda", "joyida", "baik-baik saja", "tiada masalah", "ziko sawa"),
    *("в порядке", "в порядку", "у порядку", "у парадку", "наред", "у реду", "во ред", "ενταξει"),
    *("תקינים", "תקין", "سليم", "درست هستند", "ठीक", "正常", "没有问题", "问题ありません"),
    *("정상", "ปกติ", "đeu on", "deu on"),
)
"""What is said in other languages of proofs that passed, as fold() leaves it."""
_NO_NOT: Final = (
    r"(?:nicht|niet|ikke|inte|ekki|net|pas|no|non|nao|nu|nuk|nie|ne|neni|nejsou|nije|nisu|niso|nem|nincs|ei|nav"
    r"|nera|nil|nid|ez|не|није|нису|δεν|לא|ليس|नहीं|not|neither)"
)
_PROOFS: Final = (
    rf"(?:spf|dkim|dmarc)[^\W\d_]{{0,4}}(?:,? (?!{_NO_NOT}\b)(?:\w{{1,2}}-)?[^\W\d_]{{1,12}}){{0,4}}"
)
_CLEARED: Final = (
    "skipped",
    "not involved",
    "clean",
    "passed",
    "does not matter",
    "not the reason",
    "not the cause",
)
_REFUSED: Final = r"\b[45]\d\d[ -][^?]{1,400}?[ ;,:>]"
_SEQUENCE: Final = r"(?:503|554)[ -](?:#?5\.5\.\d )?(?:error: )?(?:valid )?"
_ECHOES: Final = ("no valid recipients", "need rcpt", "rcpt command must precede")
_NEGATIONS: Final = ("not ", "n't ", "no ", "never ")

_DENIALS: Final = {
    # By the letters that each needs, which are looked for first (`literal_finder`).  Rambler refuses with
    # "Not spam contact abuse".
    "not ": (
        r"not (?:full\b|listed(?=[,;.!]| but\b| yet\b)"
        rf"|(?!spam contact)(?:(?:currently|yet|being|itself) )?{_OFF}{_CAUSE}{_AND_SO_ON})"
    ),
    "n't ": rf"n't {_OFF}{_CAUSE}{_AND_SO_ON}",
    " no ": (
        rf" (?:on|in|by) no {_CAUSE}\b| no (?:(?:sign|trace|evidence) of )?{_CAUSE} "
        r"(?:problem|issue|matter|(?:(?:was|were|is) )?(?:found|detected|seen|involved|suspected))"
    ),
    **{end: rf"{_AGENT}(?: (?!not\b|nor\b)[a-z]{{1,12}}){{0,3}} {end}\b" for end in _CLEARED},
    **{end: rf"{_PROOFS} ?(?<![不非未비미]){end}(?![a-zа-я])" for end in _IN_ORDER_ABROAD},
    "x-spam-": r"\bx-spam-(?:status|flag): no\b",
    "if you ": r"if you (?:think|believe|feel|consider|suspect)\b[^.;:]{1,200}",
    "though ": r"\b(?:although|even though|though) [^,.;:]{1,100},",
    " room": r"\bha(?:s|ve) (?:still |enough |plenty of |some )?room(?: left)?(?=[,;.)])",
    "space left": r"\bha(?:s|ve) (?:still |enough |plenty of |some )?space left(?=[,;.)])",
    "? ": r"[^.?!]{1,80}\?(?= (?:no|not|certainly|never|nope|nothing)\b)",
    # Before it stands what was refused at RCPT, of which it is the echo to DATA.
    **{said: rf"{_REFUSED}((?:data:? )?{_SEQUENCE}{said}(?: command| data)?)(?![?\w])" for said in _ECHOES},
    **{end: rf"(?<![^ ,;.:()])[^,;.:()?]{{1,60}}:?{end}(?=[,;.)]| but | yet |$)" for end in _IN_ORDER},
}
_PATTERNS: Final = tuple(_DENIALS.values())
LETTERS: Final = tuple(_DENIALS)


def set_aside(text: str, letters: Iterable[int]) -> str:
    """The folded `text` of a reply with stars over what it denies; as long as it was.  `letters` are the
    places of those of LETTERS that occur in it."""
    for number in sorted(set(letters)):
        text = _denial(number).sub(_stars, text)
    return text


@cache
def _denial(number: int) -> re.Pattern[str]:
    """Compiled for the first reply that needs it: most runs of one mail need none."""
    return re.compile(_PATTERNS[number])


def _stars(found: re.Match[str]) -> str:
    """What was found with stars over its last group, which is all of it where it has none."""
    if found[0].endswith(_IN_ORDER) and any(word in found[0] for word in _NEGATIONS):
        return found[0]
    aside = found.re.groups
    begin, end = found.start(aside) - found.start(), found.end(aside) - found.start()
    return found[0][:begin] + "*" * (end - begin) + found[0][end:]
