"""Results of checks from the text in which JSON tells their outcome, for tests that judge what was found."""

from typing import cast, get_args

from bounce_tui.check_outcome import (
    Dkim,
    Dmarc,
    Listing,
    Outcome,
    Particulars,
    Route,
    Security,
    Smtp,
    Spf,
    Tls,
)
from bounce_tui.check_results import CheckResult, CheckState

_WORDS = frozenset(str(word) for word in get_args(Outcome))


def worded(check_id: str, target: str, state: str, text: str, summary: str, **more: object) -> CheckResult:
    """A result whose outcome is `text`: "listed:SBL,PBL", "refused:user_unknown/encrypted"."""
    word, particulars = _read(check_id.partition(":")[0], text)
    result = CheckResult(
        check_id,
        target,
        cast(CheckState, state),
        cast(Outcome, word),
        summary,
        particulars=particulars,
        **more,  # type: ignore[arg-type]
    )
    assert word in _WORDS
    assert result.outcome_text == text
    return result


def _read(kind: str, text: str) -> tuple[str, Particulars | None]:
    text, _, security = text.partition("/")
    word, _, more = text.partition(":")
    found: dict[str, Particulars] = {
        "dkim": Dkim(more == "aligned", more == "unknown"),
        "dmarc": Dmarc(more == "broken", more if more in ("aligned", "unknown") else "unaligned"),
        "dnsbl": Listing(tuple(more.split(","))),
        "rhsbl": Listing(tuple(more.split(","))),
        "smtp": Smtp(more or None, cast(Security, security)),
        "spf": Spf(servers_fail=more == "servfail"),
        "tls": Tls("sts" in word, "demanded" if "dane" in word else "absent", more == "servfail"),
        "mx": Route(more),  # type: ignore[arg-type]
    }
    return word, found[kind] if more or security or kind == "tls" else None
