"""What modules can send, by rows and by handlers, as the server sees it."""

import json
import unittest
import urllib.parse

from cli_test import PluginTest
from scripted_server import ScriptedServer, answer

JSON = [("Content-Type", "application/json")]


class RequestTest(PluginTest):
    def setUp(self):
        super().setUp()
        self.replies = {}
        self.server = self.serve(self._reply)
        self.environment["DOCKERHUB_URL"] = self.server.url
        self.ok("plugin", "trust", self.copy("http_fixture.so"), environment=self.environment)

    def serve(self, reply, host="127.0.0.1"):
        server = ScriptedServer(reply, host)
        self.addCleanup(server.close)
        return server

    def _reply(self, request):
        reply = self.replies.get(request.path, answer(404, '{"detail":"no such thing"}', JSON))
        return reply(request) if callable(reply) else reply

    def call(self, *arguments, options=(), **environment):
        return self.run_program(
            "-o", "json", *options, "http_fixture", *arguments,
            environment={**self.environment, **environment},
        )

    def envelope(self, *arguments, **options):
        done = self.call(*arguments, **options)
        self.assertEqual(done.code, 0, done)
        return json.loads(done.out)

    def error(self, code, *arguments, **options):
        done = self.call(*arguments, **options)
        self.assertEqual(done.code, code, done)
        return json.loads(done.err)["error"]


class Rows(RequestTest):
    def test_a_value_is_one_segment_of_the_path(self):
        self.replies["/things/a%2F..b%3Fc"] = answer(200, '{"x":1}', JSON)
        envelope = self.envelope("get", "--name", "a/..b?c")
        self.assertEqual(envelope["data"], {"x": 1})
        self.assertEqual(envelope["status_code"], 200)
        self.assertEqual(self.server.requests[0].target, "/things/a%2F..b%3Fc")

    def test_a_value_that_leads_elsewhere_is_refused(self):
        for name in ("..", ".", "a/../b", "../a", "a\nb"):
            error = self.error(2, "remove", "--name", name, options=["--yes", "--allow-destructive"])
            self.assertEqual(error["parameter"], "name", name)
        self.assertEqual(self.server.requests, [])

    def test_the_base_urls_own_path_comes_first(self):
        self.replies["/under/this/things/a"] = answer(200, "{}", JSON)
        self.envelope("get", "--name", "a", DOCKERHUB_URL=self.server.url + "/under/this/")

    def test_a_check_tells_whether_it_is_there(self):
        self.replies["/things/a"] = answer(200)
        self.assertEqual(self.envelope("check", "--name", "a")["exists"], True)
        absent = self.envelope("check", "--name", "b")
        self.assertEqual((absent["exists"], absent["status_code"]), (False, 404))
        self.assertEqual([request.method for request in self.server.requests], ["HEAD", "HEAD"])

    def test_a_check_that_may_not_look_has_found_nothing_out(self):
        self.replies["/things/a"] = answer(403)
        self.assertEqual(self.error(5, "check", "--name", "a")["type"], "UnauthorizedError")

    def test_a_body_has_what_was_given_and_no_more(self):
        self.replies["/things"] = answer(201, '{"id":7}', JSON)
        envelope = self.envelope("create", "--name", "a")
        self.assertEqual(envelope["status_code"], 201)
        request = self.server.requests[0]
        self.assertEqual(json.loads(request.body), {"name": "a"})
        self.assertEqual(request.headers["content-type"], "application/json")
        self.assertEqual(request.headers["content-length"], str(len(request.body)))

    def test_the_servers_refusal_is_told_in_its_words(self):
        error = self.error(3, "get", "--name", "a")
        self.assertEqual(error["type"], "ParameterError")
        self.assertEqual(error["message"], "HTTP 404 for GET /things/a: no such thing")
        self.assertEqual(error["request"], "GET /things/a")

    def test_a_dry_run_shows_the_request_and_sends_nothing(self):
        envelope = self.envelope(
            "create", "--name", "a", options=["--dry-run"], DOCKERHUB_PARAM_PASSWORD="canary-secret"
        )
        self.assertTrue(envelope["dry_run"])
        (request,) = envelope["data"]["would_send"]
        self.assertEqual((request["method"], request["url"]), ("POST", self.server.url + "/things"))
        self.assertEqual(request["body"]["name"], "a")
        self.assertNotIn("canary-secret", json.dumps(envelope))
        self.assertEqual(self.server.requests, [])

    def test_a_dry_run_of_a_delete_needs_no_gate(self):
        envelope = self.envelope("remove", "--name", "a", options=["--dry-run"])
        self.assertEqual(envelope["data"]["would_send"][0]["method"], "DELETE")
        self.assertEqual(self.server.requests, [])

    def test_a_closed_gate_sends_nothing(self):
        self.error(6, "remove", "--name", "a", options=["--yes"])
        self.assertEqual(self.server.requests, [])

    def test_an_open_gate_and_consent_send_it(self):
        self.replies["/things/a"] = answer(204)
        envelope = self.envelope("remove", "--name", "a", options=["--yes", "--allow-destructive"])
        self.assertIsNone(envelope["data"])
        self.assertEqual(envelope["status_code"], 204)

    def test_rate_limits_hold_no_secret(self):
        headers = [("X-RateLimit-Limit", "canary-jwt-of-the-account"), ("X-RateLimit-Remaining", "1")]
        for status in (200, 404):
            self.replies["/things/a"] = answer(status, "{}", JSON + headers)
            done = self.call("get", "--name", "a", DOCKERHUB_JWT="canary-jwt-of-the-account")
            self.assertNotIn("canary-jwt", done.out + done.err)

    def test_rate_limits_stand_in_every_envelope(self):
        headers = [("X-RateLimit-Limit", "180"), ("X-RateLimit-Remaining", "179"), ("X-RateLimit-Reset", "60")]
        self.replies["/things/a"] = answer(200, "{}", JSON + headers)
        self.assertEqual(
            self.envelope("get", "--name", "a")["rate_limit"], {"limit": 180, "remaining": 179, "reset": 60}
        )


