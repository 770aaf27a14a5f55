"""Calls that take time: progress, log messages, cancellation, many at once, the end of the program."""

import json
import signal
import time

from mcp_case import FIXTURE, McpCase
from scripted_server import ScriptedServer, answer

INVALID_REQUEST, BUSY = -32600, -32000
ENDLESS = {"steps": 10000, "milliseconds": 1000}


class ProgressTest(McpCase):
    modules = (FIXTURE,)

    def test_progress_rises_over_all_tracks_and_ends_with_the_call(self):
        server = self.connected()
        request_id = server.begin_call("slow", {"steps": 6, "milliseconds": 30},
                                       meta={"progressToken": "p"})
        server.response(request_id)
        notices = [m["params"] for m in server.seen("notifications/progress")]
        numbers = [notice["progress"] for notice in notices]
        self.assertGreaterEqual(len(numbers), 3)
        self.assertEqual(numbers, sorted(set(numbers)))
        self.assertEqual({notice["progressToken"] for notice in notices}, {"p"})
        self.assertEqual((notices[-1]["progress"], notices[-1]["total"]), (6, 6))
        self.assertEqual(server.request("ping")["result"], {})
        self.assertEqual(len(server.seen("notifications/progress")), len(numbers))

    def test_each_step_of_a_slow_module_is_told(self):
        server = self.connected()
        request_id = server.begin_call("test_tool_with_progress", tool="mcp_fixture",
                                       meta={"progressToken": 7})
        server.response(request_id)
        self.assertEqual([(m["params"]["progress"], m["params"]["total"])
                          for m in server.seen("notifications/progress")],
                         [(0, 100), (50, 100), (100, 100)])

    def test_without_a_token_there_is_none(self):
        server = self.connected()
        server.call("slow", {"steps": 3, "milliseconds": 1})
        self.assertEqual(server.seen("notifications/progress"), [])

    def test_log_messages_come_down_to_the_level_that_was_set(self):
        server = self.connected()
        server.call("test_tool_with_logging", tool="mcp_fixture")
        self.assertEqual([m["params"]["data"] for m in server.seen("notifications/message")],
                         ["Tool execution started", "Tool processing data",
                          "Tool execution completed"])
        quiet = self.connected()
        quiet.request("logging/setLevel", {"level": "warning"})
        quiet.call("test_tool_with_logging", tool="mcp_fixture")
        self.assertEqual(quiet.seen("notifications/message"), [])


class ListProgressTest(McpCase):
    """Lists in three pages of two, each later than the least time between two notices."""

    def setUp(self):
        self.web = ScriptedServer(self._page)
        self.addCleanup(self.web.close)

    def _page(self, request):
        time.sleep(0.05)
        number = int((request.target + "&page=1").partition("page=")[2].partition("&")[0])
        items = [f"t{2 * number - 1}", f"t{2 * number}"]
        link = [("Link", f'<{request.path}?page={number + 1}>; rel="next"')] if number < 3 else []
        if "/tags/list" in request.path:
            body = {"name": "acme/app", "tags": items}
        elif "/referrers/" in request.path:
            body = {"schemaVersion": 2, "manifests": [{"digest": item} for item in items]}
        else:
            body = {"count": 6, "next": "x" if link else None, "results": [{"name": item} for item in items]}
        return answer(200, json.dumps(body), [("Content-Type", "application/json"), *link])

    def told(self, tool, action, params):
        server = self.connected(environment={"DOCKERHUB_URL": self.web.url, "DOCKER_REGISTRY_URL": self.web.url,
                                             "DOCKERHUB_JWT": "some-token"})
        result = server.response(server.begin_call(action, params, tool=tool, all_pages=True,
                                                   meta={"progressToken": "p"}))["result"]
        self.assertFalse(result.get("isError"), result)
        return [(m["params"]["progress"], m["params"].get("total")) for m in server.seen("notifications/progress")]

    def test_of_docker_hub_is_told_page_by_page_with_the_total(self):
        self.assertEqual(self.told("hub_repos", "list", {"namespace": "acme", "page_size": 2}), [(2, 6), (4, 6), (6, 6)])

    def test_of_a_registry_is_told_page_by_page(self):
        digest = "sha256:" + "a" * 64
        for action, params in (("list_tags", {}), ("list_referrers", {"digest": digest})):
            self.assertEqual(self.told("hub_registry", action, {"repo": "acme/app", **params}),
                             [(2, None), (4, None), (6, None)])


