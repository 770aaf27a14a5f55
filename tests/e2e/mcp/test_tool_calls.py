"""tools/call: arguments in, envelopes out; which mistake is told in which way."""

import base64
import json

from mcp_case import FIXTURE, PROBE, McpCase
from sandbox_process import Sandbox, header_of

INVALID_PARAMS, INTERNAL = -32602, -32603


class ResultTest(McpCase):
    modules = (FIXTURE,)

    def test_the_envelope_is_both_text_and_structure(self):
        result = self.connected().call("echo", {"text": "hi", "times": 2})
        self.assertFalse(result["isError"])
        self.assertEqual(result["structuredContent"]["data"], {"text": "hihi"})
        self.assertEqual(result["structuredContent"]["status_code"], 200)
        self.assertEqual([part["type"] for part in result["content"]], ["text"])
        self.assertEqual(json.loads(result["content"][0]["text"]), result["structuredContent"])
        self.assertNotIn("\n", result["content"][0]["text"])

    def test_structure_is_left_out_where_the_revision_has_none(self):
        for version in ("2025-03-26", "2024-11-05"):
            with self.subTest(version):
                result = self.connected(version=version).call("echo", {"text": "hi"})
                self.assertNotIn("structuredContent", result)
                self.assertEqual(json.loads(result["content"][0]["text"])["data"], {"text": "hi"})

    def test_content_parts_of_an_action_become_content(self):
        content = self.connected().call("content")["content"]
        self.assertEqual(content[0], {"type": "text", "text": "A text, an image and a link."})
        self.assertEqual((content[1]["type"], content[1]["mimeType"]), ("image", "image/png"))
        self.assertTrue(base64.b64decode(content[1]["data"], validate=True).startswith(b"\x89PNG"))
        self.assertEqual(content[2], {"type": "resource_link", "uri": "https://hub.docker.com/",
                                      "name": "Docker Hub", "mimeType": "text/html"})

    def test_parts_alone_are_not_followed_by_an_empty_envelope(self):
        content = self.connected().call("test_simple_text", tool="mcp_fixture")["content"]
        self.assertEqual(content, [{"type": "text",
                                    "text": "This is a simple text response for testing."}])

    def test_every_kind_of_part_is_carried(self):
        server = self.connected()
        audio = server.call("test_audio_content", tool="mcp_fixture")["content"][0]
        self.assertEqual((audio["type"], audio["mimeType"]), ("audio", "audio/wav"))
        resource = server.call("test_embedded_resource", tool="mcp_fixture")["content"][0]
        self.assertEqual(resource, {"type": "resource", "resource": {
            "uri": "test://embedded-resource", "mimeType": "text/plain",
            "text": "This is an embedded resource content."}})

    def test_parts_that_an_old_revision_does_not_know_become_text(self):
        server = self.connected(version="2024-11-05")
        audio = server.call("test_audio_content", tool="mcp_fixture")["content"][0]
        self.assertEqual(audio["type"], "text")
        link = server.call("content")["content"][2]
        self.assertEqual(link, {"type": "text", "text": "Docker Hub: https://hub.docker.com/"})

    def test_a_failure_of_an_action_is_a_result_that_the_model_reads(self):
        result = self.connected().call("fail", {"message": "no luck", "status_code": 503})
        error = self.assert_tool_error(result, "ApiError")
        self.assertIn("no luck", error["message"])
        self.assertEqual(error["status_code"], 503)
        self.assertTrue(error["hint"])
        self.assertEqual(json.loads(result["content"][0]["text"]), result["structuredContent"])

    def test_an_exception_of_a_module_is_an_error_of_the_protocol_and_the_server_goes_on(self):
        server = self.connected()
        response = server.response(server.begin_call("throw"))
        self.assert_rpc_error(response, INTERNAL)
        self.assertEqual(response["error"]["data"], {"type": "ModuleError"})
        self.assertFalse(server.call("echo", {"text": "on"})["isError"])

    def test_a_list_comes_whole(self):
        data = self.connected().call("list", {"count": 3})["structuredContent"]["data"]
        items = data if isinstance(data, list) else next(iter(data.values()))
        self.assertEqual([item["number"] for item in items], [1, 2, 3])

    def test_describe_is_answered_for_every_tool(self):
        server = self.connected()
        for tool in ("demo", "mcp_fixture"):
            data = server.call("describe", tool=tool)["structuredContent"]["data"]
            self.assertEqual(data["tool"], tool)
        one = server.call("describe", {"action": "echo"})["structuredContent"]["data"]
        self.assertIn("text", json.dumps(one))


