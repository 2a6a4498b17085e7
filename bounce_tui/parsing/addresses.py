"""E-mail addresses: found in text, read from report fields, freed of what gateways wrapped round them."""

import re
from html import unescape
from typing import Final
from urllib.parse import unquote

from bounce_tui.regex import regex

# What ends an address, if nothing else does: white space and controls, which are in none.
_ENDS: Final = r"\s\x00-\x1f\x7f-\x9f<>()\[\]{}:;,\"@\\|"
QUOTED: Final = r"\"(?!\")[^\"\\\n]{0,64}(?:\\[^\n][^\"\\\n]{0,64}){0,32}\""
"""A quoted local part; behind a backslash any character is an ordinary one (RFC 5322 section 3.2.4)."""
_LOCAL: Final = rf"(?:{QUOTED}|[^{_ENDS}'`=][^{_ENDS}]{{0,511}}+)"
_DOMAIN: Final = rf"(?:\[[0-9A-Fa-f.:IPv]{{3,45}}\]|[^{_ENDS}'/?!*&%=]{{1,255}})"
# What an escape sequence leaves of a word that it cut is nobody's address: "bob ESC [2J@example.org".
_UNCUT: Final = r"(?<!\x1b\[)"
ADDRESS: Final = re.compile(rf"(?<![^{_ENDS}'`=]){_UNCUT}{_LOCAL}@@?{_DOMAIN}")
"""An address anywhere in text, be its sign typed twice; local parts may be quoted or not ASCII (RFC 6531)."""

# Brackets, commas and blanks are a quoted local part's own.
_QUOTED_ADDRESS: Final = regex(rf"(?<![^{_ENDS}'`=]){QUOTED}@{_DOMAIN}")
_TRAILING: Final = ".!?-_'*`،؛"
# Han, kana, hangul, their punctuation and full-width forms.
_BLANKLESS: Final = regex("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u2026]+")
# What nearly all addresses are, with or without brackets: there is nothing to free them of.
_PLAIN: Final = re.compile(
    r"\s*<?([A-Za-z0-9!#$%&+=?^.-][A-Za-z0-9!#$%&*+/=?^_`{|}~.-]*+@[A-Za-z0-9.-]*[A-Za-z0-9])>?\s*"
)
# What writers put round an address, beyond the brackets and quotes of mail itself, and what nobody sees.
_PAIRS: Final = dict(zip("[{|*_/`~=＜", "]}|*_/`~=＞", strict=True))
_QUOTES: Final = "“”„‟«»‹›‘’‚•·▪◦●"
_BEHIND: Final = f"{_QUOTES}.!?"
_UNSEEN: Final = {0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None}
# "rcpt=bob@example.org" in what a program printed.  Names that a mailbox may have are left out: VERP writes
# "mail=example.org@lists.example.net".
_KEY: Final = regex(r"(?:rcpt(?:[-_]?to)?|recipient|(?:e?-?mail[-_]?)?addr(?:ess)?)=(?=[^=@]+@)", re.I)
_XTEXT: Final = regex(r"\+([0-9A-F]{2})")
_UTF8_HEX: Final = regex(r"\\x\{([0-9A-Fa-f]{1,6})\}")
_IMCEAEX_PLUS: Final = regex(r"\+([0-9A-Fa-f]{2})")


def clean(text: str) -> str | None:
    """One address out of `text` ("<a@b>", "Name <a@b>", "rfc822;a@b"), or None."""
    if "@" not in text or len(text) > 4096:
        return None
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        return plain[1]
    quoted = _QUOTED_ADDRESS.search(text) if '"@' in text else None
    if quoted is not None:
        return _tidy(quoted[0])
    opened = text.rfind("<")
    if opened >= 0:
        inner = text[opened + 1 :].partition(">")[0]
        if "@" in inner:
            text = inner
    text = text.strip()
    if text[0] == "@" and ":" in text:
        text = text.partition(":")[2]  # a source route, RFC 5321 appendix C
    text = _unwrapped(text.strip(" \t<>,;\"'()"))
    if "@" in text and " " not in text:
        return _alone(text.rstrip("."))
    found = ADDRESS.search(text)
    return _tidy(found[0]) if found else None


def _unwrapped(text: str) -> str:
    """`text`, an address, without what stands on both sides of it, or makes it a link."""
    text = text.rstrip(":")
    while len(text) > 2 and _PAIRS.get(text[0]) == text[-1]:
        text = text[1:-1].strip("<>:").removeprefix("mailto:")
    text = text.removeprefix("mailto:").lstrip("*~")
    # Mark by mark: going through a list of them costs more than all of this for a plain address.
    is_linked = "[" in text or "?" in text or "&lt;" in text or "|mailto:" in text
    if is_linked and "@[" not in text:
        local = text.partition("@")[0]
        if not any(mark in local for mark in "?[") or local[:1] == "[":
            found = ADDRESS.search(unescape(text))
            return found[0] if found is not None else text
    return text


def find_all(text: str) -> list[str]:
    """All addresses of `text` in order, each once."""
    if "@" not in text:
        return []
    seen: dict[str, None] = {}
    # A blank is part of quoted ones alone.  The pattern is tried at each sign, which splitting is many times
    # faster than.
    for word in (text,) if '"@' in text else text.split():
        if "@" in word:
            for found in ADDRESS.finditer(word):
                address = _tidy(found[0])
                if address:
                    seen.setdefault(address)
    return list(seen)


def _tidy(address: str) -> str | None:
    address = _alone(address).rstrip(_TRAILING)
    if address[:1] in ("*", "~"):
        address = address.lstrip("*~")
    if "=" in address and (key := _KEY.match(address)) is not None:
        address = address[key.end() :]
    local, _, domain = address.rpartition("@")
    # What begins so is a link, behind whose colon the pattern begins: "https://example.org/?to=bob@example.net".
    return address if local and domain and local[:2] != "//" else None


