"""Name servers of Debian's packages, run for a test."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dns.exception
import dns.message
import dns.query
import pytest
from known_silence import known, never


def program(name: str) -> str:
    """The path of a server from Debian's packages.  Its absence skips the test, but fails it in CI."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        reason = (
            f"{name} is not installed (apt-get install {name.removesuffix('d') if name == 'knotd' else name})"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def running(command: list[str], port: int, probe: str, folder: Path) -> Iterator[str]:
    """Run a name server until the block is left; yields its address once it answers `probe`."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        try:
            _await_answer(process, port, probe, folder / "log")
            with known(f"127.0.0.1:{port}", never):
                yield f"127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=60)


def _await_answer(process: subprocess.Popen[bytes], port: int, probe: str, log: Path) -> None:
    question = dns.message.make_query(probe, "SOA")
    end, patience = time.monotonic() + 60, 0.2
    while process.poll() is None and time.monotonic() < end:
        try:
            dns.query.udp(question, "127.0.0.1", timeout=patience, port=port)
        except (dns.exception.DNSException, OSError):
            patience *= 1.2
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"{process.args!r} does not answer:\n{log.read_text(errors='replace')}")
