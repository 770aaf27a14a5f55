"""Ways to a server that the environment names: proxies, Unix sockets, TLS without checks, traces."""

import base64
import gzip
import socket

from authority import Authority
from scripted_server import ScriptedServer, TlsServer, answer
from test_requests import JSON, RequestTest

LOGIN = "Basic " + base64.b64encode(b"ann:canary-of-the-proxy").decode()
# Nobody's name: whoever looks it up fails (RFC 6761).
HUB = "http://hub.test"


class Proxies(RequestTest):
    def setUp(self):
        super().setUp()
        del self.environment["DOCKERHUB_URL"]
        self.replies["http://hub.test/things/a"] = answer(200, '{"x":1}', JSON)

    def through(self, variable="HTTP_PROXY", login="ann:canary-of-the-proxy@", **environment):
        return self.call(
            "get", "--name", "a", DOCKERHUB_URL=HUB, DOCKERHUB_PLAIN_HTTP_HOSTS="hub.test",
            **{variable: f"http://{login}{self.server.authority}", **environment},
        )

    def test_one_of_the_environment_is_used_and_told_who_asks(self):
        for variable in ("HTTP_PROXY", "http_proxy"):
            done = self.through(variable)
            self.assertEqual(done.code, 0, done)
            request = self.server.requests[-1]
            self.assertEqual(request.target, "http://hub.test/things/a")
            self.assertEqual(request.headers["host"], "hub.test")
            self.assertEqual(request.headers["proxy-authorization"], LOGIN)

    def test_an_option_names_hosts_without_tls_beside_those_of_the_settings(self):
        def call(*options, hosts=""):
            return self.call("get", "--name", "a", options=options, DOCKERHUB_URL=HUB,
                             DOCKERHUB_PLAIN_HTTP_HOSTS=hosts, HTTP_PROXY=f"http://{self.server.authority}")
        self.assertIn("hub.test", call("--plain-http", "other.test").err)
        self.assertEqual(self.server.requests, [])
        for options, hosts in ((("--plain-http", "other.test,hub.test"), ""),
                               (("--plain-http", "other.test", "--plain-http", "hub.test"), ""),
                               (("--plain-http", "other.test"), "hub.test")):
            done = call(*options, hosts=hosts)
            self.assertEqual(done.code, 0, done)

    def test_its_password_is_nowhere_to_be_seen(self):
        self.replies["http://hub.test/things/a"] = answer(407)
        done = self.through(DOCKERHUB_LOG_LEVEL="debug")
        self.assertEqual(done.code, 8, done)
        self.assertIn("407", done.err)
        self.assertNotIn("canary", done.out + done.err)
        self.assertNotIn(LOGIN.split()[1], done.out + done.err)

    def test_an_answer_that_shows_its_password_is_masked(self):
        self.replies["http://hub.test/things/a"] = answer(200, '{"x":"canary-of-the-proxy"}', JSON)
        self.assertNotIn("canary-of-the-proxy", self.through().out)

    def test_a_host_of_no_proxy_is_reached_without_it(self):
        done = self.through(NO_PROXY=".other.test, hub.test")
        self.assertEqual(done.code, 8, done)
        self.assertIn("hub.test was not found", done.err)
        self.assertEqual(self.server.requests, [])

    def test_this_machine_is_reached_without_it(self):
        self.replies["/things/a"] = answer(200, '{"x":2}', JSON)
        done = self.call("get", "--name", "a", DOCKERHUB_URL=self.server.url, HTTP_PROXY="http://proxy.test:1")
        self.assertEqual(done.code, 0, done)

    def test_one_in_a_found_env_file_stops_the_start(self):
        (self.home.work / ".env").write_text(f"HTTPS_PROXY=http://{self.server.authority}\n")
        (self.home.work / ".env").chmod(0o600)
        done = self.call("get", "--name", "a")
        self.assertNotEqual(done.code, 0)
        self.assertIn(".env:1", done.err)
        self.assertIn("HTTPS_PROXY", done.err)

    def test_https_goes_through_a_tunnel(self):
        self.replies["hub.test:443"] = answer(403)
        done = self.call(
            "get", "--name", "a", DOCKERHUB_URL="https://hub.test",
            HTTPS_PROXY=f"ann:canary-of-the-proxy@{self.server.authority}",
        )
        self.assertEqual(done.code, 8, done)
        self.assertIn("does not connect to hub.test:443: HTTP 403", done.err)
        request = self.server.requests[0]
        self.assertEqual((request.method, request.target), ("CONNECT", "hub.test:443"))
        self.assertEqual(request.headers["proxy-authorization"], LOGIN)


