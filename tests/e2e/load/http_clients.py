"""Many clients of one dockerhub-mcp over HTTP, in one thread: listeners, callers, and those that do harm."""

import asyncio
import json
import os
import random
import resource
import socket
import struct
import time

import message_schema
from http_process import MODERN, HttpServer
from message_schema import Sent

CHANGED = "notifications/tools/list_changed"
NO_LIMITS = {"MCP_TOOL_MODE": "verbose", "MCP_REQUESTS_PER_SECOND": "0", "MCP_STREAMS_PER_CLIENT": "0"}


def allow_many_descriptors():
    """For this process and the servers that it starts."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def resident_kib(process):
    with open(f"/proc/{process.pid}/status") as status:
        return int(next(line for line in status if line.startswith("VmRSS")).split()[1])


def http_text(message):
    body = json.dumps(message)
    lines = [f"{name}: {value}" for name, value in HttpServer.modern_headers(message).items()]
    return "\r\n".join(["POST /mcp HTTP/1.1", "Host: 127.0.0.1", *lines, f"Content-Length: {len(body)}", "",
                        body]).encode()


def call_text(tool, arguments=None):
    return http_text(HttpServer.modern_message("tools/call", {"name": tool, "arguments": arguments or {}}))


def listen_text(request_id):
    return http_text(HttpServer.modern_message(
        "subscriptions/listen", {"notifications": {"toolsListChanged": True}}, request_id=request_id))


async def read_answer(reader):
    """(status, body) of an answer that is no stream."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    size = next(int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:"))
    return int(lines[0].split()[1]), await reader.readexactly(size)


class Listener:
    """An open stream of changes."""

    def __init__(self, port, number):
        self.port, self.number = port, number
        self.changes = []  # when each came
        self._first = b""  # of their lines; the others are the same
        self._task = None

    async def open(self):
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._writer.write(listen_text(f"listener-{self.number}"))
        await self._reader.readuntil(b"subscriptions/acknowledged")
        self._task = asyncio.create_task(self._listen())

    async def _listen(self):
        while True:
            line = await self._reader.readline()
            if not line:
                return
            if CHANGED.encode() in line:
                self.changes.append(time.monotonic())
                self._first = self._first or line

    def is_open(self):
        return not self._task.done()

    async def close(self):
        self._task.cancel()
        self._writer.close()
        if self._first:  # not before: a check takes longer than what is measured
            message_schema.check(json.loads(self._first.removeprefix(b"data: ")), Sent(MODERN))


class Caller:
    """Calls one action after the other over one connection. What is not as it should be is an exception."""

    def __init__(self, port, tool="demo_echo", arguments=None):
        self.port = port
        self.text = call_text(tool, {"text": "x" * 200} if arguments is None else arguments)
        self.times = []  # seconds that each call took
        self._first = b""  # answer; the others are of the same form

    async def call(self, reader, writer):
        begun = time.monotonic()
        writer.write(self.text)
        status, body = await read_answer(reader)
        if status != 200 or b'"result"' not in body or b'"isError":true' in body:
            raise AssertionError(f"{status}: {body[:300]}")
        self._first = self._first or body
        self.times.append(time.monotonic() - begun)

    async def run_until(self, end, pause=0.0):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while not self.times or time.monotonic() < end:
            await self.call(reader, writer)
            if pause:
                await asyncio.sleep(pause)
        writer.close()

    async def call_once(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        await self.call(reader, writer)
        writer.close()

    def check(self):
        """Of the form of the answers; takes longer than what is measured."""
        sent = Sent(MODERN)
        sent.methods[1] = "tools/call"
        message_schema.check(json.loads(self._first), sent)


# ------------------------------------------------------------------------------------- those that do harm

def connect(port):
    made = socket.create_connection(("127.0.0.1", port), timeout=30)
    made.setblocking(False)
    return made


def reset(connection):
    """Closes as a machine does that is switched off and on again."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


async def vanish(port, end, dice):
    """Opens streams and sends calls, and is gone before the answer."""
    while time.monotonic() < end:
        connection = connect(port)
        text = dice.choice([listen_text("gone"), call_text("demo_slow", {"steps": 50, "milliseconds": 50})])
        connection.send(text[:dice.randrange(1, len(text) + 1)])
        await asyncio.sleep(dice.random() / 20)
        reset(connection)


async def garbage(port, end, dice, bytes_a_second=1_000_000):
    """Random bytes, over a new connection whenever the server has had enough of one."""
    step = 0.02
    connection = connect(port)
    while time.monotonic() < end:
        try:
            connection.send(dice.randbytes(int(bytes_a_second * step)))
        except BlockingIOError:
            pass
        except OSError:
            connection.close()
            connection = connect(port)
        await asyncio.sleep(step)
    connection.close()


def half_open(port):
    """A client that says half of a request and nothing more; and one that closes its half behind it."""
    silent = connect(port)
    silent.send(b"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le")
    closing = connect(port)
    closing.send(listen_text("half"))
    closing.shutdown(socket.SHUT_WR)
    return [silent, closing]


def deaf(port):
    """A listener and a caller that never read; the small buffers are full at once."""
    connections = []
    for text in (listen_text("deaf"), call_text("demo_list", {"count": 1000}) * 50):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", port))
        connection.setblocking(False)
        try:
            connection.send(text)
        except BlockingIOError:
            pass
        connections.append(connection)
    return connections


def dice():
    return random.Random(int(os.environ.get("DOCKERHUB_TEST_SEED", "1")))
