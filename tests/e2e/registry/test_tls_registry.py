"""Registries on this machine whose scheme nobody said: https where TLS is spoken, plain http where it surely is
not. Where it cannot be known, or the certificate is not trusted, nothing is sent, least of all a password."""

import json
import socket
import threading
import unittest

from authority import Authority
from docker_registry import BasicRegistry
from dockerhub_process import wait_until
from fake_registry import FakeRegistry
from skopeo import Skopeo
from transfer_case import TransferTest, ask_for_the_log_in

PASSWORD = "canary-of-the-registry"
EXIT_NETWORK = 8


class TlsTest(TransferTest):
    def setUp(self):
        super().setUp()
        self.authority = Authority(self.home.path)
        self.tls = self.authority.issue("registry")
        self.environment["SSL_CERT_FILE"] = str(self.authority.certificate)

    def fake(self, tls=None):
        registry = FakeRegistry(tls)
        self.addCleanup(registry.stop)
        return registry

    def push(self, host):
        return self.run_action("push", f"oci:{self.layout.folder}:v1", f"{host}/demo/app")


class Transfers(TlsTest):
    def test_of_a_real_registry_go_there_and_back(self):
        registry = BasicRegistry(tls=self.tls)
        self.addCleanup(registry.stop)
        self.log_in(registry.host, BasicRegistry.credentials)
        skopeo = Skopeo(BasicRegistry.credentials)
        self.addCleanup(skopeo.close)
        repo = registry.host + "/demo/app"
        self.assertEqual(self.data("push", f"oci:{self.layout.folder}:v1", repo)["digest"], self.layout.digest)
        self.assertEqual(skopeo.inspect(repo + ":v1", "--raw"), self.layout.index)
        ours = self.home.path / "ours"
        self.data("pull", repo + ":v1", f"oci:{ours}")
        self.same_blobs(self.layout.folder, ours)
        copied = self.data("copy", repo + ":v1", registry.host + "/demo/other:v2")
        self.assertEqual(copied["blobs"]["uploaded"], 0, copied)
        self.assertEqual(skopeo.inspect(registry.host + "/demo/other:v2", "--raw"), self.layout.index)

    def test_to_a_plain_one_take_no_password_along(self):
        secure, plain = self.fake(self.tls), self.fake()
        secure.hook = ask_for_the_log_in
        self.log_in(secure.host, f"tester:{PASSWORD}")
        pushed = self.push(secure.host)
        self.assertEqual(pushed.code, 0, pushed)
        self.data("copy", secure.host + "/demo/app:v1", plain.host + "/demo/app:v1")
        self.assertEqual(plain.repository("demo/app").tags, {"v1": self.layout.digest})
        self.assertTrue(all("Authorization" not in entry[2] for entry in plain.journal))
        self.assertTrue(any("Authorization" in entry[2] for entry in secure.journal))


class Doubtful(TlsTest):
    """Servers that get nothing."""

    def ends_without_a_word_of_it(self, host, **environment):
        self.log_in(host, f"tester:{PASSWORD}")
        done = self.run_action("push", f"oci:{self.layout.folder}:v1", f"{host}/demo/app", **environment)
        self.assertEqual(done.code, EXIT_NETWORK, done)
        self.assertEqual(done.out, "")
        return json.loads(done.err)["error"]

    def test_a_certificate_that_is_not_trusted_is_no_reason_for_plain_http(self):
        registry = self.fake(self.tls)
        error = self.ends_without_a_word_of_it(registry.host, SSL_CERT_FILE="")
        self.assertIn("certificate", error["message"])
        self.assertEqual(registry.journal, [])

    def test_a_certificate_for_another_name_is_not_taken(self):
        registry = self.fake(self.tls)
        port = registry.server_address[1]
        error = self.ends_without_a_word_of_it(f"localhost:{port}")
        self.assertIn("certificate", error["message"])
        self.assertEqual(registry.journal, [])

    def test_a_listener_that_is_silent_is_not_spoken_to(self):
        listener = Silent()
        self.addCleanup(listener.close)
        self.ends_without_a_word_of_it(listener.host, DOCKERHUB_CONNECT_TIMEOUT="1s")
        wait_until(lambda: listener.heard, "the listener to hear something")
        self.assertTrue(listener.heard.startswith(b"\x16\x03"), "a hello of TLS")
        for word in (b"HTTP/", b"GET ", b"HEAD ", b"uthorization", b"/v2/"):
            self.assertNotIn(word, bytes(listener.heard))


class Silent:
    """Takes connections and what comes over them, and never answers."""

    def __init__(self):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.heard = bytearray()
        self._connections = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._connections.append(connection)
            thread = threading.Thread(target=self._hear, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _hear(self, connection):
        try:
            while piece := connection.recv(65536):
                self.heard += piece
        except OSError:
            pass

    def close(self):
        for one in (self._socket, *self._connections):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        for thread in self._threads:
            thread.join()
        for one in (self._socket, *self._connections):
            one.close()


if __name__ == "__main__":
    unittest.main()
