"""The links in a returned message: where they lead, and what a filter may have against them."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from ipaddress import ip_address
from itertools import islice

from bounce_tui.domain_name import base_domain
from bounce_tui.hints.note import Note
from bounce_tui.hints.odd_characters import latin_for, unpunycoded
from bounce_tui.hints.tables import links
from bounce_tui.regex import regex

MOST_LINKS = 2000
_MOST_NAMED = 8
_READ = 1 << 18
_BARE = regex(r"\b(?:https?|ftp)://([^\s<>\"'`]{1,2000})|\b(www\.[^\s<>\"'`/]{1,253})", re.I)
_ATTRIBUTE = regex(
    r"\b(?:href|src|action|background)[ \t]{0,3}=[ \t]{0,3}[\"']?"
    r"(?:https?|ftp):[/\\]{2}([^\s<>\"'`]{1,2000})",
    re.I,
)
_ANCHOR = regex(
    r"<a\b[^<>]{0,400}?\bhref[ \t]{0,3}=[ \t]{0,3}[\"']?https?://([^\s<>\"'`]{1,500})[^<>]{0,400}>([^<]{1,200})<",
    re.I,
)
_SHOWN_HOST = regex(r"(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24})(?:[/:?#]\S{0,200})?", re.I)


def link_notes(text: str, html: str) -> Iterator[Note]:
    """A note that counts the links and names their hosts, then one for each oddity."""
    hosts: dict[str, int] = {}
    with_user = False
    for rest in _targets(text[:_READ], html[:_READ]):
        authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
        with_user = with_user or "@" in authority
        host = _host(authority)
        if host:
            hosts[host] = hosts.get(host, 0) + 1
    if not hosts:
        return
    count = sum(hosts.values())
    named = ", ".join(list(hosts)[:_MOST_NAMED])
    more = f" and {len(hosts) - _MOST_NAMED} more" if len(hosts) > _MOST_NAMED else ""
    yield Note("links", f"{count} link{'s' if count > 1 else ''} to {named}{more}")
    if with_user:
        yield Note("links", "a link with a name before an @, which hides where it leads", odd=True)
    yield from _odd_hosts(hosts)
    yield from _other_than_shown(html[:_READ])


def _targets(text: str, html: str) -> Iterator[str]:
    for found in islice(_ATTRIBUTE.finditer(html), MOST_LINKS):
        yield unescape(found[1])
    for found in islice(_BARE.finditer(text), MOST_LINKS):
        yield found[1] or found[2]


def _host(authority: str) -> str:
    host = authority.rpartition("@")[2]
    if host.startswith("["):
        return host.partition("]")[0].strip("[")
    return host.partition(":")[0].lower().strip(".,;:!?)]}*_>")[:253]


def _odd_hosts(hosts: dict[str, int]) -> Iterator[Note]:
    short = [host for host in hosts if host.removeprefix("www.") in links().shorteners]
    bare = [host for host in hosts if _is_ip(host)]
    if short:
        yield Note("links", f"a link shortener: {', '.join(short[:3])}", odd=True)
    if bare:
        yield Note("links", f"a link to a bare IP address: {', '.join(bare[:3])}", odd=True)
    for host in list(hosts)[:MOST_LINKS]:
        readable = unpunycoded(host)
        strange = _strange(readable)
        if strange:
            yield Note("links", f"the name in a link, {readable}, holds {strange}", odd=True)
            return


def _strange(host: str) -> str:
    """The name of a letter of another script among Latin ones; nothing where the whole name is foreign."""
    name = host.rpartition(".")[0]
    if name.isascii() or not any(char.isascii() and char.isalpha() for char in name):
        return ""
    foreign = "".join(char for char in name if not unicodedata.name(char, "").startswith("LATIN"))
    return latin_for(foreign)[1]


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _other_than_shown(html: str) -> Iterator[Note]:
    """Links whose words name another domain than the one they lead to."""
    for found in islice(_ANCHOR.finditer(html), MOST_LINKS):
        shown = _SHOWN_HOST.fullmatch(unescape(found[2]).strip())
        target = _host(re.split(r"[/?#\\]", unescape(found[1]), maxsplit=1)[0])
        if shown is not None and target and base_domain(shown[1]) != base_domain(target):
            yield Note("links", f"a link that shows {shown[1].lower()} and leads to {target}", odd=True)
            return
