"""What one client may have, so that the others are served."""

import json
import os
import re
import resource
import socket
import time

from http_case import HttpCase
from http_process import wait_until
from mcp_process import DEADLINE

IDLE, DRIPPING = 2000, 200  # as many idle ones as the system gives descriptors for, at most
OTHERS = 200  # descriptors that client and server have besides
# Seconds; a tenth of one is expected, and a head may take 10, after which those that drip are ended.
AT_ONCE = 1 if os.environ.get("DOCKERHUB_LOAD") == "full" else 9


class LimitsTest(HttpCase):
    def tokens(self, *names):
        path = self.home.path / "tokens.json"
        path.write_text(json.dumps({name * 20: {"client_id": name, "scopes": ["dockerhub:read"]}
                                    for name in names}))
        path.chmod(0o600)
        return {"AUTH_TYPE": "static", "DOCKERHUB_STATIC_TOKENS_FILE": str(path)}

    @staticmethod
    def metric(server, name, bearer=None):
        headers = {"Authorization": "Bearer " + bearer} if bearer else {}
        text = server.request("GET", "/metrics", headers=headers).body.decode()
        return int(re.search(rf"(?m)^dockerhub_http_{name} (\d+)$", text).group(1))

    def first_refused(self, server, bearer):
        """The first answer that is 429 of requests that come as fast as they can."""
        for _ in range(200):
            answer = server.modern("tools/list", bearer=bearer)
            if answer.status == 429:
                return answer
            self.assertEqual(answer.status, 200)
        self.fail("nothing was refused")

    def test_requests_a_second_are_counted_for_each_principal(self):
        server = self.start("--requests-per-second", "2", environment=self.tokens("a", "b"))
        refused = self.first_refused(server, "a" * 20)
        self.assertGreaterEqual(int(refused.headers["Retry-After"]), 1)
        self.assertIn("2 requests a second", refused.json()["error"]["message"])
        self.assertEqual(server.modern("tools/list", bearer="b" * 20).status, 200)
        self.assertEqual(server.request("GET", "/health").status, 200)
        wait_until(lambda: server.modern("tools/list", bearer="a" * 20).status == 200)
        self.assertGreaterEqual(self.metric(server, "limited_total", "b" * 20), 1)

    def test_without_a_log_in_they_are_counted_for_each_address(self):
        server = self.start(environment={"MCP_REQUESTS_PER_SECOND": "2"})
        self.first_refused(server, None)
        self.assertEqual(server.modern("tools/list", bearer=server.bearer()).status, 200)

    def test_who_guesses_tokens_is_slowed_down(self):
        server = self.start("--requests-per-second", "2", environment=self.tokens("a"))
        statuses = set()
        for _ in range(200):
            statuses.add(server.modern("tools/list", bearer="x" * 20).status)
            if 429 in statuses:
                break
        self.assertEqual(statuses, {401, 429})
        self.assertEqual(server.modern("tools/list", bearer="a" * 20).status, 200)

    def test_every_message_of_an_array_counts(self):
        server = self.start("--requests-per-second", "4")
        session = server.session(version="2025-03-26")
        batch = [{"jsonrpc": "2.0", "id": i, "method": "ping"} for i in range(1, 65)]
        self.assertEqual(session.send(batch).status, 200)
        refused = session.post("ping", request_id=99)
        self.assertEqual(refused.status, 429)
        self.assertGreater(int(refused.headers["Retry-After"]), 4)

    def test_zero_is_no_limit(self):
        server = self.start("--requests-per-second", "0")
        self.assertEqual({server.modern("server/discover").status for _ in range(50)}, {200})

    def test_event_streams_of_one_client(self):
        server = self.start(environment={"MCP_STREAMS_PER_CLIENT": "1", **self.tokens("a", "b")})

        def listen(bearer):
            stream = server.modern_stream("subscriptions/listen",
                                          {"notifications": {"toolsListChanged": True}}, bearer)
            self.addCleanup(stream.close)
            return stream

        first = listen("a" * 20)
        self.assertEqual(first.message()["method"], "notifications/subscriptions/acknowledged")
        second = listen("a" * 20)
        self.assertEqual(second.response.status, 429)
        self.assertIn(b"MCP_STREAMS_PER_CLIENT", second.response.read())
        third = server.session(bearer="a" * 20).listen()
        self.addCleanup(third.close)
        self.assertEqual(third.response.status, 429)
        self.assertEqual(listen("b" * 20).response.status, 200)
        first.close()
        wait_until(lambda: listen("a" * 20).response.status == 200)

    def test_who_comes_back_has_the_place_of_the_connection_that_was_lost(self):
        server = self.start(environment={"MCP_STREAMS_PER_CLIENT": "1"})
        session = server.session()
        first = session.listen()
        self.addCleanup(first.close)
        self.assertEqual(first.event(empty=True), ("", ""))
        back = session.listen(first.last_id)
        self.addCleanup(back.close)
        self.assertEqual(back.response.status, 200)
        self.assertIsNone(first.event())
        other = server.session().listen()
        self.addCleanup(other.close)
        self.assertEqual(other.response.status, 429)

    def test_idle_and_dripping_connections_hold_nobody_up(self):
        before = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, before)
        idle = min(IDLE, before[1] - DRIPPING - OTHERS)
        self.assertGreater(idle, DRIPPING, "the system gives too few descriptors")
        server = self.start()
        port = int(re.search(r":(\d+)/", server.where).group(1))
        others = []
        self.addCleanup(lambda: [each.close() for each in others])
        for number in range(idle + DRIPPING):
            others.append(socket.create_connection(("127.0.0.1", port), DEADLINE))
            if number >= idle:
                others[-1].sendall(b"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nConte")
        for drip in (b"n", b"t"):
            for each in others[idle:]:
                each.sendall(drip)
            begun = time.monotonic()
            self.assertEqual(server.modern("tools/list").status, 200)
            self.assertLess(time.monotonic() - begun, AT_ONCE)
        self.assertGreater(self.metric(server, "connections"), idle + DRIPPING)
