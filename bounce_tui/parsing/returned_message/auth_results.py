"""What servers on the way wrote into a header about SPF, DKIM, DMARC and ARC, read with forbearance.

Authentication-Results: mx.example.net; dkim=fail (body hash) header.d=example.org; spf=...  RFC 8601
Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.org; ...  Microsoft: no name
ARC-Authentication-Results: i=1; mx.example.net; spf=pass ...                             RFC 8617
ARC-Seal: i=1; a=rsa-sha256; cv=none; d=example.net; ...
Received-SPF: softfail (mx.example.net: domain of ...) client-ip=192.0.2.1;               RFC 7208 9.1
"""

import re

from bounce_tui.model import AuthResult
from bounce_tui.parsing.mime.headers import Head, unfolded
from bounce_tui.regex import regex

MOST = 40
_MOST_FIELDS = 12
_MOST_SEGMENTS = 40
_LONGEST = 4096
_SHOWN = 200
_METHODS = frozenset({"spf", "dkim", "dmarc", "arc", "compauth", "bimi", "iprev", "sender-id", "domainkeys"})
_RESULT = regex(r"\s{0,9}([A-Za-z0-9-]{1,20})(?:/\d{1,3})?\s{0,9}=\s{0,9}([A-Za-z]{1,20})\b")
_NAME = regex(r"\s{0,9}([A-Za-z0-9._:\[\]-]{1,255})(?:\s|$)")
_PROPERTY = regex(r"\b((?:header|smtp|policy|body)\.[A-Za-z0-9_-]{1,40})\s{0,3}=\s{0,3}([^\s;]{1,200})")
_INSTANCE = regex(r"\s{0,9}i\s{0,9}=\s{0,9}(\d{1,2})\s{0,9}")
_TAG = regex(r"(?:^|;)\s{0,9}(i|cv|d)\s{0,9}=\s{0,9}([A-Za-z0-9._-]{1,255})")
_SPF_WORD = regex(r"\s{0,9}([A-Za-z]{4,20})\b")


def read_auth_results(head: Head) -> tuple[AuthResult, ...]:
    """What the fields of `head` say, topmost field first, the kinds of fields in turn."""
    found: list[AuthResult] = []
    for name, field in (
        ("authentication-results", "Authentication-Results"),
        ("arc-authentication-results", "ARC-Authentication-Results"),
    ):
        for value in head.each(name, _MOST_FIELDS):
            found += _results(unfolded(value[:_LONGEST]), field)
    found += [one for value in head.each("arc-seal", _MOST_FIELDS) if (one := _seal(value[:_LONGEST]))]
    found += [one for value in head.each("received-spf", _MOST_FIELDS) if (one := _spf(value[:_LONGEST]))]
    return tuple(found[:MOST])


def _results(value: str, field: str) -> list[AuthResult]:
    bare, comments = _without_comments(value)
    by: str | None = None
    found: list[AuthResult] = []
    for number, segment in enumerate(bare.split(";")[:_MOST_SEGMENTS]):
        instance = _INSTANCE.fullmatch(segment)
        if instance is not None and not found:
            field = f"{field} i={instance[1]}"
            continue
        result = _RESULT.match(segment)
        if result is None or result[1].lower() not in _METHODS:
            name = _NAME.match(segment)
            if by is None and not found and number < 2 and name is not None and "=" not in name[1]:
                by = name[1]
            continue
        about = " ".join(f"{one[1]}={one[2]}" for one in _PROPERTY.finditer(segment))
        comment = _comment_of(segment, comments)
        found.append(AuthResult(field, by, result[1].lower(), result[2].lower(), about[:_SHOWN], comment))
    return found


def _without_comments(value: str) -> tuple[str, list[str]]:
    """`value` with each comment (RFC 5322 section 3.2.2) replaced by "\\0" and its number, and the comments.
    What is open at the end counts as closed."""
    bare: list[str] = []
    comments: list[str] = []
    depth = start = 0
    quoted = False
    for place, sign in enumerate(value):
        if quoted or (sign == '"' and not depth):
            quoted = not quoted if sign == '"' else quoted
            bare.append(" " if sign in '";' else sign)
        elif sign == "(":
            start = start if depth else place + 1
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
            if not depth:
                bare.append(f" \0{len(comments)} ")
                comments.append(value[start:place])
        elif not depth:
            bare.append(sign)
    return "".join(bare), comments


def _comment_of(segment: str, comments: list[str]) -> str:
    mark = re.search(r"\0(\d{1,4}) ", segment)
    return (
        comments[int(mark[1])][:_SHOWN].strip() if mark is not None and int(mark[1]) < len(comments) else ""
    )


def _seal(value: str) -> AuthResult | None:
    tags = {found[1]: found[2] for found in _TAG.finditer(unfolded(value))}
    if "cv" not in tags:
        return None
    return AuthResult(f"ARC-Seal i={tags.get('i', '?')}", tags.get("d"), "arc", tags["cv"].lower())


def _spf(value: str) -> AuthResult | None:
    bare, comments = _without_comments(unfolded(value))
    word = _SPF_WORD.match(bare)
    if word is None:
        return None
    tags = dict(re.findall(r"\b(client-ip|envelope-from|helo|receiver)=\s{0,3}\"?([^\s;\"]{1,200})", bare))
    about = " ".join(
        f"{name}={tags[name]}" for name in ("client-ip", "envelope-from", "helo") if name in tags
    )
    comment = comments[0][:_SHOWN].strip() if comments else ""
    by = tags.get("receiver") or (comment.partition(":")[0] if ":" in comment else None)
    named = by if by is not None and _NAME.fullmatch(by) else None
    return AuthResult("Received-SPF", named, "spf", word[1].lower(), about[:_SHOWN], comment)