class ArgumentsTest(McpCase):
    def test_a_missing_tool_is_an_error_of_the_protocol(self):
        server = self.connected()
        response = server.request("tools/call", {"name": "demoo", "arguments": {"action": "echo"}})
        self.assertIn("demo", self.assert_rpc_error(response, INVALID_PARAMS))
        for params in ({}, {"name": 7}, {"name": "demo", "arguments": []}):
            with self.subTest(params):
                self.assert_rpc_error(server.request("tools/call", params), INVALID_PARAMS)

    def test_what_a_model_does_wrong_is_told_in_the_result(self):
        server = self.connected()
        for arguments, error_type, word in (
                ({}, "ParameterError", "action"),
                ({"action": 7}, "ParameterError", "action"),
                ({"action": "ecco"}, "UnknownAction", "echo"),
                ({"action": "echo"}, "ParameterError", "text"),
                ({"action": "echo", "params": {"text": "a", "tims": 2}}, "ParameterError", "times"),
                ({"action": "echo", "params": [1]}, "ParameterError", "params"),
                ({"action": "echo", "params_json": "{"}, "ParameterError", "params_json"),
                ({"action": "echo", "params_json": "[1]"}, "ParameterError", "object"),
                ({"action": "echo", "params_json": 7}, "ParameterError", "params_json"),
                ({"action": "echo", "text": "a"}, "ParameterError", "params"),
                ({"action": "echo", "dryrun": True}, "ParameterError", "dry_run"),
                ({"action": "echo", "dry_run": "yes"}, "ParameterError", "dry_run"),
                ({"action": "echo", "timeout_ms": 0}, "ParameterError", "timeout_ms"),
                ({"action": "echo", "timeout_ms": 1.5}, "ParameterError", "timeout_ms")):
            with self.subTest(arguments):
                response = server.request("tools/call", {"name": "demo", "arguments": arguments})
                error = self.assert_tool_error(response["result"], error_type)
                self.assertIn(word, json.dumps(error))

    def test_what_is_wrong_with_params_is_told_with_the_exact_schema(self):
        server = self.connected()
        schema = server.call("describe", {"action": "echo"})["structuredContent"]["data"]["params"]
        for arguments in ({}, {"params": {"text": "a", "tims": 2}}, {"params": [1]}, {"params_json": "{"},
                          {"text": "a"}):
            with self.subTest(arguments):
                response = server.request("tools/call", {"name": "demo", "arguments": {"action": "echo", **arguments}})
                error = self.assert_tool_error(response["result"], "ParameterError")
                self.assertEqual(error["details"], {"schema": schema})
        self.assertNotIn("details", self.assert_tool_error(server.call("echo", {"text": "a"}, dry_run="yes"), "ParameterError"))

    def test_params_may_come_as_text(self):
        server = self.connected()
        for given in ('{"text": "hi"}', {"text": "hi"}):
            result = server.call("echo", params_json=given)
            self.assertEqual(result["structuredContent"]["data"], {"text": "hi"})
        self.assertFalse(server.call("describe", params_json="")["isError"])

    def test_params_are_given_once(self):
        result = self.connected().call("echo", {"text": "a"}, params_json='{"text":"b"}')
        self.assertIn("params_json", self.assert_tool_error(result, "ParameterError")["message"])

    def test_null_counts_as_not_given(self):
        server = self.connected()
        for more in ({"params": {"text": "a", "times": None}, "params_json": None},
                     {"params_json": '{"text": "a", "times": null}', "dry_run": None}):
            result = server.request("tools/call", {
                "name": "demo", "arguments": {"action": "echo", **more}})["result"]
            self.assertEqual(result["structuredContent"]["data"], {"text": "a"})

    def test_dry_run_is_an_option_of_the_kernel(self):
        server = self.connected()
        result = server.call("write", {"key": "k", "value": "v"}, dry_run=True)
        self.assertFalse(result["isError"], result)
        self.assert_tool_error(server.call("read", {"key": "k"}), "ParameterError")

    def test_a_time_limit_ends_the_call(self):
        result = self.connected().call("slow", {"steps": 1000, "milliseconds": 1000}, timeout_ms=50)
        self.assert_tool_error(result, "TimeoutError")

    def test_numbers_keep_their_digits(self):
        result = self.connected().call("add", {"numbers": [9007199254740993, 0.5]})
        self.assertFalse(result["isError"], result)
        arguments = {"action": "echo", "params": {"text": "\u2028\u0001\"\\"}}
        result = self.connected().request("tools/call", {"name": "demo", "arguments": arguments})
        self.assertEqual(result["result"]["structuredContent"]["data"]["text"], "\u2028\u0001\"\\")


class TraceTest(McpCase):
    TRACE = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate": "vendor=value"}

    def sent_with(self, meta):
        """The requests of one call, apart from the log-in."""
        with Sandbox() as sandbox:
            server = self.connected(environment=sandbox.environment)
            called = server.begin_call("list", {"namespace": "sandbox"}, tool="hub_repos", meta=meta)
            self.assertFalse(server.response(called)["result"]["isError"])
            sent = sandbox.journal("hub")
        self.assertEqual([header_of(entry, "traceparent") for entry in sent if "auth" in entry["path"]], [[]])
        return [entry for entry in sent if "auth" not in entry["path"]]

    def test_the_trace_of_a_call_goes_with_its_requests_and_not_with_the_log_in(self):
        sent = self.sent_with(self.TRACE)
        self.assertEqual(len(sent), 1)
        for name, value in self.TRACE.items():
            self.assertEqual(header_of(sent[0], name), [value])

    def test_a_trace_that_is_malformed_is_left_out(self):
        sent = self.sent_with({**self.TRACE, "traceparent": "00-x"})
        self.assertEqual(len(sent), 1)
        for name in self.TRACE:
            self.assertEqual(header_of(sent[0], name), [])


class PurityTest(McpCase):
    modules = (PROBE,)

    def test_what_a_module_prints_never_meets_the_protocol(self):
        server = self.connected()
        result = server.call("print", tool="probe_module")
        # Reading standard input found its end at once, not a message.
        self.assertEqual(result["structuredContent"]["data"], {"bytes_read": 0})
        server.close_input()
        self.assertEqual(server.end(), 0)
        self.assertNotIn(b'"noise"', b"".join(server.lines))
        for way in ("printf", "write", "child"):
            self.assertIn(way, server.stderr())
