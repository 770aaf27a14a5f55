"""Clients that send thousands of requests and read no answer: the server takes no more than it can hold."""

import contextlib
import json
import os
import select
import socket
import subprocess

import message_schema
from http_case import HttpCase
from mcp_case import McpCase
from mcp_process import DEADLINE, SERVER
from message_schema import Sent

MANY = 20_000
MOST_GROWTH = 64 * 1024  # KiB; what MANY answers are is more
STALLED = 1  # second in which nothing of what is sent is taken


def resident(pid):
    """KiB."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def send_until_stalled(descriptor, send, messages):
    """How many whole messages were taken; the rest of the last one is sent by nobody."""
    taken = 0
    for message in messages:
        while message:
            if not select.select([], [descriptor], [], STALLED)[1]:
                return taken, message
            message = message[send(message):]
        taken += 1
    return taken, b""


class OverStdioTest(McpCase):
    HELLO = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}

    def lines_of(self, method, params):
        for number in range(1, MANY + 1):
            yield json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode() + b"\n"

    def check(self, message, method):
        sent = Sent()
        sent.add({"jsonrpc": "2.0", "id": message["id"], "method": method})
        message_schema.check(message, sent)

    def stall(self, method, params):
        server = subprocess.Popen([SERVER], env=self.home.environment(), cwd=self.home.path, bufsize=0,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait, DEADLINE)
        self.addCleanup(server.kill)
        self.addCleanup(server.stdin.close)
        server.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 0, "method": "initialize",
                                       "params": self.HELLO}).encode() + b"\n")
        self.output = os.fdopen(os.dup(server.stdout.fileno()), "rb")
        self.addCleanup(self.output.close)
        self.assertIn(b'"id":0', self.output.readline())
        before = resident(server.pid)
        os.set_blocking(server.stdin.fileno(), False)
        taken, rest = send_until_stalled(
            server.stdin, lambda data: os.write(server.stdin.fileno(), data), self.lines_of(method, params))
        self.assertLess(taken, MANY)
        self.assertLess(resident(server.pid) - before, MOST_GROWTH)
        os.set_blocking(server.stdin.fileno(), True)
        return server, taken, rest

    def test_lists_wait_for_their_reader_and_all_come_when_it_reads(self):
        server, taken, _ = self.stall("tools/list", {})
        for number in range(1, taken + 1):
            line = self.output.readline()
            self.assertIn(b'"id":%d,' % number, line[:40])
            if number in (1, taken):  # the others are the same
                self.check(json.loads(line), "tools/list")
        self.assertIsNone(server.poll())

    def test_calls_wait_for_their_reader(self):
        text = {"text": "x" * 1000, "times": 100}
        server, taken, rest = self.stall(
            "tools/call", {"name": "demo", "arguments": {"action": "echo", "params": text}})
        self.assertGreater(taken, 64)  # as many run at a time
        answered = set()
        while len(answered) < taken:
            message = json.loads(self.output.readline())
            if not answered:
                self.check(message, "tools/call")
            answered.add(message["id"])
        self.assertEqual(answered, set(range(1, taken + 1)))
        # The server lives on, and takes what it could not take.
        server.stdin.write(rest)
        self.assertEqual(json.loads(self.output.readline())["id"], taken + 1)


class OverHttpTest(HttpCase):
    def requests(self, server):
        """Counts in `taken` those that were taken whole."""
        message = server.modern_message("tools/list")
        body = json.dumps(message)
        head = "".join(f"{name}: {value}\r\n" for name, value in server.modern_headers(message).items())
        request = f"POST /mcp HTTP/1.1\r\nHost: localhost\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}"
        for self.taken in range(MANY):
            yield request.encode()

    def test_requests_in_a_row_wait_for_their_reader_and_others_notice_nothing(self):
        server = self.start("--requests-per-second", "0")
        server.modern("tools/list")
        before = resident(server.process.pid)
        address = server.connect()
        with socket.create_connection((address.host, address.port), DEADLINE) as client:
            client.setblocking(False)
            with contextlib.suppress(ConnectionError):  # given up by the server, which is its right
                send_until_stalled(client, client.send, self.requests(server))
            self.assertGreater(self.taken, 64)
            self.assertLess(self.taken, MANY - 1)
            self.assertLess(resident(server.process.pid) - before, MOST_GROWTH)
            self.assertEqual(server.modern("server/discover").status, 200)
