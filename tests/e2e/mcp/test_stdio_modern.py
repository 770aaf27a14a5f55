"""Revision 2026-07-28 over standard input and output, beside the older ones in one process."""

from mcp_case import McpCase
from mcp_process import FIXTURE

INVALID_PARAMS, UNSUPPORTED_VERSION, NO_METHOD = -32602, -32022, -32601
META = "io.modelcontextprotocol/"


class ModernStdioTest(McpCase):
    modules = (FIXTURE,)

    def begin(self, server, method, params=None, capabilities=None, version="2026-07-28", **meta):
        about = {META + "protocolVersion": version,
                 META + "clientCapabilities": capabilities or {}, **meta}
        return server.begin(method, {**(params or {}), "_meta": about})

    def ask(self, server, method, params=None, **more):
        return server.response(self.begin(server, method, params, **more))

    def test_clients_begin_with_discovery_and_need_no_handshake(self):
        server = self.start()
        result = self.ask(server, "server/discover")["result"]
        self.assertEqual(result["supportedVersions"], ["2026-07-28"])
        called = self.ask(server, "tools/call", {"name": "demo", "arguments": {
            "action": "echo", "params": {"text": "hi"}}})["result"]
        self.assertEqual((called["resultType"], called["isError"]), ("complete", False))

    def test_discovery_without_a_version_says_what_is_missing(self):
        server = self.start()
        request_id = server.begin("server/discover")
        self.assert_rpc_error(server.response(request_id), INVALID_PARAMS)

    def test_both_eras_are_spoken_message_by_message(self):
        server = self.connected()
        self.assertEqual(server.request("ping")["result"], {})
        self.assert_rpc_error(self.ask(server, "ping"), NO_METHOD)
        self.assertIn("ttlMs", self.ask(server, "tools/list")["result"])
        self.assertNotIn("ttlMs", server.request("tools/list")["result"])

    def test_another_version_is_refused(self):
        response = self.ask(self.start(), "server/discover", version="2030-01-01")
        self.assert_rpc_error(response, UNSUPPORTED_VERSION)

    def test_questions_are_results(self):
        server = self.start(environment={"MCP_TOOL_MODE": "verbose"})
        params = {"name": "test_input_required_result_elicitation", "arguments": {}}
        asked = self.ask(server, "tools/call", params, capabilities={"elicitation": {}})["result"]
        self.assertEqual(asked["resultType"], "input_required")
        answer = {"user_name": {"action": "accept", "content": {"name": "Ada"}}}
        done = self.ask(server, "tools/call", {**params, "inputResponses": answer,
                                               "requestState": asked["requestState"]},
                        capabilities={"elicitation": {}})["result"]
        self.assertEqual(done["content"][0]["text"], "Hello, Ada!")

    def test_a_request_that_is_taken_back_gets_no_answer(self):
        server = self.start()
        call = self.begin(server, "tools/call", {"name": "demo", "arguments": {
            "action": "slow", "params": {"steps": 10000, "milliseconds": 1000}}}, progressToken=1)
        server.notification("notifications/progress")
        server.notify("notifications/cancelled", {"requestId": call})
        # The id is free again as soon as the call has ended.
        server.sent.methods[call] = "server/discover"
        while True:
            response = self.ask(server, "server/discover")
            self.assertIn("result", response)
            server.send({"jsonrpc": "2.0", "id": call, "method": "server/discover", "params": {
                "_meta": {META + "protocolVersion": "2026-07-28", META + "clientCapabilities": {}}}})
            if "result" in server.response(call):
                break

    def test_a_stream_of_changes_ends_when_it_is_taken_back(self):
        server = self.start(environment={"MCP_TOOL_MODE": "verbose"})
        stream = self.begin(server, "subscriptions/listen",
                            {"notifications": {"toolsListChanged": True}})
        first = server.message()
        self.assertEqual(first["method"], "notifications/subscriptions/acknowledged")
        trigger = {"name": "test_trigger_tool_change", "arguments": {}}
        self.ask(server, "tools/call", trigger)
        told = server.notification("notifications/tools/list_changed")
        self.assertEqual(told["params"]["_meta"], {META + "subscriptionId": stream})
        server.notify("notifications/cancelled", {"requestId": stream})
        self.ask(server, "tools/call", trigger)
        self.ask(server, "server/discover")
        self.assertEqual(server.seen("notifications/tools/list_changed"), [])