class Lists(RequestTest):
    def setUp(self):
        super().setUp()
        self.replies["/things"] = self._page

    def _page(self, request):
        query = dict(pair.split("=") for pair in request.target.partition("?")[2].split("&") if pair)
        page, size = int(query.get("page", "1")), int(query.get("page_size", "2"))
        names = [f"t{i}" for i in range(5)][(page - 1) * size:page * size]
        if not names:
            return answer(404, '{"detail":"past the end"}', JSON)
        # A next URL may say anything: only that there is one counts.
        following = "https://evil.invalid/things?page=99" if page * size < 5 else None
        return answer(
            200, json.dumps({"count": 5, "next": following, "results": [{"name": n} for n in names]}), JSON
        )

    def names(self, envelope):
        return [item["name"] for item in envelope["data"]["results"]]

    def test_a_list_answers_one_page_as_it_came(self):
        data = self.envelope("list")["data"]
        self.assertEqual((data["count"], len(data["results"])), (5, 2))
        self.assertEqual(self.server.requests[0].target, "/things")

    def test_all_pages_are_followed_within_their_own_place(self):
        envelope = self.envelope("list", "--page-size", "2", "--kind", "x", options=["--all-pages"])
        self.assertEqual(self.names(envelope), ["t0", "t1", "t2", "t3", "t4"])
        self.assertEqual(envelope["data"]["count"], 5)
        self.assertEqual(len(self.server.requests), 3)
        for request in self.server.requests:
            self.assertIn("type=x", request.target)

    def test_max_items_ends_the_list_over_pages(self):
        envelope = self.envelope("list", "--page-size", "2", options=["--max-items", "3"])
        self.assertEqual(self.names(envelope), ["t0", "t1", "t2"])
        self.assertEqual(len(self.server.requests), 2)

    def test_few_items_are_asked_for_in_one_page(self):
        self.envelope("list", options=["--max-items", "4"])
        self.assertIn("page_size=4", self.server.requests[0].target)

    def test_a_list_in_a_pipe_gives_each_item_a_line(self):
        done = self.run_program(
            "--all-pages", "http_fixture", "list", "--page-size", "2", environment=self.environment
        )
        self.assertEqual(len(done.out.splitlines()), 5, done)

    def test_a_list_that_changes_something_is_planned_too(self):
        envelope = self.envelope("sweep", options=["--dry-run", "--all-pages"])
        self.assertEqual(envelope["data"]["would_send"][0]["method"], "POST")
        self.assertEqual(self.server.requests, [])

    def test_options_of_lists_are_refused_elsewhere(self):
        error = self.error(2, "get", "--name", "a", options=["--all-pages"])
        self.assertEqual(error["parameter"], "all_pages")
        self.assertEqual(self.server.requests, [])

    def test_an_answer_without_the_list_is_an_error(self):
        self.replies["/things"] = answer(200, '{"other":[]}', JSON)
        self.assertIn("results", self.error(1, "list", options=["--all-pages"])["message"])


