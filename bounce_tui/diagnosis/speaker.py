"""Who wrote a reply: the providers that its host, its words and the recipient's domain name."""

import re
from collections.abc import Iterable

from bounce_tui.diagnosis.rule import Speaker
from bounce_tui.model import Bounce, Failure

_HOST = re.compile(r"(?<![\w.*-])(?:[a-z0-9_-]{1,63}\.){1,8}[a-z]{2,24}(?![\w*-])")
_NOBODY: frozenset[str] = frozenset()


class Speakers:
    """Looks hosts up by their endings."""

    def __init__(self, speakers: Iterable[Speaker]) -> None:
        self._by_suffix: dict[str, frozenset[str]] = {}
        self._by_domain: dict[str, frozenset[str]] = {}
        self._mentions: list[tuple[str, str]] = []
        for speaker in speakers:
            for suffix in speaker.host_suffix:
                self._by_suffix[suffix] = self._by_suffix.get(suffix, _NOBODY) | {speaker.provider}
            for domain in speaker.recipient_domains:
                self._by_domain[domain] = self._by_domain.get(domain, _NOBODY) | {speaker.provider}
            self._mentions.extend((words, speaker.provider) for words in speaker.mentions)

    def of(self, failure: Failure, bounce: Bounce, text: str) -> frozenset[str]:
        """The providers that speak in `failure`; `text` is the folded reply.  The remote host is
        believed first; only without it the hosts that the reply names, the recipient's domain and the
        host that reports."""
        if failure.remote_mta and (known := self._of_host(failure.remote_mta)):
            return known
        known = _NOBODY
        for words, provider in self._mentions:
            if words in text:
                known |= {provider}
        if "." in text:
            for found in _HOST.finditer(text):
                known |= self._of_host(found[0])
        if known:
            return known
        recipient = failure.recipient
        if recipient and "@" in recipient:
            domain = recipient.rpartition("@")[2].lower()
            known = self._by_domain.get(domain, _NOBODY) or self._of_host(domain)
        if not known and bounce.reporting_mta:
            known = self._of_host(bounce.reporting_mta)
        return known

    def _of_host(self, host: str) -> frozenset[str]:
        host = host.lower().rstrip(".")[-255:]
        while host:
            known = self._by_suffix.get(host)
            if known is not None:
                return known
            host = host.partition(".")[2]
        return _NOBODY
