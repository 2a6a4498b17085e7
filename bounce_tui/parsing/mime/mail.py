"""A message cut into its MIME entities (RFC 2045, 2046): once, without recursion, nothing decoded."""

from bounce_tui.parsing.mime.entity import Entity, type_of
from bounce_tui.parsing.mime.headers import Head
from bounce_tui.parsing.mime.multipart import Cutter, boundary_of, guessed_boundary
from bounce_tui.parsing.mime.wire import to_wire


class Mail:
    """A message: its header and its leaves in the order in which they stand."""

    __slots__ = ("body_start", "entities", "head", "preamble", "wire")

    def __init__(self, wire: str) -> None:
        self.wire = wire
        self.head, self.body_start = _split_head(wire)
        self.preamble = (self.body_start, self.body_start)
        self.entities: list[Entity] = []
        self._cut()

    @property
    def body(self) -> str:
        """Everything after the header, as it travelled."""
        return self.wire[self.body_start :]

    def _cut(self) -> None:
        content_type = type_of(self.head)
        in_parts = content_type.startswith("multipart/")
        boundary = boundary_of(self.head) if in_parts else None
        if boundary is None and content_type.startswith(("multipart/", "text/plain")):
            boundary = guessed_boundary(self.wire, content_type, self.body_start)
        if boundary is not None:
            self._cut_at(boundary, content_type)
            if not self.entities:
                boundary = guessed_boundary(self.wire, "multipart/mixed", self.body_start)
                if boundary is not None:
                    self._cut_at(boundary, content_type)
            if not self.entities and in_parts:
                content_type = "text/plain"
        if not self.entities:
            wire, head = self.wire, self.head
            self.entities.append(Entity(wire, head.text, self.body_start, len(wire), content_type, head))

    def _cut_at(self, boundary: str, content_type: str) -> None:
        cutter = Cutter(self.wire, boundary, content_type)
        cutter.cut(self.body_start)
        self.entities = cutter.entities
        if cutter.preamble_end is not None:
            self.preamble = (self.body_start, cutter.preamble_end)


def cut(raw: bytes) -> Mail:
    """`raw` as a Mail.  Never raises."""
    return Mail(to_wire(raw))


def _split_head(wire: str) -> tuple[Head, int]:
    stop = wire.find("\n\n")
    end, body = (len(wire), len(wire)) if stop < 0 else (stop, stop + 2)
    head = Head(wire[:end])
    return (head, body) if head.is_mail else (Head(""), 0)
