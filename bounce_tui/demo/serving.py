"""The demo's DNS server for code without an event loop: in a thread of its own."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path

from bounce_tui.demo.server import ZoneServer
from bounce_tui.event_loop import run


@contextmanager
def serving(zones: Path) -> Iterator[str]:
    """Serve the *.zone files of the folder `zones` and yield the server's address, "127.0.0.1:PORT".

    Raises ZoneError for a zone that cannot be read, OSError where no port can be had.  The thread and
    its sockets are gone when the block is left."""
    server = ZoneServer.from_folder(zones)
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        stop = asyncio.Event()
        async with server:
            started.set_result((asyncio.get_running_loop(), stop))
            await stop.wait()

    def work() -> None:
        try:
            run(serve)
        except Exception as error:
            # Whatever it is, who waits for the start must hear of it.
            if started.done():
                raise
            started.set_exception(error)

    thread = threading.Thread(target=work, name="demo-dns", daemon=True)
    thread.start()
    try:
        loop, stop = started.result()
    except Exception:
        thread.join()
        raise
    try:
        yield server.address
    finally:
        # Its loop is closed where the thread has died.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(stop.set)
        thread.join()
