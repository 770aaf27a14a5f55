"""A module that is slow to watch a resource holds up nobody but who wants to watch it."""

import concurrent.futures
import os

import pipes
from http_case import HttpCase
from mcp_case import McpCase
from mcp_process import BUILD, DEADLINE

SLOW, AT_ONCE = "slow://watched", "slow://at-once"
ACKNOWLEDGED = "notifications/subscriptions/acknowledged"
MODULE = BUILD / "tests" / "e2e" / "mcp" / "slow_watch.so"
NOT_FOUND, BUSY, INTERNAL = -32002, -32000, -32603


class Pipe:
    modules = (MODULE,)

    def setUp(self):
        super().setUp()
        self.pipe = self.home.path / "watched"
        os.mkfifo(self.pipe)
        self.addCleanup(self.pipe.unlink, missing_ok=True)


class OverHttpTest(Pipe, HttpCase):
    def listen(self, server, uri, **more):
        """The resources of a stream, once it has begun."""
        stream = server.modern_stream("subscriptions/listen", {
            "notifications": {"toolsListChanged": True, "resourceSubscriptions": [uri]}}, **more)
        self.addCleanup(stream.close)
        return stream.message()["params"]["notifications"]["resourceSubscriptions"]

    def test_other_clients_are_served_while_a_stream_begins(self):
        server = self.start()
        with concurrent.futures.ThreadPoolExecutor() as clients:
            slow = clients.submit(self.listen, server, SLOW)
            with pipes.writer(self.pipe):
                self.assertEqual(server.modern("server/discover").status, 200)
                self.assertEqual(self.listen(server, AT_ONCE), [AT_ONCE])
                self.assertFalse(slow.done())
            self.assertEqual(slow.result(DEADLINE), [SLOW])

    def test_other_sessions_are_served_while_one_subscribes(self):
        server = self.start()
        session, other = server.session(), server.session()
        with concurrent.futures.ThreadPoolExecutor() as clients:
            slow = clients.submit(session.post, "resources/subscribe", {"uri": SLOW}, 2)
            with pipes.writer(self.pipe):
                self.assertEqual(other.post("ping", request_id=2).result(), {})
                self.assertEqual(session.post("ping", request_id=3).result(), {})
                self.assertFalse(slow.done())
            self.assertEqual(slow.result(DEADLINE).result(), {})
        missing = session.post("resources/subscribe", {"uri": "slow://nowhere"}, 4)
        self.assertEqual(missing.error()["code"], NOT_FOUND)


    def test_a_module_that_knows_is_not_asked_again(self):
        server = self.start()
        session, other = server.session(), server.session()
        with concurrent.futures.ThreadPoolExecutor() as clients:
            slow = clients.submit(session.post, "resources/subscribe", {"uri": SLOW}, 2)
            pipes.writer(self.pipe).close()
            self.assertEqual(slow.result(DEADLINE).result(), {})
        # Nobody opens the pipe any more: asked, it would wait in vain.
        self.assertEqual(other.post("resources/subscribe", {"uri": SLOW}, 2).result(), {})

    def test_a_module_that_fails_is_no_missing_resource(self):
        self.pipe.unlink()
        session = self.start().session()
        failed = session.post("resources/subscribe", {"uri": SLOW}, 2).error()
        self.assertEqual(failed["code"], INTERNAL, failed)


class OverStdioTest(Pipe, McpCase):
    @staticmethod
    def listen(server, *uris):
        return server.begin("subscriptions/listen", {
            "notifications": {"toolsListChanged": True, "resourceSubscriptions": list(uris)},
            "_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
                      "io.modelcontextprotocol/clientCapabilities": {}}})

    def test_other_requests_are_answered_while_one_subscribes(self):
        server = self.connected()
        slow = server.begin("resources/subscribe", {"uri": SLOW})
        with pipes.writer(self.pipe):
            self.assertEqual(server.request("ping")["result"], {})
        self.assertEqual(server.response(slow)["result"], {})

    def test_one_client_has_a_bounded_number_of_streams_and_may_end_them(self):
        server = self.start()
        begun = []
        for _ in range(64):
            begun.append(self.listen(server, AT_ONCE))
            server.notification(ACKNOWLEDGED)
        self.assert_rpc_error(server.response(self.listen(server)), BUSY)
        server.notify("notifications/cancelled", {"requestId": begun[0]})
        self.listen(server)
        server.notification(ACKNOWLEDGED)

    def test_streams_that_wait_for_a_module_leave_room_for_calls(self):
        server = self.start()
        waiting = [self.listen(server, SLOW) for _ in range(32)]
        with pipes.writer(self.pipe):
            self.assert_rpc_error(server.response(self.listen(server, AT_ONCE)), BUSY)
        for _ in waiting:
            told = server.notification(ACKNOWLEDGED)["params"]["notifications"]
            self.assertEqual(told["resourceSubscriptions"], [SLOW])
