"""Answers in words: the raw record lines of a result, and why nothing could be learned."""

from bounce_tui.checks.dns.answer import Answer
from bounce_tui.checks.dns.dnssec import dnssec_fault

_NOTHING = {
    "nxdomain": "no such name (NXDOMAIN)",
    "no_data": "no such record",
    "servfail": "SERVFAIL",
    "refused": "REFUSED",
    "timeout": "no answer in time",
    "bad_name": "not a name that DNS can hold",
    "unreachable": "the resolver cannot be reached",
}
_WHY = {
    "servfail": "the name servers of {name} fail (SERVFAIL)",
    "refused": "the resolver refuses to answer for {name} (REFUSED)",
    "timeout": "no answer for {name} in time",
    "bad_name": "{name} is not a name that DNS can hold",
    "unreachable": "the resolver cannot be reached",
}
DOUBT = " (a guess: make sure of it first)"
"""Stands behind a guessed sending IP in a step; a verdict that says so itself leaves it out."""
# A hostile zone may hold hundreds of records; nobody reads more.
_MOST_LINES = 12


def record_lines(answer: Answer) -> tuple[str, ...]:
    """The answer as zone file lines, "example.org. 300 MX 10 mx.example.org", or one line that says
    what there was instead."""
    name = answer.name.rstrip(".") + "."
    if answer.outcome != "answer":
        return (" ".join((f"{name} {answer.rdtype}: {_NOTHING[answer.outcome]}", *_extended(answer))),)
    through = answer.canonical
    owner = name if through is None or f"{through}." == name.lower() else f"{name} (alias of {through}.)"
    ttl = "" if answer.ttl is None else f" {answer.ttl}"
    records = answer.records
    if answer.rdtype == "MX":
        records = tuple(sorted(records, key=lambda record: int(record.partition(" ")[0])))
    lines = [f"{owner}{ttl} {answer.rdtype} {_shown(answer, record)}" for record in records]
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:] = [f"... and {len(lines) - _MOST_LINES} more"]
    return tuple(lines)


def trouble(answer: Answer) -> str:
    """Why `answer` is no definite yes or no, as the middle of a sentence."""
    fault = dnssec_fault(answer)
    if fault is not None:
        name = answer.name.rstrip(".")
        return " ".join((f"the DNSSEC signatures of {name} are wrong: {fault}", *_extended(answer)))
    return " ".join((_WHY[answer.outcome].format(name=answer.name.rstrip(".")), *_extended(answer)))


def absence_words(answer: Answer) -> str:
    """What there was in place of records."""
    return _NOTHING.get(answer.outcome, answer.outcome)


def never_seen(address: str) -> str:
    """Why a check of the sending IP does not begin with an address of a network's inside."""
    return f"{address} is an address that no receiver ever sees: name the one that mail leaves from"


def plain_text(record: str) -> str:
    """A TXT record as people wrote it: its bytes as UTF-8 where they are."""
    return record.encode("latin-1", "replace").decode("utf-8", "replace")


def listed_words(words: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def _shown(answer: Answer, record: str) -> str:
    return f'"{plain_text(record)[:1000]}"' if answer.rdtype == "TXT" else record


def _extended(answer: Answer) -> tuple[str, ...]:
    return (f"[{'; '.join(answer.extended)}]",) if answer.extended else ()