class UnixServer(ScriptedServer):
    """The same server on a Unix socket."""

    def __init__(self, reply, path):
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(path))
        listener.listen()
        super().__init__(reply, listener=listener)


class UnixSockets(RequestTest):
    def test_a_base_url_may_be_one(self):
        self.replies["/things/a"] = answer(200, '{"x":1}', JSON)
        path = self.home.path / "hub.sock"
        server = UnixServer(self._reply, path)
        self.addCleanup(server.close)
        for url in (f"unix://{path}", "http+unix://" + str(path).replace("/", "%2F")):
            self.assertEqual(self.envelope("get", "--name", "a", DOCKERHUB_URL=url)["data"], {"x": 1})
        self.assertEqual(server.requests[0].headers["host"], "localhost")

    def test_one_that_is_not_there_is_named(self):
        error = self.error(8, "get", "--name", "a", DOCKERHUB_URL="unix:///nowhere/hub.sock")
        self.assertIn("/nowhere/hub.sock", error["message"])


class Ipv6(RequestTest):
    def test_a_literal_of_this_machine_needs_no_tls(self):
        if not socket.has_ipv6:
            self.skipTest("this machine has no IPv6")
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
        server = ScriptedServer(self._reply, listener=listener)
        self.addCleanup(server.close)
        self.replies["/things/a"] = answer(200, '{"x":1}', JSON)
        url = f"http://[::1]:{server.port}"
        self.assertEqual(self.envelope("get", "--name", "a", DOCKERHUB_URL=url)["data"], {"x": 1})
        self.assertEqual(server.requests[0].headers["host"], f"[::1]:{server.port}")


class Gzip(RequestTest):
    def reply_packed(self, text):
        packed = gzip.compress(text.encode())
        self.replies["/things/a"] = answer(200, packed, JSON + [("Content-Encoding", "gzip")])

    def test_is_asked_for_and_unpacked(self):
        self.reply_packed('{"x":1}')
        self.assertEqual(self.envelope("get", "--name", "a")["data"], {"x": 1})
        self.assertEqual(self.server.requests[0].headers["accept-encoding"], "gzip")

    def test_of_a_bomb_is_refused(self):
        self.reply_packed('"' + "x" * 10_000_000 + '"')
        error = self.error(1, "get", "--name", "a", DOCKERHUB_MAX_ANSWER="1MiB")
        self.assertIn("1048576 bytes", error["message"])


class Traces(RequestTest):
    PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    def test_of_the_environment_are_passed_on(self):
        self.replies["/things/a"] = answer(200, "{}", JSON)
        self.envelope("get", "--name", "a", TRACEPARENT=self.PARENT, TRACESTATE="vendor=x")
        headers = self.server.requests[0].headers
        self.assertEqual((headers["traceparent"], headers["tracestate"]), (self.PARENT, "vendor=x"))

    def test_that_are_none_are_left_out(self):
        self.replies["/things/a"] = answer(200, "{}", JSON)
        self.envelope("get", "--name", "a", TRACEPARENT="x", TRACESTATE="vendor=x")
        self.assertNotIn("traceparent", self.server.requests[0].headers)
        self.assertNotIn("tracestate", self.server.requests[0].headers)


class UncheckedTls(RequestTest):
    def test_is_warned_of_at_each_start_whatever_the_log_shows(self):
        server = TlsServer(self._reply, *Authority(self.home.path).issue("server"))
        self.addCleanup(server.close)
        self.replies["/things/a"] = answer(200, '{"x":1}', JSON)
        refused = self.call("get", "--name", "a", DOCKERHUB_URL=server.url)
        self.assertEqual(refused.code, 8, refused)
        for options, level in (((), "warning"), ((), "emergency"), (("--quiet",), "debug")):
            done = self.call(
                "get", "--name", "a", options=options, DOCKERHUB_URL=server.url,
                DOCKERHUB_SSL_VERIFY="False", DOCKERHUB_LOG_LEVEL=level,
            )
            self.assertEqual(done.code, 0, done)
            self.assertEqual(done.err.count("NOT verified"), 1, done)
