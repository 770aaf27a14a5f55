"""/health/ready: whether the server can do its work."""

import signal
import socket
import urllib.parse

from http_case import HttpCase
from http_process import wait_until
from mcp_process import DEADLINE
from sandbox_process import WithSandbox


class ReadyTest(WithSandbox, HttpCase):
    def ready(self, server):
        return server.request("GET", "/health/ready")

    def asked(self, server):
        """The answer after Docker Hub was looked for."""
        wait_until(lambda: self.ready(server).json()["upstream"] != "unknown")
        return self.ready(server)

    def test_it_is_where_docker_hub_can_be_reached_which_is_asked_once(self):
        server = self.start(environment=self.sandbox.environment)
        ready = self.asked(server)
        self.assertEqual((ready.status, ready.json()["status"], ready.json()["upstream"]), (200, "ok", "reachable"))
        self.assertGreaterEqual(ready.json()["modules"]["usable"], 1)
        self.assertTrue(self.sandbox.journal("hub"), "it was asked")
        self.sandbox.clear_journal()
        for _ in range(5):
            self.assertEqual(self.ready(server).status, 200)
        self.assertEqual(self.sandbox.journal("hub"), [])

    def test_it_is_not_where_docker_hub_cannot(self):
        nobody = socket.socket()  # has the port, so that nobody else can, and listens not
        self.addCleanup(nobody.close)
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        server = self.start(environment={**self.sandbox.environment, "DOCKERHUB_URL": url})
        ready = self.asked(server)
        self.assertEqual((ready.status, ready.json()["status"], ready.json()["upstream"]),
                         (503, "unavailable", "unreachable"))
        self.assertEqual(server.request("GET", "/health").status, 200)
        self.assertFalse(server.modern_call("echo", {"text": "hi"}).result()["isError"])

    def test_it_is_not_without_a_module_that_can_be_used(self):
        toggles = {module + "TOOL": "false" for module in (
            "AUTH", "REPOS", "ORG", "TEAMS", "AUDIT", "SCIM", "ADMIN", "REGISTRY", "SCOUT", "DEMO")}
        server = self.start(environment={**self.sandbox.environment, **toggles})
        ready = self.asked(server)
        self.assertEqual((ready.status, ready.json()["status"], ready.json()["upstream"]),
                         (503, "unavailable", "reachable"))
        self.assertEqual(ready.json()["modules"]["usable"], 0)
        self.assertEqual(server.request("GET", "/health").status, 200)

    def test_it_is_not_while_the_server_ends(self):
        server = self.start(environment=self.sandbox.environment)
        stream = server.modern_stream(
            "tools/call", {"name": "demo", "arguments": {
                "action": "slow", "params": {"steps": 20, "milliseconds": 300}}},
            meta={"progressToken": "p"})
        self.assertEqual(stream.message()["method"], "notifications/progress")
        address = urllib.parse.urlsplit(server.where)
        with socket.create_connection((address.hostname, address.port), timeout=DEADLINE) as connection:
            # A request that has begun is still answered; two others show that its beginning was read.
            connection.sendall(b"GET /health/ready HTTP/1.1\r\n")
            for _ in range(2):
                server.request("GET", "/health")
            server.process.send_signal(signal.SIGTERM)
            wait_until(lambda: self.refuses(address))
            connection.sendall(b"Host: localhost\r\n\r\n")
            with connection.makefile("rb") as answer:
                self.assertIn(b" 503 ", answer.readline())
                self.assertIn(b'"status":"ending"', answer.read())
        stream.close()

    @staticmethod
    def refuses(address):
        try:
            socket.create_connection((address.hostname, address.port), timeout=DEADLINE).close()
        except ConnectionRefusedError:
            return True
        except ConnectionResetError:  # it waited to be taken when the socket was closed
            return False
        return False
