"""Which providers wrote a reply, by its host, its words and the recipient's domain."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from bounce_tui.diagnosis.reply import LiteralMatch
from bounce_tui.diagnosis.rule import Speaker
from bounce_tui.model import Bounce, Failure

_NOBODY: Final[frozenset[str]] = frozenset()
_OF_A_HOST: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_*")


class Speakers:
    """Looks hosts up by their endings, and replies for hosts and for words that one provider writes:
    `literals` are to be looked for in each."""

    def __init__(self, speakers: Iterable[Speaker]) -> None:
        self._by_suffix: dict[str, frozenset[str]] = {}
        self._by_domain: dict[str, frozenset[str]] = {}
        mentions: dict[str, frozenset[str]] = {}
        for speaker in speakers:
            one = frozenset((speaker.provider,))
            for suffix in speaker.host_suffix:
                self._by_suffix[suffix] = self._by_suffix.get(suffix, _NOBODY) | one
            for domain in speaker.recipient_domains:
                self._by_domain[domain] = self._by_domain.get(domain, _NOBODY) | one
            for words in speaker.mentions:
                mentions[words] = mentions.get(words, _NOBODY) | one
        self._named = [*self._by_suffix.values(), *mentions.values()]
        self._hosts = len(self._by_suffix)
        self.literals = (*self._by_suffix, *mentions)
        self._of_host = lru_cache(maxsize=1024)(self._whose)
        """`_whose`, kept of the servers that most mail goes to."""

    def of(self, failure: Failure, bounce: Bounce, text: str, seen: Iterable[LiteralMatch]) -> frozenset[str]:
        """The providers that speak in `failure`; `text` is the folded reply and `seen` which of our literals
        occur in it.  The remote host is believed first, then words that one provider writes and, where no
        remote host is known, the hosts that the reply names; then the recipient's domain and the host that
        reports."""
        if failure.remote_mta and (known := self._of_host(failure.remote_mta)):
            return known
        known = self._of_text(text, seen, hosts_too=failure.remote_mta is None)
        if known:
            return known
        recipient = failure.recipient
        if recipient and "@" in recipient:
            domain = recipient.rpartition("@")[2].lower()
            known = self._by_domain.get(domain, _NOBODY) or self._of_host(domain)
        if not known and bounce.reporting_mta:
            known = self._of_host(bounce.reporting_mta)
        return known

    def _of_text(self, text: str, seen: Iterable[LiteralMatch], *, hosts_too: bool) -> frozenset[str]:
        known = _NOBODY
        for number, start, end in seen:
            if number >= self._hosts or (hosts_too and _ends_a_host(text, start, end)):
                known |= self._named[number]
        return known

    def _whose(self, host: str) -> frozenset[str]:
        host = host.lower().rstrip(".")[-255:]
        while host:
            known = self._by_suffix.get(host)
            if known is not None:
                return known
            host = host.partition(".")[2]
        return _NOBODY


def _ends_a_host(text: str, start: int, end: int) -> bool:
    if start > 0 and text[start - 1] in _OF_A_HOST:
        return False
    rest = text[end : end + 2]
    return not rest or (rest[0] not in _OF_A_HOST and not (rest[0] == "." and rest[1:].isalnum()))
