"""The real app on the real samples, with the embedded DNS server behind its checks."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from at_rest import looked_up
from textual.strip import Strip
from ui_session import Opening, Session
from unhurried import unhurried

from bounce_tui.demo.serving import serving
from bounce_tui.locations import shipped
from bounce_tui.ui.app import BounceApp
from bounce_tui.ui.widgets.pane import LinePane


@pytest.fixture(scope="session")
def mail() -> Path:
    """The folder of the samples."""
    return shipped("samples") / "mail"


@pytest.fixture(scope="session")
def nameserver() -> Iterator[str]:
    """The embedded DNS server on loopback."""
    with serving(shipped("samples") / "zones") as address:
        yield address


@pytest.fixture(scope="session", autouse=True)
def _looked_up() -> Iterator[None]:
    with looked_up():
        yield


@pytest.fixture
def opening(nameserver: str) -> Opening:
    """Opens the app on paths, at a size, and hands out a session."""

    @asynccontextmanager
    async def open_app(
        *paths: Path | str, size: tuple[int, int] = (80, 24), **more: object
    ) -> AsyncIterator[Session]:
        settings = {"nameserver": nameserver, **more}
        app = BounceApp(tuple(str(path) for path in paths), **settings)
        async with app.run_test(size=size) as pilot:
            session = Session(app, pilot)
            if paths:
                await session.until(lambda: session.triage.loads.have_begun, "loading begins")
                await session.loaded()
            yield session
        assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("checks of")]

    return open_app


@pytest.fixture
def lines_drawn(monkeypatch: pytest.MonkeyPatch) -> Counter[str | None]:
    """How many lines each pane has rendered so far, by its id."""
    drawn: Counter[str | None] = Counter()
    render = LinePane.render_line

    def render_and_count(pane: LinePane, y: int) -> Strip:
        drawn[pane.id] += 1
        return render(pane, y)

    monkeypatch.setattr(LinePane, "render_line", render_and_count)
    return drawn


@pytest.fixture
def silent_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A name server that never answers, and keeps what it was asked; who asks it waits for hours."""
    unhurried(monkeypatch)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.setblocking(False)
        yield server
