"""Who sent the mail that bounced: candidates for the sending IP, the envelope sender and the HELO.

The order is that of a study of 629 real bounces: the address that the receiver quotes; the client
in the Received header of a reporting MTA that refused the mail itself; the reporting MTA where it was
the client, as the bounce's own Received headers show it.  Never the host that "said" something, never
loopback or private addresses.
"""

import re
from functools import cached_property

from bounce_tui.model import Candidate, Failure, Hop
from bounce_tui.parsing.addresses import clean, domain_of, unwrap
from bounce_tui.parsing.delivery_status import DeliveryStatus
from bounce_tui.parsing.headers import Head
from bounce_tui.parsing.networks import all_public, public
from bounce_tui.parsing.received import envelope_from, read_hop
from bounce_tui.parsing.report import Report

MOST_DIAGNOSTICS = 50

# Words beside an address that make it the client's, and those that make it the server's.
_OF_CLIENT = re.compile(
    r"(?:client|sending|sender|your|source|origin|connecting|blocked|block(?:list)?|blacklist|listed"
    r"|banned|from|ip(?:[ _-]?addr(?:ess)?)?|hi|hello|for|rdns|ptr|rbl|reverse dns)"
    r"[^\w]{0,4}(?:ip|host|address|server|mta|is|was)?\s?[\[(=:<'\"\s]{0,4}$",
    re.I,
)
_OF_SERVER = re.compile(
    r"(?:host|relay|server|connect(?:ed|ion)? (?:to|with)|to|with)\s+[\w.-]{0,255}\s?[\[(]{0,2}$", re.I
)
_AFTER_CLIENT = re.compile(
    r"[\])>'\"]{0,2}\s{0,3}(?:is|has been|was|blocked|listed|rejected|not allowed|banned|temporarily)"
    r"|\s{2,}\d{1,3}\]",
    re.I,
)
_AFTER_SERVER = re.compile(
    r"\]?\)?(?::\d+)?\]?\)?:?\s*(?:said|refused|responded|returned|does not like|failed after|timed? ?out"
    r"|: )",
    re.I,
)


class Senders:
    """The candidates that one report gives, likeliest first."""

    def __init__(self, report: Report, status: DeliveryStatus | None, failures: list[Failure]) -> None:
        self._report = report
        self._status = status
        self._failures = failures
        self._client_hop: Hop | None = None

    @cached_property
    def _original_head(self) -> Head | None:
        return self._report.original_head

    @property
    def sending_ips(self) -> tuple[Candidate, ...]:
        """Candidates for the address that the receiver saw."""
        found: dict[str, Candidate] = {}
        for candidate in (*self._quoted(), *self._refused_here(), *self._client_is_reporter()):
            known = found.get(candidate.value)
            if known is None or (candidate.sure and not known.sure):
                found.setdefault(candidate.value, candidate)
        return tuple(sorted(found.values(), key=lambda one: not one.sure))

    def _quoted(self) -> list[Candidate]:
        found: list[Candidate] = []
        seen = set()
        for failure in self._failures[:MOST_DIAGNOSTICS]:
            text = failure.diagnostic
            if text in seen or (":" not in text and "." not in text):
                continue
            seen.add(text)
            for address, at in all_public(text):
                if address == failure.remote_ip:
                    continue
                end = at + len(address)
                if _AFTER_SERVER.match(text, end) and not _OF_CLIENT.search(text, max(0, at - 40), at):
                    continue
                before = text[max(0, at - 60) : at]
                said_so = _OF_CLIENT.search(before) or _AFTER_CLIENT.match(text, end)
                if said_so is None and _OF_SERVER.search(before):
                    continue
                found.append(Candidate(address, "diagnostic", said_so is not None))
        return found

    def _refused_here(self) -> list[Candidate]:
        """The reporting MTA decided itself: who handed it the mail is the sender."""
        failures = self._failures
        if not failures or not all(self._is_local(one) for one in failures[:MOST_DIAGNOSTICS]):
            return []
        reporter = self._reporter
        ours = _same_house(reporter, domain_of(failures[0].recipient))
        if self._report.original is not None:
            for hop in self._report.original[0].hops[:10]:
                address = public(hop.from_ip)
                if address is not None and (reporter is None or _same_house(hop.by, reporter)):
                    self._client_hop = hop
                    return [Candidate(address, "received", ours)]
        if self._status is not None and self._status.received_from_mta:
            for address, _ in all_public(self._status.received_from_mta):
                return [Candidate(address, "received_from_mta", ours)]
        return []

    def _is_local(self, failure: Failure) -> bool:
        if failure.remote_ip is not None or failure.command is not None:
            return False
        return failure.remote_mta is None or _same_host(failure.remote_mta, self._reporter)

    def _client_is_reporter(self) -> list[Candidate]:
        """The reporting MTA sent the mail on: its address as the bounce's own way shows it."""
        reporter = self._reporter
        if reporter is None:
            return []
        for value in self._report.head.all("received")[:10]:
            if reporter not in value.lower():
                continue
            hop = read_hop(value)
            if _same_host(hop.from_host, reporter) or _same_host(hop.helo, reporter):
                address = public(hop.from_ip)
                if address is not None:
                    return [Candidate(address, "received", not self._decided_there)]
        return []

    @property
    def _decided_there(self) -> bool:
        return bool(self._failures) and self._is_local(self._failures[0])

    @cached_property
    def _reporter(self) -> str | None:
        if self._status is not None and self._status.reporting_mta:
            return self._status.reporting_mta.lower()
        return None

    @property
    def envelope_senders(self) -> tuple[Candidate, ...]:
        """Candidates for MAIL FROM, SRS and BATV wrappings also undone."""
        found: dict[str, Candidate] = {}
        head = self._original_head
        if head is not None:
            self._add(found, clean(head.raw("return-path")), "return_path", sure=True)
        if self._status is not None:
            self._add(found, self._status.sender, "x_postfix_sender", sure=True)
        if head is not None:
            self._add(found, envelope_from(head), "received", sure=True)
        self._add(found, clean(self._report.head.raw("to")), "outer_to", sure=False)
        return tuple(found.values())

    @staticmethod
    def _add(found: dict[str, Candidate], address: str | None, source: str, *, sure: bool) -> None:
        if not address or "@" not in address:
            return
        found.setdefault(address.lower(), Candidate(address, source, sure))
        inner = unwrap(address)
        if inner is not None:
            found.setdefault(inner[0].lower(), Candidate(inner[0], inner[1], False))

    @property
    def helos(self) -> tuple[Candidate, ...]:
        """Candidates for the name that the client gave."""
        found: dict[str, Candidate] = {}
        if self._client_hop is not None and self._client_hop.helo:
            helo = self._client_hop.helo
            found[helo.lower()] = Candidate(helo, "received", True)
        if self._reporter is not None:
            found.setdefault(
                self._reporter, Candidate(self._reporter, "reporting_mta", not self._decided_there)
            )
        return tuple(found.values())


def _same_host(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.lower().rstrip(".") == other.lower().rstrip(".")


def _same_house(one: str | None, other: str | None) -> bool:
    """True when two names end in the same two labels: near enough for a hint that is marked as one."""
    if one is None or other is None:
        return False
    return one.lower().rstrip(".").split(".")[-2:] == other.lower().rstrip(".").split(".")[-2:]
