"""Ten thousand listeners of one dockerhub-mcp that hear nothing: what they cost, and how long it takes until the last one
is told of a change. Run by hand; this process and the server need as many descriptors each (ulimit -Hn).

usage: mcp_listeners.py BUILD_DIRECTORY [LISTENERS]      of a build with its tests, which have the fixture module
"""

import asyncio
import os
import pathlib
import re
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "e2e" / part) for part in ("mcp", "load", "lib")]
os.environ["DOCKERHUB_BUILD_DIR"] = str(pathlib.Path(sys.argv[1]).resolve())

import http_clients  # noqa: E402 (the path is set above)
from http_process import HttpServer  # noqa: E402
from mcp_process import FIXTURE, Home  # noqa: E402

LISTENERS = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
AT_ONCE = 100


def threads_of(server):
    return len(os.listdir(f"/proc/{server.process.pid}/task"))


async def told(port, listeners):
    """Seconds until the last listener was told of a change."""
    before = len(listeners[0].changes)
    begun = time.monotonic()
    await http_clients.Caller(port, "test_trigger_tool_change", {}).call_once()
    while any(len(listener.changes) == before for listener in listeners):
        await asyncio.sleep(0.005)
    return max(listener.changes[-1] for listener in listeners) - begun


async def measure(server):
    port = int(re.search(r":(\d+)/", server.where).group(1))
    await http_clients.Caller(port).call_once()
    empty = http_clients.resident_kib(server.process)
    before = threads_of(server)
    listeners = [http_clients.Listener(port, number) for number in range(LISTENERS)]
    begun = time.monotonic()
    for begin in range(0, LISTENERS, AT_ONCE):
        await asyncio.gather(*(listener.open() for listener in listeners[begin:begin + AT_ONCE]))
    opened = time.monotonic() - begun
    each = (http_clients.resident_kib(server.process) - empty) / LISTENERS
    added = threads_of(server) - before
    calls = http_clients.Caller(port)
    await calls.run_until(time.monotonic() + 2)
    print(f"{LISTENERS} listeners opened in {opened:.1f} s, {each:.1f} KiB each, {threads_of(server)} threads in all")
    print(f"{len(calls.times) / 2:.0f} calls a second by one caller beside them")
    times = [await told(port, listeners) for _ in range(5)]
    print("the last one told of a change after " + ", ".join(f"{seconds * 1000:.0f} ms" for seconds in times))
    assert all(listener.is_open() for listener in listeners)
    assert added < 8, f"{added} threads for the listeners"


def main():
    http_clients.allow_many_descriptors()
    home = Home([FIXTURE])
    server = HttpServer(home, ["--allow-unauthenticated"], http_clients.NO_LIMITS)
    try:
        asyncio.run(measure(server))
    finally:
        server.stop()
        home.remove()


main()