class LinkedLists(RequestTest):
    """Lists whose pages say by a Link header where they go on."""

    def setUp(self):
        super().setUp()
        self.foreign = self.serve(lambda request: answer(200, '{"results":[{"name":"x"}]}', JSON), "127.0.0.2")
        self.replies["/linked"] = self._page
        self.names = [f"t{i}" for i in range(5)]
        self.link = "</linked?n=2&last={last}&mark=a%20b%26c>; rel=\"next\""

    def _page(self, request):
        last = self.query(request).get("last")
        start = self.names.index(last) + 1 if last else 0
        page = self.names[start:start + 2]
        headers = JSON + [("Link", self.link.format(last=page[-1]))] * (start + 2 < len(self.names))
        return answer(200, json.dumps({"results": [{"name": name} for name in page]}), headers)

    @staticmethod
    def query(request):
        return dict(urllib.parse.parse_qsl(request.target.partition("?")[2]))

    def read(self, *options):
        envelope = self.envelope("linked", "--n", "2", options=options or ["--all-pages"])
        return [item["name"] for item in envelope["data"]["results"]]

    def test_are_followed_to_their_end(self):
        self.assertEqual(self.read(), self.names)
        self.assertEqual([self.query(request) for request in self.server.requests],
                         [{"n": "2"}] + [{"n": "2", "last": last, "mark": "a b&c"} for last in ("t1", "t3")])

    def test_are_read_no_further_than_is_wanted(self):
        self.assertEqual(self.read("--max-items", "3"), ["t0", "t1", "t2"])
        self.assertEqual(len(self.server.requests), 2)
        self.assertEqual(len(self.envelope("linked", "--n", "2")["data"]["results"]), 2)
        self.assertEqual(len(self.server.requests), 3)

    def test_never_lead_to_another_host_or_path(self):
        self.link = f"<{self.foreign.url}/linked?last={{last}}>; rel=\"next\""
        self.assertEqual(self.read(), ["t0", "t1"])
        self.assertEqual(len(self.server.requests), 1)
        self.assertEqual(self.foreign.requests, [])
        self.link = "</elsewhere?last={last}>; rel=\"next\""
        self.assertEqual(self.read(), self.names)
        self.assertEqual({request.path for request in self.server.requests}, {"/linked"})

    def test_that_repeat_themselves_end(self):
        self.link = "</linked?n=2>; rel=\"next\""
        self.assertEqual(self.read(), ["t0", "t1"])
        self.assertLessEqual(len(self.server.requests), 5)

    def test_whose_items_move_make_no_doubles(self):
        def moved(request):
            reply = self._page(request)
            if self.query(request).get("last") == "t1" and "new" not in self.names:
                self.names.insert(0, "new")
                self.names.remove("t4")
                return answer(200, '{"results":[{"name":"t1"},{"name":"t2"}]}',
                              JSON + [("Link", self.link.format(last="t2"))])
            return reply
        self.replies["/linked"] = moved
        self.assertEqual(self.read(), ["t0", "t1", "t2", "t3"])


