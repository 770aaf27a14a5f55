"""Faults: each kind does what it is called, to the requests that it is for and no others."""

import email.utils
import gzip
import http.client
import json
import pathlib
import re
import socket
import time
import unittest
import urllib.parse
import zlib

from dockerhub_process import DEADLINE
from sandbox_case import RegistryTest, claims_of, digest_of

PATH = "/v2/namespaces/sandbox/repositories"
TREE = pathlib.Path(__file__).parents[3]


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
                      {"kind": "status", "path": "("}, {"kind": "reset", "probability": 2}, {"kind": "status", "headers": 1}, [1],
                      [{"kind": "reset"}, {"kind": "none"}], {"preset": "none"}):
            answer = self.call("control", "POST", "/faults", wrong)
            self.assertIn("error", self.assert_status(400, answer).json())
        self.assertEqual(self.sandbox.control("GET", "/faults"), [])

    def test_chance_is_drawn_from_the_seed(self):
        def statuses():
            self.sandbox.reset()
            self.sandbox.fault("status", listener="hub", status=503, probability=0.5)
            return [self.hub().status for _ in range(40)]

        first = statuses()
        self.assertEqual(statuses(), first)
        self.assertEqual(set(first), {200, 503})
        self.sandbox.reset()
        self.sandbox.fault("status", listener="hub", probability=0)
        self.assertEqual(self.hub().status, 200)

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

    def test_a_redirect_to_itself(self):
        self.sandbox.fault("redirect_loop", listener="hub")
        target = PATH + "?page=2&name=x"
        answer = self.assert_status(307, self.hub(target))
        self.assertEqual(answer.headers["Location"], self.sandbox.urls["hub"] + target)

    def test_a_page_for_people_in_place_of_json(self):
        self.sandbox.fault("html_error", listener="hub")
        answer = self.assert_status(502, self.hub())
        self.assertTrue(answer.headers["Content-Type"].startswith("text/html"))
        self.assertIn(b"<html>", answer.body)

    def test_what_is_neither_json_nor_utf8(self):
        self.sandbox.fault("bad_json", listener="hub", times=1)
        answer = self.assert_status(200, self.hub())
        with self.assertRaises(json.JSONDecodeError):
            answer.json()
        self.sandbox.fault("invalid_utf8", listener="hub", times=1)
        with self.assertRaises(UnicodeDecodeError):
            self.hub().body.decode()

    def test_a_compressed_answer(self):
        whole = self.body_of(PATH + "/none")
        self.sandbox.fault("gzip", listener="hub")
        answer = self.hub(PATH + "/none")
        self.assertEqual(answer.headers["Content-Encoding"], "gzip")
        self.assertEqual(gzip.decompress(answer.body), whole)

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


