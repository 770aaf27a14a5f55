"""Faults: each kind does what it is called, to the requests that it is for and no others."""

import email.utils
import http.client
import json
import socket
import time
import unittest
import urllib.parse

from dockerhub_process import DEADLINE
from sandbox_case import RegistryTest, claims_of, digest_of

PATH = "/v2/namespaces/sandbox/repositories"


class FaultTest(RegistryTest):
    def hub(self, path=PATH):
        return self.call("hub", "GET", path)

    def raw(self, path=PATH, most=1 << 20):
        """All bytes that the hub sends before it closes, at most so many."""
        host, port = urllib.parse.urlsplit(self.sandbox.urls["hub"]).netloc.split(":")
        with socket.create_connection((host, int(port)), timeout=DEADLINE) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            data = b""
            while len(data) < most:
                piece = connection.recv(65536)
                if not piece:
                    break
                data += piece
            return data

    def body_of(self, path=PATH):
        return self.hub(path).body


class Selection(FaultTest):
    def test_after_and_times_count_the_requests_that_fit(self):
        self.sandbox.fault("status", listener="hub", path=PATH, method="GET", after=1, times=2, status=503)
        self.call("registry", "GET", "/v2/")
        self.hub(PATH + "/multi")
        self.assertEqual([self.hub().status for _ in range(4)], [200, 503, 503, 200])

    def test_a_path_is_matched_as_a_whole_and_a_prefix_at_its_beginning(self):
        self.sandbox.fault("status", path=PATH + "/m[a-z]*i", status=418)
        self.assertEqual(self.hub(PATH + "/multi").status, 418)
        self.assertEqual(self.hub(PATH + "/multi/tags").status, 200)
        self.assertEqual(self.hub(PATH + "/single").status, 200)
        self.sandbox.clear_faults()
        self.sandbox.fault("status", prefix=PATH + "/m", status=418)
        self.assertEqual(self.hub(PATH + "/multi").status, 418)
        self.assertEqual(self.hub(PATH).status, 200)

    def test_a_fault_can_be_taken_back(self):
        number = self.sandbox.fault("status", listener="hub", status=500)
        self.assertEqual(self.hub().status, 500)
        self.sandbox.control("DELETE", f"/faults/{number}")
        self.assertEqual(self.hub().status, 200)
        self.assertEqual(self.sandbox.control("GET", "/faults"), [])

    def test_a_mistake_is_told_and_nothing_is_added(self):
        for wrong in ({"kind": "none"}, {"kind": "reset", "tiems": 1}, {"kind": "reset", "times": "1"},
                      {"kind": "status", "path": "("}, {"kind": "status", "headers": 1}, [1],
                      [{"kind": "reset"}, {"kind": "none"}], {"preset": "none"}):
            answer = self.call("control", "POST", "/faults", wrong)
            self.assertIn("error", self.assert_status(400, answer).json())
        self.assertEqual(self.sandbox.control("GET", "/faults"), [])

    def test_the_journal_names_the_fault(self):
        self.sandbox.fault("close", listener="hub", times=1)
        with self.assertRaises(http.client.RemoteDisconnected):
            self.hub()
        self.assertEqual([entry["fault"] for entry in self.sandbox.journal()], ["close"])

    def test_a_lost_answer_is_of_a_request_that_was_carried_out_and_a_refused_one_is_not(self):
        bearer = self.call("hub", "POST", "/v2/auth/token", {
            "identifier": "sandbox", "secret": self.sandbox.secret()}).json()["access_token"]
        for kind, made in (("close", True), ("status", False)):
            self.sandbox.fault(kind, method="POST", path=PATH, times=1)
            body = {"name": "made-" + kind, "namespace": "sandbox"}
            try:
                self.call("hub", "POST", PATH, body, Authorization="Bearer " + bearer)
            except http.client.RemoteDisconnected:
                pass
            self.assertEqual("sandbox/made-" + kind in self.sandbox.state()["registry"], made)


