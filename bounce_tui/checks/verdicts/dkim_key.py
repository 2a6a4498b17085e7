"""A refusal for a DKIM key that was not in DNS: is it there now?"""

from bounce_tui.check_outcome import Dkim
from bounce_tui.check_results import CheckResult, Verdict
from bounce_tui.checks.verdicts.facts import Facts, lowered, no_longer_holds
from bounce_tui.regex import regex

_NAME = "._domainkey."
# "no key for signature", "key k1._domainkey.example.org not found in DNS", "could not find the public key".
_KEY_MISSED = regex(
    r"\bno (?:public |dkim |valid )?key\b"
    r"|\bkey\b[^;]{0,120}\b(?:not (?:found|exist|available|published|present|in dns)|missing|unavailable"
    r"|nxdomain)"
    r"|\b(?:not find|n't find|missing|unable to (?:find|retrieve|get)|lookup of)\b[^;]{0,40}\bkey\b"
)


def of_key_found(facts: Facts, dkim: CheckResult) -> Verdict | None:
    """The verdict where the receiver missed the key and it is in DNS now; None where neither is known.

    That the key is there makes no signature right: one that does not verify with it is another fault, which
    the step names."""
    name = dkim.of(Dkim).key_name
    if name is None or _KEY_MISSED.search(facts.reply) is None:
        return None
    if _NAME in facts.reply and name.lower() not in facts.reply:
        return None
    summary = f"the key that the receiver missed is in DNS now ({name})"
    if dkim.state == "unknown":
        return no_longer_holds(facts, f"{summary}: {dkim.summary}", (dkim,))
    step = f"Before you send again: {lowered(dkim.summary)}. {dkim.remedy or ''}".strip()
    return no_longer_holds(facts, summary, (dkim,), step)
