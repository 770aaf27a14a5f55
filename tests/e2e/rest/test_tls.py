"""The server with TLS: who can speak to it, and certificates that are renewed while it runs."""

import http.client
import json
import pathlib
import socket
import ssl
import tempfile
import urllib.parse

from authority import Authority, replace
from dockerhub_process import DEADLINE
from rest_case import RestCase

TAGS = "/v1/hub_repos/sandbox/tags/tags"


class TlsTest(RestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.authority = Authority(folder.name)
        cls.pairs = [cls.authority.issue("first"), cls.authority.issue("second")]

    def setUp(self):
        super().setUp()
        self.certificate, self.key = (pathlib.Path(self.home.path) / name for name in ("certificate.pem", "key.pem"))
        self.use(0)
        self.files = {"DOCKERHUB_REST_TLS_CERTIFICATE_FILE": str(self.certificate),
                      "DOCKERHUB_REST_TLS_KEY_FILE": str(self.key)}

    def use(self, certificate, key=None):
        replace(self.certificate, self.pairs[certificate][0].read_bytes())
        replace(self.key, self.pairs[certificate if key is None else key][1].read_bytes())

    def secure(self, *arguments, **environment):
        server = self.serve(*arguments, **environment)
        server.tls = self.authority.client()
        return server

    @staticmethod
    def address(server):
        parts = urllib.parse.urlsplit(server.where)
        return parts.hostname, parts.port

    def served(self, server):
        """Which of the pairs a new connection is shown."""
        shown = self.authority.shown_at(self.address(server)[1]).split()
        return [shown == pair[0].read_text().split() for pair in self.pairs].index(True)

    def test_reads_lists_and_writes_go_over_it(self):
        server = self.secure("--tls-certificate", self.certificate, "--tls-key", self.key)
        self.assertRegex(server.where, "^https://127.0.0.1:")
        self.assertEqual(len(self.data(server.ask("GET", TAGS + "?page_size=3"))["results"]), 3)
        lines = server.ask("GET", TAGS, Accept="application/x-ndjson")
        self.assertEqual(len({json.loads(line)["name"] for line in lines.body.splitlines()}), 25)
        new = {"namespace": "sandbox-org", "name": "app"}
        self.data(server.ask("POST", "/v1/tools/hub_repos/create", new, token=self.bearer()), 201)

    def test_who_does_not_trust_the_authority_or_speaks_plain_http_is_not_served(self):
        server = self.secure(**self.files)
        server.tls = ssl.create_default_context()
        with self.assertRaises(ssl.SSLCertVerificationError):
            server.ask("GET", "/health")
        with socket.create_connection(self.address(server), DEADLINE) as plain:
            plain.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            with plain.makefile("rb") as received:
                self.assertNotIn(b"HTTP/", received.read())
        server.tls = self.authority.client()
        self.assertEqual(server.ask("GET", "/health").status, 200)

    def test_a_renewed_certificate_is_shown_and_open_connections_go_on(self):
        server = self.secure(**self.files)
        open_before = http.client.HTTPSConnection(*self.address(server), timeout=DEADLINE, context=server.tls)
        self.addCleanup(open_before.close)

        def ask():
            open_before.request("GET", "/health")
            response = open_before.getresponse()
            response.read()
            return response.status

        self.assertEqual((ask(), self.served(server)), (200, 0))
        connected = open_before.sock
        self.use(1)
        self.assertEqual((self.served(server), ask()), (1, 200))
        self.assertIs(open_before.sock, connected)
        server.stop()
        self.assertNotIn("stay in use", "".join(server.said))

    def test_a_pair_that_does_not_fit_leaves_the_old_one_in_use(self):
        server = self.secure(**self.files)
        self.use(1, 0)
        self.assertEqual([self.served(server) for _ in range(2)], [0, 0])
        self.use(1)
        self.assertEqual(self.served(server), 1)
        server.stop()
        said = "".join(server.said)
        self.assertEqual(said.count("stay in use"), 1, said)
        self.assertNotIn("PRIVATE", said)

    def refused(self, *arguments, **environment):
        done = self.run_program(*arguments, environment={**self.environment, **environment})
        self.assertNotIn(done.code, (0, None))
        self.assertEqual(done.out, "")
        return done.err

    def test_half_of_it_files_that_do_not_fit_and_a_unix_socket_refuse_the_start(self):
        port = ("--port", "0")
        for name, setting in (("certificate", "rest.tls_certificate"), ("key", "rest.tls_key")):
            self.assertIn(setting, self.refused(*port, "--tls-" + name, getattr(self, name)))
        self.assertIn("Unix socket", self.refused("--listen", f"unix:{self.home.path}/rest.sock", **self.files))
        self.use(0, 1)
        self.assertIn("do not belong together", self.refused(*port, **self.files))
        self.key.chmod(0o640)
        self.assertIn("is not yours alone", self.refused(*port, **self.files))
