"""A faulty SPF record put right term by term, where it is plain what a term was meant to say."""

import re

from bounce_tui.checks.authentication.spf.record import (
    MECHANISMS,
    Fault,
    Mechanism,
    Modifier,
    Record,
    parse_record,
)
from bounce_tui.checks.names.address import parse_ip
from bounce_tui.regex import regex

# What people put between terms where only a space may stand.
_SEPARATORS = regex(r"[,;\x00-\x20\xa0]+")
_NAMED = regex(r"([+~?-]?)([A-Za-z0-9]+)[:=]:?(.*)", re.DOTALL)
_NEARLY = regex(
    r"[\s\"'“”]*(?:v\s*[=:]\s*spf1(?![0-9.])|v\s*[=:]\s*spf(?=[\s;,])|spf1(?=[\s;,]))[\s;:,\"]*",
    re.IGNORECASE,
)
# Two strings of one record joined without the space that should end the first (RFC 7208 section 3.3).
_GROWN_TOGETHER = regex(
    r"(?<=[^\s+~?:=-])(?=[+~?]?(?:ip4:|ip6:|include:|exists:|redirect=)|[~?]all$)", re.IGNORECASE
)
_MISNAMED = {"ipv4": "ip4", "ipv6": "ip6", "ip": "ip4"}


def looks_like_spf(text: str) -> bool:
    """Whether a TXT record that is no SPF record was surely meant as one."""
    return _NEARLY.match(text + " ") is not None


def reread(text: str) -> Record:
    """The record that a TXT record which `looks_like_spf` was meant to be."""
    body = _NEARLY.sub("", text + " ", count=1).strip(" \"'”")
    return parse_record(f"v=spf1 {body}")


def mend(record: Record, changes: list[str]) -> list[str]:
    """The terms of `record`, each fault put right or left out; `changes` gets a sentence for each."""
    has_all = any(term.name == "all" for term in record.mechanisms)
    terms: list[str] = []
    for term in record.terms:
        if not _is_doubtful(term):
            terms.append(term.text)
            continue
        right = _correction(term.text)
        if right is not None and has_all and right.startswith("redirect="):
            changes.append(f"“{term.text}” left out: with “all” in the record it would be ignored")
        elif right is not None:
            terms.extend(right.split(" "))
            changes.append(f"“{term.text}” written as “{right}”")
        elif isinstance(term, Fault):
            changes.append(f"“{term.text}” left out: {term.message}")
        else:
            terms.append(term.text)
    return terms


def _is_doubtful(term: Mechanism | Modifier | Fault) -> bool:
    return isinstance(term, Fault) or (isinstance(term, Modifier) and term.name in MECHANISMS)


def _correction(text: str) -> str | None:
    """The term or terms that a faulty one stands for, or None."""
    pieces = [piece.strip("\"'") for piece in _SEPARATORS.split(_GROWN_TOGETHER.sub(" ", text))]
    right = [piece if _is_valid(piece) else _renamed(piece) for piece in pieces if piece]
    if not right or None in right:
        return None
    mended = " ".join(piece for piece in right if piece)
    return mended if mended != text else None


def _renamed(piece: str) -> str | None:
    found = _NAMED.fullmatch(piece)
    if found is None:
        guess = piece.removesuffix(".")
    else:
        qualifier, name, value = found.groups()
        name = _MISNAMED.get(name.lower(), name.lower())
        address = parse_ip(value.partition("/")[0])
        if name in ("a", "mx", "ip4", "ip6") and address is not None:
            name = f"ip{address.version}"
        guess = f"{name}={value}" if name in ("redirect", "exp") else f"{qualifier}{name}:{value}"
    return guess if _is_valid(guess) else None


def _is_valid(text: str) -> bool:
    terms = parse_record(f"v=spf1 {text}").terms
    return len(terms) == 1 and not _is_doubtful(terms[0])
