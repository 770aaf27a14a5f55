"""initialize: revisions, what is allowed before it, what it tells."""

from mcp_case import McpCase

INVALID_REQUEST, INVALID_PARAMS = -32600, -32602


class HandshakeTest(McpCase):
    def test_known_revisions_are_spoken_others_become_the_newest(self):
        for asked, spoken in (("2025-11-25", "2025-11-25"), ("2025-06-18", "2025-06-18"),
                              ("2025-03-26", "2025-03-26"), ("2024-11-05", "2024-11-05"),
                              ("2024-10-07", "2025-11-25"), ("2026-07-28", "2025-11-25"),
                              ("nonsense", "2025-11-25")):
            with self.subTest(asked):
                self.assertEqual(self.start().initialize(asked)["protocolVersion"], spoken)

    def test_it_tells_who_it_is_and_what_it_can_do(self):
        result = self.start().initialize()
        self.assertEqual(result["serverInfo"]["name"], "dockerhub-mcp")
        self.assertRegex(result["serverInfo"]["version"], r"^\d+\.\d+\.\d+")
        self.assertEqual(result["capabilities"], {
            "tools": {"listChanged": True}, "resources": {"listChanged": True, "subscribe": True},
            "prompts": {"listChanged": True}, "completions": {}, "logging": {}})
        self.assertIn("demo", result["instructions"])

    def test_before_it_only_ping_is_answered(self):
        server = self.start()
        self.assertEqual(server.request("ping")["result"], {})
        for method in ("tools/list", "tools/call", "logging/setLevel", "prompts/list"):
            with self.subTest(method):
                message = self.assert_rpc_error(server.request(method), INVALID_REQUEST)
                self.assertIn("initialize", message)
        self.assertEqual(server.initialize()["protocolVersion"], "2025-11-25")

    def test_a_version_is_required(self):
        self.assert_rpc_error(self.start().request("initialize", {"capabilities": {}}),
                              INVALID_PARAMS)

    def test_it_happens_once(self):
        server = self.connected()
        response = server.request("initialize", {"protocolVersion": "2025-11-25"})
        self.assert_rpc_error(response, INVALID_REQUEST)

    def test_a_level_for_log_messages_has_to_exist(self):
        server = self.connected()
        self.assertEqual(server.request("logging/setLevel", {"level": "error"})["result"], {})
        self.assert_rpc_error(server.request("logging/setLevel", {"level": "loud"}), INVALID_PARAMS)