class Tokens(FaultTest):
    def test_an_ended_token_is_refused_by_the_host_and_nothing_is_done(self):
        bearer = self.call("hub", "POST", "/v2/auth/token", {
            "identifier": "sandbox", "secret": self.sandbox.secret()}).json()["access_token"]
        body = {"name": "fresh", "namespace": "sandbox"}
        self.sandbox.fault("expired_token", listener="hub", method="POST", path=PATH, times=1)
        for status in (401, 201):
            made = self.call("hub", "POST", PATH, body, Authorization="Bearer " + bearer)
            self.assert_status(status, made)
        path = "/v2/sandbox/multi/tags/list"
        self.sandbox.fault("expired_token", listener="registry", times=1)
        refused = self.assert_status(401, self.registry("GET", path))
        self.assertIn('error="invalid_token"', refused.headers["WWW-Authenticate"])
        self.assert_status(200, self.registry("GET", path))

    def test_a_scope_that_is_not_granted(self):
        self.sandbox.fault("scope_not_granted", listener="auth", times=1)
        token = self.token("repository:sandbox/multi:pull", authorization=self.basic())
        self.assertEqual(claims_of(token)["access"], [])
        refused = self.call("registry", "GET", "/v2/sandbox/multi/tags/list", Authorization="Bearer " + token)
        self.assertIn('error="insufficient_scope"',
                      self.assert_status(401, refused).headers["WWW-Authenticate"])


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

    def test_a_length_that_is_too_small(self):
        whole = self.body_of(PATH + "/none")
        self.fault("short_length", bytes=3, times=1)
        head, _, body = self.raw(PATH + "/none").partition(b"\r\n\r\n")
        self.assertIn(f"Content-Length: {len(whole) - 3}\r\n".encode(), head + b"\r\n")
        self.assertEqual(body, whole)

    def test_a_reset_in_the_middle(self):
        self.fault("reset_midway", bytes=7, times=1)
        url = urllib.parse.urlsplit(self.sandbox.urls["hub"])
        with socket.create_connection((url.hostname, url.port), timeout=DEADLINE) as connection:
            connection.sendall(f"GET {PATH} HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n".encode())
            with self.assertRaises(ConnectionResetError):
                while connection.recv(65536):
                    pass

    def test_latency_keeps_the_answer_and_the_connection(self):
        whole = self.body_of(PATH + "/none")
        self.fault("latency", interval_ms=1, times=1)
        url = urllib.parse.urlsplit(self.sandbox.urls["hub"])
        connection = http.client.HTTPConnection(url.netloc, timeout=DEADLINE)
        self.addCleanup(connection.close)
        for _ in range(2):
            connection.request("GET", PATH + "/none")
            self.assertEqual(connection.getresponse().read(), whole)
        self.assertEqual([entry["fault"] for entry in self.sandbox.journal()], ["", "latency", ""])

    def test_answers_without_measure(self):
        whole = self.body_of(PATH + "/none")
        self.fault("oversized", bytes=200_000, times=1)
        self.assertEqual(self.body_of(PATH + "/none"), whole + b" " * 200_000)
        self.fault("gzip_bomb", bytes=3_000_000, times=1)
        bomb = self.hub(PATH + "/none")
        self.assertLess(len(bomb.body), 10_000)
        self.assertEqual(zlib.decompress(bomb.body, 31), whole + b" " * 3_000_000)
        self.fault("header_flood", count=300, times=1)
        self.assertEqual(self.raw(PATH + "/none").count(b"\r\nX-Flood-"), 300)

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
        self.fault("chunked_garbage", times=1)
        with self.assertRaises((http.client.IncompleteRead, ValueError)):
            self.hub()

    def test_an_answer_that_lasts_until_the_connection_ends(self):
        whole = self.body_of(PATH + "/none")
        self.fault("end_without_notice", times=1)
        head, _, body = self.raw(PATH + "/none").partition(b"\r\n\r\n")
        names = [line.split(b":")[0].lower() for line in head.split(b"\r\n")[1:]]
        self.assertNotIn(b"content-length", names)
        self.assertNotIn(b"transfer-encoding", names)
        self.assertIn(b"\r\nConnection: close", head)
        self.assertEqual(body, whole)

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


class Profile(FaultTest):
    arguments = ["--fault-profile", "flaky", "--fault-seed", "7"]

    def outcomes(self):
        self.sandbox.reset()
        seen = []
        for _ in range(120):
            try:
                seen.append(self.hub(PATH + "/multi").status)
            except (http.client.HTTPException, ConnectionError) as error:
                seen.append(type(error).__name__)
        return seen

    def test_a_bad_day_is_the_same_for_the_same_seed_and_comes_back_after_a_reset(self):
        first = self.outcomes()
        self.assertGreater(first.count(200), 60)
        self.assertGreater(len(set(first)), 3)
        self.assertEqual(self.outcomes(), first)
        self.assertEqual(self.sandbox.fault_seed, 7)
        self.sandbox.clear_faults()
        self.assertEqual({self.hub(PATH + "/multi").status for _ in range(60)}, {200})

    def test_it_can_be_begun_later(self):
        self.sandbox.clear_faults()
        self.sandbox.control("POST", "/faults", {"preset": "flaky"})
        chances = [fault["probability"] for fault in self.sandbox.control("GET", "/faults")]
        self.assertTrue(chances and all(0 < chance < 0.5 for chance in chances))


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


class Kinds(FaultTest):
    """Every kind that there is, as the sandbox says."""

    def setUp(self):
        super().setUp()
        self.sandbox.hostile_registry()  # plays each of them somewhere
        self.kinds = {fault["kind"] for fault in self.sandbox.control("GET", "/faults")}

    def test_are_those_that_the_matrix_of_faults_plays(self):
        matrix = json.loads((TREE / "tests" / "e2e" / "faults" / "faults.json").read_text())
        self.assertEqual({fault["play"]["kind"] for fault in matrix["faults"]}, self.kinds)

    def test_are_those_that_the_document_tells(self):
        document = (TREE / "docs" / "sandbox.md").read_text()
        table = re.search(r"^\| kind \|.*\n\| --- .*\n((?:\|.*\n)+)", document, re.M)[1]
        told = [kind for row in table.splitlines() for kind in re.findall(r"`(\w+)`", row.split("|")[1])]
        self.assertEqual(sorted(told), sorted(self.kinds))


if __name__ == "__main__":
    unittest.main()