class Answers(FaultTest):
    def test_any_status_with_body_and_headers(self):
        self.sandbox.fault("status", status=502, body="<html>bad gateway</html>",
                           headers={"Content-Type": "text/html", "X-Own": "1"}, listener="hub")
        answer = self.hub()
        self.assertEqual((answer.status, answer.body), (502, b"<html>bad gateway</html>"))
        self.assertEqual((answer.headers["Content-Type"], answer.headers["X-Own"]), ("text/html", "1"))

    def test_every_form_of_429(self):
        def wait_of(form):
            self.sandbox.clear_faults()
            self.sandbox.fault("rate_limited", listener="hub", form=form, seconds=30)
            return self.assert_status(429, self.hub())

        self.assertEqual(wait_of("seconds").headers["Retry-After"], "30")
        date = email.utils.parsedate_to_datetime(wait_of("date").headers["Retry-After"])
        self.assertAlmostEqual(date.timestamp() - time.time(), 30, delta=20)
        for form, header in (("x_retry_after", "X-Retry-After"),
                             ("x_ratelimit_reset", "X-RateLimit-Reset")):
            self.assertAlmostEqual(int(wait_of(form).headers[header]) - time.time(), 30, delta=20)
        self.assertNotIn("Retry-After", wait_of("none").headers)
        sentence = wait_of("sentence")
        self.assertNotIn("Retry-After", sentence.headers)
        with self.assertRaises(ValueError):
            sentence.json()

    def test_lies_about_digest_body_and_type(self):
        path = "/v2/sandbox/multi/manifests/latest"
        right = self.registry("GET", path)
        for kind, same_body, same_digest in (("wrong_digest", True, False), ("wrong_body", False, True)):
            self.sandbox.fault(kind, listener="registry", path=path, times=1)
            answer = self.assert_status(200, self.registry("GET", path))
            self.assertEqual(answer.body == right.body, same_body)
            self.assertEqual(len(answer.body), len(right.body))
            told = answer.headers["Docker-Content-Digest"]
            self.assertEqual(told == right.headers["Docker-Content-Digest"], same_digest)
            self.assertNotEqual(told, digest_of(answer.body))
        self.sandbox.fault("wrong_content_type", listener="registry", path=path, type="text/plain")
        self.assertEqual(self.registry("GET", path).headers["Content-Type"], "text/plain")

    def test_redirect_realm_and_next_page_lead_elsewhere(self):
        elsewhere = "http://127.0.0.1:9/elsewhere"
        self.sandbox.fault("redirect", listener="hub", url=elsewhere, status=301, times=1)
        self.assertEqual(self.assert_status(301, self.hub()).headers["Location"], elsewhere)
        self.sandbox.fault("realm", listener="registry", url=elsewhere, times=2)
        for headers in ({}, {"Authorization": "Bearer " + self.token("repository:sandbox/multi:pull")}):
            answer = self.call("registry", "GET", "/v2/sandbox/multi/tags/list", **headers)
            challenge = self.assert_status(401, answer).headers["WWW-Authenticate"]
            self.assertIn(f'realm="{elsewhere}"', challenge)
        self.sandbox.fault("next_elsewhere", url=elsewhere, times=2)
        self.assertEqual(self.hub(PATH + "?page_size=1").json()["next"], elsewhere)
        tags = self.registry("GET", "/v2/sandbox/tags/tags/list", actions=None)
        self.assertEqual(tags.headers["Link"], f'<{elsewhere}>; rel="next"')

    def test_names_that_attack_a_terminal(self):
        self.sandbox.fault("hostile_names", listener="hub")
        name = self.hub().json()["results"][0]["name"]
        for bad in ("\x1b[", "\u202e", "\a", "\r\n"):
            self.assertIn(bad, name)

    def test_nesting_and_numbers_without_end(self):
        self.sandbox.fault("deep_json", listener="hub", depth=5000, times=1)
        self.assertEqual(self.body_of(), b"[" * 5000 + b"]" * 5000)
        self.sandbox.fault("many_items", listener="hub", count=3000, times=1)
        self.assertEqual(len(json.loads(self.body_of())["results"]), 3000)


