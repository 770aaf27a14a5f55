"""Blobs as they come, through the server and not into it."""

import hashlib
import http.client
import os
import pathlib
import re
import urllib.parse

from dockerhub_process import DEADLINE
from fake_registry import FakeRegistry, digest_of
from rest_case import RestCase

MIB = 1024 * 1024


class BlobsTest(RestCase):
    def setUp(self):
        super().setUp()
        self.registry = FakeRegistry()
        self.addCleanup(self.registry.stop)
        self.server = self.serve()

    def keep(self, content):
        digest = digest_of(content)
        self.registry.repository("team/app").blobs[digest] = content
        return digest

    def path(self, digest):
        repository = urllib.parse.quote(self.registry.host + "/team/app", safe="")
        return f"/v1/hub_registry/{repository}/blobs/{digest}?pieces=true"

    def ask(self, digest, method="GET"):
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.server.where).netloc, timeout=DEADLINE)
        self.addCleanup(connection.close)
        connection.request(method, self.path(digest), headers={"Accept": "application/octet-stream"})
        return connection.getresponse()

    def most_memory(self):
        status = pathlib.Path(f"/proc/{self.server.process.pid}/status").read_text()
        return int(re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE).group(1)) * 1024

    def test_a_large_one_for_a_slow_client_takes_no_room(self):
        self.assertEqual(self.ask(self.keep(b"first")).read(), b"first")
        content = os.urandom(MIB) * 64
        before = self.most_memory()
        answer = self.ask(self.keep(content))
        self.assertEqual((answer.status, answer.headers["Content-Length"]), (200, str(len(content))))
        self.assertEqual(answer.headers["Content-Type"], "application/octet-stream")
        seen = hashlib.sha256(answer.read(1))
        # It waits meanwhile, and the others do not.
        self.data(self.server.ask("GET", "/v1/hub_repos/sandbox/multi"))
        while piece := answer.read(MIB):
            seen.update(piece)
        self.assertEqual(seen.hexdigest(), hashlib.sha256(content).hexdigest())
        # The sanitizers keep what was freed.
        if "ASAN_OPTIONS" not in os.environ:
            self.assertLess(self.most_memory() - before, 24 * MIB)

    def test_head_tells_the_size_and_an_empty_one_is_one(self):
        head = self.ask(self.keep(b"x" * 100), "HEAD")
        self.assertEqual((head.status, head.headers["Content-Length"], head.read()), (200, "100", b""))
        empty = self.ask(self.keep(b""))
        self.assertEqual((empty.status, empty.headers["Content-Length"], empty.read()), (200, "0", b""))

    def test_what_fails_before_the_first_byte_is_a_problem(self):
        missing = self.ask(digest_of(b"missing"))
        self.assertEqual((missing.status, missing.headers["Content-Type"]), (404, "application/problem+json"))

    def test_a_cut_or_wrong_one_is_never_whole(self):
        content = os.urandom(MIB)
        digest = self.keep(content)

        def breaks(_, request):
            if request.command != "GET" or "/blobs/" not in request.path:
                return False
            if "Range" in request.headers:
                request.refuse(404, "BLOB_UNKNOWN")
                return True
            request.reply(200, content[:MIB // 2], Content_Length=str(MIB))
            return request.drop()

        def lies(_, request):
            if request.command != "GET" or "/blobs/" not in request.path:
                return False
            request.reply(200, content[:-1] + bytes([content[-1] ^ 1]))
            return True

        for hook in (breaks, lies):
            with self.subTest(hook.__name__):
                self.registry.hook = hook
                with self.assertRaises((http.client.IncompleteRead, ConnectionResetError)):
                    self.ask(digest).read()
