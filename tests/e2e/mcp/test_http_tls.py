"""The server with TLS: who can speak to it, and certificates that are renewed while it runs."""

import pathlib
import re
import socket
import ssl
import subprocess
import tempfile
import warnings

from authority import Authority, replace
from http_case import HttpCase
from mcp_process import DEADLINE, SERVER


class TlsTest(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.authority = Authority(folder.name)
        cls.pairs = [cls.authority.issue("first"), cls.authority.issue("second")]

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.certificate = pathlib.Path(folder.name) / "certificate.pem"
        self.key = pathlib.Path(folder.name) / "key.pem"
        self.use(0)

    def use(self, certificate, key=None):
        replace(self.certificate, self.pairs[certificate][0].read_bytes())
        replace(self.key, self.pairs[certificate if key is None else key][1].read_bytes())

    def environment(self, **more):
        return {"MCP_TLS_CERTIFICATE_FILE": str(self.certificate), "MCP_TLS_KEY_FILE": str(self.key), **more}

    def start(self, *arguments, environment=None):
        server = super().start(*arguments, environment=self.environment() if environment is None
                               else environment)
        server.tls = self.authority.client()
        return server

    @staticmethod
    def port(server):
        return int(re.search(r":(\d+)/", server.where).group(1))

    def served(self, server):
        """Which of the pairs a new connection is shown."""
        shown = self.authority.shown_at(self.port(server)).split()
        return [shown == pair[0].read_text().split() for pair in self.pairs].index(True)

    def test_both_eras_are_served_over_tls(self):
        server = self.start("--allow-unauthenticated")
        self.assertRegex(server.where, "^https://127.0.0.1:")
        self.assertFalse(server.modern_call("echo", {"text": "x" * 100_000}).result()["isError"])
        session = server.session()
        self.assertEqual(session.post("ping", request_id=2).result(), {})
        stream = server.modern_stream("tools/call", {"name": "demo", "arguments": {
            "action": "slow", "params": {"steps": 2, "milliseconds": 30}}}, meta={"progressToken": "p"})
        self.assertEqual(stream.message()["method"], "notifications/progress")
        stream.close()

    def test_the_options_are_the_settings(self):
        server = self.start("--tls-certificate", str(self.certificate), "--tls-key", str(self.key),
                            environment={})
        self.assertEqual(server.request("GET", "/health").status, 200)

    def test_a_client_that_does_not_trust_the_authority_is_not_served(self):
        server = self.start()
        server.tls = ssl.create_default_context()
        with self.assertRaises(ssl.SSLCertVerificationError):
            server.request("GET", "/health")

    def test_nothing_older_than_1_2_is_spoken(self):
        server = self.start()

        def version(newest):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                server.tls = self.authority.client()
                server.tls.set_ciphers("ALL:@SECLEVEL=0")
                server.tls.minimum_version = ssl.TLSVersion.TLSv1
                server.tls.maximum_version = newest
                connection = server.connect()
                connection.connect()
            self.addCleanup(connection.close)
            return connection.sock.version()

        with self.assertRaises(ssl.SSLError) as refused:
            version(ssl.TLSVersion.TLSv1_1)
        # The server's own word: the client has offered what it was told to.
        self.assertIn("ALERT", refused.exception.reason)
        self.assertEqual(version(ssl.TLSVersion.TLSv1_2), "TLSv1.2")
        self.assertEqual(version(ssl.TLSVersion.TLSv1_3), "TLSv1.3")

    def test_plain_http_is_closed_and_disturbs_nobody(self):
        server = self.start()
        with socket.create_connection(("127.0.0.1", self.port(server)), DEADLINE) as plain:
            plain.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            received = b""
            while part := plain.recv(4096):  # a reset would be an exception
                received += part
        self.assertNotIn(b"HTTP/", received)
        self.assertEqual(server.request("GET", "/health").status, 200)
        metrics = server.request("GET", "/metrics").body.decode()
        self.assertRegex(metrics, r"(?m)^dockerhub_http_handshakes_failed_total 1$")

    def test_a_renewed_certificate_is_shown_and_open_connections_go_on(self):
        server = self.start()
        open_before = server.connect()
        self.addCleanup(open_before.close)

        def ask():
            open_before.request("GET", "/health")
            response = open_before.getresponse()
            response.read()
            return response.status

        self.assertEqual((ask(), self.served(server)), (200, 0))
        self.use(1)
        self.assertEqual((self.served(server), ask()), (1, 200))
        server.stop()
        self.assertNotIn("warning", server.stderr())

    def test_a_pair_that_does_not_fit_leaves_the_old_one_in_use(self):
        server = self.start()
        self.use(1, 0)
        self.assertEqual([self.served(server) for _ in range(3)], [0, 0, 0])
        replace(self.key, self.pairs[1][1].read_bytes(), mode=0o644)
        self.assertEqual(self.served(server), 0)
        self.use(1)
        self.assertEqual(self.served(server), 1)
        server.stop()
        text = server.stderr()
        self.assertEqual(text.count("stay in use"), 2, text)
        self.assertIn("cannot be used", text)
        self.assertIn("is not yours alone", text)
        self.assertNotIn("PRIVATE", text)

    def refused_start(self, *arguments, environment):
        result = subprocess.run(
            [SERVER, "--transport", "streamable-http", "--port", "0", *arguments],
            env=self.home.environment(XDG_STATE_HOME=str(self.home.path / "state"), **environment),
            cwd=self.home.path, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=DEADLINE)
        self.assertEqual(result.stdout, "")
        self.assertNotEqual(result.returncode, 0)
        return result.stderr

    def test_files_that_cannot_be_used_refuse_the_start(self):
        self.key.chmod(0o640)
        self.assertIn("is not yours alone", self.refused_start(environment=self.environment()))
        self.use(0, 1)
        self.assertIn("do not belong together", self.refused_start(environment=self.environment()))
        self.key.unlink()
        self.assertIn(str(self.key), self.refused_start(environment=self.environment()))

    def test_half_of_it_or_a_unix_socket_refuses_the_start(self):
        self.assertIn("mcp.tls_key", self.refused_start(
            environment={"MCP_TLS_KEY_FILE": str(self.key)}))
        self.assertIn("mcp.tls_certificate", self.refused_start(
            environment={"MCP_TLS_CERTIFICATE_FILE": str(self.certificate)}))
        self.assertIn("Unix socket", self.refused_start(
            "--listen", "unix:" + str(self.home.path / "tls.sock"), environment=self.environment()))

    def test_tls_alone_is_no_log_in(self):
        self.assertIn("--allow-unauthenticated",
                      self.refused_start("--host", "0.0.0.0", environment=self.environment()))