class CancellationTest(McpCase):
    def begin_slow(self, server):
        request_id = server.begin_call("slow", ENDLESS, meta={"progressToken": "t"})
        server.notification("notifications/progress")
        return request_id

    def test_a_cancelled_call_ends_and_is_not_answered(self):
        server = self.connected()
        request_id = self.begin_slow(server)
        server.notify("notifications/cancelled", {"requestId": request_id, "reason": "enough"})
        server.close_input()
        # It ends at once: the time that running calls get at the end is not used up.
        self.assertEqual(server.end(timeout=4), 0)
        self.assertFalse([line for line in server.lines if b'"id":%d,"result"' % request_id in line])

    def test_an_id_can_be_used_again_after_its_end_but_not_before(self):
        server = self.connected()
        request_id = self.begin_slow(server)
        server.begin("ping", request_id=request_id)
        self.assert_rpc_error(server.response(request_id), INVALID_REQUEST)
        server.notify("notifications/cancelled", {"requestId": request_id})
        self.assertEqual(server.call("echo", {"text": "a"})["isError"], False)
        server.begin("ping", request_id=1)
        self.assertEqual(server.response(1)["result"], {})

    def test_the_number_and_the_text_are_different_ids(self):
        server = self.connected()
        request_id = self.begin_slow(server)
        server.notify("notifications/cancelled", {"requestId": str(request_id)})
        server.begin("ping", request_id=str(request_id))
        self.assertEqual(server.response(str(request_id))["result"], {})
        server.begin("ping", request_id=request_id)
        self.assert_rpc_error(server.response(request_id), INVALID_REQUEST)

    def test_other_requests_are_answered_while_calls_run(self):
        server = self.connected()
        self.begin_slow(server)
        self.assertEqual(server.request("ping")["result"], {})
        self.assertEqual(server.call("echo", {"text": "a"})["isError"], False)

    def test_calls_beyond_the_limit_are_refused_and_the_rest_goes_on(self):
        server = self.connected()
        ids = [server.begin_call("slow", ENDLESS) for _ in range(64)]
        self.assert_rpc_error(server.response(server.begin_call("echo", {"text": "a"})), BUSY)
        self.assertEqual(server.request("ping")["result"], {})
        for request_id in ids:
            server.notify("notifications/cancelled", {"requestId": request_id})
        while True:  # each refused call is proof that the server answers; soon one is let in
            response = server.response(server.begin_call("echo", {"text": "a"}))
            if "result" in response:
                break
            self.assert_rpc_error(response, BUSY)


class EndTest(McpCase):
    def test_the_end_of_input_ends_the_program_well(self):
        server = self.start()
        server.close_input()
        self.assertEqual(server.end(), 0)
        self.assertEqual(server.lines, [])

    def test_calls_that_run_at_the_end_of_input_are_still_answered(self):
        server = self.connected()
        request_id = server.begin_call("slow", {"steps": 3, "milliseconds": 100})
        server.close_input()
        self.assertFalse(server.response(request_id)["result"]["isError"])
        self.assertEqual(server.end(), 0)

    def test_calls_have_five_seconds_after_the_end_of_input_and_are_cancelled_then(self):
        # The calls measure the time themselves, so that a busy machine makes no difference.
        server = self.connected()
        short, long = (server.begin_call("slow", {"steps": seconds, "milliseconds": 1000}) for seconds in (2, 12))
        begun = time.monotonic()
        server.close_input()
        self.assertFalse(server.response(short)["result"]["isError"])
        self.assert_tool_error(server.response(long)["result"], "CancelledError")
        self.assertGreater(time.monotonic() - begun, 4.5)
        self.assertEqual(server.end(), 0)

    def test_signals_end_the_program_at_once(self):
        for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            with self.subTest(number):
                server = self.connected()
                server.begin_call("slow", ENDLESS, meta={"progressToken": "t"})
                server.notification("notifications/progress")
                server.process.send_signal(number)
                self.assertEqual(server.end(timeout=4), code)