class Wire(FaultTest):
    def fault(self, kind, **parameters):
        self.sandbox.fault(kind, listener="hub", **parameters)

    def test_reset_and_close(self):
        self.fault("reset", times=1)
        with self.assertRaises(ConnectionResetError):
            self.hub()
        self.fault("close", times=1)
        self.assertEqual(self.raw(), b"")

    def test_a_body_that_is_cut(self):
        whole = self.body_of()
        for parameters, cut in (({"bytes": 7}, 7), ({}, len(whole) // 2)):
            self.fault("truncated", times=1, **parameters)
            with self.assertRaises(http.client.IncompleteRead) as caught:
                self.hub()
            self.assertEqual(caught.exception.partial, whole[:cut])

    def test_a_length_that_is_never_reached_keeps_the_client_waiting(self):
        whole = self.body_of()
        self.fault("long_length", bytes=10, times=1)
        url = urllib.parse.urlsplit(self.sandbox.urls["hub"])
        connection = http.client.HTTPConnection(url.netloc, timeout=1)
        self.addCleanup(connection.close)
        connection.request("GET", PATH)
        answer = connection.getresponse()
        self.assertEqual(int(answer.headers["Content-Length"]), len(whole) + 10)
        self.assertEqual(answer.read(len(whole)), whole)
        with self.assertRaises(TimeoutError):
            answer.read(1)

    def test_two_lengths(self):
        self.fault("two_lengths", times=1)
        head = self.raw().split(b"\r\n\r\n")[0]
        self.assertEqual(head.count(b"Content-Length:"), 2)

    def test_chunks_without_an_end_and_with_a_bad_size(self):
        self.fault("unended_chunks", times=1)
        answer = self.raw()
        self.assertIn(b"Transfer-Encoding: chunked", answer)
        self.assertFalse(answer.endswith(b"0\r\n\r\n"))
        self.fault("bad_chunk_size", times=1)
        self.assertIn(b"\r\nZZ\r\n", self.raw())

    def test_informational_answers_without_end(self):
        self.fault("endless_informational", interval_ms=1)
        self.assertGreater(self.raw(most=2000).count(b"HTTP/1.1 103"), 50)

    def test_a_dripping_answer_is_whole_in_the_end(self):
        whole = self.body_of(PATH + "/none")
        self.fault("drip", bytes=50, interval_ms=1, times=1)
        self.assertEqual(self.body_of(PATH + "/none"), whole)

    def test_a_garbage_status_line_and_a_huge_header(self):
        self.fault("garbage_status_line", body="ICY 200 OK", times=1)
        self.assertEqual(self.raw(), b"ICY 200 OK\r\n\r\n")
        self.fault("huge_header", bytes=300_000, times=1)
        self.assertIn(b"X-Huge: " + b"x" * 300_000, self.raw())

    def test_no_answer_at_all(self):
        self.fault("hang", times=1)
        url = urllib.parse.urlsplit(self.sandbox.urls["hub"])
        connection = http.client.HTTPConnection(url.netloc, timeout=1)
        self.addCleanup(connection.close)
        connection.request("GET", PATH)
        with self.assertRaises(TimeoutError):
            connection.getresponse()
        self.assertEqual(self.hub().status, 200)


class HostileRegistry(FaultTest):
    def test_every_kind_has_a_repository_that_anybody_may_pull(self):
        names = self.sandbox.hostile_registry()
        kinds = {fault["kind"] for fault in self.sandbox.control("GET", "/faults")}
        self.assertGreater(len(kinds), 20)
        self.assertEqual(set(names), {f"hostile/{kind}" for kind in kinds})
        for name in names:
            claims = claims_of(self.token(f"repository:{name}:pull"))
            self.assertEqual(claims["access"][0]["actions"], ["pull"])

    def test_each_misbehaves_in_its_way_and_the_others_stay_as_they_were(self):
        elsewhere = "http://127.0.0.1:9/elsewhere"
        self.sandbox.hostile_registry(elsewhere)
        redirected = self.registry("GET", "/v2/hostile/redirect/manifests/latest", actions=None)
        self.assertEqual(self.assert_status(307, redirected).headers["Location"], elsewhere)
        challenge = self.registry("GET", "/v2/hostile/realm/manifests/latest", actions=None)
        self.assertIn(elsewhere, self.assert_status(401, challenge).headers["WWW-Authenticate"])
        with self.assertRaises(ConnectionResetError):
            self.registry("GET", "/v2/hostile/reset/manifests/latest", actions=None)
        self.manifest("sandbox/multi", "latest")


if __name__ == "__main__":
    unittest.main()
