"""What looks for planted secrets at the end of each test finds them."""

import json

import canaries
from http_case import HttpCase
from mcp_case import McpCase


class HttpCanariesTest(HttpCase):
    CALLER = "a-token-that-some-caller-sends"

    def test_a_secret_that_was_told_is_found(self):
        server = self.start()
        self.assertEqual(server.request("GET", "/health", headers={"Authorization": "Bearer " + self.CALLER}).status, 200)
        server.stop()
        for secret in (*canaries.FORMS, self.CALLER):
            for told in (server.received.append, lambda text: server._errors.append(text.decode())):
                with self.subTest(secret):
                    kept = list(server.received), list(server._errors)
                    told(b"data: " + secret.encode())
                    with self.assertRaises(AssertionError):
                        server.look_through()
                    server.received, server._errors = kept


class StdioCanariesTest(McpCase):
    def test_a_secret_that_was_told_is_found(self):
        server = self.connected()
        self.assertEqual(server.request("ping")["result"], {})
        server.close_input()
        server.end()
        for secret in canaries.FORMS:
            with self.subTest(secret):
                notice = {"jsonrpc": "2.0", "method": "notifications/message",
                          "params": {"level": "info", "data": secret}}
                server.lines.append(json.dumps(notice).encode() + b"\n")
                with self.assertRaisesRegex(AssertionError, "unexpectedly found"):
                    self.look_through(server)
                server.lines.pop()
