"""Whatever a client sends, the sandbox answers 4xx or hangs up, and goes on."""

import random
import socket
import threading
import unittest
import urllib.parse

from dockerhub_process import DEADLINE
from sandbox_case import RegistryTest


class RobustnessTest(RegistryTest):
    arguments = ["--set", "authentication=none"]

    def connect(self, listener):
        host, port = urllib.parse.urlsplit(self.sandbox.urls[listener]).netloc.split(":")
        return socket.create_connection((host, int(port)), timeout=DEADLINE)

    def send(self, listener, data):
        """The first line of what comes back, or b"" when the sandbox hung up."""
        with self.connect(listener) as connection:
            try:
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                return connection.makefile("rb").readline()
            except OSError:  # it hung up while we were sending
                return b""

    def assert_alive(self):
        self.assert_status(200, self.call("registry", "GET", "/v2/"))
        self.assertIsNone(self.sandbox.process.poll())


class Requests(RobustnessTest):
    def test_what_is_no_request_is_400_or_the_end(self):
        rows = [b"\r\n", b"nonsense\r\n\r\n", b"GET\r\n\r\n", b"GET /v2/ HTTP/9.9\r\n\r\n",
                b"GET " + b"x" * 100_000 + b" HTTP/1.1\r\n\r\n",
                b"GET /v2/ HTTP/1.1\r\n" + b"X: " + b"x" * 1_000_000 + b"\r\n\r\n",
                b"GET /v2/ HTTP/1.1\r\n" + b"X: 1\r\n" * 5_000 + b"\r\n",
                b"POST /v2/a/b/blobs/uploads/ HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
                b"POST /v2/a/b/blobs/uploads/ HTTP/1.1\r\nContent-Length: many\r\n\r\n",
                b"POST /v2/a/b/blobs/uploads/ HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
                b"POST /v2/a/b/blobs/uploads/ HTTP/1.1\r\nContent-Length: 10\r\n\r\nshort",
                b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b" " * 64]
        for data in rows:
            with self.subTest(data=data[:60]):
                self.assertRegex(self.send("registry", data), rb"^(HTTP/1\.[01] 4\d\d .*\r\n)?$")
        self.assert_alive()

    def test_odd_paths_queries_and_bodies_are_refused(self):
        rows = [("registry", "GET", "/v2/../../etc/passwd"), ("registry", "GET", "/v2//manifests/x"),
                ("registry", "GET", "/v2/%ff%fe/tags/list"), ("registry", "GET", "/v2/%zz/tags/list"),
                ("registry", "GET", "/v2/UPPER/tags/list"), ("registry", "GET", "/" + "a/" * 3000),
                ("registry", "GET", "/v2/" + "a" * 300 + "/tags/list"),
                ("registry", "PATCH", "/v2/a/blobs/uploads/none"), ("registry", "BREW", "/v2/"),
                ("hub", "GET", "/v2/namespaces/%00/repositories"), ("hub", "TRACE", "/"),
                ("auth", "GET", "/token?service=%00&scope=:::&scope=a"), ("cdn", "GET", "/blobs/a/b/data"),
                ("control", "POST", "/faults"), ("control", "DELETE", "/faults/-1"),
                ("control", "PATCH", "/settings"), ("scout", "POST", "/v1/graphql")]
        for listener, method, path in rows:
            for body in (None, b"{", b"3", b"null", b"\xff\xfe", b'{"a":' * 5000):
                with self.subTest(listener=listener, method=method, path=path[:40], body=body and body[:9]):
                    answer = self.call(listener, method, path, body, Content_Type="application/json")
                    self.assertIn(answer.status // 100, (4,), answer)
        self.assert_alive()

    def test_random_bytes(self):
        source = random.Random(20240101)
        for listener in ("hub", "registry", "auth", "scout", "cdn", "control"):
            for _ in range(100):
                data = source.randbytes(source.randrange(1, 200))
                self.assertRegex(self.send(listener, data), rb"^(HTTP/1\.[01] 4\d\d .*\r\n)?$")
        self.assert_alive()


class Threads(RobustnessTest):
    def test_clients_that_say_nothing_do_not_keep_others_out(self):
        silent = [self.connect("registry") for _ in range(20)]
        self.addCleanup(lambda: [one.close() for one in silent])
        self.assert_alive()

    def test_more_hanging_clients_than_threads_leave_the_control_alive(self):
        self.sandbox.fault("hang", listener="hub")
        hanging = [self.connect("hub") for _ in range(60)]
        for one in hanging:
            one.sendall(b"GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n")
        self.sandbox.clear_faults()
        self.assert_alive()
        for one in hanging:
            one.close()
        self.assert_status(404, self.call("hub", "GET", "/v2/"))

    def test_many_clients_at_once_lose_nothing(self):
        def work(number):
            for step in range(10):
                self.push_blob("sandbox/load", f"{number} {step}".encode())

        workers = [threading.Thread(target=work, args=[number]) for number in range(8)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.assertEqual(len(self.sandbox.state()["registry"]["sandbox/load"]["blobs"]), 80)


if __name__ == "__main__":
    unittest.main()
