"""The order of the samples in the demo."""

from bounce_tui.demo.tour import FIRST, tour
from bounce_tui.locations import shipped
from bounce_tui.mailbox import Span, open_sources


def test_the_demo_opens_every_sample_once_and_those_of_the_tour_first() -> None:
    mail = shipped("samples") / "mail"
    files = [span.file for span in open_sources(tour(mail)) if isinstance(span, Span)]
    assert files[: len(FIRST)] == [str(mail / name) for name in FIRST]
    assert len(files) == len(set(files))
    assert set(files) == {span.file for span in open_sources([str(mail)]) if isinstance(span, Span)}
