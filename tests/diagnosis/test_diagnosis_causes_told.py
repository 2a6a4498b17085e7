"""The cause that a reader sees is a plain sentence, whichever rule tells it."""

import re

import pytest

from bounce_tui.diagnosis import reasons, rules

VERBS = """
    carried fits lead named
    accepts added adds allows answered answers appears are arrived asks banned began belongs block
    blocked blocks break breaks broke came can cannot carries carry changed claims closed closes
    collides comes connects contains could counted counts covers cut cuts defers deleted deletes
    demands describes detected did do does dropped drops ended ends enforces exceeds exist exists
    expects expired fail failed fails fell finds flags follow follows forbids forwards found gave gets
    goes got greets had hangs has have hears hides hit hits holds hosts hung ignores is issued judged
    judges keeps kept know knows lacks leads led left lets lies limits links list lists looked looks
    lost made mailed marked marks match matched matches may mean means met might misses mixed must name
    names needs offered offers only opened opens own owns passed passes permits point points pretends
    probed produced protects published publishes put puts quarantined quotes ran rate rates reached
    read reads received receives refuse refused refuses rejected rejects relays removed replied replies
    reports required requires resolves rewrote routes runs satisfies saw says scanned sees sends sent
    serves set should shows signed signs sit sits slows speaks spoke stand stands started starts states
    stayed stood stopped stops support supports suspects switched take takes talked tell thinks
    throttles ties timed told took treats tried tripped turns used uses verifies waited waits wants was
    went were will wishes would writes wrote
"""
"""What makes words a sentence.  A rule whose cause needs another verb adds it here."""
VERB = re.compile(rf"\b(?:{'|'.join(VERBS.split())})\b", re.IGNORECASE)
ASIDE = re.compile(r'\([^)]*\)|"[^"]*"')
CAUSES = sorted({reason.cause for reason in reasons().values()} | {rule.cause for rule in rules()})


def faults_of(cause: str) -> list[str]:
    """What keeps the sentences of `cause` from being such."""
    found = []
    for sentence in re.split(r"(?<=[.?]) +(?=[A-Z])", cause):
        if not re.match(
            r"[A-Z0-9{\"]|amavis|docomo|hMailServer|milter-greylist|procmail", sentence
        ) or not sentence.endswith("."):
            found.append(f"it does not begin and end as a sentence does: {sentence}")
        if VERB.search(ASIDE.sub("", sentence)) is None:
            found.append(f"it has no verb: {sentence}")
        if re.match(
            r"(?:Refused|Legacy|Token|Catch-all|Wrong|Invalid|Temporary|Throttling|Suspicious)\b", sentence
        ):
            found.append(f"it says what, and not who does so: {sentence}")
    return found


@pytest.mark.parametrize("cause", ["No such mailbox at the destination.", "auth failure at GoDaddy (IB508)",
                                   "Larger than 20 MB.", "Stalwart's greylist script.",
                                   "Refused for 4 to 8 hours.",
                                   "The mailbox is full"])  # fmt: skip
def test_what_is_no_sentence_is_found(cause: str) -> None:
    assert faults_of(cause)


def test_every_cause_is_made_of_whole_sentences() -> None:
    assert len(CAUSES) > 1000
    assert [fault for cause in CAUSES for fault in faults_of(cause)] == []