class Handlers(RequestTest):
    def test_a_read_cannot_write(self):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            error = self.error(5, "send", "--method", method)
            self.assertIn("effect read", error["message"])
        self.assertEqual(self.server.requests, [])

    def test_a_write_cannot_delete(self):
        self.error(5, "send_write", "--method", "DELETE")
        self.assertEqual(self.server.requests, [])

    def test_a_write_cannot_take_a_route_that_destroys(self):
        self.error(5, "send_write", "--method", "PUT", "--path", "/v2/orgs/acme/settings", "--body", "{}")
        self.assertEqual(self.server.requests, [])

    def test_a_dry_run_records_the_first_write(self):
        envelope = self.envelope(
            "send_write", "--method", "POST", "--body", '{"a":1}', options=["--dry-run"]
        )
        (request,) = envelope["data"]["would_send"]
        self.assertEqual((request["method"], request["body"]), ("POST", {"a": 1}))
        self.assertEqual(self.server.requests, [])

    def test_headers_of_the_kernel_cannot_be_sent(self):
        for header in ("Authorization", "host", "Content-Length", "Cookie", "Proxy-Authorization"):
            error = self.error(1, "send", "--headers", json.dumps({header: "x"}))
            self.assertEqual(error["type"], "ModuleError")
        for header in ("X-HTTP-Method-Override", "x-method-override", "X-HTTP-Method"):
            self.error(1, "send", "--headers", json.dumps({header: "DELETE"}))
        self.error(1, "send", "--headers", json.dumps({"X-A": "b\r\nX-C: d"}))
        self.assertEqual(self.server.requests, [])

    def test_a_url_from_a_parameter_stays_under_its_path(self):
        self.replies["/things/a"] = answer(200, "{}", JSON)
        self.envelope("send_to_url", "--path", "/things/", "--url", self.server.url + "/things/a?x=1")
        self.assertEqual(self.server.requests[0].target, "/things/a?x=1")
        for url in ("/other", "/things/../other", "/things/%2e%2e/other", "http://127.0.0.2:1/things/a",
                    "//127.0.0.2/things/a", "file:///things/a", "http://user@" + self.server.authority + "/things/a"):
            self.error(2, "send_to_url", "--path", "/things/", "--url", url)
        self.assertEqual(len(self.server.requests), 1)

    def test_the_path_of_a_module_is_a_path_and_no_more(self):
        for path in ("/things?x=1", "/things#x", "/things/../other", "/things/./x", "/th ings", "things",
                     "/%2e%2e/other", "/v2/orgs/acme/%73ettings", "/things HTTP/1.1\r\nX-A: b", "//evil.test/x"):
            error = self.error(1, "send", "--path", path)
            self.assertEqual(error["type"], "ModuleError", path)
        self.assertEqual(self.server.requests, [])

    def test_what_a_stranger_names_is_followed_without_a_credential(self):
        stranger = self.serve(
            lambda request: answer(200, "{}", [("Location", self.server.url + "/things/secret")])
        )
        self.replies["/things"] = answer(307, b"", [("Location", stranger.url + "/cdn")])
        self.replies["/things/secret"] = answer(200, "there")
        self.envelope("follow", DOCKERHUB_JWT="canary-jwt-of-the-account")
        first, second = self.server.requests
        self.assertEqual(first.headers["authorization"], "Bearer canary-jwt-of-the-account")
        self.assertNotIn("authorization", stranger.requests[0].headers)
        self.assertEqual(second.path, "/things/secret")
        self.assertNotIn("authorization", second.headers, "a stranger's word spends no credential")

    def test_a_followed_url_gets_no_other_surfaces_credential(self):
        own = {"ASIDE_ORIGIN": self.serve(lambda request: answer(200)).url, "ASIDE_TOKEN": "canary-of-aside"}
        self.replies["/things"] = answer(200, "{}", [("Location", "/things/next")])
        self.replies["/things/next"] = answer(200, "there")
        self.envelope("follow", "--then-surface", "aside", **own)
        self.assertNotIn("authorization", self.server.requests[1].headers)

    def test_what_the_server_names_is_followed(self):
        self.replies["/things"] = answer(200, "{}", [("Location", "/things/next")])
        self.replies["/things/next"] = answer(200, "there")
        self.assertEqual(self.envelope("follow")["data"]["body"], "there")

    def test_an_upload_may_end_its_own_session_and_no_other(self):
        self.replies["/v2/a/blobs/uploads/"] = answer(202, b"", [("Location", "/v2/a/blobs/uploads/1?s=2")])
        self.replies["/v2/a/blobs/uploads/1"] = answer(204)
        self.envelope("follow", "--method", "POST", "--path", "/v2/a/blobs/uploads/", "--then", "DELETE")
        self.replies["/things"] = answer(202, b"", [("Location", "/v2/a/blobs/uploads/2")])
        self.error(5, "follow", "--method", "POST", "--path", "/things", "--then", "DELETE")
        self.assertEqual([r.method for r in self.server.requests], ["POST", "DELETE", "POST"])

    def test_a_blob_that_an_upload_led_to_is_no_session(self):
        blob = "/v2/a/blobs/sha256:" + "0" * 64
        for status, place in ((201, blob), (202, blob), (201, "/v2/a/blobs/uploads/1")):
            with self.subTest(status=status, place=place):
                self.server.requests.clear()
                self.replies["/v2/a/blobs/uploads/"] = answer(status, b"", [("Location", place)])
                self.error(5, "follow", "--method", "POST", "--path", "/v2/a/blobs/uploads/", "--then", "DELETE")
                self.assertEqual([request.method for request in self.server.requests], ["POST"])

    def test_exchanges_have_a_number(self):
        self.replies["/things"] = answer(200, "{}", JSON)
        self.assertEqual(self.envelope("open_many", "--count", "4")["data"]["open"], 4)
        self.error(1, "open_many", "--count", "5", DOCKERHUB_MAX_EXCHANGES="4")


