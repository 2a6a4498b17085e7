"""DNS as it would be with one SPF record published: what a repair is proved against."""

from bounce_tui.checks.authentication.spf.record import is_spf_record
from bounce_tui.checks.dns.answer import Answer, Lookup, RecordType


class Overlay:
    """A `Lookup` that answers as another does, but for the SPF records of `domain`, which are
    `record` and nothing else."""

    def __init__(self, lookup: Lookup, domain: str, record: str) -> None:
        self._lookup = lookup
        self._domain = domain.lower().rstrip(".")
        self._record = record

    @property
    def address(self) -> str:
        """The server behind it."""
        return self._lookup.address

    async def query(self, name: str, rdtype: RecordType) -> Answer:
        """The other lookup's answer, or the one that the publication would bring."""
        answer = await self._lookup.query(name, rdtype)
        if rdtype != "TXT" or name.lower().rstrip(".") != self._domain:
            return answer
        others = tuple(text for text in answer.records if not is_spf_record(text))
        return Answer(name, rdtype, "answer", (*others, self._record), ttl=answer.ttl)
