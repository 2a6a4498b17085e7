"""The order in which the demo opens the samples: whoever presses `c` on the first ones sees each verdict."""

from pathlib import Path

FIRST = (
    "godaddy-ib508-spf.eml",
    "story-ptr-mended.eml",
    "godaddy-ib104-sbl.eml",
    "k12-1-misspelled-domain.eml",
    "several-recipients.eml",
    "k12-2-mailbox-full.eml",
    "k12-3-greylisted.eml",
)


def tour(mail: Path) -> tuple[str, ...]:
    """What to open of the folder `mail` of the samples: those first, then all (no mail is opened twice)."""
    return (*(str(mail / name) for name in FIRST), str(mail))