def _alone(address: str) -> str:
    """`address` without what scripts that leave no blanks wrote right before and behind it."""
    if address.isascii():
        return address
    local, at, domain = address.lstrip(_QUOTES).rstrip(_BEHIND).translate(_UNSEEN).rpartition("@")
    behind = _BLANKLESS.search(domain)
    if behind is not None and behind.start() and domain[behind.start() - 1] != ".":
        domain = domain[: behind.start()]
    for before in reversed(list(_BLANKLESS.finditer(local))):
        if before.end() < len(local):
            local = local[before.end() :]
            break
    return f"{local}{at}{domain}"


def typed(value: str) -> str | None:
    """The address of a report field, "type; address" (RFC 3464 section 2.1.2), decoded as its type
    asks: xtext and utf-8-addr (RFC 6533 section 3).  X.400 addresses come back as they are."""
    kind, semicolon, rest = value.partition(";")
    if not semicolon or '"' in kind:
        kind, rest = "rfc822", value
    kind, rest = kind.strip().lower(), rest.strip()
    if kind.startswith("utf-8"):
        rest = _UTF8_HEX.sub(_utf8_hex, rest)
    if kind == "x400":
        return rest or None
    if "@" not in rest:
        return None
    if "+" in rest and _XTEXT.search(rest) and kind.endswith("xtext"):
        rest = _XTEXT.sub(lambda match: chr(int(match[1], 16)), rest)
    return clean(rest)


def _utf8_hex(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return chr(number) if number < 0xD800 or 0xDFFF < number < 0x110000 else "\ufffd"


def x500(address: str | None) -> str | None:
    """The X.500 form that an Exchange IMCEAEX address hides: "_" stands for "/", "+XX" for a
    character.  None for any other address."""
    if not address or address[0] not in "Ii" or address[:8].upper() != "IMCEAEX-":
        return None
    hidden = address[8:].rpartition("@")[0].replace("_", "/")
    return _IMCEAEX_PLUS.sub(lambda match: chr(int(match[1], 16)), hidden) or None


_SRS0: Final = regex(r"SRS0[=+-][^=\s]+=[^=\s]+=([^=\s]+)=([^@\s]+)@", re.I)
_SRS1: Final = regex(r"SRS1[=+-][^=\s]+=[^=\s]+==[^=\s]+=[^=\s]+=([^=\s]+)=([^@\s]+)@", re.I)
_BATV: Final = regex(r"(?:(?:ms)?prvs\d?|btv\d)==?[0-9A-Za-z]{1,30}(?:={1,2}|/)([^@\s]+@[^\s]+)", re.I)
# The draft's first form, the tag behind: prvs=bob/1234abcdef@example.com
_BATV_BEHIND: Final = regex(r"prvs=([^@=/\s]+)/\d[0-9A-Fa-f]{5,20}(@[^\s]+)", re.I)
# Gmail and Google Workspace forward in the name of the mailbox that does: ann+caf_=bob=example.net@gmail.com
_CAF: Final = regex(r"([^@\s=]{1,64})\+caf_=[^@\s=]{1,64}=[^@\s=]+(@[^\s@=]+)", re.I)
# What a list's sender begins with before the recipient comes: "news-bounces+", "news-return-",
# "owner-news-", then numbers of the mailing.
_VERP_STEM: Final = regex(
    r"((?:[^@\s=]{0,64}?[-+_.])?(?:bounces?|bnc|returns?|errors?|verp)|owner-[^@\s=+-]{1,64})"
    r"[-+](?:(?:\d[0-9A-Za-z._]{0,64}|mc\.[0-9A-Za-z._]{1,64}|(?=[a-f.]{0,64}\d)[0-9a-f.]{4,64})[-+])*"
    r"(?=[^@\s=]+=)",
    re.I,
)


def unwrap(address: str) -> tuple[str, str] | None:
    """The sender inside an SRS, BATV or VERP address, or one of Gmail's forwarding ("caf"), with the scheme's
    name; None for a plain address."""
    if "=" not in address:
        return None
    for pattern in (_SRS1, _SRS0):
        found = pattern.match(address)
        if found:
            return f"{found[2]}@{found[1]}", "srs"
    found = _BATV_BEHIND.match(address)
    if found:
        return found[1] + found[2], "batv"
    found = _BATV.match(address)
    if found:
        return found[1], "batv"
    found = _CAF.match(address)
    if found:
        return found[1] + found[2], "caf"
    parts = _verp_parts(address)
    return (parts[0], "verp") if parts is not None else None


_VERP: Final = regex(r"([^@\s=]+)=([^@\s=]+\.[^@\s=]+)@([^@\s]+)")


def _verp_parts(address: str) -> tuple[str, str] | None:
    """The list's own sender and the recipient that a VERP return path holds."""
    address = address[:512]
    stem = _VERP_STEM.match(address)
    found = _VERP.match(address, stem.end() if stem is not None else 0)
    if found is None:
        return None
    before, local = (stem[1], found[1]) if stem is not None else ("", found[1])
    if not before:
        mark = "+" if "+" in local else "-"
        before, _, local = local.partition(mark) if mark == "+" else local.rpartition(mark)
    return (f"{before}@{found[3]}", unquote(f"{local}@{found[2]}")) if before and local else None


def verp_recipient(address: str) -> str | None:
    """The recipient that a VERP return path carries ("list-bounces+joe=example.com@list.example")."""
    parts = _verp_parts(address)
    return parts[1] if parts is not None else None
