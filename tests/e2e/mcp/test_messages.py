"""Envelopes of JSON-RPC: what is refused, with which code, and that the session goes on."""

import json

from mcp_case import McpCase

PARSE, INVALID_REQUEST, NO_METHOD, INVALID_PARAMS = -32700, -32600, -32601, -32602
MAX_LINE = 64 * 1024 * 1024


class MessagesTest(McpCase):
    def refused(self, data, code, request_id=None, server=None):
        server = server or self.connected()
        server.send_bytes(data)
        response = server.message()
        self.assertIsNone(response["id"]) if request_id is None else self.assertEqual(
            response["id"], request_id)
        self.assert_rpc_error(response, code)
        self.assertEqual(server.request("ping")["result"], {})
        return response["error"]["message"]

    def test_text_that_is_no_json_is_a_parse_error(self):
        self.refused(b"{not json}\n", PARSE)

    def test_text_after_the_value_is_a_parse_error(self):
        self.refused(b'{"jsonrpc":"2.0","id":5,"method":"ping"} x\n', PARSE)

    def test_text_after_a_nul_byte_is_a_parse_error(self):
        self.refused(b'{"jsonrpc":"2.0","id":5,"method":"ping"}\0{}\n', PARSE)

    def test_bytes_that_are_not_utf8_are_a_parse_error(self):
        self.refused(b'{"jsonrpc":"2.0","id":5,"method":"\xff\xfe"}\n', PARSE)

    def test_half_a_surrogate_pair_is_a_parse_error(self):
        self.refused(b'{"jsonrpc":"2.0","id":5,"method":"\\ud800"}\n', PARSE)

    def test_deep_nesting_is_refused(self):
        depth = 1_000_000
        text = self.refused(b"[" * depth + b"]" * depth + b"\n", INVALID_REQUEST)
        self.assertIn("128", text)

    def test_a_value_that_is_no_message_is_an_invalid_request(self):
        for data in (b"7\n", b'"text"\n', b"null\n", b"{}\n", b'{"jsonrpc":"2.0"}\n'):
            with self.subTest(data):
                self.refused(data, INVALID_REQUEST)

    def test_the_version_of_json_rpc_is_required(self):
        self.refused(b'{"id":5,"method":"ping"}\n', INVALID_REQUEST, 5)
        self.refused(b'{"jsonrpc":"1.0","id":5,"method":"ping"}\n', INVALID_REQUEST, 5)

    def test_an_id_is_a_text_or_an_integer(self):
        for bad in ("null", "1.5", "true", "[1]", "{}"):
            with self.subTest(bad):
                self.refused(b'{"jsonrpc":"2.0","id":%s,"method":"ping"}\n' % bad.encode(),
                             INVALID_REQUEST)

    def test_ids_come_back_as_they_were(self):
        server = self.connected()
        for request_id in ("text", "1", 0, -3, 2**63, "\u00e4\n\""):
            with self.subTest(request_id):
                server.begin("ping", request_id=request_id)
                self.assertEqual(server.response(request_id)["result"], {})

    def test_params_have_to_be_an_object(self):
        self.refused(b'{"jsonrpc":"2.0","id":5,"method":"ping","params":[1]}\n', INVALID_REQUEST, 5)

    def test_an_unknown_method_is_told_also_before_initialize(self):
        self.refused(b'{"jsonrpc":"2.0","id":5,"method":"nonsense"}\n', NO_METHOD, 5)
        self.refused(b'{"jsonrpc":"2.0","id":5,"method":"nonsense"}\n', NO_METHOD, 5,
                     server=self.start())

    def test_unknown_notifications_and_answers_are_ignored(self):
        server = self.connected()
        server.notify("notifications/unheard_of", {"x": 1})
        server.notify("notifications/cancelled", {"requestId": 4711})
        server.send({"jsonrpc": "2.0", "id": 4711, "result": {}})
        self.assertEqual(server.request("ping")["result"], {})

    def test_blank_lines_and_carriage_returns_are_ignored(self):
        server = self.connected()
        server.send_bytes(b"\n  \r\n" + b'{"jsonrpc":"2.0","id":9,"method":"ping"}\r\n')
        self.assertEqual(server.response(9)["result"], {})

    def test_the_last_line_needs_no_line_end(self):
        server = self.connected()
        server.send_bytes(b'{"jsonrpc":"2.0","id":9,"method":"ping"}')
        server.close_input()
        self.assertEqual(server.response(9)["result"], {})

    def test_a_line_that_is_too_long_is_skipped(self):
        server = self.connected()
        server.send_bytes(b'{"x":"' + b"a" * MAX_LINE + b'"}\n')
        self.assertIn(str(MAX_LINE), self.assert_rpc_error(server.message(), INVALID_REQUEST))
        self.assertEqual(server.request("ping")["result"], {})

    def test_a_large_message_goes_through_both_ways(self):
        server = self.connected(environment={"MCP_MAX_RESULT_TOKENS": "0"})
        text = "\u00fc" * 2_000_000
        result = server.call("echo", {"text": text})
        self.assertEqual(result["structuredContent"]["data"]["text"], text)

    def test_many_messages_in_one_write_are_all_answered(self):
        server = self.connected()
        ids = range(1000, 3000)
        server.send_bytes(b"".join(
            json.dumps({"jsonrpc": "2.0", "id": i, "method": "ping"}).encode() + b"\n" for i in ids))
        self.assertEqual([server.message()["id"] for _ in ids], list(ids))


class BatchTest(McpCase):
    batch = [{"jsonrpc": "2.0", "id": 11, "method": "ping"},
             {"jsonrpc": "2.0", "method": "notifications/unheard_of"},
             {"jsonrpc": "2.0", "id": 12, "method": "nothing"},
             7,
             {"jsonrpc": "2.0", "id": 13, "method": "tools/call",
              "params": {"name": "demo", "arguments": {"action": "echo", "params": {"text": "hi"}}}}]

    def test_only_2025_03_26_has_batches(self):
        for version in ("2025-11-25", "2025-06-18", "2024-11-05"):
            with self.subTest(version):
                server = self.connected(version=version)
                server.send(self.batch)
                self.assert_rpc_error(server.message(), INVALID_REQUEST)

    def test_a_batch_is_answered_by_one_array(self):
        server = self.connected(version="2025-03-26")
        server.send(self.batch)
        answers = {answer["id"]: answer for answer in server.message()}
        self.assertEqual(set(answers), {11, 12, 13, None})
        self.assertEqual(answers[11]["result"], {})
        self.assert_rpc_error(answers[12], NO_METHOD)
        self.assert_rpc_error(answers[None], INVALID_REQUEST)
        self.assertIn('"hi"', answers[13]["result"]["content"][0]["text"])

    def test_a_batch_without_requests_gets_no_answer(self):
        server = self.connected(version="2025-03-26")
        server.send([{"jsonrpc": "2.0", "method": "notifications/unheard_of"}])
        self.assertEqual(server.request("ping")["result"], {})
        self.assertEqual(server.seen(None), [])

    def test_an_empty_batch_is_refused(self):
        server = self.connected(version="2025-03-26")
        server.send([])
        self.assert_rpc_error(server.message(), INVALID_REQUEST)