class Destinations(RequestTest):
    def test_a_modules_own_secret_goes_to_its_destination_alone(self):
        aside = self.serve(lambda request: answer(200, "canary-token-of-aside"))
        own = {"ASIDE_ORIGIN": aside.url, "ASIDE_TOKEN": "canary-token-of-aside"}
        envelope = self.envelope("send", "--surface", "aside", **own)
        self.assertEqual(aside.requests[0].headers["authorization"], "Bearer canary-token-of-aside")
        self.assertNotIn("canary-token", json.dumps(envelope), "what comes back is masked")
        self.replies["/things"] = answer(200, "{}", JSON)
        self.envelope("send", **own)
        self.assertNotIn("authorization", self.server.requests[0].headers)

    def test_what_is_dangerous_at_docker_hub_is_so_by_any_name(self):
        route = ("--method", "PUT", "--path", "/v2/orgs/a/settings")
        self.error(5, "send_write", "--surface", "aside", *route, ASIDE_ORIGIN=self.server.url)
        self.assertEqual(self.server.requests, [])
        aside = self.serve(lambda request: answer(200, "{}"))
        self.envelope("send_write", "--surface", "aside", *route, ASIDE_ORIGIN=aside.url)
        self.assertEqual([request.method for request in aside.requests], ["PUT"])

    def test_a_surface_that_nobody_declared_is_refused(self):
        self.assertEqual(self.error(1, "send", "--surface", "elsewhere")["type"], "ModuleError")


if __name__ == "__main__":
    unittest.main()
