"""Resources, prompts and completions of modules, as the protocol lists and reads them."""

import base64
import time

from mcp_case import FIXTURE, McpCase

INVALID_PARAMS, NOT_FOUND = -32602, -32002


class ResourcesAndPromptsTest(McpCase):
    modules = (FIXTURE,)

    def setUp(self):
        self.server = self.connected()

    def read(self, uri):
        return self.server.request("resources/read", {"uri": uri})

    def test_resources_and_templates_are_listed_apart(self):
        resources = self.server.request("resources/list")["result"]["resources"]
        self.assertIn({"uri": "test://static-text", "name": "Static text", "mimeType": "text/plain",
                       "description": "A text that stays the same"}, resources)
        templates = self.server.request("resources/templates/list")["result"]["resourceTemplates"]
        self.assertIn("test://template/{id}/data", [t["uriTemplate"] for t in templates])
        self.assertNotIn("test://static-text", str(templates))

    def test_a_text_and_a_binary_resource_are_read(self):
        self.assertEqual(self.read("test://static-text")["result"]["contents"], [
            {"uri": "test://static-text", "mimeType": "text/plain",
             "text": "This is the content of the static text resource."}])
        image = self.read("test://static-binary")["result"]["contents"][0]
        self.assertTrue(base64.b64decode(image["blob"], validate=True).startswith(b"\x89PNG"))

    def test_a_resource_of_a_template_is_read(self):
        contents = self.read("test://template/123/data")["result"]["contents"]
        self.assertIn('"123"', contents[0]["text"])

    def test_a_missing_resource_is_told_with_its_uri(self):
        for uri in ("test://nowhere", "nonsense"):
            with self.subTest(uri):
                response = self.read(uri)
                self.assert_rpc_error(response, NOT_FOUND)
                self.assertEqual(response["error"]["data"], {"uri": uri})
        self.assert_rpc_error(self.server.request("resources/read", {}), INVALID_PARAMS)

    def test_changes_of_a_resource_are_told_to_who_subscribed(self):
        uri = {"uri": "test://watched-resource"}
        self.assertEqual(self.server.request("resources/subscribe", uri)["result"], {})
        self.server.call("test_trigger_resource_change", tool="mcp_fixture")
        told = self.server.notification("notifications/resources/updated")
        self.assertEqual(told["params"], uri)
        self.assertEqual(self.server.request("resources/unsubscribe", uri)["result"], {})
        # The module hears of it on its own thread, soon after the answer.
        deadline = time.monotonic() + 20
        text = ""
        while text != "Told of 0 watched resources.":
            self.assertLess(time.monotonic(), deadline, text)
            told = self.server.call("test_trigger_resource_change", tool="mcp_fixture")
            text = told["content"][0]["text"]

    def test_what_is_not_there_cannot_be_subscribed_to(self):
        self.assert_rpc_error(
            self.server.request("resources/subscribe", {"uri": "test://nowhere"}), NOT_FOUND)
        self.assert_rpc_error(self.server.request("resources/subscribe", {}), INVALID_PARAMS)

    def test_prompts_are_listed_and_made(self):
        prompts = {p["name"]: p for p in self.server.request("prompts/list")["result"]["prompts"]}
        self.assertEqual(prompts["test_prompt_with_arguments"]["arguments"][0],
                         {"name": "arg1", "description": "First", "required": True})
        result = self.server.request("prompts/get", {
            "name": "test_prompt_with_arguments",
            "arguments": {"arg1": "hello", "arg2": "world"}})["result"]
        self.assertEqual(result["messages"][0]["content"]["text"],
                         "Prompt with arguments: arg1='hello', arg2='world'")

    def test_wrong_prompts_and_arguments_are_invalid_params(self):
        for params in ({}, {"name": "nothing"}, {"name": "test_prompt_with_arguments"},
                       {"name": "test_prompt_with_arguments", "arguments": {"arg1": 7}},
                       {"name": "test_prompt_with_arguments", "arguments": []}):
            with self.subTest(params):
                self.assert_rpc_error(self.server.request("prompts/get", params), INVALID_PARAMS)

    def test_values_are_offered_for_an_argument(self):
        completion = self.server.request("completion/complete", {
            "ref": {"type": "ref/prompt", "name": "test_prompt_with_arguments"},
            "argument": {"name": "arg1", "value": ""}})["result"]["completion"]
        self.assertIsInstance(completion["values"], list)
        for params in ({}, {"ref": {"type": "ref/other"}, "argument": {"name": "a", "value": ""}},
                       {"ref": {"type": "ref/prompt", "name": "x"}, "argument": {"name": "a"}}):
            with self.subTest(params):
                self.assert_rpc_error(self.server.request("completion/complete", params),
                                      INVALID_PARAMS)
